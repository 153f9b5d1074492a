"""The user's own rules as rows."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Text, select, type_coerce
from sqlmodel import Session, SQLModel, col

from assistant.storage.prepared import Prepared
from assistant.storage.tables import UserRuleRow

_RULES = SQLModel.metadata.tables["rules"]
_ALL = Prepared(select(_RULES.c.id, _RULES.c.type, type_coerce(_RULES.c.body, Text).label("body")).order_by(_RULES.c.id))


class KeptRule(NamedTuple):
    """A stored rule: `body` are its parts as the user wrote them, `origin` the answer that it was learned from."""

    id: int
    kind: str
    body: Mapping[str, Any]
    origin: Mapping[str, Any] | None
    created_at: str

    @property
    def written(self) -> dict[str, Any]:
        """The rule in the form of a described situation."""
        return {"id": self.id, "type": self.kind, **self.body}


def rule_texts(session: Session) -> list[tuple[int, str, str]]:
    """Return number, kind and parts (as JSON text) of every rule, oldest first."""
    # PostgreSQL's driver returns parsed JSON.
    return [(row.id, row.type, row.body if isinstance(row.body, str) else json.dumps(row.body)) for row in _ALL.rows(session)]


def kept_rules(session: Session) -> list[KeptRule]:
    """Return every rule, oldest first."""
    return [_kept(row) for row in session.scalars(select(UserRuleRow).order_by(_RULES.c.id))]


def kept_rule(session: Session, number: int) -> KeptRule | None:
    """Return the rule of this number, None if there is none."""
    row = session.get(UserRuleRow, number)
    return _kept(row) if row is not None else None


def add_rule(session: Session, kind: str, body: Mapping[str, Any], now: str, origin: Mapping[str, Any] | None = None) -> int:
    """Store a rule; return its number."""
    row = UserRuleRow(type=kind, body=dict(body), origin=dict(origin) if origin else None, created_at=now)
    session.add(row)
    session.flush()
    return row.id or 0


def change_rule(session: Session, number: int, body: Mapping[str, Any]) -> None:
    """Replace the parts of a rule, which then counts as the user's own."""
    row = session.get(UserRuleRow, number)
    if row is not None:
        row.body, row.origin = dict(body), None
        session.add(row)


def remove_rules(session: Session, numbers: Collection[int]) -> None:
    """Delete rules."""
    for row in session.scalars(select(UserRuleRow).where(col(UserRuleRow.id).in_(numbers))):
        session.delete(row)
    session.flush()


def learned_routes(session: Session, asins: Iterable[str]) -> list[int]:
    """Return the numbers of the learned route rules that name one of these items."""
    wanted = set(asins)
    rows = session.scalars(select(UserRuleRow).where(col(UserRuleRow.type) == "route", col(UserRuleRow.origin).is_not(None)))
    return [row.id for row in rows if row.id is not None and row.origin and set(row.body.get("match", {}).get("asin", ())) & wanted]


def _kept(row: UserRuleRow) -> KeptRule:
    return KeptRule(row.id or 0, row.type, row.body, row.origin, row.created_at)
