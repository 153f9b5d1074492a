"""Assigns the lines of a mail to its orders."""

from collections.abc import Sequence

from assistant.amazon.labels.fields import Header, header_line
from assistant.amazon.layouts.orders.order_numbers import NUMBER, labelled_number, number_in
from assistant.amazon.mails.lines import MailLine

_MOST_ORDERS = 200
_COMMON = 19
"""The length of "112-1234567-1234567": numbers of this form are an order's wherever they are printed."""


def sections(lines: Sequence[MailLine], subject: str) -> dict[str, list[MailLine]]:
    """Return the lines under each order number, in the order of the mail; a mail about one order belongs to it as a whole.

    Printed numbers come first. The orders in links are only used if the mail prints no number.
    """
    told = [_number(lines, place) for place in range(len(lines))]
    named = list(dict.fromkeys(number for number in told if number))
    if not named and (only := number_in(subject)):
        named = [only]
    if not named:
        told = [line.order for line in lines]
        named = list(dict.fromkeys(number for number in told if number))
    if len(named) <= 1:
        return {number: list(lines) for number in named}
    found: dict[str, list[MailLine]] = {number: [] for number in named[:_MOST_ORDERS]}
    current = named[0]
    for line, number in zip(lines, told, strict=True):
        current = number or current
        if current in found:
            found[current].append(line)
    return found


def _number(lines: Sequence[MailLine], place: int) -> str | None:
    text = lines[place].text
    number = number_in(text)
    if number is None:
        return None
    if len(number) == _COMMON and number[3] == "-":
        return number
    # Parcels and support cases have numbers that look like the rarer order numbers, so those need a label.
    above = lines[place - 1].text if place else ""
    labelled_above = NUMBER.fullmatch(text) and header_line(above) is Header.NUMBER
    return number if labelled_above or labelled_number(text) else None
