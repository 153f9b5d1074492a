"""Reviews: one per person, honest, of other people's products."""

from decimal import Decimal

from assistant.amazon.marketplaces import by_host
from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, Quiet, asked_of_account, rule_name
from assistant.rules.facts import Fact
from assistant.rules.matching.user_rule import firm
from assistant.rules.parties import Party
from assistant.rules.policy_citations import policy
from assistant.rules.situation import Situation

_LEAST_SPENT = {"USD": Decimal(50), "GBP": Decimal(40)}
_FORM = frozenset({"review_form"})
_FIRMS = ("brands", "brand", "sellers", "seller")
_RELATIONS = {
    "own": "yourself or your own company",
    "relative": "a relative",
    "friend": "a close friend",
    "employer": "your employer",
    "competitor": "a competitor of yours",
    "associate": "an associate of yours",
}


def _asin(situation: Situation) -> str | None:
    return situation.event.text("asin") or next((item.text("asin") for item in situation.items), None)


def _reviewers(situation: Situation) -> list[Party]:
    """Return the other accounts that reviewed the product; none where this account did, for then it is edited."""
    asin = _asin(situation)
    entries = [entry for entry in situation.past("review") if asin and entry.text("asin") == asin]
    found = [party for entry in entries if (party := situation.party(entry))]
    return [] if situation.active in found else found


def repeated(situation: Situation, _active: Party) -> Findings:
    """Did somebody of the same person or home already review the product?"""
    others = _reviewers(situation)
    if not any(situation.near(party) for party in others):
        yield Quiet("No other account of this person or home is known to have reviewed it; editing one's own review is fine.")
    if any(situation.same_owner(party) for party in others):
        yield policy(
            situation,
            "REVIEW_DUPLICATE",
            BLOCK,
            "You have already reviewed this product.",
            "Edit the review you wrote instead of writing a second one.",
        )
    if any(situation.same_home(party) and not situation.same_owner(party) for party in others):
        yield policy(
            situation,
            "REVIEW_HOUSEHOLD",
            NOTICE,
            "Somebody in your home already reviewed this product.",
            "Write only what you found yourself.",
        )


def conflict(situation: Situation, active: Party) -> Findings:
    """Is it the product of oneself, a relative, a close friend, an employer or a competitor?"""
    rule = next((rule for rule in situation.rules_of("conflict") if _concerns(situation, active, rule)), None)
    if rule is None:
        yield Quiet("No rule of yours names its brand, seller or number.")
        return
    relation = _RELATIONS.get(rule.text("relation") or "", "somebody close to you")
    yield policy(
        situation,
        "REVIEW_CONFLICT",
        BLOCK,
        f"You noted that this product comes from {relation}.",
        "Do not review it.",
        rule_name(situation, rule),
    )


def compensated(situation: Situation, _active: Party) -> Findings:
    """Was something offered for the review?"""
    asin = _asin(situation)
    said = [situation.event]
    for note in situation.past("note"):
        party = situation.party(note)
        if asin and note.text("asin") == asin and (party is None or situation.near(party)):
            said.append(note)
    offer = next((text for note in said if (text := note.text("compensation"))), None)
    if offer is None:
        yield Quiet("Nothing is noted to have been offered for it.")
        return
    yield policy(
        situation,
        "REVIEW_COMPENSATED",
        BLOCK,
        "Something was offered for this review.",
        "Do not post it; report the offer to Amazon.",
        f"offered: {offer}",
    )


def not_eligible(situation: Situation, active: Party) -> Findings:
    """Has the account spent less than Amazon asks for? That is known for US dollars and pounds only."""
    shop = by_host(situation.site or "")
    for unit, least in _LEAST_SPENT.items():
        mine = [entry for entry in situation.past("year_spend") if entry.text("account") == active.key and entry.text("currency") == unit]
        amounts = [amount for entry in mine if (amount := entry.number("amount")) is not None]
        if not amounts or sum(amounts) >= least or (shop is not None and shop.currency != unit):
            yield Quiet(f"What was spent here is not known to be under {least} {unit}.")
            continue
        yield policy(
            situation,
            "REVIEW_NOT_ELIGIBLE",
            NOTICE,
            f"Amazon asks for {least} {unit} spent within a year before a review, and this account has spent less.",
            "Amazon may not accept the review.",
            f"{sum(amounts)} {unit} spent",
        )


def vote(situation: Situation, _active: Party) -> Findings:
    """Is it a vote on a review of the same person or home?"""
    number = situation.event.text("review_id")
    written = [entry for entry in situation.past("review") if number and entry.text("review_id") == number]
    if not any((party := situation.party(entry)) and situation.near(party) for entry in written):
        yield Quiet("The review is not known to be of this person or home.")
        return
    yield policy(situation, "REVIEW_VOTE", WARN, "This review was written in your home.", "Leave the vote to others.")


def _concerns(situation: Situation, active: Party, rule: Fact) -> bool:
    """Whether a conflict of interest is the reviewer's, and about this product."""
    account, event = situation.party(rule), situation.event
    if (account and not situation.same_owner(account)) or (rule.has("owner") and active.owner not in rule.texts("owner")):
        return False
    names = {firm(event.text(name) or "") for name in ("brand", "seller", "manufacturer")} - {""}
    firms = {firm(entry) for name in _FIRMS for entry in rule.texts(name)}
    return bool(names & firms) or _asin(situation) in {*rule.texts("asins"), *rule.texts("asin")}


RULES = (
    asked_of_account(_FORM, "REVIEW_DUPLICATE", "REVIEW_HOUSEHOLD")(repeated),
    asked_of_account(_FORM, "REVIEW_CONFLICT")(conflict),
    asked_of_account(_FORM, "REVIEW_COMPENSATED")(compensated),
    asked_of_account(_FORM, "REVIEW_NOT_ELIGIBLE")(not_eligible),
    asked_of_account(frozenset({"review_vote"}), "REVIEW_VOTE")(vote),
)
