"""Orders that their owner marked as private: a gift must not be given away by a warning."""

from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

NEVER, HINT = "never", "hint"


def privacy(situation: Situation, order: Fact, party: Party) -> str | None:
    """Return how a private order may be told of, HINT or NEVER; None where it is not private."""
    if order.flag("private"):
        return _reveal(order)
    for rule in situation.rules_of("private"):
        if rule.has("account") and party.key not in rule.texts("account"):
            continue
        if any(rule.has(name) and order.text(name) not in rule.texts(name) for name in ("order_id", "asin")):
            continue
        return _reveal(rule)
    return None


def told(situation: Situation, order: Fact, party: Party) -> str | None:
    """Return the same as seen by whoever shops now: their own private orders are plain to them on all their accounts."""
    return None if situation.same_owner(party) else privacy(situation, order, party)


def _reveal(fact: Fact) -> str:
    return NEVER if fact.text("reveal") == NEVER else HINT
