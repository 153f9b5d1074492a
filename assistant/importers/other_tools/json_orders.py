"""The JSON that amazon-orders writes (`--output json`): a list of orders, amounts as bare numbers, no currency.

Only the links to a marketplace in the same file show the currency of its amounts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.amazon.marketplaces import Marketplace, by_url
from assistant.amazon.values.dates import read_day
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import NO_CURRENCY
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.merge_files import joined_orders
from assistant.importers.files.row_cells import RowCells
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet
from assistant.importers.other_tools.status_text import shipment_of, status_of

_NUMBER = "order_number"
_AMOUNTS = {
    Amount.SUBTOTAL: "subtotal",
    Amount.SHIPPING: "shipping_total",
    Amount.FREE_SHIPPING: "free_shipping",
    Amount.PROMOTION: "promotion_applied",
    Amount.COUPON: "coupon_savings",
    Amount.SUBSCRIBE_AND_SAVE: "subscription_discount",
    Amount.MULTIBUY: "multibuy_discount",
    Amount.AMAZON_DISCOUNT: "amazon_discount",
    Amount.GIFT_WRAP: "gift_wrap",
    Amount.TOTAL_BEFORE_TAX: "total_before_tax",
    Amount.TAX: "estimated_tax",
    Amount.GIFT_CARD: "gift_card",
    Amount.POINTS: "reward_points",
    Amount.GRAND_TOTAL: "grand_total",
    Amount.REFUND_TOTAL: "refund_total",
}
_LINKS = ("link", "tracking_link", "order_details_link", "image_link")
Entry = Mapping[str, Any]


class JsonOrders:
    """Reads the output of amazon-orders."""

    kind = SourceKind.JSON_ORDERS
    layout = "amazon-orders"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has that tool's own column names."""
        return sheet.has(_NUMBER, "items") and (sheet.has("grand_total") or sheet.has("order_placed_date"))

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id, merged from several files."""
        found = Findings()
        told: list[Order] = []
        for sheet in sheets:
            told += [_json_order(RowCells(sheet, line, row), number) for line, row, number in numbered(sheet, column=_NUMBER)]
            found.problems += sheet.notes.problems
        found.orders = joined_orders([(self.kind, told)])
        return found


def _json_order(bare: RowCells, number: str) -> Order:
    items, shipments = _entries(bare, "items"), _entries(bare, "shipments")
    items = items or [item for shipment in shipments for item in _list(shipment.get("items"))]
    marketplace = _marketplace([*_links(items), *_links(shipments), bare.words("order_details_link") or ""])
    row = RowCells(bare.sheet, bare.line, bare.row, marketplace.currency if marketplace else NO_CURRENCY)
    amounts = {name: row.money(column) for name, column in _AMOUNTS.items()}
    if marketplace is None and any(amounts.values()):
        text = sentence_of(
            "The file does not say which currency its amounts are in. Import the order's page or Amazon's own export as well."
        )
        row.sheet.notes.add(f"{row.sheet.name}, {number}", "no-currency", text)
    placed_on = row.read(_json_day, "order_placed_date")
    boxes = tuple(_shipments(shipments, items, placed_on))
    cancelled = row.words("cancelled") == "true"
    return Order(
        number=number,
        kind=_kind_by_number(row, number),
        placed_on=placed_on,
        status=OrderStatus.CANCELLED if cancelled else status_of(boxes),
        cancelled=cancelled,
        currency=marketplace.currency if marketplace else None,
        marketplace=marketplace.name if marketplace else None,
        recipient=_recipient(row),
        amounts={name: amount for name, amount in amounts.items() if amount is not None},
        items=tuple(_json_item(entry, row) for entry in items),
        shipments=boxes,
        payments=tuple(_payments(row)),
    )


def _kind_by_number(row: RowCells, number: str) -> OrderKind:
    if row.words("is_whole_foods") == "true":
        return OrderKind.WHOLE_FOODS
    return OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL


def _recipient(row: RowCells) -> Recipient:
    entry = next(iter(_entries(row, "recipient")), {})
    lines = entry.get("address")
    address = ", ".join(filter(None, map(str.strip, lines.splitlines()))) if isinstance(lines, str) else ""
    return Recipient(name=_json_text(entry, "name"), address=cells.words(address))


def _payments(row: RowCells) -> Iterator[Payment]:
    method, last4 = row.words("payment_method"), row.words("payment_method_last_4")
    if method or last4:
        yield Payment(method=method, last4=last4)


def _json_item(entry: Entry, row: RowCells) -> Item:
    seller = entry.get("seller")
    return Item(
        asin=_json_text(entry, "asin") or cells.linked_asin(_json_text(entry, "link") or ""),
        title=_json_text(entry, "title"),
        quantity=row.noted(cells.quantity, "quantity", _json_text(entry, "quantity") or ""),
        unit_price=row.noted(lambda cell: cells.printed(cell, row.unit or NO_CURRENCY), "price", _json_text(entry, "price") or ""),
        seller=_json_text(seller, "name") if isinstance(seller, dict) else None,
        condition=_json_text(entry, "condition"),
        return_by=read_day(_json_text(entry, "return_eligible_date") or ""),
    )


def _shipments(entries: Sequence[Entry], items: Sequence[Entry], placed_on: date | None) -> Iterator[Shipment]:
    free = list(range(len(items)))
    for entry in entries:
        places = []
        for inside in _list(entry.get("items")):
            same = next((place for place in free if _name(items[place]) == _name(inside)), None)
            if same is not None:
                free.remove(same)
                places.append(same)
        yield shipment_of(_json_text(entry, "delivery_status"), None, places, placed_on)


def _name(item: Entry) -> tuple[str | None, str | None]:
    return _json_text(item, "link"), _json_text(item, "title")


def _marketplace(links: Iterable[str]) -> Marketplace | None:
    """Return the one marketplace that all links lead to."""
    marketplaces = {marketplace for link in links if (marketplace := by_url(link))}
    return marketplaces.pop() if len(marketplaces) == 1 else None


def _links(entries: Iterable[Entry]) -> list[str]:
    return [link for entry in entries for name in _LINKS if (link := _json_text(entry, name))]


def _entries(row: RowCells, column: str) -> list[Entry]:
    """Return the objects in a cell of JSON text. Numbers stay text, because money is never a float."""
    try:
        return _list(json.loads(row.row[row.sheet.at(column)] or "null", parse_float=str, parse_int=str, parse_constant=str))
    except (ValueError, RecursionError):
        row.sheet.notes.unreadable(row.line, column, row.row[row.sheet.at(column)])
        return []


def _list(value: Any) -> list[Entry]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _json_text(entry: Entry, name: str) -> str | None:
    value = entry.get(name)
    return cells.words(value) if isinstance(value, str) else None


def _json_day(cell: str) -> date | None:
    text = cells.words(cell)
    day = read_day(text) if text else None
    if text and day is None:
        raise ValueError(cell)
    return day
