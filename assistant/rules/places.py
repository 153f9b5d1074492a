"""Where it goes, how it is paid, which shop it is: address, card, marketplace, and the account's own budget."""

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain.text import fold
from assistant.domain.verdicts import Level, Reason
from assistant.rules.base import BLOCK, NOTICE, WARN
from assistant.rules.facts import Fact
from assistant.rules.situation import Party, Situation

_DECLARED = ("only", "also", "allow", "shared")


def address_mismatch(situation: Situation) -> Iterator[Reason]:
    """The order goes to an address that is stored only for another account, or breaks a ship rule."""
    active, ship_to = situation.active, fold(situation.event.text("ship_to") or "")
    if active is None or not situation.buying or not ship_to:
        return
    level = _broken(situation, "ship", active, ship_to)
    if level is not None:
        yield _account(
            "ADDRESS_MISMATCH",
            level,
            f"This order would go to an address that your rule for {active.label} does not allow.",
            "Choose another address on this page, or go on if this once is right.",
            "your own rule",
        )
        return
    known = _declared(situation, "ship", active) | set(active.addresses)
    if ship_to in known or situation.event.flag("gift"):
        return
    holder = next((party for party in situation.accounts.values() if ship_to in party.addresses), None)
    if holder is not None:
        yield _account(
            "ADDRESS_MISMATCH",
            WARN,
            f"This address is stored for {holder.label} only, and you are on {active.label}.",
            "Check the address and the account before you order.",
            "the addresses of your accounts",
        )


def card_mismatch(situation: Situation) -> Iterator[Reason]:
    """The order is paid with a card that is stored only for another account, or breaks a pay rule."""
    active, card = situation.active, fold(situation.event.text("pay") or "")
    # The last four digits alone never decide: two cards may share them.
    if active is None or not situation.buying or not card.partition("/")[0] or not card.partition("/")[2]:
        return
    level = _broken(situation, "pay", active, card)
    if level is not None:
        yield _account(
            "CARD_MISMATCH",
            level,
            f"This order would be paid with a card that your rule for {active.label} does not allow.",
            "Choose another payment method on this page, or go on if this once is right.",
            "your own rule",
        )
        return
    if card in _declared(situation, "pay", active) | set(active.cards):
        return
    holders = [party for party in situation.accounts.values() if card in party.cards]
    if holders:
        yield _account(
            "CARD_MISMATCH",
            _card_level(situation, active, holders),
            f"This card is stored for {holders[0].label} only, and you are on {active.label}.",
            "Check the payment method; for the books it matters who paid.",
            "the cards of your accounts",
        )


def marketplace_mismatch(situation: Situation) -> Iterator[Reason]:
    """The page is of a shop that the account's owner did not list."""
    active, site = situation.active, situation.event.text("site")
    if active is None or not situation.buying or not site or not active.sites or site.lower() in active.sites:
        return
    yield _account(
        "MARKETPLACE_MISMATCH",
        WARN,
        f"This is {site}, and {active.label} is used on {', '.join(active.sites)}.",
        f"Check the shop; if {site} is right, add it to the account once.",
        "the shops you listed for the account",
    )


def budget_exceeded(situation: Situation) -> Iterator[Reason]:
    """The order takes the account over its own monthly budget, in the same currency."""
    active, event = situation.active, situation.event
    total, unit = event.number("total"), event.text("currency")
    if active is None or not situation.buying or total is None or situation.today is None:
        return
    month = situation.today.isoformat()[:7]
    for rule in situation.rules_of("budget"):
        limit = rule.number("month")
        if rule.text("account") != active.key or limit is None or (rule.text("currency") or unit) != unit:
            continue
        spent = sum(
            (entry.number("amount") or Decimal(0) for entry in situation.past("month_spend") if _counts(entry, active, month, unit)),
            Decimal(0),
        )
        if spent + total > limit:
            yield _account(
                "BUDGET_EXCEEDED",
                NOTICE,
                f"With this order {active.label} has spent {spent + total} of {limit} {unit} this month.",
                "It is your own budget; go on if the order can not wait.",
                "your own budget",
            )


def _counts(entry: Fact, active: Party, month: str, unit: str | None) -> bool:
    when = entry.text("month") or ""
    return entry.text("account") == active.key and when[:7] == month and entry.text("currency") == unit


def _rules(situation: Situation, kind: str, active: Party) -> Iterator[Fact]:
    return (rule for rule in situation.rules_of(kind) if rule.text("account") in (None, active.key))


def _broken(situation: Situation, kind: str, active: Party, value: str) -> Level | None:
    """Return the level of an `only` rule that a value breaks; the user's word counts for gifts and new addresses too."""
    levels = []
    for rule in _rules(situation, kind, active):
        allowed = {fold(entry) for name in _DECLARED for entry in rule.texts(name)}
        if rule.texts("only") and value not in allowed:
            levels.append(BLOCK if rule.text("strength") == "hard" else WARN)
        if value in {fold(entry) for entry in rule.texts("never")}:
            levels.append(BLOCK if rule.text("strength") == "hard" else WARN)
    return max(levels, key=lambda level: level.rank, default=None)


def _declared(situation: Situation, kind: str, active: Party) -> set[str]:
    return {fold(entry) for rule in _rules(situation, kind, active) for name in _DECLARED for entry in rule.texts(name)}


def _card_level(situation: Situation, active: Party, holders: list[Party]) -> Level:
    if active.business:
        return NOTICE if any(not holder.business for holder in holders) else WARN
    own = any(situation.same_owner(holder) for holder in holders)
    return NOTICE if not own and any(situation.same_home(holder) for holder in holders) else WARN


def _account(code: str, level: Level, text: str, advice: str, source: str) -> Reason:
    return Reason(code=code, level=level, text=text, advice=advice, group="account", source=source)


RULES = (address_mismatch, card_mismatch, marketplace_mismatch, budget_exceeded)
