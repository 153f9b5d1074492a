"""Refunds of the data export: `Retail.OrdersReturned.Payments.N.csv` (old), `Refund Details.csv` (current), digital returns.

Personal accounts could download a report `Refunds` until March 2023; only that report lists the refunded tax separately.

Each row is a separate refund, even if another one has the same day. Digital returns have a row per component (price, tax)
of one refund and name its product; other files name the order only. Only completed refunds count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.orders.order import Item, Order, OrderKind, Refund
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.row_cells import marketplace_of
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet

_DONE = ("completed", "customer return complete", "")


# `Retail.OrdersReturned.N`, `Retail.CustomerReturns.N`, `Return Requests`, `Returns Status`, `Replacement Orders`.
_RETURNED = ("Reason", "Return Reason", "Return Reason Code", "Return Authorization ID", "Reversal Reason", "Replacement Order ID")
_AMOUNT = ("AmountRefunded", "Refund Amount", "Amount Refunded")
_COMPONENT = ("Monetary Component Type", "MonetaryComponentTypeCode", "Component Type")
_UNIT = ("Currency", "Base Currency", "Base Currency Code")


class _Refund(NamedTuple):
    """One row of a refund."""

    moment: date | datetime | None
    minor: int
    currency: str
    tax: int | None
    key: str | None
    quantity: int | None
    asin: str | None = None


def _states_refunds(sheet: Sheet) -> bool:
    """Return whether a file has refunded amounts and their currency."""
    return any(map(sheet.has, _AMOUNT)) and (any(map(sheet.has, _UNIT)) or sheet.has("Refund Tax Amount"))


class Refunds:
    """Reads refunds, physical and digital."""

    kind = SourceKind.REFUND_EXPORT
    layout = "refunds"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has the amount column of either layout."""
        return sheet.has("Order ID") and _states_refunds(sheet)

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per refunded order id, holding its refunds only."""
        found = Findings()
        refunds: dict[str, Counter[_Refund]] = {}
        for sheet in sheets:
            for number, here in _refunds(sheet).items():
                # A refund in several overlapping files counts once.
                refunds[number] = refunds[number] | here if number in refunds else here
            found.problems += sheet.notes.problems
        found.orders = [_refunded_order(number, each) for number, each in refunds.items()]
        return found


def _refunds(sheet: Sheet) -> dict[str, Counter[_Refund]]:
    unit_at, amount_at = sheet.at(*_UNIT), sheet.at(*_AMOUNT)
    status_at = (sheet.at("Payment Status", "Status", "Return Status"), sheet.at("Reversal Status"))
    day_at = (sheet.at("RefundCompletionDate", "Refund Date", "Return Date"), sheet.at("Creation Date"))
    found: dict[str, Counter[_Refund]] = {}
    tax_at, site_at = sheet.at("Refund Tax Amount"), sheet.at("Website")
    key_at, count_at = sheet.at("ReversalID", "Reversal ID", "Refund ID", "Disbursement ID"), sheet.at("Quantity")
    item_at, asin_at, component_at = sheet.at("Digital Order Item ID"), sheet.at("ASIN"), sheet.at(*_COMPONENT)
    for line, row, number in numbered(sheet):
        if any(row[place].strip().lower() not in _DONE for place in status_at):
            continue
        try:
            marketplace = marketplace_of(row[site_at])
            unit = cells.currency(row[unit_at]) or (marketplace.currency if marketplace else None)
            amount, tax = (cells.money(row[place], unit) if unit else None for place in (amount_at, tax_at))
        except ValueError:
            sheet.notes.unreadable(line, "Refund", f"{row[amount_at]} {row[unit_at]}")
            continue
        if amount and tax:
            amount += tax
        if amount and amount.minor:
            moment = _moment(sheet, line, row, day_at)
            back = abs(tax.minor) if tax else None
            component = row[component_at].strip().lower()
            if component == "tax":
                back = abs(amount.minor)
            asin, key = cells.words(row[asin_at]), cells.words(row[key_at]) or cells.words(row[item_at])
            refund = _Refund(moment, abs(amount.minor), amount.currency, back, key, _count(row[count_at]), asin)
            found.setdefault(number, Counter())[refund] += 1
    return {number: _joined(refunds) for number, refunds in found.items()} if any(map(sheet.has, _COMPONENT)) else found


def _joined(refunds: Counter[_Refund]) -> Counter[_Refund]:
    """Combine the components of each digital refund: the rows with the same item and instant."""
    sums: dict[tuple[object, ...], _Refund] = {}
    for refund in refunds.elements():
        group = (refund.key, refund.moment, refund.currency)
        known = sums.get(group)
        if known is not None:
            tax = (known.tax or 0) + (refund.tax or 0)
            refund = known._replace(minor=known.minor + refund.minor, tax=tax)  # noqa: PLW2901  # the sum so far
        sums[group] = refund
    return Counter(sums.values())


def _count(cell: str) -> int | None:
    try:
        return cells.quantity(cell) or None
    except ValueError:
        return None


def _moment(sheet: Sheet, line: int, row: list[str], places: tuple[int, ...]) -> date | datetime | None:
    for place in places:
        try:
            moment = cells.moment(row[place])
        except ValueError:
            sheet.notes.unreadable(line, "Refund Date", row[place])
            continue
        if moment:
            return moment
    return None


def _refunded_order(number: str, refunds: Counter[_Refund]) -> Order:
    asins = list(dict.fromkeys(refund.asin for refund in refunds if refund.asin))
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number.startswith("D") else OrderKind.RETAIL,
        currency=next(iter(refunds)).currency,
        items=tuple(Item(asin=asin) for asin in asins),
        refunds=tuple(_entry(refund, asins.index(refund.asin) if refund.asin else None) for refund in refunds.elements()),
    )


def _entry(refund: _Refund, item: int | None) -> Refund:
    at = refund.moment if isinstance(refund.moment, datetime) else None
    return Refund(
        amount=Money(refund.minor, refund.currency),
        refunded_on=at.date() if at else refund.moment,
        item=item,
        key=refund.key,
        refunded_at=at,
        tax=None if refund.tax is None else Money(refund.tax, refund.currency),
        quantity=refund.quantity,
    )


class Returns:
    """Reads lists of returns: the item, and the refund if the list has one. Its currency is unknown."""

    kind = SourceKind.RETURNS_EXPORT
    layout = "returns"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has a reason, a return id or a replacement order. Sheets with full refunds belong to `Refunds`."""
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
    """Yield the orders that replace others. The replaced orders come from the order history."""
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
            # Such a list may have no currency column: then only the number is known.
            amount = cells.money(row[amount_at], cells.currency(row[unit_at]) or NO_CURRENCY)
        except ValueError:
            sheet.notes.unreadable(line, "Refund", row[amount_at])
            continue
        if amount:
            refunds[Refund(amount=amount)] += 1
    return found
