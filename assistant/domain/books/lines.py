"""What each line of an order cost, part by part, adding up to what the order cost.

Two kinds of sources: files print every row's own money ("rows"), pages print prices and a summary ("summary"). What a source
prints for a line stays with it; what it prints for the order is shared out by item value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from assistant.domain.books.entries import Certainty, Parts
from assistant.domain.books.sharing import share_out
from assistant.domain.books.taxes import TaxLaw, rate_of, round_half, solved_rates, tax_at
from assistant.domain.orders.order import Amount, Item, Order

DISCOUNTS = (Amount.PROMOTION, Amount.COUPON, Amount.SUBSCRIBE_AND_SAVE, Amount.MULTIBUY, Amount.AMAZON_DISCOUNT)
DELIVERY = (Amount.SHIPPING, Amount.FREE_SHIPPING)
CANADIAN = (Amount.GST, Amount.HST, Amount.PST, Amount.QST)
_EXTRAS = ("fee", "tip", "gift_wrap", "points")
"""Parts that files never list per row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCost:
    """One line: its place in the order (None for an order without items), its parts, the rate of its tax where that is known."""

    item: int | None
    parts: Parts
    certainty: Certainty
    quantity: int | None = None
    rate: Decimal | None = None
    tax_certainty: Certainty = Certainty.STATED

    @property
    def gross(self) -> int:
        """What the line cost."""
        return self.parts.gross


def line_costs(order: Order, law: TaxLaw, *, corrected: bool = False) -> list[LineCost]:
    """Return the cost of every line that was not cancelled. `corrected`: the order's total is the user's own word."""
    places = [place for place, item in enumerate(order.items) if not item.cancelled]
    summary = _summary(order)
    if order.items and not places:
        return []
    if not places:
        whole = _cost(order, summary)
        return [_whole_order(summary, whole)] if whole else []
    items = [order.items[place] for place in places]
    if all(item.total is not None for item in items):
        lines = _rows(places, items, law)
        lines = _named_residuals(lines, items, summary)
        return _fitted(lines, order, summary, corrected=corrected)
    return _from_summary(places, items, order, law, corrected=corrected)


def item_value(item: Item) -> int | None:
    """Return the printed price of all units of an item, minor units."""
    if item.unit_price is None:
        return None
    return item.unit_price.minor * (1 if item.quantity is None else item.quantity)


def _summary(order: Order) -> Parts:
    """Return the parts that the order prints for all lines together; its goods are its subtotal."""
    minor = {name: money.minor for name, money in order.amounts.items()}
    return Parts(
        goods=minor.get(Amount.SUBTOTAL, 0),
        shipping=sum(minor.get(name, 0) for name in DELIVERY),
        gift_wrap=minor.get(Amount.GIFT_WRAP, 0),
        tip=minor.get(Amount.TIP, 0),
        fee=minor.get(Amount.FEE, 0),
        discount=-sum(abs(minor.get(name, 0)) for name in DISCOUNTS),
        points=-abs(minor.get(Amount.POINTS, 0)),
        tax=minor.get(Amount.TAX, 0),
    )


def _cost(order: Order, expected: Parts, *others: int) -> int | None:
    """Return what the order cost. Some sources print the total before a gift card was deducted, some after."""
    total = order.amounts.get(Amount.GRAND_TOTAL)
    if total is None:
        return None
    card = order.amounts.get(Amount.GIFT_CARD)
    if card is None or not card.minor:
        return total.minor
    if total.minor in (expected.gross, expected.gross - expected.tax, *others):
        return total.minor
    return total.minor + abs(card.minor)


def _whole_order(summary: Parts, whole: int) -> LineCost:
    others = summary._replace(goods=0)
    if not 0 <= others.gross <= whole:
        others = Parts()
    return LineCost(item=None, parts=others.plus(goods=whole - others.gross), certainty=Certainty.STATED)


# Rows


def _rows(places: Sequence[int], items: Sequence[Item], law: TaxLaw) -> list[LineCost]:
    return [_line_of_row(place, item, law) for place, item in zip(places, items, strict=True)]


def _line_of_row(place: int, item: Item, law: TaxLaw) -> LineCost:
    """Return a line from its own row. What the total has beyond the row's columns counts as goods."""
    total = item.total.minor if item.total else 0
    tax = _row_tax(item)
    shipping = item.shipping.minor if item.shipping else 0
    discount = -abs(item.discount.minor) if item.discount else 0
    if tax < 0 or total - tax - shipping - discount < 0:
        tax, shipping, discount = 0, 0, 0
    goods = total - tax - shipping - discount
    parts = Parts(goods=goods, shipping=shipping, discount=discount, tax=tax)
    rate = item.tax_rate
    if law.inclusive and tax:
        net = item_value(item) or goods
        rate = rate or rate_of(law, net, tax) or rate_of(law, goods, tax) or rate_of(law, total - tax, tax)
        if rate is not None and (shipping or discount) and abs(round_half(goods * rate) - tax) <= 1:
            parts = _without_tax(parts, rate)
    return LineCost(item=place, parts=parts, certainty=Certainty.STATED, quantity=item.quantity, rate=rate)


