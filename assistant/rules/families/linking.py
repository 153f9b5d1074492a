"""Whether two accounts may be linked: whose they are, whether what is known of them is complete and fits, and what stands against it."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.judging.verdict import Level, Reason
from assistant.rules.base import BLOCK, NOTICE, WARN, Findings, Quiet, asked_of_account
from assistant.rules.matching.user_rule import firm
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

_PAGE = frozenset({"link_accounts"})
_FEW_ORDERS, _FAR_APART = 10, Decimal("0.2")
_SETTINGS = "Amazon's page Your Account, Login & security"


def ownership(situation: Situation, active: Party) -> Findings:
    """Is the other account that of the same person, or of one whom this person represents?"""
    other = _other(situation)
    if other is None:
        yield Quiet("The other account is not registered.")
    elif situation.same_owner(other) or (active.owner is not None and active.owner in other.representatives):
        yield Quiet("Both are of one person, or of one whom this person represents.")
    else:
        text = f"{other.label} is not yours, and nothing says that you represent its owner."
        yield _link("LINK_NOT_YOURS", BLOCK, text, "Ask its owner to link it, or to name you as representative.")


def details(situation: Situation, active: Party) -> Findings:
    """Are name, address and phone of both complete, and do they fit?"""
    other = _other(situation)
    if other is None:
        yield Quiet("The other account is not registered.")
        return
    missing = [f"{party.label}: {what}" for party in (active, other) for what in _missing(party)]
    if missing:
        yield _link(
            "LINK_INCOMPLETE", WARN, "Not everything that is compared is known.", f"Fill in what is missing on {_SETTINGS}.", *missing
        )
    different = list(_different(active, other))
    if different:
        text = f"{active.label} and {other.label} differ in what is compared."
        yield _link("LINK_DIFFERENT", WARN, text, f"Make them the same on {_SETTINGS}, if both are right for you.", *different)
    if not missing and not different:
        yield Quiet("Name, address and phone are complete and fit.")


def restrictions(situation: Situation, active: Party) -> Findings:
    """Is one of them closed, held, or under open warnings of Amazon?"""
    other = _other(situation)
    found = [party.label for party in (active, other) if party is not None and (party.status != "ok" or party.open_alerts)]
    if not found:
        yield Quiet("Neither is known to be closed, held or under an open warning.")
        return
    text = f"Something is open with Amazon: {' and '.join(found)}."
    yield _link("LINK_RESTRICTED", BLOCK, text, "Settle it with Amazon's customer service before you link anything.")


def figures(situation: Situation, active: Party) -> Findings:
    """Are the shares of cancelled and returned orders of both comparable?"""
    other = _other(situation)
    mine, theirs = _shares(situation, active), _shares(situation, other) if other else None
    if mine is None or theirs is None:
        yield Quiet(f"Fewer than {_FEW_ORDERS} orders a year are known of one of them.")
        return
    apart = [what for what in mine if abs(mine[what] - theirs[what]) > _FAR_APART]
    if not apart:
        yield Quiet("Their shares of cancelled and returned orders are comparable.")
        return
    told = [f"{what}: {mine[what]:.0%} and {theirs[what]:.0%}" for what in apart]
    yield _link("LINK_FIGURES", NOTICE, "Their order figures are far apart.", "Look at why before you link them.", *told)


def _other(situation: Situation) -> Party | None:
    found = situation.party(situation.event, "with")
    return None if found == situation.active else found


def _missing(party: Party) -> Iterator[str]:
    known = {"name": party.name, "address": party.addresses, "phone": party.phone}
    return (what for what, value in known.items() if not value)


def _different(active: Party, other: Party) -> Iterator[str]:
    if active.name and other.name and firm(active.name) != firm(other.name):
        yield "name"
    if active.addresses and other.addresses and not set(active.addresses) & set(other.addresses):
        yield "address"
    if active.phone and other.phone and active.phone != other.phone:
        yield "phone"


def _shares(situation: Situation, party: Party) -> dict[str, Decimal] | None:
    entry = next((entry for entry in situation.past("year_orders") if entry.text("account") == party.key), None)
    orders = entry.count("orders") if entry else 0
    if entry is None or orders < _FEW_ORDERS:
        return None
    return {what: Decimal(entry.count(what)) / orders for what in ("cancelled", "returned")}


def _link(code: str, level: Level, text: str, advice: str, *evidence: str) -> Reason:
    source = "what you registered about the accounts; Amazon decides"
    return Reason(code=code, level=level, text=text, advice=advice, group="linking", evidence=evidence, source=source)


RULES = (
    asked_of_account(_PAGE, "LINK_NOT_YOURS")(ownership),
    asked_of_account(_PAGE, "LINK_INCOMPLETE", "LINK_DIFFERENT")(details),
    asked_of_account(_PAGE, "LINK_RESTRICTED")(restrictions),
    asked_of_account(_PAGE, "LINK_FIGURES")(figures),
)
