"""Whose page is this, and is it still the same account as a moment ago?"""

from collections.abc import Iterator
from datetime import timedelta

from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import BLOCK, WARN
from assistant.rules.facts import Fact
from assistant.rules.situation import Party, Situation


def account_unknown(situation: Situation) -> Iterator[Reason]:
    """A customer id at a buying step that no registered account has."""
    seen = situation.event.fact("seen").text("customer_id")
    if situation.buying and situation.active is None and seen:
        yield _identity(
            "ACCOUNT_UNKNOWN",
            WARN,
            "The account that is signed in here is not one of the registered ones.",
            "Register it under Accounts, or sign in with the account you meant.",
            f"customer id {seen}",
        )


def account_uncertain(situation: Situation) -> Iterator[Reason]:
    """No id at a buying step, and nothing fresh that would say whose page it is; or a greeting of somebody else."""
    seen = situation.event.fact("seen")
    if not situation.buying or not seen.data or seen.text("customer_id"):
        return
    party = situation.active
    if party is not None and _fresh(situation, party) and not _greets_another(situation, seen, party):
        return
    if party is None and not _expected(situation):
        return
    yield _identity(
        "ACCOUNT_UNCERTAIN",
        WARN,
        "This page does not show which account is active, and what was seen before is too old or another account's.",
        "Open any other Amazon page once, then come back here.",
    )


def account_changed(situation: Situation) -> Iterator[Reason]:
    """The cart of this tab belonged to another account."""
    party, event = situation.active, situation.event
    if party is None or not situation.buying or situation.page == "cart":
        return
    seen = event.fact("seen")
    if "customer_id" in seen.data and not seen.text("customer_id"):
        return
    cart = _last(situation, "cart_seen", same_tab=True)
    before = situation.party(cart) if cart else None
    if before is not None and before.key != party.key:
        yield _identity(
            "ACCOUNT_CHANGED",
            BLOCK,
            f"The cart was filled as {before.label}, and this checkout is {party.label}'s.",
            "Check which account should place this order.",
            f"cart seen as {before.label}",
        )


def _fresh(situation: Situation, party: Party) -> bool:
    newest = _last(situation, "identity_seen", same_tab=False)
    if newest is None or newest.text("account") != party.key:
        return False
    now, then = situation.event.moment(), newest.moment()
    limit = timedelta(minutes=situation.thresholds.identity_fresh_minutes)
    return now is not None and then is not None and now - then <= limit


def _greets_another(situation: Situation, seen: Fact, party: Party) -> bool:
    greeting = seen.text("greeting")
    others = [other for other in situation.accounts.values() if other.greeting == greeting and other.key != party.key]
    return bool(greeting) and greeting != party.greeting and bool(others)


def _expected(situation: Situation) -> bool:
    """Whether somebody registered shops in this cookie store at all."""
    return _last(situation, "identity_seen", same_tab=False) is not None


def _last(situation: Situation, kind: str, *, same_tab: bool) -> Fact | None:
    """Return the newest entry of the same cookie store (and tab) that is not later than the event."""
    event = situation.event
    now = event.moment()
    found: Fact | None = None
    for entry in situation.past(kind):
        then = entry.moment()
        if (entry.text("store") or "default") != (event.text("store") or "default"):
            continue
        if same_tab and entry.has("tab") and event.has("tab") and entry.text("tab") != event.text("tab"):
            continue
        if then is None or (now is not None and then > now):
            continue
        newest = found.moment() if found else None
        if newest is None or then >= newest:
            found = entry
    return found


def _identity(code: str, level: Level, text: str, advice: str, *evidence: str) -> Reason:
    return Reason(
        code=code, level=level, text=text, advice=advice, group="identity", evidence=evidence, source="the customer id on the page"
    )


RULES = (account_unknown, account_uncertain, account_changed)
