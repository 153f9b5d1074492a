"""A page was opened: whose it is, what it says, what is to be thought of it. What it tells is in the ledger before the answer."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from assistant.amazon.observed_page import SeenPage, read_visit
from assistant.amazon.values.web_address import parts_of
from assistant.domain.clock import Clock
from assistant.domain.errors import NotFound
from assistant.domain.events import EventKind
from assistant.domain.judging.verdict import Choice, Verdict
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.domain.views import ImportResult
from assistant.rules.matching.vocabulary import prepare
from assistant.services.imports.document_owner import note_identity, tells_identity
from assistant.services.imports.store_document import Arrival, take
from assistant.services.judging.evaluate import Judged
from assistant.services.judging.judge_page import judge_visit
from assistant.services.judging.page_events import basket_of
from assistant.services.judging.situation_log import Judgements
from assistant.services.user_rules.habits import learn_answer
from assistant.services.visits.attribution import Attribution, account_reply, attribute
from assistant.services.visits.terms_seen import note_terms, tells_terms
from assistant.services.visits.write_buffer import Unwritten
from assistant.services.warnings.raise_alerts import raise_alerts, reasons_json
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.tables import AlertRow, VisitRow
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.visits.visits import KeptVisit, keep_visit, newest_event, outset
from assistant.wire.orders import basket_json, problem_json
from assistant.wire.page_facts import facts_json

_CAPTURED = frozenset({SourceKind.ORDER_LIST, SourceKind.ORDER_DETAILS, SourceKind.INVOICE, SourceKind.TRANSACTIONS})
_LATE = timedelta(minutes=2)


class Visits:
    """Answers the browser."""

    def __init__(self, database: Database, clock: Clock, judgements: Judgements) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock
        self._judgements = judgements
        self._unwritten = Unwritten(database)

    def assess(self, client_id: str, visit: Visit) -> dict[str, Any]:
        """Return the reply to a visit (contract, section 4); the same id again gets the same reply and has no second effect."""
        reply = self.answer(client_id, visit)
        self.write_down()
        return reply

    def answer(self, client_id: str, visit: Visit) -> dict[str, Any]:
        """Return the reply as `assess` does. Orders, warnings and all else that a page tells are in the ledger by then.

        Of a page that tells nothing new only the visit itself may wait until `write_down`, so that no shopper waits for a disk,
        or for an import to end.
        """
        # A client's clock may run ahead; nothing has been seen later than now.
        now = self._clock()
        visit = replace(visit, at=min(visit.at, now))
        seen = read_visit(visit)
        quiet = None if _tells(visit, seen) else self._answer_quietly(client_id, visit, seen, now)
        if quiet is not None:
            return quiet
        # What waits is to be found by what follows.
        self._unwritten.write()
        with self._database.writing() as work:
            newest, owner, known = outset(work.session, visit.id)
            if owner is not None:
                return _same(owner, known, client_id)
            reply, judged = _assessed(work, client_id, visit, seen, now=now, newest=newest)
            work.commit()
        self._judgements.note(visit.id, visit.at, judged)
        return reply

    def write_down(self) -> None:
        """Write down the visits that were answered before. Raises LedgerUnusable; they go on waiting then."""
        self._unwritten.write()

    def _answer_quietly(self, client_id: str, visit: Visit, seen: SeenPage, now: datetime) -> dict[str, Any] | None:
        """Return the reply to a visit that makes the rules say nothing and leaves nothing else; None for any other."""
        # Asked for before the ledger, so that no visit is in neither.
        waiting = self._unwritten.all()
        with self._database.reading() as session:
            newest, owner, known = outset(session, visit.id)
            same = next((one for one in waiting if one.id == visit.id), None)
            if same is not None:
                return _same(same.client_id, same.reply, client_id)
            if owner is not None:
                return _same(owner, known, client_id)
            found = attribute(session, visit, seen, unwritten=waiting)
            late = now - visit.at > _LATE
            if not late and tells_identity(session, seen.extraction):
                return None
            judged = Judged()
            if found.signed_in is not False and not late:
                judged = judge_visit(session, client_id, visit, seen, found, unwritten=waiting)
        if judged.verdict.reasons:
            return None
        reply = _reply(visit, seen, found, judged.verdict) | {"captured": None, "events": newest}
        self._unwritten.add(_kept(client_id, visit, seen, found, reply, late=late))
        self._judgements.note(visit.id, visit.at, judged)
        return reply

    def prepare(self) -> None:
        """Load what judging needs in the shops that the accounts are used in."""
        with self._database.reading() as session:
            prepare({shop for account in register.accounts(session) for shop in account.marketplaces})

    def decide(self, client_id: str, visit_id: str, reason_code: str, choice: Choice) -> None:
        """Remember what the user chose on a warning; what follows from it is a rule that can be undone. Raises NotFound."""
        now = self._clock().isoformat()
        with self._database.writing() as work:
            visit = work.session.get(VisitRow, visit_id)
            if visit is None or visit.client_id != client_id:
                raise NotFound("There is no such visit. Reload the page and choose again.")
            mine = (col(AlertRow.visit_id) == visit_id, col(AlertRow.code) == reason_code)
            work.session.execute(update(AlertRow).where(*mine).values(choice=choice.value, decided_at=now))
            learn_answer(work, visit, _asins(visit.facts), reason_code, choice=choice, now=now)
            work.tell(EventKind.ALERT_CHANGED, visit=visit_id)
            work.commit()


def _same(owner: str, reply: Mapping[str, Any] | None, client_id: str) -> dict[str, Any]:
    if owner != client_id:
        raise NotFound("This visit id belongs to another browser. Use a fresh UUID for each page.")
    return dict(reply or {})


def _tells(visit: Visit, seen: SeenPage) -> bool:
    """Tell whether a page says something that goes into the ledger, whosever it is."""
    return seen.extraction.source.kind in _CAPTURED or tells_terms(visit, seen)


def _assessed(
    work: UnitOfWork, client_id: str, visit: Visit, seen: SeenPage, *, now: datetime, newest: int
) -> tuple[dict[str, Any], Judged]:
    found = attribute(work.session, visit, seen)
    late = now - visit.at > _LATE
    if not late:
        note_identity(work, seen.extraction, visit.at)
    captured = _capture(work, visit, seen, found, now)
    judged = Judged()
    if found.signed_in is not False and not late:
        judged = judge_visit(work.session, client_id, visit, seen, found)
    verdict = judged.verdict
    if verdict.reasons:
        work.tell(EventKind.VERDICT_REACHED, visit=visit.id, verdict=verdict.level.value)
    reply = _reply(visit, seen, found, verdict) | {"captured": _captured(captured), "events": _newest_event(work, newest)}
    kept = _kept(client_id, visit, seen, found, reply, late=late)
    keep_visit(work.session, kept)
    note_terms(work, client_id, visit, seen, found)
    raise_alerts(work, visit, found.account_id, verdict, next(iter(_asins(kept.facts)), None))
    return reply, judged


def _kept(client_id: str, visit: Visit, seen: SeenPage, found: Attribution, reply: Mapping[str, Any], *, late: bool) -> KeptVisit:
    signed_out = "" if seen.account.signed_in is False else None
    return KeptVisit(
        id=visit.id,
        client_id=client_id,
        at=visit.at.isoformat(),
        tab=visit.tab,
        store=visit.store,
        kind=seen.kind.value,
        host=parts_of(visit.url).hostname or "",
        # A late visit says nothing of who is signed in now.
        customer_id=None if late else seen.account.customer_id or signed_out,
        account_id=found.account_id,
        facts=_facts(seen),
        reply=reply,
    )


def _facts(seen: SeenPage) -> dict[str, Any]:
    """Return what a page says, as it is kept with the visit: its basket, and what a form or product page tells."""
    basket = basket_of(seen)
    facts = facts_json(seen.extraction.facts) if seen.extraction.facts else {}
    return (basket_json(basket) if basket.lines or basket.promotions else {}) | ({"page": facts} if facts else {})


def _asins(facts: Mapping[str, Any]) -> list[str]:
    """Return the things that a visit was about: the lines of its basket, else its product, else what it reviews."""
    page = facts.get("page", {})
    lines = facts.get("lines") or [page.get("product", {}).get("line", {}), page.get("review", {})]
    return [line["asin"] for line in lines if line.get("asin")]


def _capture(work: UnitOfWork, visit: Visit, seen: SeenPage, found: Attribution, now: datetime) -> ImportResult | None:
    extraction = seen.extraction
    if (
        extraction.source.kind not in _CAPTURED
        or not (extraction.orders or extraction.transactions or extraction.listing or extraction.problems)
        or not found.customer_id
    ):
        return None
    name = f"{seen.kind.value.replace('_', ' ')} on {extraction.source.marketplace or 'Amazon'}"
    arrival = Arrival(
        extraction=extraction, digest=hashlib.sha256(visit.html.encode()).hexdigest(), name=name, url=visit.url, page=visit.html
    )
    return take(work, arrival, found.account.key if found.account else None, now)


def _reply(visit: Visit, seen: SeenPage, found: Attribution, verdict: Verdict) -> dict[str, Any]:
    suggest = verdict.suggest
    label = next((account.label for account in found.everyone.values() if account.key == suggest), None)
    return {
        "visit": visit.id,
        "account": account_reply(found),
        "signed_in": found.signed_in,
        "kind": seen.kind.value,
        "marketplace": seen.marketplace.name if seen.marketplace else None,
        "verdict": {
            "verdict": verdict.level.value,
            "suggest": suggest,
            "suggest_label": label,
            "reasons": reasons_json(verdict.reasons, seen.marketplace),
        },
    }


def _newest_event(work: UnitOfWork, before: int) -> int:
    if not work.told:
        return before
    work.session.flush()
    return newest_event(work.session)


def _captured(result: ImportResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    problems = [problem_json(problem) for problem in result.problems]
    return {"state": result.state, "new": result.new, "changed": result.changed, "same": result.same, "problems": problems}
