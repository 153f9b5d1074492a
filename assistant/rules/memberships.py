"""Prime, trials and families: what Amazon's terms say about who may use what."""

from collections.abc import Iterator
from datetime import date

from assistant.domain.verdicts import Reason
from assistant.rules.base import NOTICE, WARN, policy
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.routing import matches
from assistant.rules.situation import Situation

_PRIME_PAGES = frozenset({"prime_signup", "prime_interstitial"})
_SIGN_UP = _PRIME_PAGES | {"trial_signup"}
_PAID = frozenset({"member", "paid", "prime"})
_BENEFITS = _PAID | {"family", "trial"}
_NOT_FOR_PRIME = frozenset({"resale", "rental", "customer"})
_CUSTOMERS = frozenset({"customer", "customers"})
_ADDRESS_NAMES = ("ship_to", "address", "addresses")
_MONTHS_BETWEEN_FAMILIES = 12


def trial_repeat(situation: Situation) -> Iterator[Reason]:
    """A free trial although the same person had the service within the look-back time, on any account."""
    offer, service = situation.event.fact("offer"), _service(situation)
    kind = offer.text("kind") or ("trial" if situation.page == "trial_signup" else "")
    if situation.page not in _SIGN_UP or situation.active is None or not service or "trial" not in kind:
        return
    evidence = next(_had(situation, service), None)
    if evidence:
        yield policy(
            "TRIAL_REPEAT",
            WARN,
            "P11",
            f"You had {service.replace('-', ' ')} before, so a free trial may not be open to you.",
            "Read the enrolment page: it says who is eligible, and Amazon decides.",
            evidence,
        )


def prime_double(situation: Situation) -> Iterator[Reason]:
    """A second paid Prime in one home; Amazon Family may cover both."""
    active = situation.active
    if active is None or situation.page not in _SIGN_UP or _service(situation) != "prime":
        return
    paying = {
        entry.text("account")
        for entry in situation.past("membership")
        if entry.text("service") == "prime" and entry.text("plan") != "trial" and _runs(situation, entry)
    }
    others = [party for party in situation.accounts.values() if party != active and situation.same_home(party)]
    if any(party.prime in _PAID or party.key in paying for party in others):
        yield policy(
            "PRIME_DOUBLE",
            NOTICE,
            "P13",
            "Somebody in your home already pays for Prime.",
            "One membership may cover two adults of one home: see Amazon's page on sharing Prime.",
        )


def prime_outside(situation: Situation) -> Iterator[Reason]:
    """An invitation to share Prime with somebody of another main address."""
    active = situation.active
    if active is None or active.home is None or situation.page != "family_invite":
        return
    invitee = _invitee(situation)
    home = invitee.home if invitee else situation.event.fact("invitee").text("home")
    if home is not None and home != active.home:
        yield policy(
            "PRIME_SHARE_OUTSIDE",
            WARN,
            "P12",
            "Prime can only be shared within one main address, and this invitation goes to another one.",
            "Read Amazon's page on sharing Prime before you send it.",
        )


def family_wait(situation: Situation) -> Iterator[Reason]:
    """Joining a family under 12 months after leaving another."""
    if situation.page != "family_invite" or situation.active is None:
        return
    joining = [party for party in (situation.active, _invitee(situation)) if party is not None]
    owners = {party.owner for party in joining if party.owner} | {party.key for party in joining}
    for entry in situation.past("family_left"):
        party = situation.party(entry)
        if party is not None and {party.owner, party.key} & owners and _under_a_year(entry.day(), situation.today):
            yield policy(
                "FAMILY_WAIT_PERIOD",
                NOTICE,
                "P12",
                "A shared Prime was left less than 12 months ago; a new one can be joined after that time.",
                "Read Amazon's page on sharing Prime before you go on.",
                f"left on {entry.day()}",
            )
            return


def resale(situation: Situation) -> Iterator[Reason]:
    """Prime benefits for goods that are tagged for resale or go to customers."""
    active = situation.active
    if active is None or not situation.buying:
        return
    running = any(
        entry.text("account") == active.key and entry.text("service") == "prime" and _runs(situation, entry)
        for entry in situation.past("membership")
    )
    if (active.prime in _BENEFITS or running) and (_tagged(situation, active) or _to_customer(situation, active)):
        yield policy(
            "PRIME_RESALE",
            WARN,
            "P14",
            "Prime benefits are not for goods to resell, to rent out or to ship to customers.",
            "Order it without Prime benefits.",
        )


def split_subscriptions(situation: Situation) -> Iterator[Reason]:
    """Subscriptions of one product group that are spread over accounts miss the extra discount."""
    active = situation.active
    if active is None or situation.page != "sns_signup":
        return
    groups = {fact.text("group") for fact in (situation.event, *situation.items)} - {None}
    spread = any(
        entry.text("group") in groups and party != active and situation.near(party)
        for entry in situation.past("subscription")
        if (party := situation.party(entry)) is not None
    )
    if spread:
        yield policy(
            "SNS_SPLIT",
            NOTICE,
            "P27",
            "Subscriptions of this kind are spread over several accounts of yours.",
            "The extra discount needs five items to one address on one day.",
        )


def _service(situation: Situation) -> str | None:
    said = situation.event.fact("offer").text("service")
    return said or ("prime" if situation.page in _PRIME_PAGES else None)


def _had(situation: Situation, service: str) -> Iterator[str]:
    """Yield what tells that the same person has the service, or had it within the look-back time, as a trial or paid."""
    for entry in situation.past("membership"):
        party = situation.party(entry)
        if party is None or not situation.same_owner(party) or entry.text("service") != service or _later(situation, entry.day("from")):
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
    ended = entry.day("to")
    still = not entry.has("to") or (ended is not None and situation.today is not None and ended >= situation.today)
    return still and not _later(situation, entry.day("from"))


def _later(situation: Situation, day: date | None) -> bool:
    return day is not None and situation.today is not None and day > situation.today


def _invitee(situation: Situation) -> Party | None:
    return situation.accounts.get(situation.event.text("invitee") or situation.event.fact("invitee").text("account") or "")


def _under_a_year(left: date | None, today: date | None) -> bool:
    if left is None or today is None or left > today:
        return False
    months = (today.year - left.year) * 12 + today.month - left.month - (today.day < left.day)
    return months < _MONTHS_BETWEEN_FAMILIES


def _tags(situation: Situation, active: Party) -> Iterator[Fact]:
    return (rule for rule in situation.rules_of("tag") if not rule.has("account") or active.key in rule.texts("account"))


def _tagged(situation: Situation, active: Party) -> bool:
    rules = [rule for rule in _tags(situation, active) if rule.text("tag") in _NOT_FOR_PRIME]
    return any(matches(situation, rule, item) for rule in rules for item in situation.items)


def _to_customer(situation: Situation, active: Party) -> bool:
    """Whether the order goes to an address that the user labelled, or tagged by a rule, as a customer's."""
    place = (situation.event.text("ship_to") or "").strip().casefold()
    if not place:
        return False
    for rule in _tags(situation, active):
        named = [entry for fact in (rule, rule.fact("match")) for name in _ADDRESS_NAMES for entry in fact.texts(name)]
        if rule.text("tag") in _CUSTOMERS and place in {entry.strip().casefold() for entry in named}:
            return True
    return place.partition("/")[0].strip() in _CUSTOMERS


RULES = (trial_repeat, prime_double, prime_outside, family_wait, resale, split_subscriptions)
