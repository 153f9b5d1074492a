"""Reads text copied from Amazon's pages, line by line: the payment history, an order, a list of orders."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.amazon.labels.buttons import is_button
from assistant.amazon.labels.fields import Header, header_line
from assistant.amazon.labels.languages import language_in
from assistant.amazon.labels.phrases import labelled, return_window
from assistant.amazon.labels.states import State, state_of
from assistant.amazon.layouts.orders.order_numbers import NUMBER, labelled_day, labelled_number, number_in
from assistant.amazon.layouts.orders.payments import split_method
from assistant.amazon.layouts.orders.shipment import order_status
from assistant.amazon.layouts.orders.transactions import group_status
from assistant.amazon.mails.context import Context
from assistant.amazon.mails.lines import MailLine, lines_of_text
from assistant.amazon.mails.orders import order_in
from assistant.amazon.mails.wording import Sort
from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.notes import Notes
from assistant.amazon.page_marketplace import marketplace_in_text
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import western_digits
from assistant.amazon.values.money import is_amount
from assistant.domain.documents import Extraction, Source
from assistant.domain.orders.order import Item, Order, OrderStatus, Shipment, Transaction
from assistant.domain.pages.kinds import SourceKind

_MOST_TEXT = 1 << 20
_LONGEST_LINE = 400
_LONGEST_DAY = 40
_SHORTEST_TITLE = 3
_ROW = re.compile(r"^(?P<method>\S.{1,60}?)\s+(?P<amount>[-+\u2212(]?\s?[^\d\s]{0,4}\s?[-+\u2212]?\d[\d.,'\s]*[^\d\s]{0,4}\)?)\Z")
_SIGNED = re.compile(r"[-+\u2212]")


def read_pasted_text(name: str, text: str) -> Extraction | None:
    """Return what a copied page says, None if the text is not a copied page."""
    if len(text) > _MOST_TEXT or NUMBER.search(western_digits(text)) is None:
        return None
    lines = [line for line in lines_of_text(text) if len(line.text) <= _LONGEST_LINE]
    marketplace, language = marketplace_in_text(text), language_in(text)
    notes = Notes(marketplace=marketplace)
    rows = _History(notes).read(line.text for line in lines)
    if rows:
        return _extraction(name, SourceKind.TRANSACTIONS, marketplace, language, notes, transactions=rows)
    parts = list(_orders_of_text(lines))
    if not parts:
        return None
    orders = tuple(_pasted_order(number, part, notes, f"orders[{place}]") for place, (number, part) in enumerate(parts))
    kind = SourceKind.ORDER_DETAILS if len(orders) == 1 and orders[0].amounts else SourceKind.ORDER_LIST
    return _extraction(name, kind, marketplace, language, notes, orders=orders)


def _extraction(
    name: str,
    kind: SourceKind,
    marketplace: Marketplace | None,
    language: str | None,
    notes: Notes,
    *,
    orders: tuple[Order, ...] = (),
    transactions: tuple[Transaction, ...] = (),
) -> Extraction:
    source = Source(name=name, kind=kind, marketplace=marketplace.name if marketplace else None, language=language, layout="text")
    return Extraction(source=source, orders=orders, transactions=transactions, problems=tuple(notes.problems))


class _History:
    """Collects the rows of a payment history: "Visa ****1234 -$5.00", then its orders and what the bank prints."""

    def __init__(self, notes: Notes) -> None:
        self.rows: list[Transaction] = []
        self._notes = notes
        self._status: str | None = "completed"
        self._day: date | None = None
        self._open = False

    def read(self, texts: Iterable[str]) -> tuple[Transaction, ...]:
        """Return the rows below the days that the lines name."""
        for text in texts:
            found = _ROW.match(text)
            day = read_day(text) if len(text) <= _LONGEST_DAY and NUMBER.search(text) is None else None
            if found and self._day and _SIGNED.search(found["amount"]) and is_amount(found["amount"].lstrip("+")):
                self._start(found["method"], found["amount"].lstrip("+ "))
            elif day is not None:
                self._day, self._open = day, False
            else:
                self._detail(text, group_status(text) if len(text) <= _LONGEST_DAY else None)
        return tuple(self.rows)

    def _start(self, printed: str, amount: str) -> None:
        method, last4 = split_method(printed)
        where = f"transactions[{len(self.rows)}].amount"
        money = self._notes.money(amount, where)
        self.rows.append(Transaction(on=self._day, amount=money, method=method, last4=last4, status=self._status))
        self._open = True

    def _detail(self, text: str, status: str | None) -> None:
        """Take a line below a row, or the heading of a group of rows ("In Progress")."""
        if not self._open:
            self._status = status or self._status
            return
        row = self.rows[-1]
        if number := number_in(text):
            self.rows[-1] = replace(row, order_numbers=(*row.order_numbers, number))
        elif status and not row.order_numbers:
            self.rows[-1] = replace(row, status=status)
        elif status:
            self._status, self._open = status, False
        elif row.descriptor is None:
            self.rows[-1] = replace(row, descriptor=text)


def _orders_of_text(lines: Sequence[MailLine]) -> Iterator[tuple[str, list[MailLine]]]:
    """Yield each order's number and lines. In a list an order begins at the label of its day, above its number."""
    numbers = [(place, number) for place, line in enumerate(lines) if (number := _labelled(lines, place))]
    named = list(dict.fromkeys(number for _, number in numbers))
    if len(named) == 1:
        yield named[0], list(lines)
        return
    starts = [place for place, line in enumerate(lines) if header_line(line.text.split(":")[0]) is Header.PLACED or labelled_day(line.text)]
    bounds = [max((start for start in starts if start <= place), default=place) for place, _ in numbers]
    for (start, (_, number)), end in zip(zip(bounds, numbers, strict=True), [*bounds[1:], len(lines)], strict=True):
        if start < end:
            yield number, list(lines[start:end])


