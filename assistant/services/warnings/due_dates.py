"""Warns of upcoming dates: checked once a day by the same rules as everything else, each raised once."""

from datetime import date, datetime

from assistant.amazon.marketplaces import by_host
from assistant.amazon.own_pages import links_for, order_link
from assistant.domain.accounts.account import Account
from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.domain.judging.situation import Situation
from assistant.domain.judging.verdict import Reason
from assistant.rules import judge
from assistant.rules.described.writing import describe_all
from assistant.rules.families.dates import RULES
from assistant.services.judging.day_situation import DatedSituation, situations_of_day
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import Session, UnitOfWork
from assistant.storage.warnings.alerts import dated_alerts, dismiss_alerts, raise_alert
from assistant.storage.warnings.outcomes import newest_document
from assistant.storage.warnings.situations import keep_situation, packed
from assistant.storage.warnings.stored_messages import message_text

_CODES = frozenset(code for rule in RULES for code in rule.codes)

_Key = tuple[str, int | None, str | None]
"""Code, account and page of a warning."""
_Known = tuple[_Key, str | None]
"""The same with its message, which contains the day; None for warnings of an earlier version without one."""


class DueDates:
    """Raises warnings for upcoming dates."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._clock = clock
        self._looked: tuple[date, int] | None = None

    def look(self) -> int:
        """Raise warnings for upcoming dates and dismiss outdated ones; return the number of new warnings.

        A second call on the same day does nothing, unless something was imported since.
        """
        now = self._clock().astimezone()
        with self._database.reading() as session:
            state = (now.date(), newest_document(session))
            if state == self._looked:
                return 0
            due, known = _due(session, now), _raised(session)
        # A warning of an earlier version has no message: it covers any date on its page.
        fresh = [key for key in due if key not in known and (key[0], None) not in known]
        kept = {*due, *((key, None) for key, _ in due)}
        past = [number for key, number in known.items() if number and key not in kept]
        if fresh or past:
            with self._database.writing() as work:
                for key in fresh:
                    self._raise(work, key[0], *due[key])
                dismiss_alerts(work.session, past, self._clock())
                work.tell(EventKind.ALERT_CHANGED, day=now.date().isoformat())
                work.commit()
        self._looked = state
        return len(fresh)

    def _raise(self, work: UnitOfWork, key: _Key, reason: Reason, situation: Situation) -> None:
        _, account, url = key
        kept = keep_situation(work.session, packed(describe_all([situation])), self._clock(), raised=True)
        raise_alert(work.session, reason, self._clock(), account_id=account, url=url, situation_id=kept)


def _raised(session: Session) -> dict[_Known, int | None]:
    """Return the warnings of this kind that were ever raised, with the number of each that is open."""
    alerts = dated_alerts(session, _CODES)
    return {((alert.code, alert.account_id, alert.url), alert.message): None if alert.dismissed else alert.id for alert in alerts}


def _due(session: Session, now: datetime) -> dict[_Known, tuple[Reason, Situation]]:
    """Return the verdict on each returnable order and each dated term, with its situation."""
    accounts = register.accounts_by_id(session)
    numbers = {account.key: number for number, account in accounts.items()}
    found: dict[_Known, tuple[Reason, Situation]] = {}
    for dated in situations_of_day(session, now, accounts):
        number = numbers.get(dated.account or "")
        for reason in judge(dated.situation).reasons:
            url = _page(reason, dated, accounts.get(number or 0))
            found[(reason.code, number, url), message_text(reason.said)] = (reason, dated.situation)
    return found


def _page(reason: Reason, dated: DatedSituation, account: Account | None) -> str | None:
    """Return Amazon's page about it: the order, else the page for such dates on the account's first marketplace."""
    marketplace = next(iter(account.marketplaces), None) if account else None
    order = order_link(dated.marketplace or marketplace, dated.order_id) if dated.order_id else None
    return next((link.url for link in (order, *links_for(reason.code, by_host(marketplace or ""))) if link), None)
