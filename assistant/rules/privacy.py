"""Orders that their owner marked as private: a gift must not be given away by a warning."""

from assistant.rules.facts import Fact
from assistant.rules.situation import Party, Situation


def privacy(situation: Situation, order: Fact, party: Party) -> str | None:
    """Return how a private order may be told of, "hint" or "never"; None where it is not private."""
    if order.flag("private"):
        return order.text("reveal") or "hint"
    for rule in situation.rules_of("private"):
        if rule.text("account") not in (None, party.key):
            continue
        if any(rule.has(name) and rule.text(name) != order.text(name) for name in ("order_id", "asin")):
            continue
        return rule.text("reveal") or "hint"
    return None