def _labelled(lines: Sequence[MailLine], place: int) -> str | None:
    """Return the order number that a label in this line or the line above introduces."""
    text = lines[place].text
    above = lines[place - 1].text if place else ""
    return labelled_number(text) or (number_in(text) if NUMBER.fullmatch(text) and header_line(above) is Header.NUMBER else None)


def _pasted_order(number: str, lines: Sequence[MailLine], notes: Notes, where: str) -> Order:
    mail = Context(sort=Sort.ORDER, subject="", day=None, notes=notes, where=where)
    order = order_in(number, lines, mail)
    items = order.items or tuple(_titles([line.text for line in lines]))
    told = [line.text for line in lines if len(line.text) <= 2 * _LONGEST_DAY and not _is_heading(line.text)]
    states = [(text, state) for text in told if (state := state_of(text))]
    boxes = tuple(
        Shipment(
            status=text,
            delivered_on=read_day(text, near=order.placed_on) if state is State.DELIVERED else None,
            items=tuple(range(len(items))) if len(states) == 1 else (),
        )
        for text, state in states
    )
    status = order_status([state for _, state in states])
    return replace(order, items=items, shipments=boxes, status=status, cancelled=status is OrderStatus.CANCELLED)


def _is_heading(text: str) -> bool:
    """Return whether a line is a label of the page or a button: "Order placed" is not the state of a parcel."""
    return header_line(text.split(":", maxsplit=1)[0]) is not None or labelled_day(text) is not None or is_button(text)


def _titles(texts: Sequence[str]) -> Iterator[Item]:
    """Yield the items of a list: a line right above its seller, its return window or the button that buys it again."""
    for text, below in pairwise(texts):
        follows = labelled(below) is not None or return_window(below) is not None or is_button(below)
        said = labelled(text) or return_window(text) or is_button(text) or is_amount(text) or state_of(text) or NUMBER.search(text)
        if follows and not said and not _is_heading(text) and read_day(text) is None and len(text) >= _SHORTEST_TITLE:
            yield Item(title=text)
