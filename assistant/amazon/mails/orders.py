"""Reads one order of a mail from the lines under its number, as far as this sort of mail can know it."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from assistant.amazon.labels.buttons import is_button
from assistant.amazon.labels.fields import Header, amount_line, header_line
from assistant.amazon.layouts.orders.address import recipient_from
from assistant.amazon.layouts.orders.arithmetic import check_sums
from assistant.amazon.layouts.orders.order_numbers import labelled_day, number_in
from assistant.amazon.layouts.orders.payments import split_method
from assistant.amazon.mails.context import Context
from assistant.amazon.mails.items import ItemList, unit_priced
from assistant.amazon.mails.lines import MailLine
from assistant.amazon.mails.parcels import shipments
from assistant.amazon.mails.refunds import is_complete, refunds
from assistant.amazon.mails.values import amounts
from assistant.amazon.mails.wording import Sort, concerns_a_part, lead, quoted_title, sort_of_state
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern, plain
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Refund

_UUID = 36
_LONGEST_STATUS = 90
_LONGEST_ADDRESS = 8
_STATUS = {
    Sort.ORDER: OrderStatus.PLACED,
    Sort.SHIPMENT: OrderStatus.SHIPPING,
    Sort.DELIVERY: OrderStatus.DELIVERED,
    Sort.CANCELLATION: OrderStatus.CANCELLED,
}
_PARTS = re.compile(r"\s[-–—]\s|,\s*")
_HEADING = pattern(
    r"(?:payment (?:information|methods?)|order (?:summary|details)|zahlungs(?:art|methode|informationen)|bestellubersicht|mode de paiement"
    r"|metodo di pagamento|metodo de pago|(?:forma|metodo) de pagamento|betaalmethode|betalningsmetod|metoda platnosci|odeme yontemi"
    r"|お?支払い?方法)"
)
"""Headings that follow an address on a page or in a mail."""
_ONCE = (Amount.GRAND_TOTAL, Amount.TOTAL_BEFORE_TAX, Amount.SUBTOTAL)


def order_in(number: str, lines: Sequence[MailLine], mail: Context) -> Order:
    """Return the order with this number. Unknown values are None; a day that comes from the mail's date is flagged."""
    money, taken = _amounts(lines, mail)
    items = ItemList(mail.notes.currency).read(lines, taken)
    items = unit_priced(items, money.get(Amount.SUBTOTAL))
    if not items and mail.alone and (title := quoted_title(mail.subject)):
        items = (Item(title=title),)
    part = mail.sort is Sort.CANCELLATION and concerns_a_part([lead(mail.subject)])
    status = OrderStatus.UNKNOWN if part else _STATUS.get(mail.sort, OrderStatus.UNKNOWN)
    if mail.sort is Sort.RETURN and is_complete(lines, mail):
        status = OrderStatus.RETURNED
    back = refunds(lines, mail, len(items))
    return Order(
        number=number,
        kind=_kind_by_number(number),
        placed_on=_placed_on(lines, mail),
        status=status,
        cancelled=status is OrderStatus.CANCELLED,
        currency=_currency(money, items, back),
        marketplace=mail.notes.marketplace.name if mail.notes.marketplace else None,
        recipient=_recipient(lines),
        amounts=money,
        items=items,
        shipments=shipments(lines, mail, len(items), part=part),
        payments=_payments(lines),
        refunds=back,
    )


def _kind_by_number(number: str) -> OrderKind:
    if number.startswith("D"):
        return OrderKind.DIGITAL
    return OrderKind.GROCERY if len(number) == _UUID else OrderKind.RETAIL


def _currency(money: dict[Amount, Money], items: Sequence[Item], back: Sequence[Refund]) -> str | None:
    found = [*money.values(), *(item.unit_price for item in items), *(refund.amount for refund in back)]
    named = {amount.currency for amount in found if amount is not None}
    return named.pop() if len(named) == 1 else None


