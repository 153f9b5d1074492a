"""The user's own rules, in the form of a described situation (contract, section 3.1): kept, changed, tried on past orders."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.judging.user_rules.model import OwnRule, Preview
from assistant.domain.judging.user_rules.parsing import checked_rule
from assistant.domain.judging.user_rules.sentences import learned_words, rule_sentence
from assistant.services.user_rules.conflicts import contradictions, says_the_same
from assistant.services.user_rules.preview import preview
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.orders.products import doubt_all
from assistant.storage.prepared import Prepared
from assistant.storage.tables import UserRuleRow
from assistant.storage.unit_of_work import UnitOfWork

_LONGEST = 4000
_RULES = SQLModel.metadata.tables["rules"]
_ALL = Prepared(select(_RULES.c.id, _RULES.c.type, _RULES.c.body).order_by(_RULES.c.id))


class UserRules:
    """The list of rules."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[OwnRule]:
        """Return every rule, oldest first."""
        with self._database.reading() as session:
            return _told(session)

    def add(self, rule: Mapping[str, Any]) -> OwnRule:
        """Keep a rule like {"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"}.

        Raises InvalidInput for a rule that lacks something, NotFound for an account that is not registered, Conflict for one that is there.
        """
        with self._database.writing() as work:
            asked = _checked(work.session, rule)
            same = next((known for known in rules_of(work.session) if says_the_same(asked, known)), None)
            if same is not None:
                raise Conflict(f"Rule {same['id']} says exactly that already.")
            row = UserRuleRow(type=asked["type"], body=_body(asked), created_at=self._clock().isoformat())
            work.session.add(row)
            work.session.flush()
            return _kept(work, row)

    def edit(self, rule_id: int, rule: Mapping[str, Any]) -> OwnRule:
        """Put other parts into a rule; its kind stays. A learned rule becomes the user's own. Raises as `add`."""
        with self._database.writing() as work:
            row = _row(work.session, rule_id)
            if rule.get("type", row.type) != row.type:
                raise InvalidInput(f"Rule {rule_id} is a {row.type} rule and stays one. Remove it and add another.")
            row.body, row.origin = _body(_checked(work.session, {**rule, "type": row.type})), None
            work.session.add(row)
            return _kept(work, row)

    def remove(self, rule_id: int) -> None:
        """Forget a rule, one that was learned too. Raises NotFound."""
        with self._database.writing() as work:
            row = _row(work.session, rule_id)
            work.session.delete(row)
            _tell(work, row)

    def preview(self, rule: Mapping[str, Any], instead_of: int | None = None) -> Preview:
        """Return what a rule would have done to past orders, and which rules say otherwise; keeps nothing. Raises as `add`."""
        with self._database.reading() as session:
            asked = _checked(session, rule)
            others = [known for known in rules_of(session) if known["id"] != instead_of and not says_the_same(asked, known)]
            accounts = register.accounts_by_id(session)
            labels = {account.key: account.label for account in accounts.values()}
            found = preview(session, asked, others, accounts)
            return replace(found, contradictions=contradictions(asked, others, labels))


def rules_of(session: Session) -> list[dict[str, Any]]:
    """Return every rule as a situation holds it, with its id."""
    return [{"id": number, "type": kind, **body} for number, kind, body in _ALL.rows(session)]


def _told(session: Session) -> list[OwnRule]:
    labels = {row.key: row.label for row in register.account_rows(session)}
    rows = session.scalars(select(UserRuleRow).order_by(_RULES.c.id)).all()
    bodies = {row.id: {"id": row.id, "type": row.type, **row.body} for row in rows}
    return [
        OwnRule(
            id=row.id or 0,
            body={"type": row.type, **row.body},
            text=rule_sentence(bodies[row.id], labels),
            since=datetime.fromisoformat(row.created_at).date(),
            learned_from=learned_words(row.origin) if row.origin else None,
            contradictions=contradictions(bodies[row.id], bodies.values(), labels),
        )
        for row in rows
    ]


def _checked(session: Session, rule: Mapping[str, Any]) -> dict[str, Any]:
    if len(str(rule)) > _LONGEST:
        raise InvalidInput("The rule is too long. Split it into several.")
    return checked_rule(rule, partial(_key, session))


def _key(session: Session, name: str) -> str:
    return register.account_row(session, name).key


def _body(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name != "type"}


def _row(session: Session, rule_id: int) -> UserRuleRow:
    row = session.get(UserRuleRow, rule_id)
    if row is None:
        raise NotFound(f"There is no rule {rule_id}. 'shopper rules list' shows them.")
    return row


def _kept(work: UnitOfWork, row: UserRuleRow) -> OwnRule:
    number = row.id
    _tell(work, row)
    return next(rule for rule in _told(work.session) if rule.id == number)


def _tell(work: UnitOfWork, row: UserRuleRow) -> None:
    if row.type == "tag":
        doubt_all(work.session)
    work.tell(EventKind.RULES_CHANGED, rule=row.id)
    work.commit()
