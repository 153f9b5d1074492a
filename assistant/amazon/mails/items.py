"""The items that a mail lists: a linked title, a bullet, "2 x Title", or the line above a quantity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.amazon.labels.buttons import is_button
from assistant.amazon.labels.fields import amount_line, header_line
from assistant.amazon.labels.phrases import Window, labelled, return_window
from assistant.amazon.layouts.orders.order_numbers import number_in
from assistant.amazon.mails.labels import ADVERTISING, AUTHOR, PRICE, QUANTITY, SOLD_BY, TIMES, VARIATION
from assistant.amazon.mails.lines import MailLine
from assistant.amazon.mails.values import is_money, parted
from assistant.amazon.mails.wording import sort_of_state
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import after, plain
from assistant.amazon.values.money import read_money
from assistant.domain.money import Money
from assistant.domain.orders.order import Item

_BULLET = re.compile(r"^[*•·]\s+(?=\S)")
_MOST_ITEMS = 500
_SHORTEST_TITLE = 2
_NEAR = 3


@dataclass(slots=True)
class _ItemDraft:
    """An item while its lines are read. `sure` once a line shows that it was bought and not just advertised."""

    title: str = ""
    picture: str = ""
    asin: str | None = None
    quantity: int | None = None
    price: str = ""
    named: dict[str, str] = field(default_factory=dict)
    windows: dict[Window, date | None] = field(default_factory=dict)
    sure: bool = False

    @property
    def told(self) -> bool:
        """Whether the item has a name."""
        return bool(self.title or self.picture or self.asin)

    def item(self, currency: str | None) -> Item:
        return Item(
            asin=self.asin,
            title=self.title or self.picture or None,
            quantity=self.quantity,
            unit_price=read_money(self.price, currency) if self.price else None,
            seller=self.named.get("seller"),
            condition=self.named.get("condition"),
            return_by=self.windows.get(Window.OPEN),
            return_closed_on=self.windows.get(Window.CLOSED),
            subscription_every=self.named.get("every"),
        )


class ItemList:
    """Collects the items of one order from its lines, read from the top."""

    def __init__(self, currency: str | None) -> None:
        """Create an empty list; `currency` is the marketplace's own."""
        self._currency = currency
        self._drafts: list[_ItemDraft] = []
        self._open: _ItemDraft | None = None

    def read(self, lines: Sequence[MailLine], taken: frozenset[int]) -> tuple[Item, ...]:
        """Return the items; `taken` are the places of lines that are amounts of the order."""
        for place, line in enumerate(lines):
            if place in taken:
                if self._drafts and amount_line(line.text.split(":")[0]) is not None:
                    break
                continue
            if ADVERTISING.match(plain(line.text)) and not line.asin:
                break
            if len(self._drafts) < _MOST_ITEMS:
                self._line(lines, place)
        sure = any(draft.sure for draft in self._drafts)
        drafts = [draft for draft in self._drafts if draft.told and (draft.sure or not sure)]
        return tuple(draft.item(self._currency) for draft in drafts)

    def _line(self, lines: Sequence[MailLine], place: int) -> None:
        line = lines[place]
        times = TIMES.match(line.text)
        if times and not is_money(times[2], self._currency):
            self._start(line, *self._priced(lines, place, times[2]), quantity=int(times[1]))
        elif _BULLET.match(line.text):
            self._start(line, *self._priced(lines, place, _BULLET.sub("", line.text)))
        elif line.asin:
            self._link(line)
        elif not self._detail(lines, place) and self._is_above_details(lines, place):
            self._start(lines[place], lines[place].text)

    def _priced(self, lines: Sequence[MailLine], place: int, text: str) -> tuple[str, str]:
        """Separate a title from the price after it, unless the price is printed below and the title itself ends in an amount."""
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        title, price = (text, "") if is_money(below, self._currency) else parted(text, self._currency)
        return title.strip('"“”„«» '), price

    def _start(self, line: MailLine, title: str, price: str = "", quantity: int | None = None) -> None:
        self._open = _ItemDraft(title, line.picture, line.asin, quantity, price, sure=bool(quantity or price))
        self._drafts.append(self._open)

    def _link(self, line: MailLine) -> None:
        """Take a link. A picture and a title may link to the same item; the same link after the item's details is another item."""
        current = self._open
        if current is None or current.asin not in (None, line.asin) or (current.title and (current.sure or current.asin is None)):
            if current is not None and current.asin == line.asin and not _is_name(line.text):
                return
            self._start(line, line.text if _is_name(line.text) else "")
            return
        current.asin = line.asin
        if not current.title and _is_name(line.text):
            current.title = line.text

    def _detail(self, lines: Sequence[MailLine], place: int) -> bool:
        """Take a line with details of the item above it; return whether it was one."""
        current, text = self._open, lines[place].text
        if current is None:
            return False
        counted = QUANTITY.match(plain(text))
        if counted:
            number = counted[1] or (lines[place + 1].text if place + 1 < len(lines) else "")
            if number.isascii() and number.isdecimal() and len(number) <= 5 and int(number):  # noqa: PLR2004  # no order holds more
                current.quantity, current.sure = int(number), True
            return True
        if _told_by_label(current, text):
            current.sure = True
            return True
        priced = PRICE.sub("", plain(text))
        value = text[-len(priced) :] if priced and PRICE.match(plain(text)) else text
        if is_money(value, self._currency):
            current.price, current.sure = current.price or value, True
            return True
        return False

    def _is_above_details(self, lines: Sequence[MailLine], place: int) -> bool:
        """Return whether a line is a title without a link: right above a quantity, or above a price and a seller.

        After an item that has only its link so far, such a line is a variation. In a mail with linked items it is a note.
        """
        current, below = self._open, lines[place + 1 : place + 1 + _NEAR]
        if not below or below[0].asin or (current and current.asin and not current.sure) or not _is_title(lines[place].text):
            return False
        if QUANTITY.match(plain(below[0].text)):
            return True
        if (current and not current.price) or any(line.asin for line in below) or any(draft.asin for draft in self._drafts):
            return False
        details = [line.text for line in below]
        sold = [bool(labelled(text) or SOLD_BY.match(plain(text)) or QUANTITY.match(plain(text))) for text in details]
        priced = [is_money(text, self._currency) for text in details]
        said = sold[0] or priced[0] or AUTHOR.match(plain(details[0])) is not None
        return said and any(sold) and any(priced)


