"""Whose page is this, and is it still the same account as a moment ago?"""

from collections.abc import Iterator

from assistant.domain.text import fold
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import BLOCK, WARN
from assistant.rules.sightings import SIGNED_OUT, newest
from assistant.rules.situation import Situation


def account_unknown(situation: Situation) -> Iterator[Reason]:
    """A customer id at a buying step that no registered account has."""
    if situation.buying and situation.shown_id and situation.active is None:
        yield _identity(
            "ACCOUNT_UNKNOWN",
            WARN,
            "The account that is signed in here is not one of the registered ones.",
            "Register it under Accounts, or sign in with the account you meant.",
            f"customer id {situation.shown_id}",
        )


def account_uncertain(situation: Situation) -> Iterator[Reason]:
    """No id at a buying step, and nothing fresh that would say whose page it is; or a greeting of somebody else."""
    if not situation.buying or not situation.event.fact("seen").data or situation.shown_id:
        return
    if situation.carried and situation.active is not None and situation.carried == situation.active.key:
        if not _greets_another(situation):
            return
        text = f"This page does not show which account is active, and it does not greet you as {situation.active.label}."
    else:
        text = "This page does not show which account is active, and what was seen before is too old or another account's."
    yield _identity("ACCOUNT_UNCERTAIN", WARN, text, "Open any other Amazon page once, then come back here.")


def account_changed(situation: Situation) -> Iterator[Reason]:
    """The cart of this tab belonged to another account; told only between two ids that were really seen."""
    if situation.page != "checkout" or situation.signed_out or not situation.proven:
        return
    here = situation.active.key if situation.active else situation.shown_id
    cart = newest(situation.past("cart_seen"), situation.event, situation.accounts, same_tab=True)
    if here is None or cart is None or cart.who in (here, SIGNED_OUT):
        return
    before = situation.accounts.get(cart.who)
    filled = before.label if before else "another account"
    now = situation.active.label if situation.active else "an account that is not registered"
    yield _identity(
        "ACCOUNT_CHANGED",
        BLOCK,
        f"The cart was filled as {filled}, and this checkout belongs to {now}.",
        "Check which account should place this order, then go on with that one.",
        f"cart seen as {filled} {int(cart.age.total_seconds() // 60)} minutes ago",
    )


def _greets_another(situation: Situation) -> bool:
    """Whether the greeting fits another registered account and not this one; alone it never says whose page it is."""
    greeting = fold(situation.event.fact("seen").text("greeting") or "").strip()
    fitting = {party.key for party in situation.accounts.values() if greeting and fold(party.greeting or "").strip() == greeting}
    return bool(fitting) and situation.active is not None and situation.active.key not in fitting


def _identity(code: str, level: Level, text: str, advice: str, *evidence: str) -> Reason:
    return Reason(
        code=code, level=level, text=text, advice=advice, group="identity", evidence=evidence, source="the customer id on the page"
    )


RULES = (account_unknown, account_uncertain, account_changed)
