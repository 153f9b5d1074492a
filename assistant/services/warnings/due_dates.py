"""Days that come close become warnings: looked at once a day, by the same rules as everything else, each told once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from assistant.amazon.marketplaces import by_host
from assistant.amazon.own_pages import links_for, order_link
from assistant.domain.accounts.account import Account
from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.domain.judging.verdict import Reason
from assistant.domain.terms import TermKind, described
from assistant.rules.families.dates import RULES
from assistant.rules.parties import Thresholds
from assistant.services.judging.evaluate import judged
from assistant.services.judging.situations import accounts_json
from assistant.services.user_rules.rules import rules_of
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.orders.history import returnable
from assistant.storage.tables import AlertRow, DocumentRow
from assistant.storage.terms import terms_about
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.warnings.situations import keep_situation, packed
from assistant.wire.verdicts import reason_json

_KINDS = (TermKind.MEMBERSHIP, TermKind.INSTALMENT)
_CODES = frozenset(code for rule in RULES for code in rule.codes)

Told = tuple[str, int | None, str | None, str]
"""What tells one warning from another: code, account, page and sentence, which names the day."""


class Daily:
    """Looks ahead."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock
        self._looked: tuple[date, int] | None = None

    def look(self) -> int:
        """Raise what is due within the reminder times, and put away what no longer is; return how many warnings are new.

        A second time on the same day does nothing, unless a page or file came in since.
        """
        now = self._clock().astimezone()
        with self._database.reading() as session:
            state = (now.date(), session.scalar(select(func.max(col(DocumentRow.id)))) or 0)
            if state == self._looked:
                return 0
            due, known = _due(session, now), _told(session)
        fresh = [told for told in due if told not in known]
        past = [number for told, number in known.items() if number and told not in due]
        if fresh or past:
            with self._database.writing() as work:
                for told in fresh:
                    self._raise(work, told, *due[told])
                work.session.execute(update(AlertRow).where(col(AlertRow.id).in_(past)).values(dismissed_at=self._clock().isoformat()))
                work.tell(EventKind.ALERT_CHANGED, day=now.date().isoformat())
                work.commit()
        self._looked = state
        return len(fresh)

    def _raise(self, work: UnitOfWork, told: Told, reason: Reason, situation: Mapping[str, Any]) -> None:
        _, account, url, _ = told
        kept = keep_situation(work.session, packed(situation), self._clock(), raised=True)
        row = AlertRow(at=self._clock().isoformat(), account_id=account, url=url, situation_id=kept, **reason_json(reason))
        work.session.add(row)


def _told(session: Session) -> dict[Told, int | None]:
    """Return the warnings of this kind that were ever raised, with the number of each that is open."""
    rows = session.scalars(select(AlertRow).where(col(AlertRow.code).in_(_CODES)))
    return {(row.code, row.account_id, row.url, row.text): None if row.dismissed_at else row.id for row in rows}


def _due(session: Session, now: datetime) -> dict[Told, tuple[Reason, Mapping[str, Any]]]:
    """Return what the rules say of each order that can go back and of each term, with what they were asked."""
    accounts = register.accounts_by_id(session)
    keys = {number: account.key for number, account in accounts.items()}
    numbers = {key: number for number, key in keys.items()}
    common = {"accounts": accounts_json(accounts.values(), None), "rules": rules_of(session)}
    tick = {"at": now.isoformat(), "page": "daily_tick", "account": None}
    found = {}
    last = now.date() + timedelta(days=Thresholds().reminder_days["return_window"])
    for entry in (*returnable(session, keys, now.date(), last), *map(described, terms_about(session, (), _KINDS, keys))):
        judgement = judged({**common, "history": [entry]}, [tick])
        account = numbers.get(entry["account"] or "")
        for reason in judgement.verdict.reasons:
            url = _page(reason, entry, accounts.get(account or 0))
            found[reason.code, account, url, reason.text] = (reason, judgement.described)
    return found


def _page(reason: Reason, entry: Mapping[str, Any], account: Account | None) -> str | None:
    """Return Amazon's own page about it: the order, else the one that helps with such days in the account's first shop."""
    shop = next(iter(account.marketplaces), None) if account else None
    order = order_link(entry.get("site") or shop, entry["order_id"]) if entry.get("order_id") else None
    return next((link.url for link in (order, *links_for(reason.code, by_host(shop or ""))) if link), None)
