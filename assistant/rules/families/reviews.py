"""Reviews: one per person, honest, of other people's products."""

from decimal import Decimal

from assistant.amazon.marketplaces import by_host
from assistant.domain.company_names import company
from assistant.domain.judging.situation import Party
from assistant.domain.judging.user_rules.rules import ConflictRule
from assistant.domain.judging.verdict import said
from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, asked_on_account, quiet, rule_name
from assistant.rules.case import Case
from assistant.rules.policy_citations import policy

_LEAST_SPENT = {"USD": Decimal(50), "GBP": Decimal(40)}
_FORM = frozenset({"review_form"})
_RELATIONS = frozenset({"own", "relative", "friend", "employer", "competitor", "associate"})


def review_repeated(case: Case, _active: Party) -> Findings:
    """Warn if another account of the same person or home already reviewed the product."""
    others = _reviewers(case)
    if not any(case.near(party) for party in others):
        yield quiet("not_reviewed")
    if any(case.same_owner(party) for party in others):
        yield policy(case, "REVIEW_DUPLICATE", BLOCK, said("REVIEW_DUPLICATE"))
    if any(case.same_home(party) and not case.same_owner(party) for party in others):
        yield policy(case, "REVIEW_HOUSEHOLD", NOTICE, said("REVIEW_HOUSEHOLD"))


def review_conflict(case: Case, active: Party) -> Findings:
    """Warn if the product comes from the reviewer, a relative, a close friend, an employer or a competitor."""
    rule = next((rule for rule in case.rules_of(ConflictRule) if _concerns(case, active, rule)), None)
    if rule is None:
        yield quiet("no_conflict")
        return
    relation = said(f"parts.from_{rule.relation}" if rule.relation in _RELATIONS else "parts.from_somebody_close")
    yield policy(case, "REVIEW_CONFLICT", BLOCK, said("REVIEW_CONFLICT", relation=relation), rule_name(rule))


def review_compensated(case: Case, _active: Party) -> Findings:
    """Warn if something was offered for the review."""
    asin = _asin(case)
    offers = [case.event.compensation]
    for note in case.history.notes:
        party = case.party(note.account)
        if asin and note.asin == asin and (party is None or case.near(party)):
            offers.append(note.compensation)
    offer = next((text for text in offers if text), None)
    if offer is None:
        yield quiet("nothing_offered")
        return
    yield policy(case, "REVIEW_COMPENSATED", BLOCK, said("REVIEW_COMPENSATED"), said("evidence.offered", offer=offer))


def review_not_eligible(case: Case, active: Party) -> Findings:
    """Warn if the account has spent less than Amazon requires, which is known for US dollars and pounds only."""
    found = by_host(case.marketplace or "")
    for unit, least in _LEAST_SPENT.items():
        mine = [entry for entry in case.history.year_spend if entry.account == active.key and entry.currency == unit]
        amounts = [entry.amount for entry in mine if entry.amount is not None]
        if not amounts or sum(amounts) >= least or (found is not None and found.currency != unit):
            yield quiet("enough_spent", least=f"{least} {unit}")
            continue
        message = said("REVIEW_NOT_ELIGIBLE", least=f"{least} {unit}")
        yield policy(case, "REVIEW_NOT_ELIGIBLE", NOTICE, message, said("evidence.spent", amount=f"{sum(amounts)} {unit}"))


def review_vote(case: Case, _active: Party) -> Findings:
    """Warn if it is a vote on a review of the same person or home."""
    number = case.event.review_id
    written = [entry for entry in case.history.reviews if number and entry.review_id == number]
    if not any((party := case.party(entry.account)) and case.near(party) for entry in written):
        yield quiet("review_of_others")
        return
    yield policy(case, "REVIEW_VOTE", WARN, said("REVIEW_VOTE"))


def _asin(case: Case) -> str | None:
    return case.event.asin or next((item.asin for item in case.items), None)


def _reviewers(case: Case) -> list[Party]:
    """Return the other accounts that reviewed the product; none if this account did, because then it edits its review."""
    asin = _asin(case)
    entries = [entry for entry in case.history.reviews if asin and entry.asin == asin]
    found = [party for entry in entries if (party := case.party(entry.account))]
    return [] if case.active in found else found


def _concerns(case: Case, active: Party, rule: ConflictRule) -> bool:
    """Return whether a conflict of interest applies to the reviewer and this product."""
    account, event = case.party(rule.account), case.event
    if (account and not case.same_owner(account)) or (rule.owners is not None and active.owner not in rule.owners):
        return False
    names = {company(name or "") for name in (event.brand, event.seller, event.manufacturer)} - {""}
    return bool(names & rule.companies) or _asin(case) in rule.asins


RULES = (
    asked_on_account(_FORM, "REVIEW_DUPLICATE", "REVIEW_HOUSEHOLD", look=review_repeated),
    asked_on_account(_FORM, "REVIEW_CONFLICT", look=review_conflict),
    asked_on_account(_FORM, "REVIEW_COMPENSATED", look=review_compensated),
    asked_on_account(_FORM, "REVIEW_NOT_ELIGIBLE", look=review_not_eligible),
    asked_on_account(frozenset({"review_vote"}), "REVIEW_VOTE", look=review_vote),
)
