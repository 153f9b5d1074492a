"""Refunds of the data export: `Retail.OrdersReturned.Payments.N.csv` (old), `Refund Details.csv` (current), digital returns.

Personal accounts could download a report `Refunds` until March 2023; it alone states the tax that came back apart.

A refund names an order, never an item; several rows of one order on one day are one refund. Only completed ones count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.orders.order import Item, Order, OrderKind, Refund
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.row_cells import shop_of
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet

_DONE = ("completed", "customer return complete", "")


# `Retail.OrdersReturned.N`, `Retail.CustomerReturns.N`, `Return Requests`, `Returns Status`, `Replacement Orders`.
_RETURNED = ("Reason", "Return Reason", "Return Reason Code", "Return Authorization ID", "Reversal Reason", "Replacement Order ID")
_AMOUNT = ("AmountRefunded", "Refund Amount", "Amount Refunded")
_UNIT = ("Currency", "Base Currency", "Base Currency Code")


class _Refund(NamedTuple):
    """One row that says money came back."""

    on: date | None
    minor: int
    currency: str


def _states_refunds(sheet: Sheet) -> bool:
    """Whether a file has amounts that came back and says what they are in."""
    return any(map(sheet.has, _AMOUNT)) and (any(map(sheet.has, _UNIT)) or sheet.has("Refund Tax Amount"))


class Refunds:
    """Reads what came back, physical and digital."""

    kind = SourceKind.REFUND_EXPORT
    layout = "refunds"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by the amount column of either layout."""
        return sheet.has("Order ID") and _states_refunds(sheet)

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per refunded order id, holding its refunds only."""
        found = Findings()
        refunds: dict[str, Counter[_Refund]] = {}
        for sheet in sheets:
            for number, here in _refunds(sheet).items():
                # A refund that overlapping files repeat came once.
                refunds[number] = refunds[number] | here if number in refunds else here
            found.problems += sheet.notes.problems
        found.orders = [_order(number, each) for number, each in refunds.items()]
        return found


def _refunds(sheet: Sheet) -> dict[str, Counter[_Refund]]:
    unit_at, amount_at = sheet.at(*_UNIT), sheet.at(*_AMOUNT)
    status_at = (sheet.at("Payment Status", "Status", "Return Status"), sheet.at("Reversal Status"))
    day_at = (sheet.at("RefundCompletionDate", "Refund Date", "Return Date"), sheet.at("Creation Date"))
    found: dict[str, Counter[_Refund]] = {}
    tax_at, site_at = sheet.at("Refund Tax Amount"), sheet.at("Website")
    for line, row, number in numbered(sheet):
        if any(row[place].strip().lower() not in _DONE for place in status_at):
            continue
        try:
            shop = shop_of(row[site_at])
            unit = cells.currency(row[unit_at]) or (shop.currency if shop else None)
            amount, tax = (cells.money(row[place], unit) if unit else None for place in (amount_at, tax_at))
        except ValueError:
            sheet.notes.unreadable(line, "Refund", f"{row[amount_at]} {row[unit_at]}")
            continue
        if amount and tax:
            amount += tax
        if amount and amount.minor:
            found.setdefault(number, Counter())[_Refund(_day(sheet, line, row, day_at), abs(amount.minor), amount.currency)] += 1
    return found


def _day(sheet: Sheet, line: int, row: list[str], places: tuple[int, ...]) -> date | None:
    for place in places:
        try:
            day = cells.day(row[place])
        except ValueError:
            sheet.notes.unreadable(line, "Refund Date", row[place])
            continue
        if day:
            return day
    return None


def _order(number: str, refunds: Counter[_Refund]) -> Order:
    sums: Counter[tuple[str, date | None]] = Counter()
    for refund, times in refunds.items():
        sums[refund.currency, refund.on] += refund.minor * times
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number.startswith("D") else OrderKind.RETAIL,
        currency=next(iter(sums))[0],
        refunds=tuple(Refund(amount=Money(minor, unit), refunded_on=on) for (unit, on), minor in sums.items()),
    )


class Returns:
    """Reads what was sent back, as far as such a list goes: the item, and a refund without a currency where it states one."""

    kind = SourceKind.RETURNS_EXPORT
    layout = "returns"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by a reason, a return's own id or the order that replaces another; what states refunds in full is `Refunds`'."""
        return sheet.has("Order ID") and any(map(sheet.has, _RETURNED)) and not _states_refunds(sheet)

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per returned order id, holding the items sent back."""
        found = Findings()
        items: dict[str, Counter[Item]] = {}
        refunds: dict[str, Counter[Refund]] = {}
        for sheet in sheets:
            if sheet.has("Replacement Order ID"):
                found.orders += _replacements(sheet)
            for number, (here, back) in _returns(sheet).items():
                items[number] = items.get(number, Counter()) | here
                refunds[number] = refunds.get(number, Counter()) | back
            found.problems += sheet.notes.problems
        found.orders += [
            Order(number=number, items=tuple(each.elements()), refunds=tuple(refunds[number].elements())) for number, each in items.items()
        ]
        return found


def _replacements(sheet: Sheet) -> Iterator[Order]:
    """Yield the orders that replace others. The replaced ones are told of where they were bought."""
    replaced_at = sheet.at("Order ID")
    for line, row, number in numbered(sheet, column="Replacement Order ID"):
        try:
            replaced = cells.order_number(row[replaced_at])
        except ValueError:
            sheet.notes.unreadable(line, "Order ID", row[replaced_at])
            continue
        yield Order(number=number, replaces=replaced)


def _returns(sheet: Sheet) -> dict[str, tuple[Counter[Item], Counter[Refund]]]:
    asin_at, title_at = sheet.at("ASIN"), sheet.at("Product Name")
    amount_at, unit_at = sheet.at("Refund Amount", "Return Amount"), sheet.at("Return Amount Currency")
    found: dict[str, tuple[Counter[Item], Counter[Refund]]] = {}
    for line, row, number in numbered(sheet, wide="Product Name"):
        items, refunds = found.setdefault(number, (Counter(), Counter()))
        item = Item(asin=cells.words(row[asin_at]), title=cells.words(row[title_at]))
        if item.asin or item.title:
            items[item] += 1
        try:
            # Such a list may name no currency: the amount is known, what it is in is not.
            amount = cells.money(row[amount_at], cells.currency(row[unit_at]) or NO_CURRENCY)
        except ValueError:
            sheet.notes.unreadable(line, "Refund", row[amount_at])
            continue
        if amount:
            refunds[Refund(amount=amount)] += 1
    return found
