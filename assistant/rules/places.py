"""Where it goes and how it is paid: the address and the card of an order, against the accounts' own and the user's rules."""

from collections.abc import Iterator

from assistant.domain.cards import same_spelling
from assistant.domain.text import fold
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import NOTICE, WARN, hard, rule_name
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

_DECLARED = ("only", "also", "allow", "shared")


def address_mismatch(situation: Situation) -> Iterator[Reason]:
    """The order goes to an address that is stored only for another account, or breaks a ship rule."""
    active, ship_to = situation.active, _address(situation.event.text("ship_to") or "")
    if active is None or not situation.buying or not ship_to:
        return
    rules = list(_rules(situation, "ship", active))
    declared = {_address(entry) for entry in _entries(rules)}
    broken = [] if ship_to in declared else [rule for rule in rules if rule.texts("only")]
    if broken:
        text = f"This order would go to an address that your rule for {active.label} does not allow."
        advice = "Choose another address on this page, or go on if this once is right."
        yield _broken(situation, "ADDRESS_MISMATCH", broken, text, advice)
        return
    if ship_to in declared or ship_to in active.addresses or situation.event.flag("gift"):
        return
    holders = [party for party in situation.accounts.values() if ship_to in party.addresses]
    if holders and not any(_is_recipient(situation, active, party) for party in holders):
        yield _account(
            "ADDRESS_MISMATCH",
            WARN,
            f"This address is stored for {_names(holders)} only, and you are on {active.label}.",
            "Check the address and the account before you order.",
            "the addresses of your accounts",
            f"stored for {_names(holders)}",
        )


def card_mismatch(situation: Situation) -> Iterator[Reason]:
    """The order is paid with a card that is stored only for another account, or breaks a pay rule."""
    active, card = situation.active, same_spelling(situation.event.text("pay") or "")
    if active is None or not situation.buying or not _decides(situation, card):
        return
    rules = list(_rules(situation, "pay", active))
    declared = {same_spelling(entry) for entry in _entries(rules)}
    broken = [] if card in declared else [rule for rule in rules if rule.texts("only")]
    if broken:
        text = f"This order would be paid in a way that your rule for {active.label} does not allow."
        advice = "Choose another payment method on this page, or go on if this once is right."
        yield _broken(situation, "CARD_MISMATCH", broken, text, advice)
        return
    holders = [party for party in situation.accounts.values() if card in party.cards]
    if holders and card not in declared and card not in active.cards:
        yield _account(
            "CARD_MISMATCH",
            _card_level(situation, active, holders, ruled=bool(rules)),
            f"This card is stored for {_names(holders)} only, and you are on {active.label}.",
            "Check the payment method; for the books it matters who paid.",
            "the cards of your accounts",
            f"stored for {_names(holders)}",
        )


def _decides(situation: Situation, card: str) -> bool:
    """Whether a payment method is told fully: the last four digits alone never decide, nor does the network of a card."""
    network, _, last4 = card.partition("/")
    if last4 or not network or network.isdecimal():
        return bool(network) and bool(last4)
    stored = {same_spelling(known) for party in situation.accounts.values() for known in party.cards}
    stored |= {same_spelling(entry) for entry in _entries(list(situation.rules_of("pay")))}
    return not any(known.startswith(f"{network}/") for known in stored)


def _card_level(situation: Situation, active: Party, holders: list[Party], *, ruled: bool) -> Level:
    """Return how loud a foreign card is: a personal card on Business is bookkeeping, a family's cards are often shared."""
    if active.business:
        return NOTICE if any(not holder.business for holder in holders) else WARN
    family = all(situation.same_home(holder) and not situation.same_owner(holder) for holder in holders)
    return NOTICE if family and not ruled else WARN


def _is_recipient(situation: Situation, active: Party, holder: Party) -> bool:
    """Whether the order is addressed to somebody of the same home, at an address of theirs."""
    recipient = fold(situation.event.text("recipient") or "").split()
    names = {fold(name) for name in (holder.greeting, holder.owner) if name}
    return holder.owner != active.owner and situation.same_home(holder) and bool(names & set(recipient))


def _rules(situation: Situation, kind: str, active: Party) -> Iterator[Fact]:
    return (rule for rule in situation.rules_of(kind) if not rule.has("account") or active.key in rule.texts("account"))


def _entries(rules: list[Fact]) -> Iterator[str]:
    return (entry for rule in rules for name in _DECLARED for entry in rule.texts(name))


def _address(text: str) -> str:
    return fold(text).strip()


def _names(holders: list[Party]) -> str:
    return " and ".join(holder.label for holder in holders)


def _broken(situation: Situation, code: str, rules: list[Fact], text: str, advice: str) -> Reason:
    """Return the reason of an `only` rule that is broken; the user's word counts for gifts and new addresses too."""
    loudest = max(rules, key=lambda rule: hard(rule).rank)
    allowed = f"allowed: {', '.join(loudest.texts('only'))}"
    return _account(code, hard(loudest), text, advice, rule_name(situation, loudest), allowed)


def _account(code: str, level: Level, text: str, advice: str, source: str, *evidence: str) -> Reason:
    return Reason(code=code, level=level, text=text, advice=advice, group="account", evidence=evidence, source=source)


RULES = (address_mismatch, card_mismatch)
