"""Finds which charge paid for which line, and on which day. Charges must add up to the lines' costs exactly.

A line's day is the day of its charge, else the day it was shipped (Amazon charges at shipment), else the day of the order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, islice

from assistant.domain.books.entries import Certainty, DateBasis
from assistant.domain.books.lines import LineCost
from assistant.domain.books.sharing import share_out
from assistant.domain.orders.order import Payment

_MOST_LINES = 12
_MOST_CHARGES = 12
_MOST_WAYS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a line's cost that is dated on one day; `payments` are the charges that paid for it and others of its group."""

    on: date
    basis: DateBasis
    gross: int
    certainty: Certainty = Certainty.STATED
    payments: tuple[Payment, ...] = ()
    group: int = -1


@dataclass(slots=True)
class _Cover:
    """Lines by place in the list that the charges of a group paid for together."""

    lines: tuple[int, ...]
    payments: list[Payment]
    certainty: Certainty = Certainty.STATED

    @property
    def days(self) -> list[date]:
        return sorted({payment.charged_on for payment in self.payments if payment.charged_on})


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of an order's lines as far as they are known: `shipped` by item, `pending` items, the day of the order."""

    placed: date | None
    shipped: dict[int | None, date] = field(default_factory=dict)
    pending: frozenset[int | None] = frozenset()


def dated(lines: Sequence[LineCost], payments: Sequence[Payment], by_card: int, days: Days) -> list[list[Share]]:
    """Return for every line its shares by day; a line that was neither shipped nor charged has no shares.

    `by_card` is what is left for charges after gift cards, minor units.
    """
    charges = [payment for payment in payments if payment.charged_on and (payment.amount is None or payment.amount.minor > 0)]
    covers = list(_covers(lines, charges, by_card, days))
    found: list[list[Share]] = [[] for _ in lines]
    for number, cover in enumerate(covers):
        for at in cover.lines:
            found[at] += _charged(lines[at], cover, number, alone=len(cover.lines) == 1)
    for at, line in enumerate(lines):
        if not found[at] and (share := _uncharged(line, days)):
            found[at] = [share]
    return found


def _uncharged(line: LineCost, days: Days) -> Share | None:
    shipped = days.shipped.get(line.item)
    if shipped:
        return Share(on=shipped, basis=DateBasis.SHIPPED, gross=line.gross)
    if line.item in days.pending or days.placed is None:
        return None
    return Share(on=days.placed, basis=DateBasis.PLACED, gross=line.gross)


def _charged(line: LineCost, cover: _Cover, group: int, *, alone: bool) -> Iterator[Share]:
    """Yield the shares of a line by the days of its charges: one entry per day where the charges are of this line alone."""
    first, payments = cover.days[0], tuple(cover.payments)
    amounts: dict[date, int] = {}
    for payment in cover.payments:
        if payment.charged_on and payment.amount:
            amounts[payment.charged_on] = amounts.get(payment.charged_on, 0) + payment.amount.minor
    if alone and len(amounts) > 1:
        # The gift-card part gets the day of the first charge.
        rest = line.gross - sum(amounts.values())
        for day in sorted(amounts):
            mine = tuple(payment for payment in cover.payments if payment.charged_on == day)
            more = rest if day == first else 0
            yield Share(on=day, basis=DateBasis.CHARGED, gross=amounts[day] + more, certainty=cover.certainty, payments=mine, group=group)
        return
    yield Share(on=first, basis=DateBasis.CHARGED, gross=line.gross, certainty=cover.certainty, payments=payments, group=group)


def _covers(lines: Sequence[LineCost], charges: Sequence[Payment], by_card: int, days: Days) -> Iterator[_Cover]:
    if not charges or not lines:
        return
    named = [payment for payment in charges if payment.items]
    if named:
        yield from _named(lines, named)
        return
    live = [at for at, line in enumerate(lines) if line.item not in days.pending]
    everything = range(len(lines))
    # A line that its source calls pending is paid for only if the charges cannot be explained without it.
    for chosen in (live, everything) if len(live) < len(lines) else (everything,):
        covers = _cover(lines, tuple(chosen), charges, by_card, days)
        if covers:
            yield from covers
            return
    one_day = len({charge.charged_on for charge in charges}) == 1
    # More was charged on that day than the lines cost; it is still the day that they were paid.
    certainty = Certainty.STATED if one_day and _charged_amount(charges) > by_card >= 0 else Certainty.ESTIMATED
    yield _Cover(tuple(live or everything), list(charges), certainty)


def _charged_amount(charges: Sequence[Payment]) -> int:
    return sum(charge.amount.minor for charge in charges if charge.amount)


def _named(lines: Sequence[LineCost], charges: Sequence[Payment]) -> Iterator[_Cover]:
    """Group lines with the charges whose rows name them; lines that share a charge are one group."""
    groups: list[tuple[set[int], list[Payment]]] = []
    places = {line.item: at for at, line in enumerate(lines)}
    for charge in charges:
        mine = {places[item] for item in charge.items if item in places}
        if not mine:
            continue
        touching = [group for group in groups if group[0] & mine]
        merged = (mine.union(*(group[0] for group in touching)), [*(each for group in touching for each in group[1]), charge])
        groups = [*(group for group in groups if group not in touching), merged]
    for lines_of_group, payments in groups:
        yield _Cover(tuple(sorted(lines_of_group)), payments)


