"""Refunds of the data export: `Retail.OrdersReturned.Payments.N.csv` (old), `Refund Details.csv` (current), digital returns.

A refund names an order, never an item; several rows of one order on one day are one refund. Only completed ones count.
"""

from collections.abc import Iterable
from datetime import date

from assistant.domain.documents import SourceKind
from assistant.domain.money import Money
from assistant.domain.orders import Item, Order, OrderKind, Refund
from assistant.domain.text import clean_text
from assistant.importers import cells
from assistant.importers.base import Findings
from assistant.importers.sheets import Sheet

_DONE = ("completed", "customer return complete", "")


class Refunds:
    """Reads what came back, physical and digital."""

    kind = SourceKind.REFUND_EXPORT
    layout = "refunds"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by the amount column of either layout."""
        amount = sheet.has("AmountRefunded") or sheet.has("Refund Amount") or sheet.has("Amount Refunded")
        return amount and sheet.has("Order ID") and (sheet.has("Currency") or sheet.has("Base Currency"))

    def extract(self, sheets: Iterable[Sheet]) -> Findings:
        """Return one order per refunded order id, holding its refunds only."""
        found = Findings()
        sums: dict[str, dict[tuple[str, date | None], int]] = {}
        for sheet in sheets:
            _add_up(sheet, found, sums)
            found.problems += sheet.problems
        for number, refunds in sums.items():
            found.orders.append(
                Order(
                    number=number,
                    kind=OrderKind.DIGITAL if number.startswith("D") else OrderKind.RETAIL,
                    currency=next(iter(refunds))[0],
                    refunds=tuple(Refund(amount=Money(minor, unit), refunded_on=on) for (unit, on), minor in refunds.items()),
                )
            )
        return found


def _add_up(sheet: Sheet, found: Findings, sums: dict[str, dict[tuple[str, date | None], int]]) -> None:
    number_at, unit_at = sheet.at("Order ID"), sheet.at("Currency", "Base Currency")
    amount_at = sheet.at("AmountRefunded", "Refund Amount", "Amount Refunded")
    status_at = (sheet.at("Payment Status", "Status", "Return Status"), sheet.at("Reversal Status"))
    day_at = (sheet.at("RefundCompletionDate", "Refund Date", "Return Date"), sheet.at("Creation Date"))
    for line, row in sheet.rows():
        where = f"{sheet.name}, row {line}"
        if any(row[place].strip().lower() not in _DONE for place in status_at) or not row[number_at].strip():
            continue
        try:
            unit = cells.currency(row[unit_at])
            amount = cells.money(row[amount_at], unit or "XXX")
            on = next((day for day in (cells.day(row[place]) for place in day_at) if day), None)
        except (ValueError, ArithmeticError):
            found.unreadable(where, "refund", f"{row[amount_at]} {row[unit_at]}")
            continue
        if unit and amount and amount.minor:
            refunds = sums.setdefault(row[number_at].strip(), {})
            refunds[unit, on] = refunds.get((unit, on), 0) + abs(amount.minor)


class Returns:
    """Reads what was sent back, as far as such a list goes: the item, and a refund without a currency where it states one."""

    kind = SourceKind.RETURNS_EXPORT
    layout = "returns"

    def identify(self, sheet: Sheet) -> bool:
        """Tell by a reason or a return's own id, without a currency column."""
        reasons = any(sheet.has(name) for name in ("Reason", "Return Reason", "Return Reason Code", "Return Authorization ID"))
        return reasons and sheet.has("Order ID") and not sheet.has("Currency")

    def extract(self, sheets: Iterable[Sheet]) -> Findings:
        """Return one order per returned order id, holding the items sent back."""
        found = Findings()
        orders: dict[str, tuple[list[Item], list[Refund]]] = {}
        for sheet in sheets:
            number_at, asin_at, title_at = sheet.at("Order ID"), sheet.at("ASIN"), sheet.at("Product Name")
            amount_at, unit_at = sheet.at("Refund Amount", "Return Amount"), sheet.at("Return Amount Currency")
            for line, row in sheet.rows(wide="Product Name"):
                items, refunds = orders.setdefault(row[number_at].strip(), ([], []))
                if row[asin_at].strip() or row[title_at].strip():
                    items.append(Item(asin=cells.present(row[asin_at]), title=clean_text(row[title_at]) or None))
                try:
                    amount = cells.money(row[amount_at], cells.currency(row[unit_at]) or "XXX")
                except (ValueError, ArithmeticError):
                    found.unreadable(f"{sheet.name}, row {line}", "refund", row[amount_at])
                    continue
                if amount:
                    refunds.append(Refund(amount=amount))
            found.problems += sheet.problems
        found.orders = [
            Order(number=number, items=tuple(items), refunds=tuple(refunds)) for number, (items, refunds) in orders.items() if number
        ]
        return found
