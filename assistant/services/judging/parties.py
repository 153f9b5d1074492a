"""Converts registered accounts for a situation."""

from collections.abc import Iterable, Mapping

from assistant.domain.accounts.account import Account
from assistant.domain.accounts.cards import same_spelling
from assistant.domain.accounts.recipients import home_names, is_of_home
from assistant.domain.judging.situation import Party
from assistant.rules.described.user_rules import stored_rules
from assistant.storage.orders.history import houses_of
from assistant.storage.unit_of_work import Session
from assistant.storage.user_rules import rule_texts

NewestEvent = tuple[int, str | None]
"""Id and time of the newest event. They differ from those of a restored copy that was used since."""


def parties_of(accounts: Iterable[Account], houses: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Party]:
    """Return accounts by key; `houses` are the addresses that orders to their homes went to, by key, oldest first."""
    return {account.key: _party(account, (houses or {}).get(account.key, ())) for account in accounts}


def houses_by_key(session: Session, accounts: Mapping[int, Account]) -> dict[str, tuple[str, ...]]:
    """Return where the orders of accounts went, by key, without parcels for people outside the home.

    Oldest first; but those that name somebody of the home come before those that name nobody.
    """
    return {account.key: _own_houses(session, number, account, accounts.values()) for number, account in accounts.items()}


class Register:
    """The user's rules, and where the orders of all accounts went, as one session sees them."""

    def __init__(self, session: Session) -> None:
        """Read the rules; houses are read when they are first asked for."""
        self.rules = stored_rules(rule_texts(session))
        self._houses: Mapping[str, tuple[str, ...]] | None = None

    def houses(self, session: Session, accounts: Mapping[int, Account]) -> Mapping[str, tuple[str, ...]]:
        """Return where the orders of all accounts went, by key. `accounts` must be those of this session."""
        if self._houses is None:
            self._houses = houses_by_key(session, accounts)
        return self._houses


class RememberedRegister:
    """Keeps the `Register` for sessions that only read, until the ledger has another event.

    Every change of orders, accounts and rules puts an event into the outbox in its own transaction, whichever program makes it. A
    session that writes must make its own `Register`, because its own changes come before their event.
    """

    def __init__(self) -> None:
        """Start with an empty cache."""
        self._known: tuple[NewestEvent, Register] | None = None

    def __call__(self, session: Session, newest: NewestEvent) -> Register:
        """Return the register of a session whose newest event is this one."""
        known = self._known
        if known is None or known[0] != newest:
            self._known = known = (newest, Register(session))
        return known[1]


def _own_houses(session: Session, number: int, account: Account, accounts: Iterable[Account]) -> tuple[str, ...]:
    near = [other for other in accounts if other.owner == account.owner or other.home == account.home]
    names = home_names((one.greeting for one in near), (name for one in near for name in (one.owner, one.organization)))
    named, nameless = [], []
    for recipient, address in houses_of(session, number):
        # Amazon's export writes the name into the address.
        if is_of_home(recipient or address, names):
            named.append(address)
        elif not recipient or not names.greetings:
            nameless.append(address)
    return (*named, *nameless)


def _party(account: Account, houses: tuple[str, ...]) -> Party:
    return Party(
        key=account.key,
        label=account.label,
        customer_ids=frozenset(account.customer_ids),
        owner=account.owner,
        home=account.home,
        kind=account.purpose.lower() or None,
        business=account.business,
        greeting=account.greeting,
        marketplaces=account.marketplaces,
        addresses=account.addresses,
        houses=houses,
        cards=tuple(map(same_spelling, account.cards)),
        status=account.status,
        closed_at=account.closed_at,
        notice=account.notice,
        name=account.organization,
    )