def _cover(lines: Sequence[LineCost], live: tuple[int, ...], charges: Sequence[Payment], by_card: int, days: Days) -> list[_Cover]:
    """Return the groups of lines that the charges pay exactly, empty if there is none."""
    total = sum(lines[at].gross for at in live)
    amounts = [charge.amount.minor for charge in charges if charge.amount]
    cards = min(total, by_card) if by_card >= 0 else total
    one_day = len({charge.charged_on for charge in charges}) == 1
    if len(amounts) < len(charges):
        # A charge for several orders does not say which part is for this one.
        return [_Cover(live, list(charges))] if one_day else []
    if sum(amounts) in (cards, total) and (one_day or len(live) == 1):
        return [_Cover(live, list(charges))]
    gift = total - cards
    for groups in _groupings(charges):
        found = _exact(lines, live, groups, gift, days)
        if found:
            return found
    return []


def _groupings(charges: Sequence[Payment]) -> Iterator[list[list[Payment]]]:
    """Yield ways to take charges together: each by itself, then those of one day (two cards may share one shipment)."""
    yield [[charge] for charge in charges]
    by_day: dict[date | None, list[Payment]] = {}
    for charge in charges:
        by_day.setdefault(charge.charged_on, []).append(charge)
    if len(by_day) < len(charges):
        yield list(by_day.values())
    if len(charges) > 1:
        yield [list(charges)]


def _exact(lines: Sequence[LineCost], live: tuple[int, ...], groups: list[list[Payment]], gift: int, days: Days) -> list[_Cover]:
    """Return the exact match whose charges are closest to the ship days; a gift card may have paid part of one group."""
    if len(groups) > _MOST_CHARGES:
        return []
    atoms = _atoms(live, days, lines)
    wanted = [sum(charge.amount.minor for charge in group if charge.amount) for group in groups]
    choices = [wanted]
    if gift:
        choices += [[*wanted[:at], amount + gift, *wanted[at + 1 :]] for at, amount in enumerate(wanted)]
    for amounts in choices:
        ways = list(islice(_ways(lines, atoms, amounts), _MOST_WAYS))
        if ways:
            ranked = sorted((_lateness(way, groups, lines, days), place) for place, way in enumerate(ways))
            tied = len(ranked) > 1 and ranked[0][0] == ranked[1][0]
            certainty = Certainty.ESTIMATED if tied else Certainty.STATED
            best = ways[ranked[0][1]]
            return [_Cover(part, group, certainty) for part, group in zip(best, groups, strict=True)]
    return []


def _atoms(live: tuple[int, ...], days: Days, lines: Sequence[LineCost]) -> list[tuple[int, ...]]:
    """Return the units that are charged together: single lines, or for many lines those shipped on one day."""
    if len(live) <= _MOST_LINES:
        return [(at,) for at in live]
    by_day: dict[date | None, list[int]] = {}
    for at in live:
        by_day.setdefault(days.shipped.get(lines[at].item), []).append(at)
    atoms = [tuple(group) for group in by_day.values()]
    return atoms if len(atoms) <= _MOST_LINES else []


def _ways(lines: Sequence[LineCost], atoms: Sequence[tuple[int, ...]], amounts: Sequence[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield every way to assign to each amount a set of atoms with exactly that cost; some atoms may remain."""
    if not amounts:
        yield ()
        return
    costs = [sum(lines[at].gross for at in atom) for atom in atoms]
    for size in range(1, len(atoms) + 1):
        for chosen in combinations(range(len(atoms)), size):
            if sum(costs[at] for at in chosen) == amounts[0]:
                rest = [atom for at, atom in enumerate(atoms) if at not in chosen]
                part = tuple(line for at in chosen for line in atoms[at])
                for others in _ways(lines, rest, amounts[1:]):
                    yield (part, *others)


def _lateness(way: Sequence[tuple[int, ...]], groups: Sequence[Sequence[Payment]], lines: Sequence[LineCost], days: Days) -> int:
    """Return how many days charges and shipments lie apart, over all lines."""
    apart = 0
    for part, group in zip(way, groups, strict=True):
        on = min(charge.charged_on for charge in group if charge.charged_on)
        apart += sum(abs((on - shipped).days) for at in part if (shipped := days.shipped.get(lines[at].item)))
    return apart


def split_parts(parts: Sequence[int], grosses: Sequence[int]) -> list[list[int]]:
    """Return the parts of a line for each of its shares, so that every share adds up to its gross and every part to the line's."""
    shares = [share_out(minor, grosses) for minor in parts]
    found = [[share[at] for share in shares] for at in range(len(grosses))]
    for at, gross in enumerate(grosses[:-1]):
        # The largest part absorbs the rounding.
        largest = max(range(len(parts)), key=lambda part: abs(parts[part]))
        left = gross - sum(found[at])
        found[at][largest] += left
        found[-1][largest] -= left
    return found
