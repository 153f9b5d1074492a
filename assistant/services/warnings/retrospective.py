"""Purchases that reached the ledger without a check: judged by the same rules, told while something can still be done about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from assistant.amazon.own_pages import order_link
from assistant.domain.accounts.account import Account
from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.domain.judging.verdict import Level, Reason
from assistant.domain.views import ImportResult, Misplaced
from assistant.services.judging.evaluate import Judged
from assistant.services.judging.purchases import Asking
from assistant.storage.engine import Database
from assistant.storage.orders.purchases import (
    Purchase,
    documents_unjudged,
    earlier,
    mark_judged,
    note_outcome,
    pages_before,
    told_by,
)
from assistant.storage.tables import AlertRow
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.warnings.situations import keep_situation, packed
from assistant.wire.verdicts import reason_json

RECENT_DAYS = 30
"""Younger purchases become warnings: what arrived can usually go back for 30 days. Older ones are only counted and listed on demand."""
_MOST_RECENT, _MOST_EARLIER = 500, 1000
_DUPLICATES_DAYS = 16
_MISPLACED = frozenset({"WRONG_ACCOUNT_ROUTE", "WRONG_ACCOUNT_HISTORY", "BUSINESS_PERSONAL_USE"})
_WORTH_TELLING = _MISPLACED | {"ADDRESS_MISMATCH", "CARD_MISMATCH", "DUP_CROSS_ACCOUNT"}


class Afterwards:
    """Looks back at purchases."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def catch_up(self) -> int:
        """Judge what came into the ledger since the last time and nobody checked; return how many purchases became warnings.

        Judging reads only; what it found is written in a short transaction, so that no visit waits for it.
        """
        since = self._clock().date() - timedelta(days=RECENT_DAYS)
        with self._database.reading() as session:
            documents = documents_unjudged(session)
            if not documents:
                return 0
            recent = told_by(session, documents, since=since, most=_MOST_RECENT)
            asking = Asking(session, recent, since - timedelta(days=_DUPLICATES_DAYS))
            found = [(purchase, pages := pages_before(session, purchase), None if pages else asking.about(purchase)) for purchase in recent]
        with self._database.writing() as work:
            told = sum(self._note(work, asking, purchase, pages, judgement) for purchase, pages, judgement in found)
            mark_judged(work.session, documents)
            work.commit()
        return told

    def misplaced(self, results: Iterable[ImportResult] | None = None) -> list[Misplaced]:
        """Return earlier purchases that look misplaced, newest first: of these imports, else of the whole ledger (1,000 are looked at)."""
        before = self._clock().date() - timedelta(days=RECENT_DAYS)
        with self._database.reading() as session:
            if results is None:
                found = earlier(session, before, _MOST_EARLIER)
            else:
                found = told_by(session, [result.id for result in results if result.new], before=before, most=_MOST_EARLIER)
            asking = Asking(session, found, None)
            return [one for purchase in found if (one := _misplaced(asking, purchase)) is not None]

    def _note(self, work: UnitOfWork, asking: Asking, purchase: Purchase, pages: Sequence[str], judgement: Judged | None) -> bool:
        """Write down the outcome of a purchase that was checked, the warnings of one that was not."""
        if judgement is None:
            if note_outcome(work.session, pages, purchase.id):
                work.tell(EventKind.ALERT_CHANGED, order=purchase.id)
            return False
        known = set(work.session.scalars(select(col(AlertRow.code)).where(col(AlertRow.order_id) == purchase.id)))
        known |= _MISPLACED if known & _MISPLACED else set()
        reasons = [reason for reason in _told_once(judgement.verdict.reasons) if reason.code in _WORTH_TELLING - known]
        if not reasons:
            return False
        situation = keep_situation(work.session, packed(judgement.described), self._clock(), raised=True)
        for reason in reasons:
            work.session.add(self._alert(reason, purchase, asking.accounts, situation))
        work.tell(EventKind.ALERT_CHANGED, order=purchase.id)
        return True

    def _alert(self, reason: Reason, purchase: Purchase, accounts: Mapping[int, Account], situation: int | None) -> AlertRow:
        # The order is placed: there is no click left that could be held.
        level = min(reason.level, Level.WARN, key=lambda level: level.rank)
        link = order_link(purchase.marketplace, purchase.number)
        said = replace(reason, level=level, text=_text(reason, purchase, accounts), advice="")
        return AlertRow(
            at=self._clock().isoformat(),
            account_id=purchase.account_id,
            order_id=purchase.id,
            situation_id=situation,
            asin=next(iter(sorted(purchase.asins)), None),
            url=link.url if link else None,
            **reason_json(said),
        )


def _told_once(reasons: Sequence[Reason]) -> list[Reason]:
    """Return the reasons with one only of those that say that a purchase is misplaced: the loudest."""
    first = next((reason for reason in reasons if reason.code in _MISPLACED), None)
    return [reason for reason in reasons if reason is first or reason.code not in _MISPLACED]


def _misplaced(asking: Asking, purchase: Purchase) -> Misplaced | None:
    found = asking.about(purchase).verdict.reasons if asking.points_elsewhere(purchase) else ()
    reason = next((one for one in found if one.code in _MISPLACED), None)
    if reason is None:
        return None
    return Misplaced(
        account=asking.accounts[purchase.account_id].key,
        number=purchase.number,
        placed_on=purchase.placed_on,
        code=reason.code,
        text=_text(reason, purchase, asking.accounts),
        suggest=next((account.label for account in asking.accounts.values() if account.key == reason.suggest), None),
    )


def _text(reason: Reason, purchase: Purchase, accounts: Mapping[int, Account]) -> str:
    """Return what is told of a purchase that is made; nobody is on a page any more."""
    here = accounts[purchase.account_id].label
    told = reason.text.replace(f", and you are on {here}.", ".")
    return f"Ordered on {here} on {purchase.placed_on:%-d %b %Y}: {told}"
