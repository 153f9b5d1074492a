"""Matches lines of statements to charges and refunds: exact amounts only, scored by days and card; what is undecided stays open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.card_charges import CardCharge, ChargeCandidate, LineState, MatchedLine, StatementMatches, pays_with
from assistant.domain.books.statements.exact_cover import Candidate, covered
from assistant.domain.books.statements.statement_lines import CardLine, StatementDays
from assistant.domain.languages.translating import to_translate, translated, translated_count

_WINDOWS = {
    DateBasis.CHARGED: (-2, 7),
    DateBasis.SHIPPED: (-3, 10),
    DateBasis.PLACED: (-1, 45),
    DateBasis.REFUNDED: (-3, 14),
}
"""First and last day after that of the entry on which the card's line may be booked."""
_UNSURE_DAY = {DateBasis.CHARGED: 0, DateBasis.SHIPPED: 5, DateBasis.PLACED: 15, DateBasis.REFUNDED: 0}
_TOP, _CARD, _NUMBER = 100, 10, 30
_LATE, _EARLY, _LEAST_WEIGHT = 2, 4, 0.3
_MOST_PARTS, _MOST_LINES, _MOST_SUBSETS, _MOST_SHOWN = 12, 4, 3, 9
_MANY_DAYS = 48
"""More days than this are looked up one by one around the line's own."""
_SETTLING = 7
"""Days after which a charge must be on the statement."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Charges that may be one line: their places, their sum, their day, and how they belong together."""

    parts: tuple[int, ...]
    amount: int
    on: date
    basis: DateBasis
    penalty: int
    words: str


@dataclass(slots=True)
class _Matching:
    """The lines and charges of one card; `taken` and `done` are places of those that are matched."""

    card: str
    lines: Sequence[CardLine]
    charges: Sequence[CardCharge]
    orders: dict[str, list[int]] = field(default_factory=dict)
    decided: dict[int, ChargeCandidate] = field(default_factory=dict)
    tied: dict[int, list[Candidate]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)


def match(
    lines: Iterable[CardLine],
    charges: Sequence[CardCharge],
    days: Sequence[StatementDays],
    decisions: Mapping[str, Sequence[str]],
) -> StatementMatches:
    """Return what the lines of every card pay for. `decisions` are the user's: entries by line, none for a line to ignore.

    A charge belongs to one line, or to several lines together. Cards are matched in the order of their names; a charge of no known
    card goes to the first card that has a line for it.
    """
    by_card: dict[str, list[CardLine]] = defaultdict(list)
    for entry in lines:
        by_card[entry.card].append(entry)
    found: list[MatchedLine] = []
    used: set[tuple[str, bool, str | None]] = set()
    named = {entry for entries in decisions.values() for entry in entries}
    for card in sorted(by_card):
        free = [entry for entry in charges if entry.key not in used and pays_with(entry, card)]
        here = _match_card(card, by_card[card], free, decisions, named)
        used |= {entry.key for line in here if line.match for entry in line.match.charges}
        found += here
    missing = tuple(entry for entry in charges if entry.key not in used and _is_missing(entry, days))
    return StatementMatches(lines=tuple(found), missing=missing)


def _is_missing(charge: CardCharge, days: Sequence[StatementDays]) -> bool:
    """Return whether a statement covers the days on which this charge must have been booked, and the charge names its card."""
    if charge.last4 is None or charge.basis is DateBasis.PLACED:
        return False
    mine = [span for span in days if span.card.partition("/")[2] == charge.last4 and pays_with(charge, span.card)]
    return any(span.since <= charge.on and (span.until - charge.on).days >= _SETTLING for span in mine)


