"""Accounts that Amazon closed, and closing one: other accounts are no way around."""

from assistant.rules.base import BLOCK, WARN, Findings, Quiet, asked_of_account, asked_on
from assistant.rules.parties import Party
from assistant.rules.policy_citations import policy
from assistant.rules.situation import BUYING, Situation


def closed_bypass(situation: Situation, active: Party) -> Findings:
    """Did Amazon close an account of the same person, who orders on another one? A hold, or somebody else's closure, is none."""
    closed = [party for party in situation.accounts.values() if situation.same_owner(party) and _closed(situation, party)]
    if not closed:
        yield Quiet("Amazon closed no account of this person.")
    elif active in closed:
        yield Quiet("This account itself is the closed one.")
    else:
        notice = next((party.notice for party in closed if party.notice), None)
        yield policy(
            situation,
            "CLOSED_ACCOUNT_BYPASS",
            BLOCK if notice else WARN,
            "Amazon closed one of your accounts, and ordering elsewhere may not be allowed.",
            "Write to Amazon's customer service and appeal before you order.",
            *([f"Amazon wrote: “{notice}”"] if notice else []),
            *(f"closed on {party.closed_at}" for party in closed if party.closed_at),
        )


def close_account(situation: Situation) -> Findings:
    """Does the page close the account? One login may serve several shops."""
    if situation.signed_out:
        yield Quiet("Nobody is signed in.")
    else:
        yield policy(
            situation,
            "CLOSE_ACCOUNT",
            BLOCK,
            "Closing this account may close it on every country site and on Amazon Business.",
            "Save your orders and invoices first, and use up gift cards.",
        )


def _closed(situation: Situation, party: Party) -> bool:
    later = party.closed_at is not None and situation.today is not None and party.closed_at > situation.today
    return party.status == "closed_by_amazon" and not later


RULES = (
    asked_of_account(BUYING, "CLOSED_ACCOUNT_BYPASS")(closed_bypass),
    asked_on(frozenset({"close_account"}), "CLOSE_ACCOUNT")(close_account),
)
