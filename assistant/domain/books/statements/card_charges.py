"""What cards paid of entries, and which lines of statements these belong to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.accounts.cards import card_name
from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.statement_lines import CardLine
from assistant.domain.money import Money


class LineState(StrEnum):
    """What is known about a line of a statement."""

    MATCHED = "matched"
    TIED = "tied"
    UNMATCHED = "unmatched"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCharge:
    """What a card paid of one entry, or got back if negative, minor units. A tip is a separate part, because it may be charged later.

    `network` and `last4` are None where no source names the card.
    """

    entry: str
    number: str
    account: str
    on: date
    basis: DateBasis
    amount: int
    currency: str
    network: str | None = None
    last4: str | None = None
    refund: int = 0
    is_tip: bool = False

    @property
    def key(self) -> tuple[str, bool, str | None]:
        """What is paid by one line only."""
        return self.entry, self.is_tip, self.last4

    @property
    def money(self) -> Money:
        """The amount with its currency."""
        return Money(self.amount, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeCandidate:
    """Charges that a line may pay for: their sum is the line's amount. `reasons` are short phrases for people."""

    score: int
    reasons: tuple[str, ...]
    charges: tuple[CardCharge, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLine:
    """A line and what it pays for: `match` if that is decided, else the `candidates` to decide between."""

    entry: CardLine
    state: LineState
    match: ChargeCandidate | None = None
    candidates: tuple[ChargeCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMatches:
    """Every line with its state, and the charges of the covered days that no line pays for."""

    lines: tuple[MatchedLine, ...] = ()
    missing: tuple[CardCharge, ...] = ()


def pays_with(charge: CardCharge, card: str) -> bool:
    """Return whether a charge may be of this card ("visa/1234"): nothing that is known of it says otherwise."""
    network, _, last4 = card.partition("/")
    if charge.last4 and last4:
        return charge.last4 == last4
    named = (card_name(charge.network, last4 or "-") or "").partition("/")[0]
    return named in ("", network) or network == "card"
