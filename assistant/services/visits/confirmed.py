"""Does not hold a checkout for what the user confirmed in the cart a moment ago."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.judging.verdict import Level, Reason, Verdict, said
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.services.judging.page_facts import basket_of
from assistant.services.visits.attribution import FRESH
from assistant.storage.unit_of_work import Session
from assistant.storage.visits.visits import last_of_tab
from assistant.storage.warnings.alerts import confirmed_messages
from assistant.storage.warnings.stored_messages import message_text
from assistant.wire.page_facts import basket_json


def with_confirmations(session: Session, visit: Visit, seen: SeenPage, found: Attribution, verdict: Verdict) -> Verdict:
    """Return the verdict of a checkout: reasons that the user confirmed in the cart only warn.

    That holds for the same sentence about the same account and the same items, in the same tab, for half an hour.
    """
    if seen.kind is not SourceKind.CHECKOUT or verdict.level is not Level.BLOCK_CONFIRM or found.account_id is None:
        return verdict
    cart = last_of_tab(session, found.sign_in, visit.tab, SourceKind.CART.value, (visit.at - FRESH, visit.at))
    if cart is None or cart.account_id != found.account_id:
        return verdict
    if _amounts(cart.facts.get("lines", ())) != _amounts(basket_json(basket_of(seen))["lines"]):
        return verdict
    confirmed = confirmed_messages(session, cart.id)
    minutes = int((visit.at - datetime.fromisoformat(str(cart.at))).total_seconds() // 60)
    reasons = [_lowered(reason, minutes) if message_text(reason.said) in confirmed else reason for reason in verdict.reasons]
    return Verdict(reasons=tuple(sorted(reasons, key=lambda reason: -reason.level.rank)))


def _lowered(reason: Reason, minutes: int) -> Reason:
    if reason.level is not Level.BLOCK_CONFIRM:
        return reason
    return replace(reason, level=Level.WARN, evidence=(*reason.evidence, said("evidence.confirmed_in_cart", minutes=minutes)))


def _amounts(lines: Iterable[Mapping[str, Any]]) -> Counter[str | None]:
    """Return how many units of each item the selected lines of a basket hold."""
    units: Counter[str | None] = Counter()
    for line in lines:
        if line.get("selected", True):
            units[line["asin"]] += line["quantity"]
    return units
