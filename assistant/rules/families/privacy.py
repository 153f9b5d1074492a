"""Private orders: a warning must not reveal a gift."""

from assistant.domain.judging.situation import Party, PastOrder, PastSubscription
from assistant.domain.judging.user_rules.rules import PrivateRule
from assistant.rules.case import Case

NEVER, HINT = "never", "hint"


def privacy(case: Case, order: PastOrder | PastSubscription, party: Party) -> str | None:
    """Return what others may see of an order, HINT or NEVER; None if it is not private."""
    if order.reveal is not None:
        return order.reveal
    number = order.order_id if isinstance(order, PastOrder) else None
    for rule in case.rules_of(PrivateRule):
        if rule.accounts is not None and party.key not in rule.accounts:
            continue
        if rule.order_ids is not None and number not in rule.order_ids:
            continue
        if rule.asins is not None and order.asin not in rule.asins:
            continue
        return rule.reveal
    return None


def hidden(case: Case, order: PastOrder | PastSubscription, party: Party) -> str | None:
    """Return the same for the person who shops now, who sees their own private orders on all their accounts."""
    return None if case.same_owner(party) else privacy(case, order, party)
