"""Checks address and card of an order against the accounts' addresses and cards and the user's rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.judging.situation import Party
from assistant.domain.judging.user_rules.rules import AllowanceRule, PayRule, ShipRule
from assistant.domain.judging.verdict import Level, Message, Origin, Reason, said
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, AfterPurchase, Findings, Quiet, asked_of_buyer, hard, joined, quiet, rule_name
from assistant.rules.case import Case
from assistant.rules.matching.houses import is_one_of


@dataclass(frozen=True, slots=True)
class _Holders:
    """The accounts that have an address, and those that may have it, because a short form has only the postcode."""

    sure: tuple[Party, ...]
    possible: tuple[Party, ...]


def address_mismatch(case: Case, active: Party) -> Findings:
    """Warn if the order goes to an address that is stored only for another account, or that breaks a ship rule."""
    ship_to = case.event.ship_to
    if not ship_to:
        yield quiet("no_address")
        return
    rules = case.rules_for(ShipRule, active)
    declared = is_one_of(case, active, [place for rule in rules for place in rule.allowed])
    broken = [] if declared else [rule for rule in rules if rule.only]
    if broken:
        variant = "rule" if declared is False else "same_postcode"
        message = said(f"ADDRESS_MISMATCH.{variant}", address=_shown(ship_to), account=active.label)
        yield _broken("ADDRESS_MISMATCH", broken, message)
        return
    holders = _holders(case)
    why = _right_address(case, active, holders, declared=declared is not False)
    if why:
        yield why
        return
    names = joined(party.label for party in holders.sure)
    yield Reason(
        code="ADDRESS_MISMATCH",
        level=WARN,
        group="account",
        said=said("ADDRESS_MISMATCH", address=_shown(ship_to), accounts=names, here=active.label),
        evidence=(said("evidence.stored_for", accounts=names),),
        source=said("sources.addresses"),
    )


def card_mismatch(case: Case, active: Party) -> Findings:
    """Warn if the order is paid with a card that is stored only for another account, or that breaks a pay rule."""
    card = case.event.pay or ""
    if not _decides(case, card):
        yield quiet("card_unknown")
        return
    rules = case.rules_for(PayRule, active)
    declared = any(card in rule.allowed for rule in rules)
    broken = [] if declared else [rule for rule in rules if rule.only]
    if broken:
        yield _broken("CARD_MISMATCH", broken, said("CARD_MISMATCH.rule", card=card, account=active.label))
        return
    holders = [party for party in case.accounts.values() if card in party.cards]
    if declared or card in active.cards:
        yield quiet("own_card", account=active.label)
    elif not holders:
        yield quiet("card_not_stored")
    else:
        names = joined(party.label for party in holders)
        yield Reason(
            code="CARD_MISMATCH",
            level=_card_level(case, active, holders, ruled=bool(rules)),
            group="account",
            said=said("CARD_MISMATCH", card=card, accounts=names, here=active.label),
            evidence=(said("evidence.stored_for", accounts=names),),
            source=said("sources.cards"),
        )


def _holders(case: Case) -> _Holders:
    answers = [(party, is_one_of(case, party, party.addresses)) for party in case.accounts.values()]
    sure = tuple(party for party, same in answers if same)
    return _Holders(sure=sure, possible=tuple(party for party, same in answers if same is None))


def _right_address(case: Case, active: Party, holders: _Holders, *, declared: bool) -> Quiet | None:
    """Return why an address that breaks no rule is right; None if only other accounts have it."""
    unsure = active in holders.possible or (not holders.sure and bool(holders.possible))
    at_home = any(_is_recipient(case, active, party) for party in holders.sure)
    reasons = (
        (declared, quiet("address_declared")),
        (active in holders.sure, quiet("own_address", account=active.label)),
        (case.event.gift, quiet("gift")),
        (unsure, quiet("same_postcode")),
        (not holders.sure, quiet("new_address")),
        (at_home, quiet("recipient_at_home")),
    )
    return next((why for holds, why in reasons if holds), None)


def _shown(address: str) -> str:
    """Return an address for a sentence: "new/12 Elm St" without its label."""
    label, _, place = address.partition("/")
    return place.strip() if fold(label).strip() == "new" and " " in place.strip() else address


def _decides(case: Case, card: str) -> bool:
    """Return whether a payment method is fully known; last four digits or network alone do not identify a card."""
    network, _, last4 = card.partition("/")
    if last4 or not network or network.isdecimal():
        return bool(network) and bool(last4)
    stored = {known for party in case.accounts.values() for known in party.cards}
    stored |= {entry for rule in case.rules_of(PayRule) for entry in rule.allowed}
    return not any(known.startswith(f"{network}/") for known in stored)


def _card_level(case: Case, active: Party, holders: list[Party], *, ruled: bool) -> Level:
    """Return the level for another account's card: a personal card on Business matters for the books, families share cards."""
    if active.business:
        return NOTICE if any(not holder.business for holder in holders) else WARN
    family = all(case.same_home(holder) and not case.same_owner(holder) for holder in holders)
    return NOTICE if family and not ruled else WARN


def _is_recipient(case: Case, active: Party, holder: Party) -> bool:
    """Return whether the order is addressed to somebody of the same home, at their own address."""
    recipient = set(fold(case.event.recipient or "").split())
    names = [set(fold(name).split()) for name in (holder.greeting, holder.owner) if name]
    return holder.owner != active.owner and case.same_home(holder) and any(name and name <= recipient for name in names)


def _broken(code: str, rules: Sequence[AllowanceRule], message: Message) -> Reason:
    """Return the reason for a broken `only` rule; such rules apply to gifts and new addresses too.

    If several rules apply, a place is right if any of them allows it.
    """
    loudest = max(rules, key=lambda rule: hard(rule).rank)
    told = [said("evidence.allows", rule=rule_name(rule), places=rule.only) for rule in rules]
    disagree = len({frozenset(rule.only) for rule in rules}) > 1
    return Reason(
        code=code,
        level=hard(loudest),
        group="account",
        said=message,
        evidence=(*told, said("evidence.allowances_disagree")) if disagree else tuple(told),
        origin=Origin.USER_RULE,
        source=rule_name(loudest),
    )


RULES = (
    asked_of_buyer("ADDRESS_MISMATCH", look=address_mismatch, changed_by=(ShipRule,), afterwards=AfterPurchase.WARNING),
    asked_of_buyer("CARD_MISMATCH", look=card_mismatch, changed_by=(PayRule,), afterwards=AfterPurchase.WARNING),
)
