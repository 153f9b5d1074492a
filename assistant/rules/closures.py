"""Accounts that Amazon closed, and closing one: other accounts are no way around."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, WARN, policy
from assistant.rules.situation import Situation


def closed_bypass(situation: Situation) -> Iterator[Reason]:
    """Amazon closed an account of the same person, who orders on another one."""
    active = situation.active
    if active is None or not situation.buying:
        return
    closed = [party for party in situation.accounts.values() if party.status == "closed_by_amazon" and situation.same_owner(party)]
    for party in closed:
        if party.key == active.key:
            continue
        yield policy(
            "CLOSED_ACCOUNT_BYPASS",
            BLOCK if party.notice else WARN,
            "P22",
            "Amazon closed one of your accounts; ordering elsewhere may not be allowed.",
            "Write to Amazon's customer service and appeal before you order.",
            *([f"Amazon wrote: “{party.notice}”"] if party.notice else []),
        )
        return


def close_account(situation: Situation) -> Iterator[Reason]:
    """The page closes the account; one login may serve several shops."""
    if situation.page == "close_account" and not situation.signed_out:
        yield policy(
            "CLOSE_ACCOUNT",
            BLOCK,
            "P29",
            "Closing this account may close it on every country site and on Amazon Business.",
            "Save your orders and invoices first; use up gift cards.",
        )


RULES = (closed_bypass, close_account)
