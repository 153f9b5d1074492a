"""Statements of cards: their months and lines, imports, and decisions about lines."""

from collections.abc import Sequence

from assistant.client.http import LONG, Calls
from assistant.domain.books.statements.card_charges import CardCharge, MatchedLine
from assistant.domain.books.statements.months import StatementMonth
from assistant.domain.books.statements.statement_lines import StatementImport
from assistant.wire.shape import PageJson
from assistant.wire.statements import (
    CardChargeJson,
    CloseBody,
    MatchBody,
    StatementBody,
    StatementImportJson,
    StatementLineJson,
    StatementMonthJson,
)


class StatementCalls(Calls):
    """Card and bank statements against charges and refunds."""

    async def statement_months(self) -> list[StatementMonth]:
        """Return the months of every card, the newest first."""
        return await self._list(StatementMonthJson, "/statements", seconds=LONG)

    async def statement_lines(self, card: str, month: str) -> list[MatchedLine]:
        """Return the lines of one month of a card, the oldest first, with what they pay for."""
        return await self._list(StatementLineJson, "/statements/lines", query={"card": card, "month": month}, seconds=LONG)

    async def unmatched_charges(self) -> list[CardCharge]:
        """Return the charges and refunds that no statement of their days has."""
        return await self._list(CardChargeJson, "/statements/charges", seconds=LONG)

    async def import_statement(self, statement: StatementBody) -> StatementImport:
        """Import a statement, or with `dry_run` only see what it would bring.

        Raises InvalidInput for a file, card or column that is not understood.
        """
        return await self._one(StatementImportJson, "POST", "/statements", statement, seconds=LONG)

    async def match_line(self, line: str, entries: Sequence[str] | None) -> MatchedLine:
        """Decide what a line pays for: nothing if there are no entries; None removes the decision. Raises NotFound, InvalidInput."""
        body = MatchBody(line, None if entries is None else tuple(entries))
        return await self._one(StatementLineJson, "POST", "/statements/match", body, seconds=LONG)

    async def close_months(self, card: str | None = None, month: str | None = None) -> list[StatementMonth]:
        """Close every complete month, or a changed one again; return those that were closed. Raises NotFound."""
        kind = PageJson[StatementMonthJson]
        found = await self._api.json(kind, "POST", "/statements/close", CloseBody(card, month), seconds=LONG)
        return [closed.to_domain() for closed in found.items]
