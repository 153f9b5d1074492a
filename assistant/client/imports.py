"""Imports, their results, and how complete the ledger is."""

from urllib.parse import quote

from assistant.client.http import AS_JSON, LONG, Calls, answered
from assistant.domain.coverage import CoveredMonth
from assistant.domain.documents import ImportResult
from assistant.domain.filters import Page
from assistant.wire.imports import CoveredMonthJson, DocumentBody, ImportJson


class ImportCalls(Calls):
    """Imports."""

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return imports, newest first."""
        return await self._page(ImportJson, "/imports", query={"cursor": cursor, "limit": limit})

    async def upload(
        self, name: str, content: bytes, account: str | None = None, *, new_account: bool = False, store_known: bool = False
    ) -> ImportResult:
        """Import a file; `new_account` registers an account that is not known.

        Raises NotFound for an unknown account, InvalidInput when nobody says whose orders they are, and KnownElsewhere when another account
        has some of them, unless `store_known`.
        """
        if len(content) <= AS_JSON:
            body = DocumentBody(name=name, content=content, account=account or None, new_account=new_account, store_known=store_known)
            return await self._one(ImportJson, "POST", "/documents", body, seconds=LONG)
        headers = {"Content-Type": "application/octet-stream", "X-Shopper-Name": quote(name), "X-Shopper-Account": quote(account or "")}
        headers |= {"X-Shopper-New-Account": "1"} if new_account else {}
        headers |= {"X-Shopper-Store-Known": "1"} if store_known else {}
        raw = await self._api.call("POST", "/documents", body=content, headers=headers, seconds=LONG)
        return answered(ImportJson, raw).to_domain()

    async def coverage(self, text: str = "") -> Page[CoveredMonth]:
        """Return how much of each month is known, the newest first. Raises InvalidInput, NotFound."""
        return await self._page(CoveredMonthJson, "/coverage", query={"q": text})
