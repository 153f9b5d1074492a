"""Answers a visit: finds its account, stores what the page says, runs the rules."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.amazon.observed_page import SeenPage
from assistant.domain.clock import Clock
from assistant.domain.errors import LedgerBusy, LedgerUnusable, NotFound
from assistant.domain.events import EventKind
from assistant.domain.judging.verdict import Choice
from assistant.domain.languages.translating import translated
from assistant.domain.pages.visit import Visit
from assistant.importers.sandbox.page_reader import PageReader, is_large
from assistant.rules.matching.vocabulary import prepare
from assistant.services.imports.document_owner import note_identity
from assistant.services.judging.evaluate import Judged
from assistant.services.judging.judge_page import judge_visit
from assistant.services.judging.parties import RememberedRegister
from assistant.services.judging.situation_log import SituationLog
from assistant.services.user_rules.habits import learn_answer
from assistant.services.visits.attribution import attribute
from assistant.services.visits.capture import ORDER_PAGES, asins_of, capture_orders, kept_visit
from assistant.services.visits.confirmed import with_confirmations
from assistant.services.visits.postponed import Answered, Decided, Postponed
from assistant.services.visits.reply import visit_reply
from assistant.services.visits.terms_seen import note_terms, tells_terms
from assistant.services.visits.write_buffer import Unwritten
from assistant.services.warnings.raise_alerts import raise_alerts
from assistant.storage.accounts import register
from assistant.storage.accounts.identities import tells_identity
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.visits.visits import KeptVisit, forget_later_identities, keep_visit, newest_event, outset, record_choice, visit_of

_LATE = timedelta(minutes=2)
"""A page that is reported later than this does not show who is signed in now."""


class Visits:
    """Answers the pages that browsers report."""

    def __init__(self, database: Database, clock: Clock, situation_log: SituationLog, home: Path) -> None:
        """Work on an open ledger. Visits that must wait lie in a file in the data folder `home`."""
        self._database = database
        self._clock = clock
        self._situation_log = situation_log
        self._unwritten = Unwritten(database)
        self._register = RememberedRegister()
        self._postponed = Postponed(home / "waiting-visits.jsonl")
        self._pages = PageReader()
        self._newest = clock()

    def close(self) -> None:
        """End the processes that read large pages."""
        self._pages.close()

    def assess(self, client_id: str, visit: Visit) -> dict[str, Any]:
        """Return the reply to a visit and store the visit; the same id again gets the same reply without a second effect."""
        reply = self.answer(client_id, visit)
        self.write_down()
        return reply

    def read_large(self, visit: Visit) -> Callable[[], SeenPage] | None:
        """Return a function that reads a large page, which can take two seconds; None for a page that is read at once."""
        return partial(self._pages.read, visit) if is_large(visit) else None

    def answer(self, client_id: str, visit: Visit, seen: SeenPage | None = None) -> dict[str, Any]:
        """Return the reply as `assess` does, but buffer a visit that changes nothing else until `write_down`. `seen`: the page, if read.

        So a checkout is judged without waiting for the disk or a running import. Orders, warnings and all other data of a page
        are stored before the answer: in the ledger, or in a file while another program writes to the ledger.
        """
        now = self._now()
        visit = replace(visit, at=min(visit.at, now))
        seen = seen or self._pages.read(visit)
        if seen.extraction.source.kind not in ORDER_PAGES and not tells_terms(visit, seen) and not self._unwritten.is_full:
            reply = self._answer_without_writing(client_id, visit, seen, late=now - visit.at > _LATE)
            if reply is not None:
                return reply
        if self._postponed.write_few(self._write_postponed):
            with suppress(LedgerBusy):
                return self._answer_and_write(client_id, visit, seen, now)
        return self._answer_and_postpone(client_id, visit, seen, now)

    def write_down(self) -> None:
        """Write the buffered visits, and the postponed visits and choices. Raises LedgerUnusable; they stay where they are then."""
        self._postponed.write(self._write_postponed)
        self._unwritten.write()

    def prepare(self) -> None:
        """Load what judging needs on the marketplaces of the accounts, and forget visits dated in the future."""
        with suppress(LedgerUnusable), self._database.writing() as work:
            forget_later_identities(work.session, self._clock())
            work.commit()
        with self._database.reading() as session:
            prepare({shop for account in register.accounts(session) for shop in account.marketplaces})

    def decide(self, client_id: str, visit_id: str, reason_code: str, choice: Choice) -> None:
        """Record what the user chose on a warning, and learn a rule from it, which can be undone. Raises NotFound.

        While another program writes, the choice is kept in a file and recorded afterwards: nobody waits for an import.
        """
        decided = Decided(
            id=uuid4().hex, client_id=client_id, visit_id=visit_id, reason=reason_code, choice=choice, decided_at=self._clock()
        )
        if self._postponed.write_few(self._write_postponed):
            with suppress(LedgerBusy):
                # The visit itself may still be buffered.
                self._unwritten.write(hasty=True)
                if not self._write_decided(decided, hasty=True):
                    raise _no_visit()
                return
        known = self._postponed.client_of(visit_id) or next((one.client_id for one in self._unwritten.all() if one.id == visit_id), None)
        if known is None:
            with self._database.reading() as session:
                _, known, _ = outset(session, visit_id)
        if known != client_id:
            raise _no_visit()
        self._postponed.add(decided)

    def _write_decided(self, decided: Decided, *, hasty: bool = False) -> bool:
        """Record a choice; return False if its visit is not known."""
        now = decided.decided_at.isoformat()
        with self._database.writing(hasty=hasty) as work:
            visit = visit_of(work.session, decided.visit_id, decided.client_id)
            if visit is None:
                return False
            record_choice(work.session, visit.id, decided.reason, decided.choice, now)
            learn_answer(work, visit, asins_of(visit.facts), decided.reason, choice=decided.choice, now=now)
            work.tell(EventKind.ALERT_CHANGED, visit=visit.id)
            work.commit()
        return True

    def _now(self) -> datetime:
        """Return the current time. If the clock was set back, later identities stop counting."""
        now = self._clock()
        if now < self._newest - _LATE:
            self._unwritten.write()
            with self._database.writing() as work:
                forget_later_identities(work.session, now)
                work.commit()
            self._newest = now
        self._newest = max(self._newest, now)
        return now

    def _answer_without_writing(self, client_id: str, visit: Visit, seen: SeenPage, *, late: bool) -> dict[str, Any] | None:
        """Return the reply to a visit without warnings or new data; None for any other."""
        waiting = self._waiting()
        with self._database.reading() as session:
            newest, owner, reply = outset(session, visit.id)
            same = next(((one.client_id, one.reply) for one in waiting if one.id == visit.id), (owner, reply))
            if same[0] is not None:
                return _known_reply(same[0], same[1], client_id)
            found = attribute(session, client_id, visit, seen, unwritten=waiting)
            if not late and tells_identity(session, seen.extraction):
                return None
            judged = Judged()
            if found.signed_in is not False and not late:
                judged = judge_visit(session, visit, seen, found, unwritten=waiting, known=self._register(session, newest))
        if judged.verdict.reasons:
            return None
        reply = visit_reply(visit, seen, found, judged.verdict, captured=None, events=newest[0])
        self._unwritten.add(kept_visit(visit, seen, found, reply, late=late))
        self._situation_log.note(visit.id, visit.at, judged)
        return reply

    def _waiting(self) -> tuple[KeptVisit, ...]:
        """Return the visits that are not in the ledger yet.

        Ask before reading the ledger, so that a visit being written meanwhile is in at least one of them.
        """
        return (*self._postponed.seen(), *self._unwritten.all())

    def _answer_and_postpone(self, client_id: str, visit: Visit, seen: SeenPage, now: datetime) -> dict[str, Any]:
        """Return the reply to a visit that cannot be written now, and keep the visit in a file."""
        waiting, late = self._waiting(), now - visit.at > _LATE
        with self._database.reading() as session:
            newest, owner, reply = outset(session, visit.id)
            same = next(((one.client_id, one.reply) for one in waiting if one.id == visit.id), (owner, reply))
            if same[0] is not None:
                return _known_reply(same[0], same[1], client_id)
            found = attribute(session, client_id, visit, seen, unwritten=waiting)
            judged = Judged()
            if found.signed_in is not False and not late:
                judged = judge_visit(session, visit, seen, found, unwritten=waiting, known=self._register(session, newest))
                judged = replace(judged, verdict=with_confirmations(session, visit, seen, found, judged.verdict))
        reply = visit_reply(visit, seen, found, judged.verdict, captured=None, events=newest[0])
        answered = Answered(client_id=client_id, visit=visit, at=now, reply=reply)
        self._postponed.add(answered, kept_visit(visit, seen, found, reply, late=late))
        return reply

    def _write_postponed(self, one: Answered | Decided) -> None:
        if isinstance(one, Answered):
            self._write_answered(one)
        else:
            self._unwritten.write(hasty=True)
            self._write_decided(one, hasty=True)

    def _write_answered(self, one: Answered) -> None:
        """Write a postponed visit with the reply that was given, unless it is in the ledger."""
        seen = self._pages.read(one.visit)
        with self._database.writing(hasty=True) as work:
            newest, owner, _ = outset(work.session, one.visit.id)
            if owner is not None:
                return
            _, judged = _assessed(work, one.client_id, one.visit, seen, now=one.at, newest=newest[0], given=one.reply)
            work.commit()
        self._situation_log.note(one.visit.id, one.visit.at, judged)

    def _answer_and_write(self, client_id: str, visit: Visit, seen: SeenPage, now: datetime) -> dict[str, Any]:
        # The queries below must find buffered visits.
        self._unwritten.write(hasty=True)
        with self._database.writing(hasty=True) as work:
            newest, owner, known = outset(work.session, visit.id)
            if owner is not None:
                return _known_reply(owner, known, client_id)
            reply, judged = _assessed(work, client_id, visit, seen, now=now, newest=newest[0])
            work.commit()
        self._situation_log.note(visit.id, visit.at, judged)
        return reply


def _assessed(
    work: UnitOfWork,
    client_id: str,
    visit: Visit,
    seen: SeenPage,
    *,
    now: datetime,
    newest: int,
    given: dict[str, Any] | None = None,
) -> tuple[dict[str, Any], Judged]:
    found = attribute(work.session, client_id, visit, seen)
    late = now - visit.at > _LATE
    if not late:
        note_identity(work, seen.extraction, visit.at)
    captured = capture_orders(work, visit, seen, found, now)
    judged = Judged()
    if found.signed_in is not False and not late:
        judged = judge_visit(work.session, visit, seen, found)
        judged = replace(judged, verdict=with_confirmations(work.session, visit, seen, found, judged.verdict))
    if judged.verdict.reasons:
        work.tell(EventKind.VERDICT_REACHED, visit=visit.id, verdict=judged.verdict.level.value)
    reply = given or visit_reply(visit, seen, found, judged.verdict, captured=captured, events=_newest_event(work, newest))
    kept = kept_visit(visit, seen, found, reply, late=late)
    keep_visit(work.session, kept)
    note_terms(work, visit, seen, found)
    raise_alerts(work, visit, found.account_id, judged.verdict, next(iter(asins_of(kept.facts)), None))
    return reply, judged


def _no_visit() -> NotFound:
    return NotFound(translated("There is no such visit. Reload the page and choose again."))


def _known_reply(owner: str, reply: Mapping[str, Any] | None, client_id: str) -> dict[str, Any]:
    """Return the reply that was given to this visit id before. Raises NotFound if another client used the id."""
    if owner != client_id:
        raise NotFound(translated("This visit id belongs to another browser. Use a fresh UUID for each page."))
    return dict(reply or {})


def _newest_event(work: UnitOfWork, before: int) -> int:
    if not work.told:
        return before
    work.session.flush()
    return newest_event(work.session)
