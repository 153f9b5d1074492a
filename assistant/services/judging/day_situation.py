"""Builds the situations of a day: one per order whose return window ends, one per term with a date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.domain.accounts.account import Account
from assistant.domain.judging.situation import History, JudgedEvent, Situation, Thresholds
from assistant.domain.terms import TermKind, described
from assistant.rules.described.fields import Fields
from assistant.rules.described.reading import read_history
from assistant.rules.described.user_rules import stored_rules
from assistant.services.judging.parties import parties_of
from assistant.storage.orders.history import returnable
from assistant.storage.terms import terms_about
from assistant.storage.unit_of_work import Session
from assistant.storage.user_rules import rule_texts

_KINDS = (TermKind.MEMBERSHIP, TermKind.INSTALMENT)


@dataclass(frozen=True, slots=True)
class DatedSituation:
    """A situation about one date, with its account, marketplace and order."""

    situation: Situation
    account: str | None
    marketplace: str | None = None
    order_id: str | None = None


def situations_of_day(session: Session, now: datetime, accounts: Mapping[int, Account]) -> Iterator[DatedSituation]:
    """Yield the situations for the daily check; `now` is in this machine's time zone."""
    keys = {number: account.key for number, account in accounts.items()}
    event = JudgedEvent(page="daily_tick", at=now, day=now.date())
    common = Situation(accounts=parties_of(accounts.values()), rules=stored_rules(rule_texts(session)), event=event)
    last = now.date() + timedelta(days=Thresholds().reminder_days["return_window"])
    for order in returnable(session, keys, now.date(), last):
        situation = replace(common, history=History(orders=(order,)))
        yield DatedSituation(situation, order.account, order.marketplace, order.order_id)
    for term in terms_about(session, (), _KINDS, keys):
        # A term's details are the keys of a described history entry.
        entry = Fields(described(term))
        situation = replace(common, history=read_history([entry], {}))
        yield DatedSituation(situation, term.account, entry.text("site"), entry.text("order_id"))
