"""Statements of cards and banks: their lines, and which lines of overlapping statements are the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.money import Money

_AMAZON = re.compile(
    r"\bam(?:a?z(?:o?n)?)\b|amazon|amzn|\bamz\*|prime video|kindle|audible|whole ?foods|wholefds|amzn\.com|twitch|goodreads", re.IGNORECASE
)
"""Words of statements about purchases from Amazon: "AMZN Mktp US*2K3AB", "Amazon.de", "WHOLEFDS", "AMZ*Seller"."""
_NOT_PURCHASES = re.compile(r"\baws\b|amazon web services|amazon pay(?:ments)? \w*payout", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line: money that left the card is negative, money that came back positive.

    `on` is the day of the booking. `reference` is the bank's own id of the line. `original` is the amount in the currency of the
    purchase where the card was charged in another one.
    """

    on: date
    amount: Money
    text: str
    reference: str | None = None
    original: Money | None = None

    @property
    def is_amazon(self) -> bool:
        """Whether the text names Amazon or one of its shops."""
        return bool(_AMAZON.search(self.text)) and not _NOT_PURCHASES.search(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDays:
    """The first and the last day that a statement of a card covers."""

    card: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A line of a card, once, however many statements have it. The id is made of card, day, amount and place among equal lines."""

    id: str
    card: str
    line: StatementLine


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementImport:
    """What an import brought: `lines` about Amazon, `new` of them not in an earlier statement, `others` about something else.

    `matched`, `tied`, `unmatched` count the lines of this statement.
    """

    name: str
    card: str
    lines: int
    new: int
    others: int
    matched: int
    tied: int
    unmatched: int
    again: bool = False


def distinct_lines(card: str, statements: Iterable[Sequence[StatementLine]]) -> list[CardLine]:
    """Return the lines of a card's statements, the oldest first, each once.

    Equal days and amounts within one statement are different lines; in another statement they are the same lines again. Texts are not
    compared, because every format cuts them differently. Two lines with different references of the bank are always different.
    """
    known: dict[tuple[date, Money], list[StatementLine]] = defaultdict(list)
    for lines in statements:
        here: dict[tuple[date, Money], list[StatementLine]] = defaultdict(list)
        for line in lines:
            here[line.on, line.amount].append(line)
        for key, equal in here.items():
            known[key] = _joined(known[key], equal)
    found = [CardLine(id=_line_id(card, line, nth), card=card, line=line) for equal in known.values() for nth, line in enumerate(equal, 1)]
    return sorted(found, key=lambda entry: (entry.line.on, entry.id))


def _joined(known: list[StatementLine], again: Sequence[StatementLine]) -> list[StatementLine]:
    """Return the known lines and the new lines of another statement; all have one day and amount."""
    references = {line.reference for line in known if line.reference}
    free = [line for line in known if not line.reference or line.reference not in {other.reference for other in again}]
    added = []
    for line in again:
        if line.reference and line.reference in references:
            continue
        same = next((other for other in free if not (line.reference and other.reference)), None)
        if same is None:
            added.append(line)
        else:
            free.remove(same)
    return [*known, *added]


def _line_id(card: str, line: StatementLine, nth: int) -> str:
    return f"{card}:{line.on}:{line.amount.decimal}{line.amount.currency}:{nth}"
