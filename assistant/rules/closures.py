"""Accounts that Amazon closed, and closing one: other accounts are no way around."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, WARN, policy
from assistant.rules.situation import Situation


def closed_bypass(situation: Situation) -> Iterator[Reason]:
    """Amazon closed an account of the same person, who orders on another one; a hold or somebody else's closure is none."""
    active = situation.active
    if active is None or not situation.buying or active.status == "closed_by_amazon":
        return
    closed = [
        party
        for party in situation.accounts.values()
        if party.status == "closed_by_amazon"
        and situation.same_owner(party)
        and not (party.closed_at and situation.today and party.closed_at > situation.today)
    ]
    if closed:
        notice = next((party.notice for party in closed if party.notice), None)
        yield policy(
            "CLOSED_ACCOUNT_BYPASS",
            BLOCK if notice else WARN,
            "P22",
            "Amazon closed one of your accounts, and ordering elsewhere may not be allowed.",
            "Write to Amazon's customer service and appeal before you order.",
            *([f"Amazon wrote: “{notice}”"] if notice else []),
            *(f"closed on {party.closed_at}" for party in closed if party.closed_at),
        )


def close_account(situation: Situation) -> Iterator[Reason]:
    """The page closes the account; one login may serve several shops."""
    if situation.page == "close_account" and not situation.signed_out:
        yield policy(
            "CLOSE_ACCOUNT",
            BLOCK,
            "P29",
            "Closing this account may close it on every country site and on Amazon Business.",
            "Save your orders and invoices first, and use up gift cards.",
        )


RULES = (closed_bypass, close_account)
