"""The books in one currency, on request: what the card was charged where a statement says it, else the bank's rate of the day."""

from collections.abc import Iterator

from assistant.domain.books.conversion import ConvertedEntry, ConvertedExpense, SettledPart, expenses_of, in_currency
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.sharing import share_out
from assistant.domain.books.statements.card_charges import LineState, StatementMatches
from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.languages.translating import translated
from assistant.services.books.books import Books
from assistant.services.books.exchange_rates import ecb_rate, knows_currency
from assistant.services.books.statements import Statements


class OneCurrency:
    """Converts entries and their sums."""

    def __init__(self, books: Books, statements: Statements) -> None:
        """Convert the entries of these books, with what these statements say."""
        self._books = books
        self._statements = statements

    def entries(self, found: Filter, currency: str) -> Iterator[ConvertedEntry]:
        """Yield the entries of a filter, oldest first. Raises InvalidInput for a currency without rates."""
        unit = _known(currency)
        settled = settled_parts(self._statements.matches(), unit)
        for entry in self._books.each(found):
            yield in_currency(entry, unit, ecb_rate, settled.get(entry.id, ()))

    def expenses(self, found: Filter, currency: str) -> tuple[list[ConvertedExpense], list[Entry]]:
        """Return the sums by account, purpose and month, and the entries without a rate. Raises InvalidInput for a currency.

        The sums are those of the converted entries, so both agree to the cent.
        """
        purpose = self._books.purpose(found.purpose) if found.purpose else None
        return expenses_of(self.entries(found, currency), _known(currency), purpose)


def settled_parts(matches: StatementMatches, unit: str) -> dict[str, list[SettledPart]]:
    """Return by entry what cards with this currency were charged for it in its own currency."""
    found: dict[str, list[SettledPart]] = {}
    seen: set[tuple[str, ...]] = set()
    amounts = {line.entry.id: line.entry.line.amount for line in matches.lines}
    for line in matches.lines:
        if line.state is not LineState.MATCHED or line.match is None or line.match.lines in seen:
            continue
        seen.add(line.match.lines)
        lines = [amounts[name] for name in line.match.lines]
        charges = line.match.charges
        if {amount.currency for amount in lines} != {unit} or unit in {charge.currency for charge in charges}:
            continue
        total = -sum(amount.minor for amount in lines)
        for charge, minor in zip(charges, share_out(total, [charge.amount for charge in charges]), strict=True):
            part = SettledPart(charge.amount, minor, unit, line.entry.line.on, line.entry.card)
            found.setdefault(charge.entry, []).append(part)
    return found


def _known(currency: str) -> str:
    unit = currency.strip().upper()
    if not knows_currency(unit):
        raise InvalidInput(
            translated("The European Central Bank has no rates of '{currency}'. Choose one like EUR, USD or GBP.", currency=currency[:20])
        )
    return unit
