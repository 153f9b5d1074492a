"""Reviews: one per person, honest, of other people's products."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.text import fold
from assistant.domain.verdicts import Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, policy
from assistant.rules.facts import Fact
from assistant.rules.situation import Party, Situation

_LEAST_SPENT = {"USD": Decimal(50), "GBP": Decimal(40)}


def _form(situation: Situation) -> bool:
    return situation.page == "review_form" and situation.active is not None and not situation.signed_out


def _reviews(situation: Situation) -> list[tuple[Fact, Party]]:
    """Return reviews of the product by other accounts; editing one's own from the same account is fine."""
    asin, active = situation.event.text("asin"), situation.active
    found = [(entry, situation.party(entry)) for entry in situation.past("review") if asin and entry.text("asin") == asin]
    return [(entry, party) for entry, party in found if party and active and party.key != active.key]


def repeated(situation: Situation) -> Iterator[Reason]:
    """Somebody of the same person or home already reviewed the product."""
    if not _form(situation):
        return
    others = [party for _, party in _reviews(situation)]
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
    if not _form(situation):
        return
    event, active = situation.event, situation.active
    brand, seller, asin = fold(event.text("brand") or ""), fold(event.text("seller") or ""), event.text("asin")
    for rule in situation.rules_of("conflict"):
        if rule.has("account") and active and rule.text("account") != active.key:
            continue
        if rule.has("owner") and active and rule.text("owner") != active.owner:
            continue
        brands = {fold(name) for name in (*rule.texts("brands"), *rule.texts("sellers"))}
        if (brand and brand in brands) or (seller and seller in brands) or (asin and asin in rule.texts("asins")):
            yield policy(
                "REVIEW_CONFLICT",
                BLOCK,
                "P19",
                f"You named this brand as a conflict of interest ({rule.text('relation') or 'own'}).",
                "Do not review it.",
            )
            return


def compensated(situation: Situation) -> Iterator[Reason]:
    """Something was offered for the review."""
    asin = situation.event.text("asin")
    if not _form(situation):
        return
    for note in situation.past("note"):
        if asin and note.text("asin") == asin and note.text("compensation"):
            yield policy(
                "REVIEW_COMPENSATED",
                BLOCK,
                "P20",
                "Something was offered for this review.",
                "Do not post it; report the offer to Amazon.",
                note.text("compensation") or "",
            )
            return


def not_eligible(situation: Situation) -> Iterator[Reason]:
    """The account has spent less than Amazon asks for."""
    active = situation.active
    if not _form(situation) or active is None:
        return
    for entry in situation.past("year_spend"):
        least = _LEAST_SPENT.get(entry.text("currency") or "")
        spent = entry.number("amount")
        if entry.text("account") == active.key and least is not None and spent is not None and spent < least:
            yield policy(
                "REVIEW_NOT_ELIGIBLE",
                NOTICE,
                "P21",
                f"This account has spent {spent} {entry.text('currency')} in a year; Amazon asks for {least} before a review.",
                "Amazon may not accept the review.",
            )
            return


def vote(situation: Situation) -> Iterator[Reason]:
    """A helpful vote on a review of the same person or home."""
    active, review = situation.active, situation.event.text("review_id")
    if active is None or situation.page != "review_vote" or situation.signed_out or not review:
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


RULES = (repeated, conflict, compensated, not_eligible, vote)
