"""Reads the refund in a mail, and whether a return is complete."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.amazon.labels.states import State, state_of
from assistant.amazon.mails.context import Context
from assistant.amazon.mails.labels import REFUND_EXPECTED, REFUND_SUBTOTAL, REFUNDED, REFUNDED_ON
from assistant.amazon.mails.lines import MailLine
from assistant.amazon.mails.values import amounts, is_money
from assistant.amazon.mails.wording import Sort, lead, says_refund
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import plain
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Refund

_SIGN = r"(?:[A-Z]{2}\$|[A-Z]{3}|[A-Z]?[$€£¥￥₹₺]|R\$|kr|zł|TL|円)"
_PRINTED = re.compile(rf"(?:{_SIGN}\s?)?\d(?:[\d.,'\s]*\d)?(?:\s?{_SIGN}(?![A-Za-z]))?")
_LONGEST = 300
_TOTAL = ("tot", "gesamt", "合計", "summe", "suma", "toplam")


def refunds(lines: Sequence[MailLine], mail: Context, items: int) -> tuple[Refund, ...]:
    """Return the refund that was paid: the mail's total after deductions, or else its only amount.

    A refund that is only announced or delayed does not count. Another mail will confirm its payment.
    """
    if mail.sort is not Sort.REFUND or _is_expected(lines):
        return ()
    rows = [(plain(label), value) for _, label, value, _ in amounts(lines, mail.notes.currency)]
    printed = [(label, value) for label, value in rows if REFUNDED.match(label)]
    totals = [value for label, value in printed if any(word in label for word in _TOTAL)]
    value = next(iter(totals or [value for _, value in printed]), None)
    subtotals = [place for place, (label, _) in enumerate(rows) if REFUND_SUBTOTAL.match(label)]
    if value is None and len(subtotals) == 1 and len(rows) == subtotals[0] + 1:
        # Nothing is deducted below the subtotal, so the subtotal is the refund.
        value = rows[subtotals[0]][1]
    if value is None and not subtotals:
        value = _in_a_sentence(lines, mail)
    if value is None:
        mail.notes.problem(f"{mail.where}.refunds", "missing", sentence_of("The mail confirms a refund, but its amount was not found."))
        return ()
    amount = mail.notes.money(value, f"{mail.where}.refunds[0].amount")
    if amount is None:
        return ()
    back = replace(amount, minor=abs(amount.minor))
    return (Refund(amount=back, refunded_on=_refunded_on(lines, mail), item=0 if items == 1 else None, key=mail.key),)


def _is_expected(lines: Sequence[MailLine]) -> bool:
    return any(len(line.text) <= _LONGEST and not line.asin and REFUND_EXPECTED.search(plain(line.text)) for line in lines)


def is_complete(lines: Sequence[MailLine], mail: Context) -> bool:
    """Return whether a mail says clearly that the returned items have arrived."""
    if state_of(lead(mail.subject)) is State.RETURNED:
        return True
    return any(len(line.text) <= _LONGEST and not line.asin and state_of(line.text) is State.RETURNED for line in lines)


def _in_a_sentence(lines: Sequence[MailLine], mail: Context) -> str | None:
    """Return the only amount in the sentences about the refund. With several amounts, the refund is unknown."""
    told = {value.strip() for line in lines for value in _sums(line, mail)}
    return told.pop() if len(told) == 1 else None


def _sums(line: MailLine, mail: Context) -> Iterator[str]:
    if len(line.text) <= _LONGEST and not line.asin and says_refund(line.text):
        yield from (found for found in _PRINTED.findall(line.text) if is_money(found, mail.notes.currency))


def _refunded_on(lines: Sequence[MailLine], mail: Context) -> date | None:
    for line in lines:
        text = plain(line.text[:_LONGEST])
        found = read_day(line.text) if REFUNDED_ON.search(text) else None
        if found is not None and (mail.day is None or found <= mail.day + timedelta(days=1)):
            return found
    if mail.day is not None:
        mail.notes.problem(
            f"{mail.where}.refunds[0].refunded_on",
            "mail-date",
            sentence_of("The mail does not print the day of the refund. Its own date was used."),
        )
    return mail.day