def _amounts(lines: Sequence[MailLine], mail: Context) -> tuple[dict[Amount, Money], frozenset[int]]:
    """Return the order's summary and the places of its lines. Only a confirmation sums up the order: other mails sum up a parcel."""
    found: dict[Amount, Money] = {}
    total: Money | None = None
    last = ""
    taken: set[int] = set()
    for place, label, value, size in amounts(lines, mail.notes.currency):
        line = None if lines[place].asin else amount_line(label, whole=True)
        if line is None and header_line(label) is not Header.TOTAL:
            continue
        taken.update(range(place, place + size))
        amount = mail.notes.money(value, f"{mail.where}.amounts")
        if amount is None or mail.sort is not Sort.ORDER:
            continue
        if header_line(label) is Header.TOTAL and line is not Amount.GRAND_TOTAL:
            total = amount
        elif line is Amount.GRAND_TOTAL and last and label != last and _same_currency(found[line], amount):
            # Of several totals the last is the amount paid: gift card and points are printed between them.
            found[line], last = amount, label
        elif isinstance(line, Amount) and line is not Amount.REFUND_TOTAL:
            last = label if line is Amount.GRAND_TOTAL and not last else last
            _put(found, line, amount, mail)
    if total is not None:
        found.setdefault(Amount.GRAND_TOTAL, total)
    if len({amount.currency for amount in found.values()}) == 1:
        check_sums(found, 0, mail.notes, mail.where)
    if mail.sort is Sort.ORDER and Amount.GRAND_TOTAL not in found:
        text = sentence_of("The total of the order could not be read. Import the order's page or Amazon's data export.")
        mail.notes.problem(f"{mail.where}.amounts.grand_total", "missing", text)
    return found, frozenset(taken)


def _same_currency(known: Money, other: Money) -> bool:
    return known.currency == other.currency


def _put(found: dict[Amount, Money], line: Amount, amount: Money, mail: Context) -> None:
    known = found.get(line)
    if known is None:
        found[line] = amount
    elif line not in _ONCE and known.currency == amount.currency:
        found[line] = known + amount
    elif known != amount:
        text = sentence_of(
            "The mail prints {first} and {second}; the first was used.",
            first=f"{known.decimal} {known.currency}",
            second=f"{amount.decimal} {amount.currency}",
        )
        mail.notes.problem(f"{mail.where}.amounts.{line.value}", "contradiction", text)


def _placed_on(lines: Sequence[MailLine], mail: Context) -> date | None:
    for place, line in enumerate(lines):
        below = lines[place + 1].text if place + 1 < len(lines) else ""
        label, colon, value = line.text.replace("：", ":").partition(":")
        if header_line(label) is Header.PLACED and (printed := value if colon and value.strip() else below):
            found = read_day(printed)
        else:
            found = labelled_day(line.text)
        if found is not None:
            return found
    if mail.sort is not Sort.ORDER or mail.day is None:
        return None
    mail.notes.problem(
        f"{mail.where}.placed_on", "mail-date", sentence_of("The mail does not print the day of the order. Its own date was used.")
    )
    return mail.day


def _recipient(lines: Sequence[MailLine]) -> Recipient:
    """Return name and address below a label like "Ship to:"; the address ends with the paragraph that contains the name."""
    for place, line in enumerate(lines):
        label, colon, value = line.text.replace("：", ":").partition(":")
        if header_line(label) is not Header.RECIPIENT:
            continue
        if value.strip():
            return recipient_from(_PARTS.split(value))
        below = lines[place + 1 : place + 1 + _LONGEST_ADDRESS]
        if not below or not (colon or below[0].block - line.block <= 2):  # noqa: PLR2004  # the end of one paragraph and the start of the next
            continue
        paragraph = [entry.text for entry in below if entry.block == below[0].block]
        return recipient_from(list(takewhile(lambda text: not _ends_address(text), paragraph)))
    return Recipient()


def _ends_address(text: str) -> bool:
    return _is_label(text) or is_button(text) or number_in(text) is not None or _HEADING.match(plain(text)) is not None


def _is_label(text: str) -> bool:
    label = text.replace("：", ":").partition(":")[0]
    return header_line(label) is not None or amount_line(label) is not None or sort_of_state(text) is not None


def _payments(lines: Sequence[MailLine]) -> tuple[Payment, ...]:
    found: dict[Payment, None] = {}
    for line in lines:
        text = line.text.replace("：", ":").rpartition(":")[2].strip()
        method, last4 = split_method(text) if len(text) <= _LONGEST_STATUS else (None, None)
        if method and last4:
            found[Payment(method=method, last4=last4)] = None
    return tuple(found)
