"""Prime, trials and families: what Amazon's terms say about who may use what."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, Findings, Quiet, asked_of_account
from assistant.rules.facts import Fact
from assistant.rules.matching.user_rule import matches
from assistant.rules.parties import Party
from assistant.rules.policy_citations import policy
from assistant.rules.situation import BUYING, STOPPED, Situation

_PRIME_PAGES = frozenset({"prime_signup", "prime_interstitial"})
_SIGN_UP = _PRIME_PAGES | {"trial_signup"}
_INVITE = frozenset({"family_invite"})
_PAID = frozenset({"member", "paid", "prime"})
_BENEFITS = _PAID | {"family", "trial"}
_NOT_FOR_PRIME = frozenset({"resale", "rental", "customer"})
_CUSTOMERS = frozenset({"customer", "customers"})
_ADDRESS_NAMES = ("ship_to", "address", "addresses")
_MONTHS_BETWEEN_FAMILIES = 12


def trial_repeat(situation: Situation, _active: Party) -> Findings:
    """Is a free trial offered although the same person had the service within the look-back time, on any account?"""
    offer, service = situation.event.fact("offer"), _service(situation)
    kind = offer.text("kind") or ("trial" if situation.page == "trial_signup" else "")
    if not service or "trial" not in kind:
        yield Quiet("The page is not known to offer a free trial of a service.")
        return
    evidence = next(_had(situation, service), None)
    if evidence is None:
        yield Quiet(f"This person is not known to have had {service} within {situation.thresholds.trial_lookback_days} days.")
        return
    yield policy(
        situation,
        "TRIAL_REPEAT",
        WARN,
        f"You had {service.replace('-', ' ')} before, so a free trial may not be open to you.",
        "Read the enrolment page: it says who is eligible, and Amazon decides.",
        evidence,
        said=offer.fact("terms").text("text"),
    )


def prime_double(situation: Situation, active: Party) -> Findings:
    """Is it a second paid Prime in one home? Amazon Family may cover both."""
    if _service(situation) != "prime":
        yield Quiet("The page is not about Prime.")
        return
    paying = {
        entry.text("account")
        for entry in situation.past("membership")
        if _named(entry.text("service")) == "prime" and entry.text("plan") != "trial" and _runs(situation, entry)
    }
    others = [party for party in situation.accounts.values() if party != active and situation.same_home(party)]
    if not any(party.prime in _PAID or party.key in paying for party in others):
        yield Quiet("Nobody else in this home is known to pay for Prime.")
        return
    yield policy(
        situation,
        "PRIME_DOUBLE",
        NOTICE,
        "Somebody in your home already pays for Prime.",
        "One membership may cover two adults of one home: see Amazon's page on sharing Prime.",
    )


def prime_outside(situation: Situation, active: Party) -> Findings:
    """Does an invitation share Prime with somebody of another main address?"""
    invitee = _invitee(situation)
    home = invitee.home if invitee else situation.event.fact("invitee").text("home")
    if home is None or active.home is None:
        yield Quiet("Where both live is not known.")
    elif home == active.home:
        yield Quiet("Both live at the same main address.")
    else:
        yield policy(
            situation,
            "PRIME_SHARE_OUTSIDE",
            WARN,
            "Prime can only be shared within one main address, and this invitation goes to another one.",
            "Read Amazon's page on sharing Prime before you send it.",
        )


def family_wait(situation: Situation, active: Party) -> Findings:
    """Is a family joined under 12 months after leaving another?"""
    joining = [party for party in (active, _invitee(situation)) if party is not None]
    owners = {party.owner for party in joining if party.owner} | {party.key for party in joining}
    left = [
        entry.day() for entry in situation.past("family_left") if (party := situation.party(entry)) and {party.owner, party.key} & owners
    ]
    recent = next((day for day in left if _under_a_year(day, situation.today)), None)
    if recent is None:
        yield Quiet("Neither of the two is known to have left a family within 12 months.")
        return
    yield policy(
        situation,
        "FAMILY_WAIT_PERIOD",
        NOTICE,
        "A shared Prime was left less than 12 months ago; a new one can be joined after that time.",
        "Read Amazon's page on sharing Prime before you go on.",
        f"left on {recent}",
    )


def resale(situation: Situation, active: Party) -> Findings:
    """Are Prime benefits used for goods that are tagged for resale or go to customers?"""
    running = any(
        entry.text("account") == active.key and _named(entry.text("service")) == "prime" and _runs(situation, entry)
        for entry in situation.past("membership")
    )
    if active.prime not in _BENEFITS and not running:
        yield Quiet(f"{active.label} has no Prime.")
    elif not _tagged(situation, active) and not _to_customer(situation, active):
        yield Quiet("Nothing is tagged for resale, and the address is not tagged as a customer's; gifts are fine.")
    else:
        yield policy(
            situation,
            "PRIME_RESALE",
            WARN,
            "Prime benefits are not for goods to resell, to rent out or to ship to customers.",
            "Order it without Prime benefits.",
        )


def split_subscriptions(situation: Situation, active: Party) -> Findings:
    """Are subscriptions of one product group spread over accounts, and miss the extra discount?"""
    groups = {fact.text("group") for fact in (situation.event, *situation.items)} - {None}
    spread = any(
        entry.text("group") in groups and entry.text("state") not in STOPPED and party != active and situation.near(party)
        for entry in situation.past("subscription")
        if (party := situation.party(entry)) is not None
    )
    if not spread:
        yield Quiet("No running subscription of the same product group is known on another account.")
        return
    yield policy(
        situation,
        "SNS_SPLIT",
        NOTICE,
        "Subscriptions of this kind are spread over several accounts of yours.",
        "The extra discount needs five items to one address on one day.",
    )


def _service(situation: Situation) -> str | None:
    said = _named(situation.event.fact("offer").text("service"))
    return said or ("prime" if situation.page in _PRIME_PAGES else None)


def _named(service: str | None) -> str:
    """Return a service in the spelling used for comparing: "Music Unlimited" is "music-unlimited"."""
    return "-".join(re.findall(r"[^\W_]+", fold(service or "")))


def _had(situation: Situation, service: str) -> Iterator[str]:
    """Yield what tells that the same person has the service, or had it within the look-back time, as a trial or paid."""
    for entry in situation.past("membership"):
        party = situation.party(entry)
        if party is None or not situation.same_owner(party) or _named(entry.text("service")) != service:
            continue
        ended, what = entry.day("to"), entry.text("plan") or "membership"
        if _runs(situation, entry):
            yield f"{what} still running"
        elif situation.within(ended, situation.thresholds.trial_lookback_days):
            yield f"{what} until {ended}"
    mine = [party for party in situation.accounts.values() if situation.same_owner(party)]
    if service == "prime" and any(party.prime in _PAID or party.prime == "trial" for party in mine):
        yield "membership still running"


def _runs(situation: Situation, entry: Fact) -> bool:
    begun, ended, today = entry.day("from"), entry.day("to"), situation.today
    still = not entry.has("to") or (ended is not None and today is not None and ended >= today)
    return still and not (begun is not None and today is not None and begun > today)


def _invitee(situation: Situation) -> Party | None:
    return situation.accounts.get(situation.event.text("invitee") or situation.event.fact("invitee").text("account") or "")


def _under_a_year(left: date | None, today: date | None) -> bool:
    if left is None or today is None or left > today:
        return False
    months = (today.year - left.year) * 12 + today.month - left.month - (today.day < left.day)
    return months < _MONTHS_BETWEEN_FAMILIES


def _tagged(situation: Situation, active: Party) -> bool:
    rules = [rule for rule in situation.rules_for("tag", active) if rule.text("tag") in _NOT_FOR_PRIME]
    return any(matches(situation, rule, item) for rule in rules for item in situation.items)


def _to_customer(situation: Situation, active: Party) -> bool:
    """Whether the order goes to an address that the user labelled ("customer (new)/30317"), or tagged by a rule, as a customer's."""
    place = fold(situation.event.text("ship_to") or "").strip()
    for rule in situation.rules_for("tag", active):
        named = [entry for fact in (rule, rule.fact("match")) for name in _ADDRESS_NAMES for entry in fact.texts(name)]
        if rule.text("tag") in _CUSTOMERS and place and place in {fold(entry).strip() for entry in named}:
            return True
    return not _CUSTOMERS.isdisjoint(re.findall(r"\w+", place.partition("/")[0])[:1])


RULES = (
    asked_of_account(_SIGN_UP, "TRIAL_REPEAT")(trial_repeat),
    asked_of_account(_SIGN_UP, "PRIME_DOUBLE")(prime_double),
    asked_of_account(_INVITE, "PRIME_SHARE_OUTSIDE")(prime_outside),
    asked_of_account(_INVITE, "FAMILY_WAIT_PERIOD")(family_wait),
    asked_of_account(BUYING, "PRIME_RESALE")(resale),
    asked_of_account(frozenset({"sns_signup"}), "SNS_SPLIT")(split_subscriptions),
)
