"""Accounts that Amazon closed, and closing an account. Shopper never helps to get around a closure."""

from assistant.domain.judging.situation import Party
from assistant.domain.judging.verdict import said
from assistant.rules.base import BLOCK, WARN, AfterPurchase, Findings, asked_of_buyer, asked_on, quiet
from assistant.rules.case import Case
from assistant.rules.policy_citations import policy


def closed_bypass(case: Case, active: Party) -> Findings:
    """Warn if Amazon closed another account of the person who orders. Account holds and other people's closures do not count."""
    closed = [party for party in case.accounts.values() if case.same_owner(party) and _closed(case, party)]
    if not closed:
        yield quiet("no_closure")
    elif active in closed:
        yield quiet("closed_itself")
    else:
        notice = next((party.notice for party in closed if party.notice), None)
        yield policy(
            case,
            "CLOSED_ACCOUNT_BYPASS",
            BLOCK if notice else WARN,
            said("CLOSED_ACCOUNT_BYPASS"),
            *([said("evidence.amazon_wrote", notice=notice)] if notice else []),
            *(said("evidence.closed_on", day=party.closed_at) for party in closed if party.closed_at),
        )


def close_account(case: Case) -> Findings:
    """Warn if the page closes the account: one login may serve several shops."""
    if case.signed_out:
        yield quiet("signed_out")
    else:
        yield policy(case, "CLOSE_ACCOUNT", BLOCK, said("CLOSE_ACCOUNT"))


def _closed(case: Case, party: Party) -> bool:
    later = party.closed_at is not None and case.today is not None and party.closed_at > case.today
    return party.status == "closed_by_amazon" and not later


RULES = (
    asked_of_buyer("CLOSED_ACCOUNT_BYPASS", look=closed_bypass, changed_by=(), afterwards=AfterPurchase.NOTHING),
    asked_on(frozenset({"close_account"}), "CLOSE_ACCOUNT", look=close_account),
)
