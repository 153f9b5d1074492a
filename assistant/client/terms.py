"""Promotions, memberships, subscriptions, limits and reviews."""

from assistant.client.http import Calls
from assistant.domain.filters import Page
from assistant.domain.terms import Term, TermChange, TermKind
from assistant.wire.terms import TermBody, TermChangeBody, TermJson


class TermCalls(Calls):
    """The list of terms."""

    async def terms(
        self, kind: TermKind | None = None, account: str | None = None, cursor: str | None = None, limit: int = 100
    ) -> Page[Term]:
        """Return terms, newest first; products that were only viewed are listed only on request. Raises NotFound."""
        query = {"kind": kind.value if kind else None, "account": account, "cursor": cursor, "limit": limit}
        return await self._page(TermJson, "/terms", query=query)

    async def add_term(self, term: Term) -> Term:
        """Note a term; return it with its id. Raises InvalidInput, NotFound."""
        return await self._one(TermJson, "POST", "/terms", TermBody.of(term))

    async def edit_term(self, term_id: int, change: TermChange) -> Term:
        """Correct a term; no page changes it again. Raises NotFound, InvalidInput."""
        return await self._one(TermJson, "PATCH", f"/terms/{term_id}", TermChangeBody.of(change))

    async def remove_term(self, term_id: int) -> None:
        """Delete a term. Raises NotFound."""
        await self._api.call("DELETE", f"/terms/{term_id}")
