"""The CSV of the Japanese browser tool "Amazon 注文履歴フィルタ": one row per item, and rows for the whole order.

Rows whose name is in brackets are not items: （注文全体） has the order's total and what was paid,
（配送料・手数料） and （割引） are parts of the sum, （クレジットカードへの請求） is a charge. Amounts are bare yen.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.amazon.labels.phrases import labelled
from assistant.amazon.labels.states import State, state_of
from assistant.amazon.layouts.orders.payments import four_digits
from assistant.amazon.values.dates import read_day
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files import cells
from assistant.importers.files.merge_files import joined_orders
from assistant.importers.files.row_cells import RowCells
from assistant.importers.files.rows_by_order import numbered
from assistant.importers.files.sheets import Sheet
from assistant.importers.other_tools.status_text import status_of

_NUMBER, _TITLE = "注文番号", "商品名"
_WHOLE = re.compile(r"[（(].{1,40}[)）]")
_ORDER_ROW, _CHARGE_ROW = "注文全体", "への請求"
_PARTS = {
    "配送料・手数料": Amount.SHIPPING,
    "配送料": Amount.SHIPPING,
    "割引": Amount.PROMOTION,
    "ギフト券": Amount.GIFT_CARD,
    "ポイント": Amount.POINTS,
}
_DETAIL = re.compile(r"\s+(?=[^\s:：]{2,12}[:：])")
_CARD_NAME = re.compile(r"[（(].*")


class JapaneseHistory:
    """Reads the order history that the tool downloads."""

    kind = SourceKind.ORDERS_CSV
    layout = "japanese-history"

    def identify(self, sheet: Sheet) -> bool:
        """Return whether the sheet has the tool's own columns."""
        return sheet.has(_NUMBER, _TITLE, "注文日") and (sheet.has("注文合計") or sheet.has("価格"))

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return one order per order id, merged from several files."""
        found = Findings()
        told: list[Order] = []
        for sheet in sheets:
            rows: dict[str, list[RowCells]] = {}
            for line, row, number in numbered(sheet, column=_NUMBER, wide=_TITLE):
                rows.setdefault(number, []).append(RowCells(sheet, line, row, "JPY"))
            told += [_japanese_order(number, each) for number, each in rows.items()]
            found.problems += sheet.notes.problems
        found.orders = joined_orders([(self.kind, told)])
        return found


def _japanese_order(number: str, rows: Sequence[RowCells]) -> Order:
    whole = [row for row in rows if _WHOLE.fullmatch(row.words(_TITLE) or "")]
    items = [row for row in rows if row not in whole]
    placed = next(filter(None, (row.read(_japanese_day, "注文日") for row in rows)), None)
    shipments = tuple(_shipments(items, placed))
    status = status_of(shipments)
    return Order(
        number=number,
        kind=OrderKind.DIGITAL if number[0] == "D" else OrderKind.RETAIL,
        placed_on=placed,
        status=status,
        cancelled=status is OrderStatus.CANCELLED,
        currency="JPY",
        marketplace="amazon.co.jp",
        recipient=Recipient(name=next(filter(None, (row.words("お届け先") for row in rows)), None)),
        amounts=_amounts(whole),
        items=tuple(map(_japanese_item, items)),
        shipments=shipments,
        payments=tuple(_payments(whole)),
    )


def _amounts(whole: Sequence[RowCells]) -> dict[Amount, Money]:
    found: dict[Amount, Money] = {}
    for row in whole:
        name = (row.words(_TITLE) or "").strip("（）()")
        if _ORDER_ROW in name:
            total = row.money("請求額") or row.money("注文合計")
            if total is not None:
                found[Amount.GRAND_TOTAL] = total
        for word, amount in _PARTS.items():
            part = row.money("商品小計") or row.money("注文合計") if word == name else None
            if part is not None:
                found[amount] = found[amount] + part if amount in found else part
    return found


def _japanese_item(row: RowCells) -> Item:
    named = dict(filter(None, (labelled(part) for part in _DETAIL.split(row.words("付帯情報") or ""))))
    return Item(
        asin=cells.linked_asin(row.words("商品URL") or ""),
        title=row.words(_TITLE),
        quantity=row.count("個数"),
        unit_price=row.money("価格"),
        seller=named.get("seller"),
        condition=named.get("condition"),
    )


def _shipments(items: Sequence[RowCells], placed: date | None) -> Iterator[Shipment]:
    parcels: dict[str, list[int]] = {}
    for place, row in enumerate(items):
        status = row.words("状態")
        if status:
            parcels.setdefault(status, []).append(place)
    for status, places in parcels.items():
        day, state = read_day(status, near=placed), state_of(status)
        yield Shipment(
            status=status,
            shipped_on=day if state is State.SHIPPING and "発送" in status else None,
            delivered_on=day if state is State.DELIVERED else None,
            items=tuple(places),
        )


def _payments(whole: Sequence[RowCells]) -> Iterator[Payment]:
    charges = [row for row in whole if _CHARGE_ROW in (row.words(_TITLE) or "")]
    for row in charges or whole:
        card = row.words("クレカ種類")
        if card:
            method, amount = _CARD_NAME.sub("", card).strip() or None, row.money("クレカ請求額")
            yield Payment(method=method, last4=four_digits(card), amount=amount, charged_on=row.read(_japanese_day, "クレカ請求日"))


def _japanese_day(cell: str) -> date | None:
    text = cells.words(cell)
    day = read_day(text) if text else None
    if text and day is None:
        raise ValueError(cell)
    return day
