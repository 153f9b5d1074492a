"""Whose page is this, and is it still the same account as a moment ago?"""

from assistant.domain.accounts.account import greets_another
from assistant.domain.judging.verdict import Level, Reason
from assistant.rules.base import BLOCK, WARN, Findings, Quiet, asked_on
from assistant.rules.seen_before import SIGNED_OUT, newest
from assistant.rules.situation import BUYING, Situation


def account_unknown(situation: Situation) -> Findings:
    """Does the page show a customer id that no registered account has?"""
    if not situation.shown_id:
        yield Quiet("The page shows no customer id.")
    elif situation.active is not None:
        yield Quiet(f"The customer id is that of {situation.active.label}.")
    else:
        yield _identity(
            "ACCOUNT_UNKNOWN",
            WARN,
            "The account that is signed in here is not one of the registered ones.",
            "Register it under Accounts, or sign in with the account you meant.",
            f"customer id {situation.shown_id}",
        )


def account_uncertain(situation: Situation) -> Findings:
    """Does the page show no id, with nothing fresh that says whose page it is, or a greeting of somebody else?"""
    if situation.signed_out:
        yield Quiet("Nobody is signed in.")
    elif situation.shown_id:
        yield Quiet("The page shows a customer id.")
    elif situation.proven:
        yield from _attributed(situation)
    else:
        yield from _carried(situation)


def account_changed(situation: Situation) -> Findings:
    """Did the cart of this tab belong to another account, by two ids that were really seen?"""
    here = situation.active.key if situation.active else situation.shown_id
    cart = newest(situation.past("cart_seen"), situation.event, situation.accounts, same_tab=True)
    if here is None or not situation.proven:
        yield Quiet("This page shows no id of its own to compare with the cart's.")
    elif cart is None or cart.who == SIGNED_OUT:
        yield Quiet("No cart of a known account was seen in this tab before.")
    elif cart.who == here:
        yield Quiet("The cart of this tab belonged to the same account.")
    else:
        before = situation.accounts.get(cart.who)
        filled = before.label if before else "another account"
        yield _identity(
            "ACCOUNT_CHANGED",
            BLOCK,
            f"The cart was filled as {filled}, and this checkout belongs to {situation.here}.",
            "Check which account should place this order, then go on with that one.",
            f"cart seen as {filled} {int(cart.age.total_seconds() // 60)} minutes ago",
        )


def _attributed(situation: Situation) -> Findings:
    """Tell what an attribution without signals is worth: behind the cart somebody must be signed in, so no known account is no answer."""
    if situation.active is not None:
        yield Quiet(f"The page was attributed to {situation.active.label}, and nothing speaks against it.")
    elif situation.page == "cart":
        yield Quiet("The page was attributed to nobody; a cart can be filled without signing in.")
    else:
        yield _uncertain("This page could not be attributed to any of your accounts.")


def _carried(situation: Situation) -> Findings:
    """Tell what a page without an id is worth: what its cookie store showed a moment ago, unless it greets somebody else."""
    active = situation.active
    if active is None or situation.carried != active.key:
        yield _uncertain("This page does not show which account is active, and what was seen before is too old or another account's.")
    elif _greets_another(situation, active.key):
        yield _uncertain(f"This page does not show which account is active, and it does not greet you as {active.label}.")
    else:
        yield Quiet(f"The same browser showed {active.label} a moment ago, and no other account since.")


def _greets_another(situation: Situation, active: str) -> bool:
    """Whether the greeting fits another registered account and not this one; alone it never says whose page it is."""
    greeting = situation.event.fact("seen").text("greeting") or ""
    return greets_another(greeting, {key: party.greeting for key, party in situation.accounts.items()}, active)


def _uncertain(text: str) -> Reason:
    return _identity("ACCOUNT_UNCERTAIN", WARN, text, "Open any other Amazon page once, then come back here.")


def _identity(code: str, level: Level, text: str, advice: str, *evidence: str) -> Reason:
    return Reason(
        code=code, level=level, text=text, advice=advice, group="identity", evidence=evidence, source="the customer id on the page"
    )


RULES = (
    asked_on(BUYING, "ACCOUNT_UNKNOWN")(account_unknown),
    asked_on(BUYING, "ACCOUNT_UNCERTAIN")(account_uncertain),
    asked_on(frozenset({"checkout"}), "ACCOUNT_CHANGED")(account_changed),
)
