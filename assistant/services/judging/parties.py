"""Converts registered accounts for a situation."""

from collections.abc import Iterable, Mapping

from assistant.domain.accounts.account import Account
from assistant.domain.accounts.cards import same_spelling
from assistant.domain.judging.situation import Party


def parties_of(accounts: Iterable[Account], houses: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Party]:
    """Return accounts by key; `houses` are the addresses that their orders went to, by key, oldest first."""
    return {account.key: _party(account, (houses or {}).get(account.key, ())) for account in accounts}


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
        sites=account.marketplaces,
        addresses=account.addresses,
        houses=houses,
        cards=tuple(map(same_spelling, account.cards)),
        status=account.status,
        closed_at=account.closed_at,
        notice=account.notice,
        name=account.organization,
    )