def _told_by_label(draft: _ItemDraft, text: str) -> bool:
    """Take seller, condition, interval or return window from a labelled line; return whether it was one."""
    named, window = labelled(text), return_window(text)
    if named:
        draft.named.setdefault(*named)
    elif window:
        draft.windows.setdefault(window, read_day(text))
    elif SOLD_BY.match(plain(text)):
        draft.named.setdefault("seller", after(SOLD_BY, text) or "")
    else:
        return False
    return True


def unit_priced(items: tuple[Item, ...], subtotal: Money | None) -> tuple[Item, ...]:
    """Return the items with unit prices. Printed prices are row totals if only they add up to the subtotal."""
    prices = [(item.unit_price, item.quantity or 1) for item in items if item.unit_price is not None]
    if subtotal is None or len(prices) < len(items) or any(price.currency != subtotal.currency for price, _ in prices):
        return items
    by_piece, by_row = sum(price.minor * count for price, count in prices), sum(price.minor for price, _ in prices)
    if by_piece == subtotal.minor or by_row != subtotal.minor:
        return items
    return tuple(replace(item, unit_price=_piece(price, count)) for item, (price, count) in zip(items, prices, strict=True))


def _piece(price: Money, count: int) -> Money | None:
    return replace(price, minor=price.minor // count) if price.minor % count == 0 else None


def _is_name(text: str) -> bool:
    """Return whether the text of a link to an item can be its name and not a button's label."""
    return len(text) >= _SHORTEST_TITLE and not is_button(text)


def _is_title(text: str) -> bool:
    """Return whether a line without a link can be an item's name: not a label, a state or an order number."""
    folded = plain(text)
    if not _is_name(text) or number_in(text) or header_line(text.rstrip(" :：")) is not None or amount_line(text, whole=True) is not None:
        return False
    if any(label.match(folded) for label in (QUANTITY, AUTHOR, VARIATION)):
        return False
    return not (len(text.split()) <= _NEAR and sort_of_state(text) is not None)
