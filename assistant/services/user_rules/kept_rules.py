"""Loads user rules as the engine applies them."""

import json
from functools import lru_cache

from assistant.domain.judging.user_rules.rules import UserRule
from assistant.rules.described.fields import Fields
from assistant.rules.described.user_rules import read_rule
from assistant.storage.unit_of_work import Session
from assistant.storage.user_rules import rule_texts


def rules_of(session: Session) -> tuple[UserRule, ...]:
    """Return every rule as the engine applies it, oldest first."""
    read = (_read(*row) for row in rule_texts(session))
    return tuple(rule for rule in read if rule is not None)


@lru_cache(maxsize=4096)
def _read(number: int, kind: str, body: str) -> UserRule | None:
    return read_rule(Fields({"id": number, "type": kind, **json.loads(body)}))