def _row_tax(item: Item) -> int:
    if item.tax is not None:
        return item.tax.minor
    return item.unit_tax.minor * (1 if item.quantity is None else item.quantity) if item.unit_tax else 0


def _without_tax(parts: Parts, rate: Decimal) -> Parts:
    """Return the parts with the tax taken out of shipping and discount, which European and Japanese sources print with it."""
    shipping, discount = (round_half(minor / (1 + rate)) for minor in (Decimal(parts.shipping), Decimal(parts.discount)))
    moved = (parts.shipping - shipping) + (parts.discount - discount)
    return parts._replace(shipping=shipping, discount=discount, tax=parts.tax + moved)


def _named_residuals(lines: list[LineCost], items: Sequence[Item], summary: Parts) -> list[LineCost]:
    """Name what the rows have beyond their columns if the summary prints exactly that as gift wrap, tip or fee."""
    values = [item_value(item) for item in items]
    beyond = [line.parts.goods - value if value is not None else 0 for line, value in zip(lines, values, strict=True)]
    name = next((name for name in ("gift_wrap", "tip", "fee") if sum(beyond) and getattr(summary, name) == sum(beyond)), None)
    if name is None or min(beyond) < 0:
        return lines
    return [
        replace(line, parts=line.parts.plus(goods=-minor, **{name: minor})) if minor else line
        for line, minor in zip(lines, beyond, strict=True)
    ]


def _fitted(lines: list[LineCost], order: Order, summary: Parts, *, corrected: bool) -> list[LineCost]:
    """Adjust the rows' sum to the order's cost with what the order prints beyond the rows."""
    rows = Parts(*(sum(values) for values in zip(*(line.parts for line in lines), strict=True)))
    if len({money.currency for money in order.amounts.values()}) > 1:
        return lines
    cost = _cost(order, summary, rows.gross)
    if cost is None or cost == rows.gross:
        return lines
    missing = _missing(rows, summary, cost - rows.gross)
    if missing is None:
        return _with_residual(lines, cost - rows.gross, corrected=corrected)
    return _with_shared(lines, missing)


def _missing(rows: Parts, summary: Parts, difference: int) -> Parts | None:
    """Return which printed parts the rows lack, so that they explain the difference exactly."""
    lacking = {name: getattr(summary, name) - getattr(rows, name) for name in (*_EXTRAS, "shipping", "discount", "tax")}
    names = [name for name, minor in lacking.items() if minor]
    for chosen in product((True, False), repeat=len(names)):
        some = {name: lacking[name] for name, taken in zip(names, chosen, strict=True) if taken}
        if some and sum(some.values()) == difference:
            return Parts(**some)
    return None


def _with_shared(lines: list[LineCost], more: Parts) -> list[LineCost]:
    """Share parts of the order out over the lines, by item value."""
    weights = [max(0, line.parts.goods) for line in lines]
    shares = [share_out(minor, weights) for minor in more]
    certainty = Certainty.DERIVED if len(lines) == 1 else Certainty.ESTIMATED
    return [
        replace(
            line,
            parts=Parts(*(mine + share[at] for mine, share in zip(line.parts, shares, strict=True))),
            certainty=line.certainty.at_most(certainty),
            tax_certainty=line.tax_certainty.at_most(certainty) if more.tax else line.tax_certainty,
        )
        for at, line in enumerate(lines)
    ]


def _with_residual(lines: list[LineCost], minor: int, *, corrected: bool) -> list[LineCost]:
    """Allocate an unexplained difference: a surplus counts as goods, a shortfall as discount."""
    name = ("fee" if corrected else "goods") if minor > 0 else "discount"
    weights = [max(0, line.gross) for line in lines]
    return [
        replace(line, parts=line.parts.plus(**{name: share}), certainty=Certainty.ESTIMATED)
        for line, share in zip(lines, share_out(minor, weights), strict=True)
    ]


# Summary


def _from_summary(places: Sequence[int], items: Sequence[Item], order: Order, law: TaxLaw, *, corrected: bool) -> list[LineCost]:
    summary = _summary(order)
    values, priced = _values(items, summary.goods)
    if not any(values) and order.total is None:
        return []
    parts = summary._replace(goods=sum(values))
    cost = _cost(order, parts)
    if cost is None:
        cost = parts.gross if parts.gross > 0 else sum(values)
    untaxed = parts.gross - parts.tax
    inclusive = law.inclusive and cost != parts.gross and bool(parts.tax or cost == untaxed)
    rest = cost - (untaxed if inclusive or cost == untaxed else parts.gross)
    if inclusive and rest and parts.shipping > 0 and 0 < rest <= parts.tax:
        # The summary prints shipping without its tax, the prices with it.
        parts, rest = parts.plus(shipping=rest), 0
    if cost == untaxed != parts.gross and not inclusive:
        parts = parts._replace(tax=0)
    rates = _rates(items, values, parts, law, contained=inclusive)
    lines = _shared_lines(places, items, values, parts, rates, contained=inclusive)
    if rest:
        return _with_residual(lines, rest, corrected=corrected)
    if not priced and len(lines) > 1:
        return [replace(line, certainty=Certainty.ESTIMATED) for line in lines]
    return lines


