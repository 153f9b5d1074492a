"""Text for card statements: the month of a card, one line of a list, and all details of a line or a charge."""

from collections.abc import Iterable

from textual.content import Content

from assistant.domain.books.statements.card_charges import CardCharge, ChargeCandidate, LineState, MatchedLine
from assistant.domain.books.statements.months import MonthState, StatementMonth
from assistant.domain.languages.formats import month_text
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word
from tui.formatting import Pen, plain, section

_AMOUNT = 13
_LINES = {
    LineState.MATCHED: ("✔", "$success", to_translate("It has its charge")),
    LineState.TIED: ("?", "$warning", to_translate("It fits several charges; nothing is guessed")),
    LineState.UNMATCHED: ("▲", "$warning", to_translate("It fits no charge or refund that is known")),
    LineState.IGNORED: ("·", "$muted", to_translate("You said that it is not a purchase")),
}
_MONTHS = {
    MonthState.OPEN: to_translate("open"),
    MonthState.COMPLETE: to_translate("complete: press {key} to close it"),
    MonthState.CLOSED: to_translate("closed"),
    MonthState.CHANGED: to_translate("changed since it was closed"),
}
_CHANGES = 3


def month_head(month: StatementMonth, pen: Pen) -> Content:
    """Return which month of which card this is, and its state."""
    year, number = month.month.split("-")
    warns = month.state is MonthState.CHANGED
    return Content.assemble(
        ("‹ ", "$muted"),
        (month_text(int(year), int(number)), "bold"),
        (" ›  ", "$muted"),
        plain(month.card),
        ("  ", ""),
        (translated(_MONTHS[month.state], key=pen.key("y", "statements.close-month")), "$warning" if warns else "$muted"),
    )


def month_sums(month: StatementMonth, pen: Pen) -> Content:
    """Return how many lines and charges are matched, the sum, and what changed since the month was closed."""
    told = [translated("{matched} of {lines} lines done", matched=month.matched, lines=month.lines)]
    told += [translated_count("{count} charge on no statement", "{count} charges on no statement", month.missing)] if month.missing else []
    lines = [Content(" · ".join([*told, pen.amounts(month.amounts)]))]
    if month.matched == month.lines and not month.missing:
        lines += [Content.styled(plain(text), "$muted") for text in month.waits_for]
    lines += [Content.assemble(("▲ ", "$warning"), plain(change)) for change in month.changes[:_CHANGES]]
    more = len(month.changes) - _CHANGES
    lines += (
        [
            Content.styled(
                translated(
                    "and {more} more changes. Press {key} to close it as it is now.", more=more, key=pen.key("y", "statements.close-month")
                ),
                "$muted",
            )
        ]
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
        (pen.day_column(line.entry.line.on), "$muted"),
        (f"{pen.amount(line.entry.line.amount):>{_AMOUNT}}  ", "$muted" if quiet else ""),
        (plain(line.entry.line.text), "$muted" if quiet else ""),
    )


def charge_row(charge: CardCharge, pen: Pen) -> Content:
    """Return a charge that no statement has."""
    return Content.assemble(
        ("▲ ", "$warning"),
        (pen.day_column(charge.on), "$muted"),
        f"{pen.amount(-charge.money):>{_AMOUNT}}  ",
        pen.badge_column(charge.account),
        (" " + translated("on no statement"), "$muted"),
    )


def line_facts(line: MatchedLine, pen: Pen) -> Content:
    """Return a line in full: what it pays for and why, or what it may pay for, with the commands that decide it."""
    found = line.entry.line
    head = [
        Content.styled(plain(found.text) or translated("A line without text"), "bold"),
        Content.styled(f"{pen.day(found.on)} · {plain(line.entry.card)}", "$muted"),
        Content(
            translated("{amount}, paid as {original}", amount=pen.amount(found.amount), original=pen.amount(found.original))
            if found.original
            else pen.amount(found.amount)
        ),
        Content(""),
        Content(f"{translated(_LINES[line.state][2])}."),
    ]
    if line.match is not None:
        head += section(translated("It pays for"), candidate_lines(line.match, pen))
    for place, candidate in enumerate(line.candidates, 1):
        head += section(
            translated("Possible, {place} of {candidates}", place=place, candidates=len(line.candidates)), candidate_lines(candidate, pen)
        )
    if line.state in {LineState.TIED, LineState.UNMATCHED}:
        ids = " ".join(charge.entry for charge in line.candidates[0].charges) if line.candidates else "ENTRY"
        head += section(
            translated("Decide it"), [translated("Enter: choose what it pays for"), f"shopper statements match '{line.entry.id}' {ids}"]
        )
    return Content("\n").join(head)


def charge_facts(charge: CardCharge, pen: Pen) -> Content:
    """Return a charge that no statement has, in full."""
    card = (
        f"{plain(charge.network) or shown_word('card')} •{plain(charge.last4)}"
        if charge.last4
        else translated("a card that no source names")
    )
    lines = [
        Content.styled(
            translated("A charge that is on no statement") if charge.amount > 0 else translated("A refund that is on no statement"), "bold"
        ),
        Content.styled(
            translated(
                "{on} · {account} · order {number}", on=pen.day(charge.on), account=pen.label(charge.account), number=plain(charge.number)
            ),
            "$muted",
        ),
        Content(translated("{amount} with {card}", amount=pen.amount(charge.money if charge.amount > 0 else -charge.money), card=card)),
        Content(""),
        Content(translated("A statement covers its day and has no line for it. The bank may book it later, or another card paid.")),
        *section(
            translated("Look at it"),
            [translated("Enter: show the order"), f"shopper order {plain(charge.number)} --account {plain(charge.account)}"],
        ),
    ]
    return Content("\n").join(lines)


def candidate_lines(candidate: ChargeCandidate, pen: Pen) -> Iterable[str]:
    """Yield the charges of a candidate, then its reasons and score."""
    for charge in candidate.charges:
        yield f"{pen.amount(charge.money):>{_AMOUNT}}  {pen.day(charge.on)} {plain(charge.number)}"
    if len(candidate.lines) > 1:
        others = len(candidate.lines) - 1
        yield translated_count("together with {count} other line", "together with {count} other lines", others)
    if candidate.reasons:
        yield translated("{reasons} ({score} of 100)", reasons=", ".join(map(plain, candidate.reasons)), score=candidate.score)


def candidate_choice(candidate: ChargeCandidate, pen: Pen) -> Content:
    """Return a candidate as one line of a choice."""
    numbers = ", ".join(dict.fromkeys(plain(charge.number) for charge in candidate.charges))
    first = candidate.charges[0]
    reasons = ", ".join(map(plain, candidate.reasons))
    return Content.assemble(f"{pen.day(first.on)}  {numbers}", (f"  {reasons} ({candidate.score})" if reasons else "", "$muted"))
