"""What one purse owes another because an item, or a part of it, was bought on the wrong account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.money import Money


class ClaimState(StrEnum):
    """Whether a claim is still to be paid."""

    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """An account as a source of money: its key and its purpose."""

    key: str
    purpose: str
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignShare:
    """What the entries of one item gave to a purpose other than the paying account's; refunds count as negative."""

    order_id: int
    item: int
    number: str
    account: str
    purpose: str
    gross: int
    currency: str
    opened: date
    asin: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """An amount that was paid for an item's share of a purpose, negative if the account of the order paid it back."""

    id: int
    order_id: int
    item: int
    purpose: str
    gross: int
    currency: str
    settled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An amount that the purse `owes` has to pay to the purse `paid`, or has paid; one of them is the account of the order."""

    id: str
    order_id: int
    item: int
    number: str
    asin: str | None
    title: str | None
    owes: str
    paid: str
    amount: Money
    state: ClaimState
    opened: date
    settled_on: date | None = None
    purpose: str = ""
    back: bool = False


def claims(shares: Iterable[ForeignShare], settlements: Sequence[Settlement], purses: Sequence[Purse]) -> list[Claim]:
    """Return open and settled claims, the newest first. After settling, a difference is a claim of its own, either way.

    `shares` contain every share that was settled, also those that are nothing by now.
    """
    found: list[Claim] = []
    settled: dict[tuple[int, int], list[Settlement]] = {}
    for entry in settlements:
        settled.setdefault((entry.order_id, entry.item), []).append(entry)
    for share in shares:
        owes = purse_for(share, purses)
        names = {share.purpose.casefold(), owes.casefold()}
        mine = [entry for entry in settled.get((share.order_id, share.item), ()) if entry.purpose.casefold() in names]
        found += [_claim(share, owes, entry.gross, f"s{entry.id}", entry.settled_on) for entry in mine]
        left = share.gross - sum(entry.gross for entry in mine)
        if left:
            found.append(_claim(share, owes, left, f"{share.order_id}.{share.item}.{owes}"))
    return sorted(found, key=lambda claim: (claim.opened, claim.id), reverse=True)


def purse_for(share: ForeignShare, purses: Sequence[Purse]) -> str:
    """Return the account whose money serves a purpose, preferring the same owner's; else the purpose itself."""
    owner = next((purse.owner for purse in purses if purse.key == share.account), "")
    fitting = [purse for purse in purses if purse.purpose.casefold() == share.purpose.casefold() and purse.key != share.account]
    fitting.sort(key=lambda purse: purse.owner != owner)
    return fitting[0].key if fitting else share.purpose


def _claim(share: ForeignShare, purse: str, gross: int, claim_id: str, settled_on: date | None = None) -> Claim:
    """Return what a purse owes the account of a share, or the account the purse if `gross` is negative."""
    owes, paid = (purse, share.account) if gross > 0 else (share.account, purse)
    return Claim(
        id=claim_id,
        order_id=share.order_id,
        item=share.item,
        number=share.number,
        asin=share.asin,
        title=share.title,
        owes=owes,
        paid=paid,
        purpose=share.purpose,
        back=gross < 0,
        amount=Money(abs(gross), share.currency),
        state=ClaimState.SETTLED if settled_on else ClaimState.OPEN,
        opened=share.opened,
        settled_on=settled_on,
    )


def settle_up(found: Iterable[Claim]) -> Mapping[tuple[str, str, str], int]:
    """Return the net amounts between purses, by (owes, paid, currency), minor units; open claims only."""
    sums: dict[tuple[str, str, str], int] = {}
    for claim in found:
        if claim.state is ClaimState.OPEN:
            first, second = sorted((claim.owes, claim.paid))
            sign = 1 if claim.owes == first else -1
            key = (first, second, claim.amount.currency)
            sums[key] = sums.get(key, 0) + sign * claim.amount.minor
    return {
        (first, second, unit) if minor > 0 else (second, first, unit): abs(minor)
        for (first, second, unit), minor in sorted(sums.items())
        if minor
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlySettlement:
    """What one purse owes another in all for the open claims of a month; claims both ways are set off against each other."""

    month: str
    owes: str
    paid: str
    amount: Money
    claims: tuple[str, ...]


def settle_months(found: Iterable[Claim]) -> list[MonthlySettlement]:
    """Return the net amounts of every month that has open claims, the newest first; months that come out even are included as zero."""
    months: dict[str, list[Claim]] = {}
    for claim in found:
        if claim.state is ClaimState.OPEN:
            months.setdefault(f"{claim.opened:%Y-%m}", []).append(claim)
    settlements = []
    for month, claims_of_month in sorted(months.items(), reverse=True):
        net = settle_up(claims_of_month)
        between: dict[tuple[str, str, str], list[str]] = {}
        for claim in claims_of_month:
            first, second = sorted((claim.owes, claim.paid))
            between.setdefault((first, second, claim.amount.currency), []).append(claim.id)
        for (first, second, unit), ids in sorted(between.items()):
            turned = (second, first, unit) in net
            owes, paid = (second, first) if turned else (first, second)
            amount = Money(net.get((owes, paid, unit), 0), unit)
            settlements.append(MonthlySettlement(month=month, owes=owes, paid=paid, amount=amount, claims=tuple(ids)))
    return settlements