def _match_card(
    card: str, lines: Sequence[CardLine], charges: Sequence[CardCharge], decisions: Mapping[str, Sequence[str]], named: set[str]
) -> list[MatchedLine]:
    work = _Matching(card, lines, charges)
    for place, charge in enumerate(charges):
        work.orders.setdefault(f"{charge.account} {charge.number}", []).append(place)
    ignored = _decide(work, decisions)
    work.taken |= {place for place, charge in enumerate(charges) if charge.entry in named}
    open_lines = [place for place in range(len(lines)) if place not in work.decided and place not in ignored]
    _settle(work, list(_whole_groups(work, open_lines)))
    _settle(work, list(_partial_groups(work, _left(work, open_lines))))
    _settle(work, list(_several_lines(work, _left(work, open_lines, tied=True))))
    return [_state(work, place, ignored) for place in range(len(lines))]


def _decide(work: _Matching, decisions: Mapping[str, Sequence[str]]) -> set[int]:
    """Match the lines that the user decided; return the lines to ignore."""
    by_entry: dict[str, list[int]] = defaultdict(list)
    for place, charge in enumerate(work.charges):
        by_entry[charge.entry].append(place)
    ignored = set()
    for place, line in enumerate(work.lines):
        entries = decisions.get(line.id)
        if entries is None:
            continue
        parts = [part for entry in entries for part in by_entry.get(entry, ())]
        if not entries:
            ignored.add(place)
        elif parts:
            chosen = tuple(work.charges[part] for part in parts)
            work.decided[place] = ChargeCandidate(score=_TOP, reasons=(translated("you said so"),), charges=chosen, lines=(line.id,))
    return ignored


def _left(work: _Matching, lines: Sequence[int], *, tied: bool = False) -> list[int]:
    """Return the lines that are still open. `tied`: also those whose candidates are all of one order."""
    found = []
    for place in lines:
        if place in work.decided:
            continue
        orders = {work.charges[part].number for entry in work.tied.get(place, ()) for part in entry.parts}
        if not orders or (tied and len(orders) == 1):
            found.append(place)
    return found


def _settle(work: _Matching, candidates: Sequence[Candidate]) -> None:
    """Accept the candidates that the best cover needs; remember the others of the lines that stay open."""
    chosen, open_ = covered(candidates)
    for entry in chosen:
        shown = _shown(work, entry)
        for line in entry.lines:
            work.decided[line] = shown
            work.tied.pop(line, None)
        work.taken.update(entry.parts)
    for entry in open_:
        for line in entry.lines:
            work.tied.setdefault(line, []).append(entry)


def _shown(work: _Matching, entry: Candidate) -> ChargeCandidate:
    return ChargeCandidate(
        score=max(0, min(_TOP, entry.score)),
        reasons=entry.reasons,
        charges=tuple(work.charges[part] for part in entry.parts),
        lines=tuple(work.lines[line].id for line in entry.lines),
    )


def _state(work: _Matching, place: int, ignored: set[int]) -> MatchedLine:
    line = work.lines[place]
    if place in ignored:
        return MatchedLine(entry=line, state=LineState.IGNORED)
    if place in work.decided:
        return MatchedLine(entry=line, state=LineState.MATCHED, match=work.decided[place])
    free = [entry for entry in work.tied.get(place, ()) if work.taken.isdisjoint(entry.parts)]
    shown = sorted((_shown(work, entry) for entry in free), key=lambda entry: -entry.score)[:_MOST_SHOWN]
    return MatchedLine(entry=line, state=LineState.TIED if shown else LineState.UNMATCHED, candidates=tuple(shown))


def _whole_groups(work: _Matching, lines: Sequence[int]) -> Iterator[Candidate]:
    """Yield candidates of charges that naturally are one line: all of an order on one day, all of it, one item, one refund."""
    wanted = {_wanted(work.lines[place]) for place in lines}
    index: dict[tuple[str, int], dict[date, list[_Group]]] = defaultdict(lambda: defaultdict(list))
    for groups in (_groups_of_orders(work), _groups_of_days(work)):
        for group in groups:
            key = work.charges[group.parts[0]].currency, group.amount
            if key in wanted:
                index[key][group.on].append(group)
    for place in lines:
        days = index.get(_wanted(work.lines[place]), {})
        near = _near(work.lines[place]) if len(days) > _MANY_DAYS else list(days)
        for group in (group for on in near for group in days.get(on, ())):
            candidate = _candidate(work, place, group)
            if candidate is not None:
                yield candidate


