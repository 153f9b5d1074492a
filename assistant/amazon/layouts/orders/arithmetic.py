"""Checks that the amounts of an order agree with each other, allowing for each country's notation."""

from collections.abc import Mapping, Sequence

from assistant.amazon.labels.states import State, state_of
from assistant.amazon.layouts.orders.summary import Summary
from assistant.amazon.notes import Notes
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Shipment

_TOLERANCE = 2
"""Tolerance of printed sums in minor units, because every line is rounded separately."""

_BEFORE_TAX = (
    Amount.SUBTOTAL, Amount.SHIPPING, Amount.FREE_SHIPPING, Amount.PROMOTION, Amount.COUPON, Amount.SUBSCRIBE_AND_SAVE, Amount.MULTIBUY,
    Amount.AMAZON_DISCOUNT, Amount.GIFT_WRAP,
)  # fmt: skip  # a table reads better in rows
_VOUCHERS = (Amount.PROMOTION, Amount.COUPON)
"""Some marketplaces deduct these after the tax."""
_PAID_WITH = (Amount.GIFT_CARD, Amount.POINTS)
_PRICES_WITHOUT_TAX = frozenset({"USD", "CAD"})
"""Some marketplaces print prices with tax, while the subtotal may be without tax."""


def prove(summary: Summary, items: Sequence[Item], shipments: Sequence[Shipment], notes: Notes, where: str) -> None:
    """Record every contradiction among the amounts of an order and the prices of its items."""
    amounts = summary.amounts
    prices = [item.unit_price for item in items if item.unit_price is not None]
    currencies = sorted({amount.currency for amount in (*amounts.values(), *prices)})
    if len(currencies) > 1:
        notes.problem(
            f"{where}.amounts",
            "mixed-currencies",
            sentence_of("The amounts are in several currencies: {currencies}.", currencies=", ".join(currencies)),
        )
        return
    if Amount.SUBTOTAL not in amounts:
        return
    if summary.complete:
        check_sums(amounts, summary.others, notes, where)
    if 0 < len(prices) < len(items):
        notes.problem(
            f"{where}.items",
            "missing",
            sentence_of("Only {prices} of {items} items have a price on the page.", prices=len(prices), items=len(items)),
        )
    elif len(prices) == len(items) > 0:
        _check_items(items, shipments, amounts, notes, where)


def check_sums(amounts: Mapping[Amount, Money], others: int, notes: Notes, where: str) -> None:
    """Record a contradiction only if no way of adding the lines gives the printed total.

    European pages print prices with tax included, and some print the gift card amount below the total. Both are allowed.
    """
    if Amount.SUBTOTAL not in amounts:
        return
    minor = {name: amount.minor for name, amount in amounts.items()}
    tax, paid, tip = (sum(minor.get(name, 0) for name in names) for names in ((Amount.TAX,), _PAID_WITH, (Amount.TIP,)))
    before, vouchers = (sum(minor.get(name, 0) for name in names) for names in (_BEFORE_TAX, _VOUCHERS))
    printed_before = minor.get(Amount.TOTAL_BEFORE_TAX)
    befores = {lines + other - taxed for lines in (before, before - vouchers) for other in (0, others) for taxed in (0, tax)}
    if printed_before is not None and not _near(printed_before, befores):
        _contradiction(notes, f"{where}.amounts.total_before_tax", before, amounts[Amount.TOTAL_BEFORE_TAX])
    starts = {before, before + others}
    if printed_before is not None:
        starts |= {printed_before + other + late for other in (0, others) for late in (0, vouchers)}
    ways = {start + taxed + settled + tipped for start in starts for taxed in (tax, 0) for settled in (paid, 0) for tipped in (tip, 0)}
    total = minor.get(Amount.GRAND_TOTAL)
    if total is not None and not _near(total, ways):
        _contradiction(notes, f"{where}.amounts.grand_total", max(starts) + tax + paid + tip, amounts[Amount.GRAND_TOTAL])


def _check_items(items: Sequence[Item], shipments: Sequence[Shipment], amounts: Mapping[Amount, Money], notes: Notes, where: str) -> None:
    """Record a contradiction between item prices and the subtotal, which may include cancelled items or not."""
    subtotal = amounts[Amount.SUBTOTAL]
    cancelled = {place for box in shipments if state_of(box.status or "") is State.CANCELLED for place in box.items}
    sums = [sum(_price(item) for item in items), sum(_price(item) for place, item in enumerate(items) if place not in cancelled)]
    if any(_allowed(lines, amounts, len(items)) for lines in sums):
        return
    found = Money(sums[0], subtotal.currency).decimal
    text = sentence_of(
        "The items add up to {found} {currency}, but the page prints {printed} as their subtotal.",
        found=found,
        currency=subtotal.currency,
        printed=subtotal.decimal,
    )
    notes.problem(f"{where}.items", "arithmetic", text)


def _price(item: Item) -> int:
    return item.unit_price.minor * (item.quantity or 1) if item.unit_price else 0


def _allowed(lines: int, amounts: Mapping[Amount, Money], count: int) -> bool:
    subtotal, tax = amounts[Amount.SUBTOTAL], amounts.get(Amount.TAX)
    if abs(lines - subtotal.minor) <= _TOLERANCE:
        return True
    if subtotal.currency in _PRICES_WITHOUT_TAX or tax is None:
        return False
    # The tax may include that of shipping, or only cover part of the items after a discount.
    slack = _TOLERANCE + count
    plain = not any(amounts[name].minor for name in _BEFORE_TAX[1:] if name in amounts)
    least = subtotal.minor + tax.minor if plain else subtotal.minor
    return least - slack <= lines <= subtotal.minor + tax.minor + slack


def _near(printed: int, ways: set[int]) -> bool:
    return any(abs(printed - way) <= _TOLERANCE for way in ways)


def _contradiction(notes: Notes, where: str, lines: int, printed: Money) -> None:
    found = Money(lines, printed.currency).decimal
    notes.problem(
        where,
        "arithmetic",
        sentence_of(
            "The lines add up to {found} {currency}, but the page prints {printed}.",
            found=found,
            currency=printed.currency,
            printed=printed.decimal,
        ),
    )
