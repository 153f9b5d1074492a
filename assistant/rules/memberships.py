"""Prime, trials, families, instalments, resale: what Amazon's terms say about who may use what for which purpose."""

from collections.abc import Iterator
from datetime import date

from assistant.domain.verdicts import Reason
from assistant.rules.base import NOTICE, WARN, policy
from assistant.rules.routing import matches, route
from assistant.rules.situation import Party, Situation

_SIGN_UP = frozenset({"prime_signup", "prime_interstitial", "trial_signup"})
_MEMBER = frozenset({"member", "paid", "prime"})
_MONTHS_BETWEEN_FAMILIES = 12


def trial_repeat(situation: Situation) -> Iterator[Reason]:
    """A free trial although the same person had the service within the look-back time, on any account."""
    offer = situation.event.fact("offer")
    service = offer.text("service")
    if situation.page not in _SIGN_UP or situation.active is None or not service or "trial" not in (offer.text("kind") or ""):
        return
    for entry in situation.past("membership"):
        party = situation.party(entry)
        if party is None or not situation.same_owner(party) or entry.text("service") != service:
            continue
        ended = entry.day("to")
        running = not entry.has("to")
        if running or (ended and _not_older(situation, ended)):
            yield policy(
                "TRIAL_REPEAT",
                WARN,
                "P11",
                f"You had {service} before; a free trial may not be open to you.",
                "Read the enrolment page: it says who is eligible, and what it costs otherwise.",
                f"{entry.text('plan') or 'membership'} until {ended}" if ended else "still running",
            )
            return


def prime_double(situation: Situation) -> Iterator[Reason]:
    """A second paid Prime in one home; Amazon Family may cover both."""
    active, offer = situation.active, situation.event.fact("offer")
    if active is None or situation.page not in _SIGN_UP or offer.text("service") != "prime":
        return
    others = [party for party in situation.accounts.values() if party.key != active.key and situation.same_home(party)]
    running = {
        entry.text("account")
        for entry in situation.past("membership")
        if entry.text("service") == "prime"
        and entry.text("plan") != "trial"
        and (not entry.has("to") or situation.soon(entry.day("to"), 366))
    }
    if any(party.prime in _MEMBER or party.key in running for party in others):
        yield policy(
            "PRIME_DOUBLE",
            NOTICE,
            "P13",
            "Somebody in your home already pays for Prime.",
            "Amazon Family may cover two adults of one home with one membership.",
        )


def family(situation: Situation) -> Iterator[Reason]:
    """Sharing Prime with another home, or joining a family too soon after leaving one."""
    active = situation.active
    invitee = situation.accounts.get(situation.event.text("invitee") or "")
    if active is None or situation.page != "family_invite":
        return
    if invitee is not None and not situation.same_home(invitee) and active.home is not None and invitee.home is not None:
        yield policy(
            "PRIME_SHARE_OUTSIDE",
            WARN,
            "P12",
            "Prime can only be shared within one main home address, and this invitation goes to another home.",
            "Read Amazon's page on Amazon Family before you send it.",
        )
    who = {party.key for party in (invitee, active) if party is not None}
    for entry in situation.past("family_left"):
        if entry.text("account") in who and _under_a_year(entry.day(), situation.today):
            yield policy(
                "FAMILY_WAIT_PERIOD",
                NOTICE,
                "P12",
                f"A family was left on {entry.day()}; a new one can be joined 12 months later.",
                "Read Amazon's page on Amazon Family before you go on.",
            )
            return


def resale(situation: Situation) -> Iterator[Reason]:
    """Prime benefits for goods that are tagged for resale or go to customers."""
    active = situation.active
    if active is None or not situation.buying or active.prime in (None, "none"):
        return
    tagged = [
        item
        for item in situation.items
        for rule in situation.rules_of("tag")
        if rule.text("tag") in ("resale", "rental", "customer")
        and rule.text("account") in (None, active.key)
        and matches(situation, rule, item)
    ]
    place = (situation.event.text("ship_to") or "").casefold()
    to_customer = any(
        rule.text("tag") == "customer" and place and place in {entry.casefold() for entry in rule.texts("addresses")}
        for rule in situation.rules_of("tag")
    )
    if tagged or to_customer or place.startswith("customer/"):
        yield policy(
            "PRIME_RESALE",
            WARN,
            "P14",
            "Prime benefits are not for goods to resell, rent out or ship to customers.",
            "Order it without Prime benefits, or from a wholesaler.",
        )


def monthly_payments(situation: Situation) -> Iterator[Reason]:
    """Monthly Payments for something that is treated as a business purchase."""
    active = situation.active
    if active is None or not situation.buying or situation.event.text("plan") != "monthly_payments":
        return
    for item in situation.items:
        found = route(situation, item)
        party: Party = found[1] if found else active
        if party.business or party.kind == "business":
            yield policy(
                "MONTHLY_PAY_BUSINESS",
                WARN,
                "P15",
                "Monthly Payments are for personal, family or household purposes, and this is a business purchase.",
                "Pay it at once.",
            )
            return


def split_subscriptions(situation: Situation) -> Iterator[Reason]:
    """Subscriptions of one product group that are spread over accounts miss the extra discount."""
    active, group = situation.active, situation.event.text("group")
    if active is None or situation.page != "sns_signup" or not group:
        return
    others = [party for entry in situation.past("subscription") if entry.text("group") == group and (party := situation.party(entry))]
    if any(party.key != active.key and situation.near(party) for party in others):
        yield policy(
            "SNS_SPLIT",
            NOTICE,
            "P27",
            "Subscriptions of this kind are spread over several accounts of your home.",
            "The extra discount needs five items to one address on one day.",
        )


def _not_older(situation: Situation, ended: date) -> bool:
    days = situation.thresholds.trial_lookback_days
    return situation.within(ended, days) or (situation.today is not None and ended > situation.today)


def _under_a_year(left: date | None, today: date | None) -> bool:
    if left is None or today is None or left > today:
        return False
    months = (today.year - left.year) * 12 + today.month - left.month - (today.day < left.day)
    return months < _MONTHS_BETWEEN_FAMILIES


RULES = (trial_repeat, prime_double, family, resale, monthly_payments, split_subscriptions)
