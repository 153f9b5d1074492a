"""Months of a card: reconciled when every line and every charge has its match, then closed; later changes are reported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.books.statements.card_charges import CardCharge, LineState, MatchedLine, StatementMatches, pays_with
from assistant.domain.books.statements.statement_lines import StatementDays
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.money import Money

_NO_PURCHASE = (("no purchase", 0),)
"""What a closed month stores about a line that the user said is not a purchase."""


class MonthState(StrEnum):
    """The state of a month: `open`, `complete` (can be closed), `closed`, or `changed` since it was closed."""

    OPEN = "open"
    COMPLETE = "complete"
    CLOSED = "closed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """A month as it was closed: by line the entries that it paid for, with their amounts in minor units; none for an open line."""

    card: str
    month: str
    lines: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMonth:
    """A month of a card: its lines by state, what an open month waits for, and what changed since it was closed."""

    card: str
    month: str
    state: MonthState
    lines: int
    matched: int
    missing: int
    amounts: tuple[Money, ...] = ()
    waits_for: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    content: ClosedMonth | None = None


def months(found: StatementMatches, days: Sequence[StatementDays], closed: Sequence[ClosedMonth]) -> list[StatementMonth]:
    """Return every month that has a line of a card, the newest first. A month ends when a statement covers its last day."""
    before = {(entry.card, entry.month): entry for entry in closed}
    lines: dict[tuple[str, str], list[MatchedLine]] = defaultdict(list)
    for line in found.lines:
        lines[line.entry.card, f"{line.entry.line.on:%Y-%m}"].append(line)
    until = {span.card: max(other.until for other in days if other.card == span.card) for span in days}
    keys = sorted({*lines, *before}, key=lambda key: (key[1], key[0]), reverse=True)
    return [_month(key, lines.get(key, []), found.missing, before.get(key), until.get(key[0])) for key in keys]


def _month(
    key: tuple[str, str], lines: Sequence[MatchedLine], missing: Sequence[CardCharge], closed: ClosedMonth | None, until: date | None
) -> StatementMonth:
    card, month = key
    absent = [charge for charge in missing if f"{charge.on:%Y-%m}" == month and pays_with(charge, card)]
    done = [line for line in lines if line.state in {LineState.MATCHED, LineState.IGNORED}]
    content = ClosedMonth(card=card, month=month, lines={line.entry.id: _content(line) for line in lines})
    changes = _changes(closed, content, lines, absent) if closed else []
    waits_for: list[str] = []
    if closed:
        state = MonthState.CHANGED if changes else MonthState.CLOSED
    else:
        waits_for = _waits_for(lines, absent, month, until)
        state = MonthState.OPEN if waits_for else MonthState.COMPLETE
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.entry.line.amount.currency] += line.entry.line.amount.minor
    return StatementMonth(
        card=card,
        month=month,
        state=state,
        lines=len(lines),
        matched=len(done),
        missing=len(absent),
        amounts=tuple(Money(minor, unit) for unit, minor in sorted(sums.items())),
        waits_for=tuple(waits_for),
        changes=tuple(changes),
        content=content,
    )


def _waits_for(lines: Sequence[MatchedLine], absent: Sequence[CardCharge], month: str, until: date | None) -> list[str]:
    """Return in sentences what must happen before the month can be closed."""
    open_ = sum(line.state is LineState.UNMATCHED for line in lines)
    tied = sum(line.state is LineState.TIED for line in lines)
    found = [translated_count("{count} line has no charge.", "{count} lines have no charge.", open_)] if open_ else []
    found += [translated_count("{count} line fits several charges.", "{count} lines fit several charges.", tied)] if tied else []
    if absent:
        found.append(translated_count("{count} charge is on no statement.", "{count} charges are on no statement.", len(absent)))
    if until is None:
        found.append(translated("Its statement was removed."))
    elif until < _last_day(month):
        text = to_translate("The newest statement of this card ends on {until}. Import one that covers {day}.")
        found.append(translated(text, until=until, day=_last_day(month)))
    return found


def _content(line: MatchedLine) -> tuple[tuple[str, int], ...]:
    if line.state is LineState.IGNORED:
        return _NO_PURCHASE
    return tuple(sorted((charge.entry, charge.amount) for charge in line.match.charges)) if line.match else ()


def _last_day(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _changes(closed: ClosedMonth, now: ClosedMonth, lines: Sequence[MatchedLine], absent: Sequence[CardCharge]) -> list[str]:
    """Return sentences about the changes since the month was closed."""
    there = {line.entry.id for line in lines}
    gone = (name for name in closed.lines if name not in there)
    changes = [translated("The line {name} is no longer in any statement.", name=name) for name in gone]
    for line in lines:
        amount = f"{line.entry.line.amount.decimal} {line.entry.line.amount.currency}"
        if line.entry.id not in closed.lines:
            changes.append(translated("The line of {amount} on {day} is new.", amount=amount, day=line.entry.line.on))
        elif text := _change(tuple(sorted(map(tuple, closed.lines[line.entry.id]))), tuple(now.lines[line.entry.id])):
            changes.append(translated(text, amount=amount, day=line.entry.line.on))
    text = to_translate("A charge of {amount} on {day} is on no statement.")
    changes += [translated(text, amount=f"{charge.money.decimal} {charge.currency}", day=charge.on) for charge in absent]
    return changes


def _change(before: tuple[tuple[object, ...], ...], now: tuple[tuple[object, ...], ...]) -> str:
    """Return the text of what happened to a line since its month was closed, "" if nothing did.

    Early ledgers store nothing about a line that is not a purchase.
    """
    if before == now or (not before and now == _NO_PURCHASE):
        return ""
    if before == _NO_PURCHASE:
        if now:
            return to_translate("The line of {amount} on {day} is a purchase after all.")
        return to_translate("The line of {amount} on {day} is open again.")
    if now == _NO_PURCHASE:
        return to_translate("The line of {amount} on {day} is no purchase any more.")
    if now:
        return to_translate("The line of {amount} on {day} now pays for something else.")
    return to_translate("The line of {amount} on {day} has lost its charges.")
