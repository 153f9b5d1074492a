"""Prime, trials and families: what Amazon's terms say about who may use what."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.domain.accounts.addresses import same_place
from assistant.domain.judging.situation import Party, PastMembership
from assistant.domain.judging.user_rules.rules import TagRule
from assistant.domain.judging.verdict import Message, said
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, AfterPurchase, Findings, asked_of_buyer, asked_on_account, quiet
from assistant.rules.case import Case
from assistant.rules.matching.service_names import shown_service
from assistant.rules.matching.user_rule import fits
from assistant.rules.policy_citations import policy

_PRIME_PAGES = frozenset({"prime_signup", "prime_interstitial"})
_SIGN_UP = _PRIME_PAGES | {"trial_signup"}
_INVITE = frozenset({"family_invite"})
_PAID = frozenset({"member", "paid", "prime"})
_BENEFITS = _PAID | {"family", "trial"}
_NOT_FOR_PRIME = frozenset({"resale", "rental", "customer"})
_CUSTOMERS = frozenset({"customer", "customers"})
_MONTHS_BETWEEN_FAMILIES = 12


def trial_repeat(case: Case, _active: Party) -> Findings:
    """Warn if a free trial is offered although the same person recently had the service on any account."""
    offer, service = case.event.offer, _service(case)
    trial = offer.trial if offer is not None and offer.trial is not None else case.page == "trial_signup"
    if not service or not trial:
        yield quiet("no_trial_offered")
        return
    name = shown_service(service)
    had = next(_had(case, service), None)
    if had is None:
        yield quiet("never_had", service=name, days=case.thresholds.trial_lookback_days)
        return
    variant, evidence = had
    message = said(f"TRIAL_REPEAT{variant}", service=name)
    yield policy(case, "TRIAL_REPEAT", WARN, message, evidence, quote=offer.text if offer else None)


def prime_double(case: Case, active: Party) -> Findings:
    """Warn if it is a second paid Prime membership in one home: Amazon Family may cover both."""
    if _service(case) != "prime":
        yield quiet("not_about_prime")
        return
    paying = {
        entry.account for entry in case.history.memberships if entry.service == "prime" and entry.plan != "trial" and _runs(case, entry)
    }
    others = [party for party in case.accounts.values() if party != active and case.same_home(party)]
    found = next((party for party in others if party.prime in _PAID or party.key in paying), None)
    if found is None:
        yield quiet("nobody_pays_prime")
        return
    own = ".own" if case.same_owner(found) else ""
    yield policy(case, "PRIME_DOUBLE", NOTICE, said(f"PRIME_DOUBLE{own}", account=found.label))


def prime_outside(case: Case, active: Party) -> Findings:
    """Warn if an invitation shares Prime with somebody at another main address."""
    invitee = case.party(case.event.invitee)
    home = invitee.home if invitee else case.event.invitee_home
    if home is None or active.home is None:
        yield quiet("homes_unknown")
    elif home == active.home:
        yield quiet("same_home")
    else:
        yield policy(case, "PRIME_SHARE_OUTSIDE", WARN, said("PRIME_SHARE_OUTSIDE"))


def family_wait(case: Case, active: Party) -> Findings:
    """Warn if somebody joins a family less than 12 months after leaving another."""
    joining = [party for party in (active, case.party(case.event.invitee)) if party is not None]
    owners = {party.owner for party in joining if party.owner} | {party.key for party in joining}
    left = [
        (party, entry.day)
        for entry in case.history.families_left
        if (party := case.party(entry.account)) and {party.owner, party.key} & owners and _under_a_year(entry.day, case.today)
    ]
    if not left:
        yield quiet("no_family_left")
        return
    party, day = left[0]
    again = _a_year_later(day) if day else None
    message = said("FAMILY_WAIT_PERIOD", account=party.label, day=day or "", again=again or "")
    yield policy(case, "FAMILY_WAIT_PERIOD", NOTICE, message, said("evidence.left_on", day=day or ""))


def resale(case: Case, active: Party) -> Findings:
    """Warn if Prime benefits are used for goods that are tagged for resale or go to customers."""
    running = any(entry.account == active.key and entry.service == "prime" and _runs(case, entry) for entry in case.history.memberships)
    if active.prime not in _BENEFITS and not running:
        yield quiet("no_prime", account=active.label)
    elif not _tagged(case, active) and not _to_customer(case, active):
        yield quiet("no_resale")
    else:
        yield policy(case, "PRIME_RESALE", WARN, said("PRIME_RESALE"))


def split_subscriptions(case: Case, active: Party) -> Findings:
    """Warn if subscriptions of one product group are spread over accounts, so that they miss the extra discount."""
    groups = {case.event.group, *(item.group for item in case.items)} - {None}
    spread = any(
        entry.group in groups and not entry.stopped and party != active and case.near(party)
        for entry in case.history.subscriptions
        if (party := case.party(entry.account)) is not None
    )
    if not spread:
        yield quiet("no_split")
        return
    yield policy(case, "SNS_SPLIT", NOTICE, said("SNS_SPLIT"))


def _service(case: Case) -> str | None:
    offered = case.event.offer.service if case.event.offer else None
    return offered or ("prime" if case.page in _PRIME_PAGES else None)


def _had(case: Case, service: str) -> Iterator[tuple[str, Message]]:
    """Yield sentence variant and evidence for each current or recent membership of the same person, trial or paid."""
    for entry in case.history.memberships:
        party = case.party(entry.account)
        if party is None or not case.same_owner(party) or entry.service != service:
            continue
        plan = said(f"parts.{entry.plan}" if entry.plan in ("trial", "paid") else "parts.membership")
        if _runs(case, entry):
            yield "", said("evidence.plan_runs", plan=plan, account=party.label)
        elif entry.ends is not None and case.within(entry.ends, case.thresholds.trial_lookback_days):
            yield ".before", said("evidence.plan_until", plan=plan, account=party.label, day=entry.ends)
    mine = [party for party in case.accounts.values() if case.same_owner(party)]
    running = next((party for party in mine if party.prime in _PAID or party.prime == "trial"), None)
    if service == "prime" and running is not None:
        plan = said("parts.trial" if running.prime == "trial" else "parts.membership")
        yield "", said("evidence.plan_runs", plan=plan, account=running.label)


def _runs(case: Case, entry: PastMembership) -> bool:
    today = case.today
    still = entry.open_ended or (entry.ends is not None and today is not None and entry.ends >= today)
    return still and not (entry.begins is not None and today is not None and entry.begins > today)


def _under_a_year(left: date | None, today: date | None) -> bool:
    if left is None or today is None or left > today:
        return False
    months = (today.year - left.year) * 12 + today.month - left.month - (today.day < left.day)
    return months < _MONTHS_BETWEEN_FAMILIES


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _tagged(case: Case, active: Party) -> bool:
    rules = [rule for rule in case.rules_for(TagRule, active) if rule.tag in _NOT_FOR_PRIME]
    return any(fits(case, rule.match, item) for rule in rules for item in case.items)


def _to_customer(case: Case, active: Party) -> bool:
    """Return whether the address is a customer's, by its label ("customer (new)/30317") or by a rule."""
    place = case.event.ship_to or ""
    for rule in case.rules_for(TagRule, active):
        if rule.tag in _CUSTOMERS and place and any(same_place(place, known) for known in rule.addresses):
            return True
    return not _CUSTOMERS.isdisjoint(re.findall(r"\w+", fold(place).partition("/")[0])[:1])


RULES = (
    asked_on_account(_SIGN_UP, "TRIAL_REPEAT", look=trial_repeat),
    asked_on_account(_SIGN_UP, "PRIME_DOUBLE", look=prime_double),
    asked_on_account(_INVITE, "PRIME_SHARE_OUTSIDE", look=prime_outside),
    asked_on_account(_INVITE, "FAMILY_WAIT_PERIOD", look=family_wait),
    asked_of_buyer("PRIME_RESALE", look=resale, changed_by=(TagRule,), afterwards=AfterPurchase.NOTHING),
    asked_of_buyer("SNS_SPLIT", look=split_subscriptions, changed_by=(), afterwards=AfterPurchase.NOTHING, pages=frozenset({"sns_signup"})),
)