def _values(items: Sequence[Item], subtotal: int) -> tuple[list[int], bool]:
    """Return each line's printed value; lines without a price share the rest of the subtotal. Also return whether all were printed."""
    printed = [item_value(item) if item.unit_price is not None else item.total.minor if item.total else None for item in items]
    unknown = [at for at, value in enumerate(printed) if value is None]
    rest = max(0, subtotal - sum(value or 0 for value in printed))
    shares: Mapping[int, int] = dict(zip(unknown, share_out(rest, [items[at].quantity or 1 for at in unknown]), strict=True))
    return [shares[at] if value is None else value for at, value in enumerate(printed)], not unknown


def _rates(
    items: Sequence[Item], values: Sequence[int], parts: Parts, law: TaxLaw, *, contained: bool
) -> tuple[tuple[Decimal | None, ...], Certainty]:
    """Return the rate of each line's tax, and how sure that is."""
    if not parts.tax or not law.rates:
        return (None,) * len(items), Certainty.ESTIMATED if len(items) > 1 else Certainty.DERIVED
    read = tuple(item.tax_rate for item in items)
    if all(rate is not None for rate in read):
        return read, Certainty.STATED
    shared = share_out(parts.shipping + parts.gift_wrap + parts.discount, values)
    amounts = [value + share for value, share in zip(values, shared, strict=True)]
    solved = solved_rates(law, amounts, parts.tax, contained=contained)
    return (solved, Certainty.DERIVED) if solved else ((None,) * len(items), Certainty.ESTIMATED)


def _shared_lines(
    places: Sequence[int],
    items: Sequence[Item],
    values: Sequence[int],
    parts: Parts,
    rates: tuple[tuple[Decimal | None, ...], Certainty],
    *,
    contained: bool,
) -> list[LineCost]:
    shares = {name: share_out(getattr(parts, name), values) for name in Parts._fields if name not in ("goods", "tax")}
    printed = [Parts(goods=value, **{name: share[at] for name, share in shares.items()}) for at, value in enumerate(values)]
    taxes = _line_taxes(items, values, printed, parts.tax, rates[0], contained=contained)
    alone = len(items) == 1
    shared = any(getattr(parts, name) for name in Parts._fields if name not in ("goods", "tax"))
    certainty = Certainty.STATED if not shared else Certainty.DERIVED if alone else Certainty.ESTIMATED
    if parts.tax:
        solved = all(rate is not None for rate in rates[0])
        certainty = certainty.at_most(Certainty.DERIVED if solved or alone else Certainty.ESTIMATED)
    lines = []
    for at, (place, item) in enumerate(zip(places, items, strict=True)):
        rate = rates[0][at]
        full = _net(printed[at], taxes[at], rate) if contained else printed[at]._replace(tax=taxes[at])
        lines.append(
            LineCost(item=place, parts=full, certainty=certainty, quantity=item.quantity, rate=rate or None, tax_certainty=rates[1])
        )
    return lines


def _line_taxes(
    items: Sequence[Item], values: Sequence[int], printed: Sequence[Parts], tax: int, rates: Sequence[Decimal | None], *, contained: bool
) -> list[int]:
    """Return each line's tax: as printed, else by its rate, else by item value; the sum is the printed tax."""
    own = [_row_tax(item) if item.tax is not None or item.unit_tax is not None else None for item in items]
    known = [minor for minor in own if minor is not None]
    if len(known) == len(own) and sum(known) == tax:
        return known
    if rates and all(rate is not None for rate in rates):
        by_rate = [tax_at(_taxable(line), rate or Decimal(0), contained=contained) for line, rate in zip(printed, rates, strict=True)]
        return by_rate if sum(by_rate) == tax else share_out(tax, by_rate)
    return share_out(tax, values)


def _taxable(line: Parts) -> int:
    return line.goods + line.shipping + line.gift_wrap + line.discount


def _net(line: Parts, tax: int, rate: Decimal | None) -> Parts:
    """Return a line whose printed parts contain its tax, with the tax apart."""
    if not tax:
        return line
    if rate:
        others = {name: round_half(Decimal(getattr(line, name)) / (1 + rate)) for name in ("shipping", "gift_wrap", "discount")}
    else:
        others = {name: getattr(line, name) for name in ("shipping", "gift_wrap", "discount")}
    gross = line.gross
    net = line._replace(tax=tax, goods=0, **others)
    return net._replace(goods=gross - net.gross)
