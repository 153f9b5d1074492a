"""A purchase as a described situation (contract, section 3): its checkout, and what was known at that time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from assistant.domain.accounts.account import Account
from assistant.domain.accounts.addresses import known_address
from assistant.domain.accounts.cards import card_name
from assistant.services.judging.evaluate import Judged, judged
from assistant.services.judging.situations import accounts_json
from assistant.services.user_rules.rules import rules_of
from assistant.storage.accounts import register
from assistant.storage.orders.purchases import Purchase, same_things


class Asking:
    """The accounts, rules and earlier orders that some purchases are judged by, read once."""

    def __init__(self, session: Session, purchases: Sequence[Purchase], since: date | None) -> None:
        self.accounts = register.accounts_by_id(session)
        self._purchases = purchases
        self._rules = rules_of(session)
        # With one account there is nowhere else that a purchase could belong.
        self._worth = len(self.accounts) > 1 and bool(purchases)
        asins = set().union(*(purchase.asins for purchase in purchases)) if self._worth else set()
        others = same_things(session, asins, since) if self._worth else []
        self._recent = [other for other in others if since is not None and other.placed_on >= since]
        self._holding: dict[str, list[Purchase]] = defaultdict(list)
        for other in others:
            for asin in other.asins:
                self._holding[asin].append(other)

    def points_elsewhere(self, purchase: Purchase) -> bool:
        """Whether anything could say that a purchase belongs on another account: a rule, an order of the same thing, an account's kind."""
        others = (other for asin in purchase.asins for other in self._holding[asin])
        business = self.accounts[purchase.account_id].business and any(line["category"] for line in purchase.lines)
        ruled = any(rule["type"] == "route" for rule in self._rules)
        return self._worth and (ruled or business or any(other.account_id != purchase.account_id for other in others))

    def about(self, purchase: Purchase) -> Judged:
        """Return what the rules say of a purchase."""
        if not self._worth:
            return Judged()
        others = {other.id: other for asin in purchase.asins for other in self._holding[asin]}
        others |= {other.id: other for other in self._recent}
        situation = {
            "accounts": accounts_json(self.accounts.values(), None),
            "rules": self._rules,
            "history": history_before(purchase, others.values(), self.accounts),
        }
        return judged(situation, [event_of(purchase, self.accounts)])


def event_of(purchase: Purchase, accounts: Mapping[int, Account]) -> dict[str, Any]:
    """Return the checkout that a purchase came from. Paid in several ways, it says nothing of the card."""
    account = accounts[purchase.account_id]
    known = [*account.addresses, *(address for other in accounts.values() for address in other.addresses)]
    cards = [card_name(method, last4) for method, last4 in purchase.cards]
    address = purchase.address
    return {
        "at": purchase.placed_on.isoformat(),
        "page": "checkout",
        "account": account.key,
        "site": purchase.marketplace,
        "items": purchase.lines,
        "ship_to": (known_address(address, known) or f"new/{address}") if address else None,
        "recipient": purchase.recipient,
        "pay": cards[0] if len(cards) == 1 else None,
        "gift": purchase.gift,
        "total": purchase.total,
        "currency": purchase.currency,
    }


def history_before(purchase: Purchase, others: Iterable[Purchase], accounts: Mapping[int, Account]) -> list[dict[str, Any]]:
    """Return the lines of the orders that came before; orders of one day come in the order of their numbers."""
    now = (purchase.placed_on, purchase.number)
    return [entry for other in others if (other.placed_on, other.number) < now for entry in _entries(other, accounts[other.account_id])]


def _entries(purchase: Purchase, account: Account) -> list[dict[str, Any]]:
    state = "cancelled" if purchase.cancelled else "placed" if purchase.status == "unknown" else purchase.status
    common = {
        "type": "order",
        "account": account.key,
        "at": purchase.placed_on.isoformat(),
        "order_id": purchase.number,
        "currency": purchase.currency,
        "state": state,
    }
    return [common | line for line in purchase.lines]
