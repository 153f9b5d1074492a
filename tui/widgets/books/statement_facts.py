"""Text for card statements: the month of a card, one line of a list, and all details of a line or a charge."""

from collections.abc import Iterable

from textual.content import Content

from assistant.domain.books.statements.card_charges import CardCharge, ChargeCandidate, LineState, MatchedLine
from assistant.domain.books.statements.months import MonthState, StatementMonth
from tui.formatting import Pen, month_name, plain, section

_AMOUNT = 13
_LINES = {
    LineState.MATCHED: ("✔", "$success", "It has its charge"),
    LineState.TIED: ("?", "$warning", "It fits several charges; nothing is guessed"),
    LineState.UNMATCHED: ("▲", "$warning", "It fits no charge or refund that is known"),
    LineState.IGNORED: ("·", "$muted", "You said that it is no purchase"),
}
_MONTHS = {
    MonthState.OPEN: "open",
    MonthState.COMPLETE: "complete: press {} to close it",
    MonthState.CLOSED: "closed",
    MonthState.CHANGED: "changed since it was closed",
}
_CHANGES = 3


def month_head(month: StatementMonth, pen: Pen) -> Content:
    """Return which month of which card this is, and its state."""
    year, number = month.month.split("-")
    warns = month.state is MonthState.CHANGED
    return Content.assemble(
        ("‹ ", "$muted"),
        (f"{month_name(int(number))} {year}", "bold"),
        (" ›  ", "$muted"),
        plain(month.card),
        ("  ", ""),
        (_MONTHS[month.state].format(pen.key("y", "statements.close-month")), "$warning" if warns else "$muted"),
    )


def month_sums(month: StatementMonth, pen: Pen) -> Content:
    """Return how many lines and charges are matched, the sum, and what changed since the month was closed."""
    told = [f"{month.matched} of {month.lines} lines done"]
    told += [f"{month.missing} charge{'s' if month.missing > 1 else ''} on no statement"] if month.missing else []
    lines = [Content(" · ".join([*told, pen.amounts(month.amounts)]))]
    if month.matched == month.lines and not month.missing:
        lines += [Content.styled(plain(text), "$muted") for text in month.waits_for]
    lines += [Content.assemble(("▲ ", "$warning"), plain(change)) for change in month.changes[:_CHANGES]]
    more = len(month.changes) - _CHANGES
    lines += (
        [Content.styled(f"and {more} more changes. Press {pen.key('y', 'statements.close-month')} to close it as it is now.", "$muted")]
        if more > 0
        else []
    )
    return Content("\n").join(lines)


def line_row(line: MatchedLine, pen: Pen) -> Content:
    """Return a line of a statement: state, day, amount, text."""
    sign, style, _ = _LINES[line.state]
    quiet = line.state is LineState.IGNORED
    return Content.assemble(
        (f"{sign} ", style),
        (f"{pen.day(line.entry.line.on):<11} ", "$muted"),
        (f"{pen.amount(line.entry.line.amount):>{_AMOUNT}}  ", "$muted" if quiet else ""),
        (plain(line.entry.line.text), "$muted" if quiet else ""),
    )


def charge_row(charge: CardCharge, pen: Pen) -> Content:
    """Return a charge that no statement has."""
    return Content.assemble(
        ("▲ ", "$warning"),
        (f"{pen.day(charge.on):<11} ", "$muted"),
        f"{pen.amount(-charge.money):>{_AMOUNT}}  ",
        pen.badge_column(charge.account),
        (" on no statement", "$muted"),
    )


def line_facts(line: MatchedLine, pen: Pen) -> Content:
    """Return a line in full: what it pays for and why, or what it may pay for, with the commands that decide it."""
    found = line.entry.line
    head = [
        Content.styled(plain(found.text) or "A line without text", "bold"),
        Content.styled(f"{pen.day(found.on)} · {plain(line.entry.card)}", "$muted"),
        Content(f"{pen.amount(found.amount)}{f', paid as {pen.amount(found.original)}' if found.original else ''}"),
        Content(""),
        Content(f"{_LINES[line.state][2]}."),
    ]
    if line.match is not None:
        head += section("It pays for", candidate_lines(line.match, pen))
    for place, candidate in enumerate(line.candidates, 1):
        head += section(f"Possible, {place} of {len(line.candidates)}", candidate_lines(candidate, pen))
    if line.state in {LineState.TIED, LineState.UNMATCHED}:
        ids = " ".join(charge.entry for charge in line.candidates[0].charges) if line.candidates else "ENTRY"
        head += section("Decide it", ["Enter: choose what it pays for", f"shopper statements match '{line.entry.id}' {ids}"])
    return Content("\n").join(head)


def charge_facts(charge: CardCharge, pen: Pen) -> Content:
    """Return a charge that no statement has, in full."""
    what = "charge" if charge.amount > 0 else "refund"
    card = f"{plain(charge.network) or 'card'} •{plain(charge.last4)}" if charge.last4 else "a card that no source names"
    lines = [
        Content.styled(f"A {what} that is on no statement", "bold"),
        Content.styled(f"{pen.day(charge.on)} · {pen.label(charge.account)} · order {plain(charge.number)}", "$muted"),
        Content(f"{pen.amount(charge.money if charge.amount > 0 else -charge.money)} with {card}"),
        Content(""),
        Content("A statement covers its day and has no line for it. The bank may book it later, or another card paid."),
        *section("Look at it", ["Enter: show the order", f"shopper order {plain(charge.number)} --account {plain(charge.account)}"]),
    ]
    return Content("\n").join(lines)


def candidate_lines(candidate: ChargeCandidate, pen: Pen) -> Iterable[str]:
    """Yield the charges of a candidate, then its reasons and score."""
    for charge in candidate.charges:
        yield f"{pen.amount(charge.money):>{_AMOUNT}}  {pen.day(charge.on)} {plain(charge.number)}"
    if len(candidate.lines) > 1:
        yield f"together with {len(candidate.lines) - 1} other line{'s' if len(candidate.lines) > 2 else ''}"  # noqa: PLR2004  # more than one other
    if candidate.reasons:
        yield f"{', '.join(map(plain, candidate.reasons))} ({candidate.score} of 100)"


def candidate_choice(candidate: ChargeCandidate, pen: Pen) -> Content:
    """Return a candidate as one line of a choice."""
    numbers = ", ".join(dict.fromkeys(plain(charge.number) for charge in candidate.charges))
    first = candidate.charges[0]
    reasons = ", ".join(map(plain, candidate.reasons))
    return Content.assemble(f"{pen.day(first.on)}  {numbers}", (f"  {reasons} ({candidate.score})" if reasons else "", "$muted"))
