"""Questions that statements raise: lines without a charge, charges without a line, months that changed after they were closed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.domain.books.entries import QuestionCode
from assistant.domain.books.questions import Question
from assistant.domain.books.statements.card_charges import CardCharge, LineState, MatchedLine
from assistant.domain.books.statements.months import StatementMonth
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.services.books.statements import matches_of, months_of
from assistant.storage.books import statements as storage
from assistant.storage.unit_of_work import Session

_FIX = "shopper statements unmatched"


def questions_of_statements(session: Session, since: date | None, until: date | None) -> Iterator[Question]:
    """Yield the questions about lines and charges of these days."""
    if not storage.any_statement(session):
        return
    found = matches_of(session)

    def within(on: date) -> bool:
        return (since is None or on >= since) and (until is None or on <= until)

    for line in found.lines:
        if line.state in {LineState.UNMATCHED, LineState.TIED} and within(line.entry.line.on):
            yield _of_line(line)
    together: dict[tuple[str, str, date, int], list[CardCharge]] = defaultdict(list)
    for charge in found.missing:
        if within(charge.on):
            together[charge.account, charge.number, charge.on, charge.refund].append(charge)
    yield from map(_of_charges, together.values())
    for month in months_of(session, found):
        if month.changes and within(date.fromisoformat(f"{month.month}-01")):
            yield _of_month(month)


def _of_line(line: MatchedLine) -> Question:
    entry = line.entry.line
    words = {"card": line.entry.card, "day": entry.on, "text": entry.text[:60]}
    text = (
        translated("A line of {card} of {day} fits several charges: {text}", **words)
        if line.candidates
        else translated("A line of {card} of {day} fits no charge or refund: {text}", **words)
    )
    accounts = {charge.account for candidate in line.candidates for charge in candidate.charges}
    return Question(
        code=QuestionCode.UNMATCHED_CHARGE,
        number=None,
        account=accounts.pop() if len(accounts) == 1 else "",
        amount=Money(abs(entry.amount.minor), entry.amount.currency),
        text=text,
        fix=f"shopper statements match {line.entry.id} ENTRY" if line.candidates else _FIX,
        on=entry.on,
    )


def _of_charges(charges: Sequence[CardCharge]) -> Question:
    first = charges[0]
    words = {"last4": first.last4, "day": first.on}
    text = (
        translated("No statement of the card ending in {last4} has this charge of {day}.", **words)
        if first.amount > 0
        else translated("No statement of the card ending in {last4} has this refund of {day}.", **words)
    )
    return Question(
        code=QuestionCode.UNMATCHED_CHARGE,
        number=first.number,
        account=first.account,
        amount=Money(abs(sum(charge.amount for charge in charges)), first.currency),
        text=text,
        fix=_FIX,
        on=first.on,
    )


def _of_month(month: StatementMonth) -> Question:
    return Question(
        code=QuestionCode.UNMATCHED_CHARGE,
        number=None,
        account="",
        amount=None,
        text=translated(
            "{month} of {card} changed since it was closed: {change}", month=month.month, card=month.card, change=month.changes[0]
        ),
        fix=f"shopper statements close {month.card} {month.month}",
    )
