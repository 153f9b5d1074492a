"""Where it goes and how it is paid: the address and the card of an order, against the accounts' own and the user's rules."""

from collections.abc import Iterable, Iterator

from assistant.domain.accounts.cards import same_spelling
from assistant.domain.judging.verdict import Level, Reason
from assistant.domain.text import fold
from assistant.rules.base import NOTICE, WARN, Findings, Quiet, asked_of_account, hard, rule_name
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import BUYING, Situation

_DECLARED = ("only", "also", "allow", "shared")


def address_mismatch(situation: Situation, active: Party) -> Findings:
    """Does the order go to an address that is stored only for another account, or that breaks a ship rule?"""
    ship_to = _address(situation.event.text("ship_to") or "")
    if not ship_to:
        yield Quiet("The page shows no address.")
        return
    rules = situation.rules_for("ship", active)
    declared = {_address(entry) for entry in _entries(rules)}
    broken = [] if ship_to in declared else [rule for rule in rules if rule.texts("only")]
    if broken:
        text = f"This order would go to an address that your rule for {active.label} does not allow."
        advice = "Choose another address on this page, or go on if this once is right."
        yield _broken(situation, "ADDRESS_MISMATCH", broken, text, advice)
        return
    holders = [party for party in situation.accounts.values() if ship_to in party.addresses]
    why = _right_address(situation, active, ship_to, declared, holders)
    if why:
        yield Quiet(why)
        return
    yield _account(
        "ADDRESS_MISMATCH",
        WARN,
        f"This address is stored for {_names(holders)} only, and you are on {active.label}.",
        "Check the address and the account before you order.",
        "the addresses of your accounts",
        f"stored for {_names(holders)}",
    )


def card_mismatch(situation: Situation, active: Party) -> Findings:
    """Is the order paid with a card that is stored only for another account, or that breaks a pay rule?"""
    card = same_spelling(situation.event.text("pay") or "")
    if not _decides(situation, card):
        yield Quiet("The page does not tell the card fully; the last four digits alone never decide.")
        return
    rules = situation.rules_for("pay", active)
    declared = {same_spelling(entry) for entry in _entries(rules)}
    broken = [] if card in declared else [rule for rule in rules if rule.texts("only")]
    if broken:
        text = f"This order would be paid in a way that your rule for {active.label} does not allow."
        advice = "Choose another payment method on this page, or go on if this once is right."
        yield _broken(situation, "CARD_MISMATCH", broken, text, advice)
        return
    holders = [party for party in situation.accounts.values() if card in party.cards]
    if card in declared or card in active.cards:
        yield Quiet(f"The card is {active.label}'s own, or declared in a rule.")
    elif not holders:
        yield Quiet("The card is not stored for any of your accounts.")
    else:
        yield _account(
            "CARD_MISMATCH",
            _card_level(situation, active, holders, ruled=bool(rules)),
            f"This card is stored for {_names(holders)} only, and you are on {active.label}.",
            "Check the payment method; for the books it matters who paid.",
            "the cards of your accounts",
            f"stored for {_names(holders)}",
        )


def _right_address(situation: Situation, active: Party, ship_to: str, declared: set[str], holders: list[Party]) -> str | None:
    """Return why an address that breaks no rule is right, None where only other accounts have it."""
    if ship_to in declared:
        return "A ship rule declares the address."
    if ship_to in active.addresses:
        return f"The address is {active.label}'s own."
    if situation.event.flag("gift"):
        return "It is a gift."
    if not holders:
        return "The address is new to all your accounts."
    if any(_is_recipient(situation, active, party) for party in holders):
        return "It is addressed to somebody of the same home, at an address of theirs."
    return None


def _decides(situation: Situation, card: str) -> bool:
    """Whether a payment method is told fully: the last four digits alone never decide, nor does the network of a card."""
    network, _, last4 = card.partition("/")
    if last4 or not network or network.isdecimal():
        return bool(network) and bool(last4)
    stored = {same_spelling(known) for party in situation.accounts.values() for known in party.cards}
    stored |= {same_spelling(entry) for entry in _entries(situation.rules_of("pay"))}
    return not any(known.startswith(f"{network}/") for known in stored)


def _card_level(situation: Situation, active: Party, holders: list[Party], *, ruled: bool) -> Level:
    """Return how loud a foreign card is: a personal card on Business is bookkeeping, a family's cards are often shared."""
    if active.business:
        return NOTICE if any(not holder.business for holder in holders) else WARN
    family = all(situation.same_home(holder) and not situation.same_owner(holder) for holder in holders)
    return NOTICE if family and not ruled else WARN


def _is_recipient(situation: Situation, active: Party, holder: Party) -> bool:
    """Whether the order is addressed to somebody of the same home, at an address of theirs."""
    recipient = set(fold(situation.event.text("recipient") or "").split())
    names = [set(fold(name).split()) for name in (holder.greeting, holder.owner) if name]
    return holder.owner != active.owner and situation.same_home(holder) and any(name and name <= recipient for name in names)


def _entries(rules: Iterable[Fact]) -> Iterator[str]:
    return (entry for rule in rules for name in _DECLARED for entry in rule.texts(name))


def _address(text: str) -> str:
    return fold(text).strip()


def _names(holders: list[Party]) -> str:
    return " and ".join(holder.label for holder in holders)


def _broken(situation: Situation, code: str, rules: list[Fact], text: str, advice: str) -> Reason:
    """Return the reason of an `only` rule that is broken; the user's word counts for gifts and new addresses too.

    Where several rules name different places, all that any of them allows are right.
    """
    loudest = max(rules, key=lambda rule: hard(rule).rank)
    told = [f"{rule_name(situation, rule)} allows {', '.join(rule.texts('only'))}" for rule in rules]
    disagree = len({frozenset(rule.texts("only")) for rule in rules}) > 1
    combined = ("your rules name different ones; whatever one of them allows is taken as right",) if disagree else ()
    return _account(code, hard(loudest), text, advice, rule_name(situation, loudest), *told, *combined)


def _account(code: str, level: Level, text: str, advice: str, source: str, *evidence: str) -> Reason:
    return Reason(code=code, level=level, text=text, advice=advice, group="account", evidence=evidence, source=source)


RULES = (
    asked_of_account(BUYING, "ADDRESS_MISMATCH")(address_mismatch),
    asked_of_account(BUYING, "CARD_MISMATCH")(card_mismatch),
)
