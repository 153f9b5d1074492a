"""The user's own rules, in the form of a described situation (contract, section 3.1)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.storage import accounts as register
from assistant.storage.engine import Database
from assistant.storage.tables import UserRuleRow

TYPES = ("route", "ship", "pay", "purpose", "budget", "gift_card", "private", "conflict", "mute", "soften", "tag")
_MOST_PARTS = 20
_NEEDS = {
    "route": ("match", "to"),
    "ship": ("account",),
    "pay": ("account",),
    "mute": ("code",),
    "soften": ("code",),
    "budget": ("account", "month", "currency"),
}


_RULES = SQLModel.metadata.tables["rules"]
_ALL = select(_RULES.c.id, _RULES.c.type, _RULES.c.body).order_by(_RULES.c.id)


class UserRules:
    """The list of rules."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[dict[str, Any]]:
        """Return every rule with its id, oldest first."""
        with self._database.reading() as session:
            return rules_of(session)

    def add(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Keep a rule like {"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"}.

        Raises InvalidInput for a rule that lacks something, NotFound for an account that is not registered.
        """
        kind = rule.get("type")
        if kind not in TYPES:
            raise InvalidInput(f"A rule needs a type: one of {', '.join(TYPES)}.")
        missing = [name for name in _NEEDS.get(kind, ()) if not rule.get(name)]
        if missing:
            raise InvalidInput(f"A rule of type '{kind}' needs '{missing[0]}'.")
        body = {name: value for name, value in rule.items() if name not in ("id", "type")}
        if len(body) > _MOST_PARTS or len(str(body)) > _MOST_PARTS * 200:
            raise InvalidInput("The rule is too long. Split it into several.")
        with self._database.writing() as work:
            for name in ("to", "account"):
                if isinstance(body.get(name), str):
                    body[name] = register.account_row(work.session, body[name]).key
            row = UserRuleRow(type=kind, body=body, created_at=self._clock().isoformat())
            work.session.add(row)
            work.session.flush()
            work.tell(EventKind.ACCOUNT_CHANGED, rule=row.id)
            work.commit()
            return {"id": row.id, "type": kind, **body}

    def remove(self, rule_id: int) -> None:
        """Forget a rule. Raises NotFound."""
        with self._database.writing() as work:
            row = work.session.get(UserRuleRow, rule_id)
            if row is None:
                raise NotFound(f"There is no rule {rule_id}. 'shopper rules list' shows them.")
            work.session.delete(row)
            work.tell(EventKind.ACCOUNT_CHANGED, rule=rule_id)
            work.commit()


def rules_of(session: Session) -> list[dict[str, Any]]:
    """Return every rule as a situation holds it, with its id."""
    return [{"id": number, "type": kind, **body} for number, kind, body in session.connection().execute(_ALL)]
