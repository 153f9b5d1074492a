"""Reviews: one per person, honest, of other people's products."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.amazon.marketplaces import by_host
from assistant.domain.text import fold
from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, policy, rule_name
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

_LEAST_SPENT = {"USD": Decimal(50), "GBP": Decimal(40)}
_WORDS = re.compile(r"[^\W_]+")
_FIRMS = ("brands", "brand", "sellers", "seller")
_LEGAL_FORMS = frozenset(_WORDS.findall("llc inc ltd limited gmbh ag kg ug co corp company kk sarl sas bv ab plc srl"))
_RELATIONS = {
    "own": "yourself or your own company",
    "relative": "a relative",
    "friend": "a close friend",
    "employer": "your employer",
    "competitor": "a competitor of yours",
    "associate": "an associate of yours",
}


def _form(situation: Situation) -> bool:
    return situation.page == "review_form" and situation.active is not None


def _asin(situation: Situation) -> str | None:
    return situation.event.text("asin") or next((item.text("asin") for item in situation.items), None)


def _reviewers(situation: Situation) -> list[Party]:
    """Return the other accounts that reviewed the product; none where this account did, for then it is edited."""
    asin = _asin(situation)
    entries = [entry for entry in situation.past("review") if asin and entry.text("asin") == asin]
    found = [party for entry in entries if (party := situation.party(entry))]
    return [] if situation.active in found else found


def repeated(situation: Situation) -> Iterator[Reason]:
    """Somebody of the same person or home already reviewed the product."""
    if not _form(situation):
        return
    others = _reviewers(situation)
    if any(situation.same_owner(party) for party in others):
        yield policy(
            "REVIEW_DUPLICATE",
            BLOCK,
            "P18",
            "You have already reviewed this product.",
            "Edit the review you wrote instead of writing a second one.",
        )
    if any(situation.same_home(party) and not situation.same_owner(party) for party in others):
        yield policy(
            "REVIEW_HOUSEHOLD",
            NOTICE,
            "P18",
            "Somebody in your home already reviewed this product.",
            "Write only what you found yourself.",
        )


def conflict(situation: Situation) -> Iterator[Reason]:
    """The product of oneself, a relative, a close friend, an employer or a competitor."""
    active = situation.active
    if not _form(situation) or active is None:
        return
    event = situation.event
    names = {_firm(event.text(name) or "") for name in ("brand", "seller", "manufacturer")} - {""}
    for rule in situation.rules_of("conflict"):
        account = situation.party(rule)
        if (account and not situation.same_owner(account)) or (rule.has("owner") and active.owner not in rule.texts("owner")):
            continue
        firms = {_firm(entry) for name in _FIRMS for entry in rule.texts(name)}
        asins = {*rule.texts("asins"), *rule.texts("asin")}
        if names & firms or _asin(situation) in asins:
            relation = _RELATIONS.get(rule.text("relation") or "", "somebody close to you")
            yield policy(
                "REVIEW_CONFLICT",
                BLOCK,
                "P19",
                f"You noted that this product comes from {relation}.",
                "Do not review it.",
                rule_name(situation, rule),
            )
            return


def compensated(situation: Situation) -> Iterator[Reason]:
    """Something was offered for the review."""
    asin = _asin(situation)
    if not _form(situation):
        return
    said = [situation.event] if situation.event.has("compensation") else []
    for note in situation.past("note"):
        party = situation.party(note)
        if asin and note.text("asin") == asin and (party is None or situation.near(party)):
            said.append(note)
    offer = next((text for note in said if (text := note.text("compensation"))), None)
    if offer:
        yield policy(
            "REVIEW_COMPENSATED",
            BLOCK,
            "P20",
            "Something was offered for this review.",
            "Do not post it; report the offer to Amazon.",
            f"offered: {offer}",
        )


def not_eligible(situation: Situation) -> Iterator[Reason]:
    """The account has spent less than Amazon asks for; known for US dollars and pounds only."""
    active, shop = situation.active, by_host(situation.site or "")
    if not _form(situation) or active is None:
        return
    for unit, least in _LEAST_SPENT.items():
        mine = [entry for entry in situation.past("year_spend") if entry.text("account") == active.key and entry.text("currency") == unit]
        amounts = [amount for entry in mine if (amount := entry.number("amount")) is not None]
        if amounts and sum(amounts) < least and (shop is None or shop.currency == unit):
            yield policy(
                "REVIEW_NOT_ELIGIBLE",
                NOTICE,
                "P21",
                f"Amazon asks for {least} {unit} spent within a year before a review, and this account has spent less.",
                "Amazon may not accept the review.",
                f"{sum(amounts)} {unit} spent",
            )


def vote(situation: Situation) -> Iterator[Reason]:
    """A helpful vote on a review of the same person or home."""
    active, review = situation.active, situation.event.text("review_id")
    if active is None or situation.page != "review_vote" or not review:
        return
    for entry in situation.past("review"):
        party = situation.party(entry)
        if party and entry.text("review_id") == review and situation.near(party):
            yield policy(
                "REVIEW_VOTE",
                WARN,
                "P18",
                "This review was written in your home.",
                "Leave the vote to others.",
            )
            return


def _firm(name: str) -> str:
    """Return a company's name for comparing: folded, without its legal form."""
    words = _WORDS.findall(fold(name))
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)


RULES = (repeated, conflict, compensated, not_eligible, vote)
