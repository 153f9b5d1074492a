"""Whether two accounts may be linked: their owners, whether their details are complete and match, and what prevents it."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.company_names import company
from assistant.domain.judging.situation import Party
from assistant.domain.judging.verdict import Level, Message, Reason, said
from assistant.domain.text import fold
from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, asked_on_account, joined, quiet
from assistant.rules.case import Case

_PAGE = frozenset({"link_accounts"})
_FEW_ORDERS, _FAR_APART = 10, Decimal("0.2")


def link_ownership(case: Case, active: Party) -> Findings:
    """Warn if the other account belongs neither to the same person nor to somebody whom this person represents."""
    other = _other(case)
    if other is None:
        yield quiet("other_unregistered")
    elif case.same_owner(other) or (active.owner is not None and active.owner in other.representatives):
        yield quiet("one_person")
    else:
        yield _link("LINK_NOT_YOURS", BLOCK, said("LINK_NOT_YOURS", account=other.label))


def link_details(case: Case, active: Party) -> Findings:
    """Warn if name, address or phone of either are missing or do not match."""
    other = _other(case)
    if other is None:
        yield quiet("other_unregistered")
        return
    missing = [said(f"evidence.missing_{what}", account=party.label) for party in (active, other) for what in _missing(party)]
    if missing:
        yield _link("LINK_INCOMPLETE", WARN, said("LINK_INCOMPLETE"), *missing)
    different = [said(f"evidence.differs_{what}") for what in _different(active, other)]
    if different:
        yield _link("LINK_DIFFERENT", WARN, said("LINK_DIFFERENT", one=active.label, other=other.label), *different)
    if not missing and not different:
        yield quiet("details_fit")


def link_restrictions(case: Case, active: Party) -> Findings:
    """Warn if one of them is closed or on hold, or has open warnings from Amazon."""
    other = _other(case)
    found = [party.label for party in (active, other) if party is not None and (party.status != "ok" or party.open_alerts)]
    if not found:
        yield quiet("unrestricted")
        return
    yield _link("LINK_RESTRICTED", BLOCK, said("LINK_RESTRICTED", accounts=joined(found)))


def link_figures(case: Case, active: Party) -> Findings:
    """Warn if the shares of cancelled or returned orders differ a lot."""
    other = _other(case)
    mine, theirs = _shares(case, active), _shares(case, other) if other else None
    if mine is None or theirs is None:
        yield quiet("few_orders", orders=_FEW_ORDERS)
        return
    apart = [what for what in mine if abs(mine[what] - theirs[what]) > _FAR_APART]
    if not apart:
        yield quiet("figures_fit")
        return
    told = [said(f"evidence.share_{what}", one=f"{mine[what]:.0%}", other=f"{theirs[what]:.0%}") for what in apart]
    yield _link("LINK_FIGURES", NOTICE, said("LINK_FIGURES"), *told)


def _other(case: Case) -> Party | None:
    found = case.party(case.event.with_account)
    return None if found == case.active else found


def _missing(party: Party) -> Iterator[str]:
    known = {"name": party.name, "address": party.addresses, "phone": party.phone}
    return (what for what, value in known.items() if not value)


def _different(active: Party, other: Party) -> Iterator[str]:
    if active.name and other.name and company(active.name) != company(other.name):
        yield "name"
    mine, theirs = ({fold(address) for address in party.addresses} for party in (active, other))
    if mine and theirs and not mine & theirs:
        yield "address"
    if active.phone and other.phone and active.phone != other.phone:
        yield "phone"


def _shares(case: Case, party: Party) -> dict[str, Decimal] | None:
    entry = next((entry for entry in case.history.year_orders if entry.account == party.key), None)
    if entry is None or entry.orders < _FEW_ORDERS:
        return None
    return {"cancelled": Decimal(entry.cancelled) / entry.orders, "returned": Decimal(entry.returned) / entry.orders}


def _link(code: str, level: Level, message: Message, *evidence: Message) -> Reason:
    return Reason(code=code, level=level, group="linking", said=message, evidence=evidence, source=said("sources.registered"))


RULES = (
    asked_on_account(_PAGE, "LINK_NOT_YOURS", look=link_ownership),
    asked_on_account(_PAGE, "LINK_INCOMPLETE", "LINK_DIFFERENT", look=link_details),
    asked_on_account(_PAGE, "LINK_RESTRICTED", look=link_restrictions),
    asked_on_account(_PAGE, "LINK_FIGURES", look=link_figures),
)
