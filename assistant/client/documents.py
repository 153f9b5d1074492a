"""What comes in: files that are handed over, and what each brought."""

import base64
import json
from urllib.parse import quote

from assistant.client.http import AS_JSON, LONG, Calls
from assistant.domain.views import ImportResult, Page
from assistant.wire.views import import_from_json, page_from_json


class DocumentCalls(Calls):
    """Imports."""

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return what came in, newest first."""
        return page_from_json(await self._api.json("GET", "/imports", query={"cursor": cursor, "limit": limit}), import_from_json)

    async def upload(self, name: str, content: bytes, account: str | None = None) -> ImportResult:
        """Import a file. Raises InvalidInput when nobody can say whose orders it holds."""
        if len(content) <= AS_JSON:
            given = {"name": name, "content_base64": base64.b64encode(content).decode()} | ({"account": account} if account else {})
            return import_from_json(await self._api.json("POST", "/documents", given, seconds=LONG))
        headers = {"Content-Type": "application/octet-stream", "X-Shopper-Name": quote(name), "X-Shopper-Account": quote(account or "")}
        raw = await self._api.call("POST", "/documents", body=content, headers=headers, seconds=LONG)
        return import_from_json(json.loads(raw))
