"""Upcoming dates: the last day to return, a trial that ends, a membership that renews, a payment, a delivery, an offer that ends."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import IO

from assistant.domain.clock import Clock
from assistant.domain.due_dates import Due, DueKind, due_on
from assistant.domain.errors import NotFound
from assistant.domain.filters import Filter
from assistant.domain.languages.translating import translated
from assistant.domain.terms import Term, TermKind
from assistant.domain.text import fold
from assistant.exports.calendar_file import write_calendar
from assistant.rules.described.fields import Fields
from assistant.services.orders.ledger import Ledger
from assistant.storage.accounts import register
from assistant.storage.accounts.labels import label_word
from assistant.storage.engine import Database
from assistant.storage.orders.history import numbers_matching
from assistant.storage.terms import folded, terms_about
from assistant.storage.unit_of_work import Session

_ALL = Filter()
_CALENDAR_DAYS = 400
_KINDS = (TermKind.MEMBERSHIP, TermKind.INSTALMENT, TermKind.SUBSCRIPTION)
_OFFERS = {TermKind.COUPON_CLIPPED: DueKind.COUPON, TermKind.PROMO_ISSUED: DueKind.CODE}
_USED = (TermKind.COUPON_USED, TermKind.PROMO_USED)


class Reminders:
    """Lists upcoming dates."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        """Read an open ledger."""
        self._database = database
        self._ledger = ledger
        self._clock = clock

    def due(self, today: date, days: int, found: Filter = _ALL) -> list[Due]:
        """Return what is due within this many days, soonest first, from dates that pages printed or the user noted.

        The filter's days apply to the due date. Raises NotFound, InvalidInput.
        """
        last = today + timedelta(days=days)
        with self._database.reading() as session:
            keys = {row.id or 0: row.key for row in register.account_rows(session)}
            terms = terms_about(session, (), (*_KINDS, *_OFFERS, *_USED), keys)
            is_meant = _meant(session, found)
        used = {(term.account, folded(term.what)) for term in terms if term.kind in _USED}
        ahead = [term for term in terms if term.kind not in _OFFERS or (term.account, folded(term.what)) not in used]
        noted = [entry for term in ahead for entry in _days(term) if today <= entry.due <= last]
        every = [*self._ledger.returns_due(today, days), *noted]
        return sorted(filter(is_meant, every), key=lambda entry: (entry.due, entry.account, entry.number))

    def write_calendar(self, today: date, found: Filter, stream: IO[bytes]) -> int:
        """Write what is due in the next 400 days as a calendar file; return how many dates that are.

        Raises InvalidInput, and NotFound, also if nothing is due: then nothing is written.
        """
        listed = self.due(today, _CALENDAR_DAYS, found)
        if not listed:
            raise NotFound(
                translated(
                    "Nothing that matches is due in the next {count} days, so nothing was written. 'shopper reminders' shows what is due.",
                    count=_CALENDAR_DAYS,
                )
            )
        with self._database.reading() as session:
            labels = {account.key: account.label for account in register.accounts(session)}
        write_calendar(listed, labels, self._clock(), stream)
        return len(listed)


def _meant(session: Session, found: Filter) -> Callable[[Due], bool]:
    """Return whether a date matches a filter, including its exclusions and alternatives."""
    own = _own_part(session, found)
    left_out = [_meant(session, part) for part in found.without]
    groups = [[_meant(session, part) for part in group] for group in found.either]

    def is_meant(entry: Due) -> bool:
        return own(entry) and not any(part(entry) for part in left_out) and all(any(part(entry) for part in group) for group in groups)

    return is_meant


def _own_part(session: Session, found: Filter) -> Callable[[Due], bool]:
    accounts = {register.account_row(session, name).key for name in found.accounts}
    if found.purpose:
        wanted = label_word(session, "purpose", found.purpose).casefold()
        mine = {row.key for row in register.account_rows(session) if row.purpose.casefold() == wanted}
        accounts = accounts & mine if found.accounts else mine
    numbers = numbers_matching(session, found.of_orders) if found.of_orders != _ALL else None
    words = [fold(word) for word in found.words]

    def is_meant(entry: Due) -> bool:
        said = fold(f"{entry.title} {entry.number} {entry.what}")
        return (
            (not (found.accounts or found.purpose) or entry.account in accounts)
            and (found.since is None or entry.due >= found.since)
            and (found.until is None or entry.due <= found.until)
            and (numbers is None or entry.number in numbers)
            and all(word in said for word in words)
        )

    return is_meant


def _days(term: Term) -> Iterator[Due]:
    account, details, said = term.account or "", term.details, Fields(term.details)
    title = str(details.get("title") or term.what.replace("-", " "))
    if term.kind is TermKind.INSTALMENT and term.until is not None and not details.get("paid"):
        yield due_on(term.until, account, DueKind.PAYMENT, title, number=term.what, recurs=True)
    if term.kind is TermKind.SUBSCRIPTION and term.until is not None:
        yield due_on(term.until, account, DueKind.SUBSCRIPTION, title, recurs=True)
    if (
        term.kind is TermKind.MEMBERSHIP
        and term.until is not None
        and details.get("plan") == "trial"
        and details.get("auto_renew") is not False
    ):
        yield due_on(term.until, account, DueKind.TRIAL, title)
    if term.kind is TermKind.MEMBERSHIP and (renews := said.day("renews_on")):
        yield due_on(renews, account, DueKind.MEMBERSHIP, title, recurs=True)
    if term.kind in _OFFERS and (ends := said.day("ends_on")):
        yield due_on(ends, account, _OFFERS[term.kind], str(details.get("text") or title))