def _near(entry: CardLine) -> list[date]:
    """Return the days on which the charges of a line may be."""
    first, last = min(window[0] for window in _WINDOWS.values()), max(window[1] for window in _WINDOWS.values())
    return [entry.line.on - timedelta(days=lag) for lag in range(first, last + 1)]


def _wanted(entry: CardLine) -> tuple[str, int]:
    """Return currency and amount that the charges of a line have: those of the purchase where the line prints them."""
    amount = entry.line.original or entry.line.amount
    size = abs(amount.minor)
    return amount.currency, size if entry.line.amount.minor < 0 else -size


def _groups_of_orders(work: _Matching) -> Iterator[_Group]:
    for places in work.orders.values():
        seen: set[tuple[int, ...]] = set()
        for parts, penalty, words in _groups_of_order(work, places):
            if parts and parts not in seen:
                seen.add(parts)
                yield _group(work, parts, penalty, words)


def _groups_of_order(work: _Matching, places: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int, str]]:
    free = [place for place in places if place not in work.taken]
    for purchases in (True, False):
        mine = [place for place in free if (work.charges[place].amount > 0) is purchases]
        days: dict[object, list[int]] = defaultdict(list)
        for place in mine:
            days[work.charges[place].on, work.charges[place].last4].append(place)
        one = translated("the whole order") if purchases else translated("all its refunds")
        yield tuple(mine), 0 if len(days) == 1 else 5, one
        for same in days.values():
            yield tuple(same), 0, translated("its charge of one day") if purchases else translated("its refunds of one day")
        if not purchases:
            refunds: dict[int, list[int]] = defaultdict(list)
            for place in mine:
                refunds[work.charges[place].refund].append(place)
            for same in refunds.values():
                yield tuple(same), 0, translated("one refund")
        tips = [place for place in mine if work.charges[place].is_tip]
        if tips:
            yield tuple(place for place in mine if place not in tips), 2, translated("the order without the tip")
            yield tuple(tips), 4, translated("the tip")
        for place in mine:
            yield (place,), 12, translated("one item")


def _groups_of_days(work: _Matching) -> Iterator[_Group]:
    """Yield all that an account paid with one card on one day: Amazon charges several orders at once."""
    days: dict[object, list[int]] = defaultdict(list)
    for place, charge in enumerate(work.charges):
        if place not in work.taken and charge.amount > 0 and charge.basis is not DateBasis.PLACED:
            days[charge.account, charge.on, charge.last4].append(place)
    for places in days.values():
        numbers = {work.charges[place].number for place in places}
        if len(numbers) > 1:
            yield _group(work, tuple(places), 12, translated("{count} orders of one day", count=len(numbers)))


def _group(work: _Matching, parts: tuple[int, ...], penalty: int, words: str) -> _Group:
    charges = [work.charges[part] for part in parts]
    latest = max(charges, key=lambda charge: (charge.on, charge.entry))
    return _Group(parts, sum(charge.amount for charge in charges), latest.on, latest.basis, penalty, words)


def _candidate(work: _Matching, place: int, group: _Group) -> Candidate | None:
    line, charge = work.lines[place], work.charges[group.parts[0]]
    lag = (line.line.on - group.on).days
    first, last = _WINDOWS[group.basis]
    if not first <= lag <= last:
        return None
    reasons = [translated("exact amount"), group.words, _lag_words(lag, group.basis)]
    weight = _LEAST_WEIGHT if group.basis is DateBasis.PLACED else 1.0
    score = _TOP - _CARD - group.penalty - _UNSURE_DAY[group.basis] - round(weight * (lag * _LATE if lag >= 0 else -lag * _EARLY))
    if charge.last4 and charge.last4 in line.card:
        score += _CARD
        reasons.append(translated("paid with the card {last4}", last4=charge.last4))
    if charge.number in line.line.text:
        score += _NUMBER
        reasons.append(translated("the line names the order"))
    return Candidate(lines=(place,), parts=group.parts, score=score, reasons=tuple(reasons))


