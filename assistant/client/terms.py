"""Promotions, memberships, subscriptions, limits and reviews that were seen or noted."""

from assistant.client.http import Calls
from assistant.domain.terms import Term, TermChange, TermKind
from assistant.domain.views import Page
from assistant.wire.terms import change_json, term_from_json, term_json
from assistant.wire.views import page_from_json


class TermCalls(Calls):
    """The ledger of terms."""

    async def terms(
        self, kind: TermKind | None = None, account: str | None = None, cursor: str | None = None, limit: int = 100
    ) -> Page[Term]:
        """Return terms, newest first; products that were merely looked at only when asked for. Raises NotFound."""
        query = {"kind": kind.value if kind else None, "account": account, "cursor": cursor, "limit": limit}
        return page_from_json(await self._api.json("GET", "/terms", query=query), term_from_json)

    async def add_term(self, term: Term) -> Term:
        """Note a term; return it with its id. Raises InvalidInput, NotFound."""
        return term_from_json(await self._api.json("POST", "/terms", term_json(term)))

    async def edit_term(self, term_id: int, change: TermChange) -> Term:
        """Correct a term; no page changes it again. Raises NotFound, InvalidInput."""
        return term_from_json(await self._api.json("PATCH", f"/terms/{term_id}", change_json(change)))

    async def remove_term(self, term_id: int) -> None:
        """Forget a term. Raises NotFound."""
        await self._api.call("DELETE", f"/terms/{term_id}")
