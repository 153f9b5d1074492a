"""Browsers that may talk to the server."""

from assistant.client.http import Calls, part
from assistant.domain.pairing import Client, PairingCode
from assistant.wire.pairing import ClientJson, PairingCodeJson


class PairingCalls(Calls):
    """Pairing browsers, and ending a pairing."""

    async def open_pairing(self) -> PairingCode:
        """Open a pairing code, good once and for two minutes."""
        return await self._one(PairingCodeJson, "POST", "/pairing")

    async def clients(self) -> list[Client]:
        """Return who is paired."""
        return await self._list(ClientJson, "/clients")

    async def revoke(self, client_id: str) -> None:
        """End a pairing. Raises NotFound."""
        await self._api.call("DELETE", f"/clients/{part(client_id)}")
