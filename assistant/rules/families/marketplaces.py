"""Which shop it is: the marketplaces that an account's owner listed."""

from assistant.domain.judging.verdict import Reason
from assistant.rules.base import WARN, Findings, Quiet, asked_of_account
from assistant.rules.parties import Party, site_name
from assistant.rules.situation import BUYING, Situation


def marketplace_mismatch(situation: Situation, active: Party) -> Findings:
    """Is the page of a shop that the account's owner did not list?"""
    said = situation.event.text("site")
    if not said:
        yield Quiet("The page does not say which shop it is of.")
    elif not active.sites:
        yield Quiet(f"No shops are listed for {active.label}.")
    elif site_name(said) in active.sites:
        yield Quiet(f"{site_name(said)} is listed for {active.label}.")
    else:
        yield Reason(
            code="MARKETPLACE_MISMATCH",
            level=WARN,
            text=f"This is {site_name(said)}, and {active.label} is used on {', '.join(active.sites)}.",
            advice=f"Check the shop; if {site_name(said)} is right, add it to the account once.",
            group="account",
            source="the shops you listed for the account",
        )


RULES = (asked_of_account(BUYING, "MARKETPLACE_MISMATCH")(marketplace_mismatch),)
