"""Browsers that may talk to the server, and windows of accounts."""

from assistant.client.http import Calls, part
from assistant.domain.pairing import Client, PairingCode
from assistant.domain.windows import WindowResult
from assistant.wire.pairing import ClientJson, PairingCodeJson
from assistant.wire.windows import WindowBody, WindowResultJson

_BROWSER_STARTS = 45
"""Seconds to wait for a browser that starts for the first time."""


class PairingCalls(Calls):
    """Pairing browsers, ending a pairing, and opening the window of an account."""

    async def open_pairing(self) -> PairingCode:
        """Open a pairing code, good once and for two minutes."""
        return await self._one(PairingCodeJson, "POST", "/pairing")

    async def clients(self) -> list[Client]:
        """Return who is paired."""
        return await self._list(ClientJson, "/clients")

    async def revoke(self, client_id: str) -> None:
        """End a pairing. Raises NotFound."""
        await self._api.call("DELETE", f"/clients/{part(client_id)}")

    async def open_window(self, account: str) -> WindowResult:
        """Open the browser window of an account, or a tab in it. Raises BrowserAway."""
        return await self._one(WindowResultJson, "POST", "/windows", WindowBody(account=account), seconds=_BROWSER_STARTS)