_EVENTS = {
    DateBasis.CHARGED: to_translate("charge"),
    DateBasis.SHIPPED: to_translate("shipment"),
    DateBasis.PLACED: to_translate("order"),
    DateBasis.REFUNDED: to_translate("refund"),
}


def _lag_words(lag: int, basis: DateBasis) -> str:
    about = translated(_EVENTS[basis])
    if not lag:
        return translated("on the day of the {event}", event=about)
    if lag > 0:
        return translated_count("{count} day after the {event}", "{count} days after the {event}", lag, event=about)
    return translated_count("{count} day before the {event}", "{count} days before the {event}", -lag, event=about)


def _partial_groups(work: _Matching, lines: Sequence[int]) -> Iterator[Candidate]:
    """Yield candidates that are some items of an order, for lines that are no natural group."""
    sums: dict[str, dict[int, list[tuple[int, ...]]]] = {}
    by_day = _orders_with_parts(work) if lines else {}
    for place in lines:
        currency, wanted = _wanted(work.lines[place])
        for key in sorted({key for on in _near(work.lines[place]) for key in by_day.get(on, ())}):
            if key not in sums:
                sums[key] = _subsets(work, key)
            for parts in sums[key].get(wanted, ())[:_MOST_SUBSETS]:
                group = _group(work, parts, 15, translated("{count} items of the order", count=len(parts)))
                if work.charges[parts[0]].currency == currency and (candidate := _candidate(work, place, group)):
                    yield candidate


def _orders_with_parts(work: _Matching) -> dict[date, list[str]]:
    """Return by day the orders that have more than two open charges, and not too many to try every set of them."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for key, places in work.orders.items():
        free = [place for place in places if place not in work.taken]
        if 2 < len(free) <= _MOST_PARTS:  # noqa: PLR2004  # two items have no parts beside themselves
            for on in {work.charges[place].on for place in free}:
                by_day[on].append(key)
    return by_day


def _subsets(work: _Matching, key: str) -> dict[int, list[tuple[int, ...]]]:
    """Return the sets of two or more items of an order by their sum."""
    found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    free = [place for place in work.orders[key] if place not in work.taken]
    for sign in (True, False):
        mine = [place for place in free if (work.charges[place].amount > 0) is sign]
        for size in range(2, len(mine)):
            for parts in combinations(mine, size):
                found[sum(work.charges[part].amount for part in parts)].append(parts)
    return found


def _several_lines(work: _Matching, lines: Sequence[int]) -> Iterator[Candidate]:
    """Yield candidates of several lines that together are an order, or its charge of a day."""
    if len(lines) < 2:  # noqa: PLR2004  # several
        return
    by_day: dict[date, list[int]] = defaultdict(list)
    for place in lines:
        by_day[work.lines[place].line.on].append(place)
    for group in _groups_of_orders(work):
        first, last = _WINDOWS[group.basis]
        days = [group.on + timedelta(days=lag) for lag in range(first, last + 1)]
        near = [place for on in days for place in by_day.get(on, ()) if _may_be_part(work, place, group)]
        if len(near) > _MOST_PARTS:
            continue
        amounts = {place: _wanted(work.lines[place])[1] for place in near}
        for size in range(2, min(_MOST_LINES, len(near)) + 1):
            for some in combinations(near, size):
                if sum([amounts[place] for place in some]) == group.amount:
                    score = _TOP - _CARD - 20 - group.penalty - _UNSURE_DAY[group.basis]
                    reasons = (translated("{count} lines add up to {what}", count=size, what=group.words),)
                    yield Candidate(lines=some, parts=group.parts, score=score, reasons=reasons)


def _may_be_part(work: _Matching, place: int, group: _Group) -> bool:
    currency, amount = _wanted(work.lines[place])
    smaller = abs(amount) < abs(group.amount) and (amount > 0) is (group.amount > 0)
    return smaller and currency == work.charges[group.parts[0]].currency
