"""Imports, their results, and how complete the ledger is."""

from urllib.parse import quote

from assistant.client.http import AS_JSON, LONG, Calls, answered, part
from assistant.domain.coverage import CoveredMonth
from assistant.domain.documents import DroppedFiles, ImportProgress, ImportResult
from assistant.domain.filters import Page
from assistant.wire.imports import CoveredMonthJson, DocumentBody, DroppedBody, DroppedFilesJson, ImportJson, ImportProgressJson, RereadJson
from assistant.wire.shape import PageJson


class ImportCalls(Calls):
    """Imports."""

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return imports, newest first."""
        return await self._page(ImportJson, "/imports", query={"cursor": cursor, "limit": limit})

    async def upload(
        self,
        name: str,
        content: bytes,
        account: str | None = None,
        *,
        new_account: bool = False,
        store_known: bool = False,
        dry_run: bool = False,
        import_id: str | None = None,
    ) -> ImportResult:
        """Import a file; `new_account` registers an account that is not known, `dry_run` stores nothing.

        Under `import_id` the import tells its `progress` and can be cancelled.

        Raises NotFound for an unknown account, InvalidInput when nobody says whose orders they are, and KnownElsewhere when another account
        has some of them, unless `store_known`.
        """
        if len(content) <= AS_JSON:
            body = DocumentBody(
                name=name,
                content=content,
                account=account or None,
                new_account=new_account,
                store_known=store_known,
                dry_run=dry_run,
                import_id=import_id,
            )
            return await self._one(ImportJson, "POST", "/documents", body, seconds=LONG)
        headers = {"Content-Type": "application/octet-stream", "X-Shopper-Name": quote(name), "X-Shopper-Account": quote(account or "")}
        headers |= {"X-Shopper-New-Account": "1"} if new_account else {}
        headers |= {"X-Shopper-Store-Known": "1"} if store_known else {}
        headers |= {"X-Shopper-Dry-Run": "1"} if dry_run else {}
        headers |= {"X-Shopper-Import-Id": import_id} if import_id else {}
        raw = await self._api.call("POST", "/documents", body=content, headers=headers, seconds=LONG)
        return answered(ImportJson, raw).to_domain()

    async def import_progress(self, import_id: str) -> ImportProgress:
        """Return how far a running import is. Raises NotFound for one that does not run."""
        return await self._one(ImportProgressJson, "GET", f"/imports/running/{part(import_id)}")

    async def cancel_import(self, import_id: str) -> None:
        """Cancel a running import. Raises NotFound for one that does not run."""
        await self._api.call("DELETE", f"/imports/running/{part(import_id)}")

    async def remove_imports(self, *import_ids: int) -> None:
        """Remove imports, or put away documents that could not be read; one undo brings all of them back. Raises NotFound."""
        await self._api.call("DELETE", f"/imports/{','.join(map(str, import_ids))}", seconds=LONG)

    async def dropped(self) -> DroppedFiles:
        """Return the drop folder and the files that wait in it."""
        return await self._one(DroppedFilesJson, "GET", "/imports/drop")

    async def take_dropped(self, name: str, account: str) -> ImportResult:
        """Import a waiting file for this account. Raises NotFound, InvalidInput."""
        return await self._one(ImportJson, "POST", "/imports/drop", DroppedBody(name=name, account=account), seconds=LONG)

    async def reread(self) -> list[RereadJson]:
        """Read every kept page again; it may take a minute."""
        return list((await self._api.json(PageJson[RereadJson], "POST", "/reread", seconds=LONG)).items)

    async def coverage(self, text: str = "") -> Page[CoveredMonth]:
        """Return how much of each month is known, the newest first. Raises InvalidInput, NotFound."""
        return await self._page(CoveredMonthJson, "/coverage", query={"q": text})
