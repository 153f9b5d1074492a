"""Browsers that may talk to the server."""

from assistant.client.http import Calls, part
from assistant.domain.pairing import Client, PairingCode
from assistant.wire.pairing import client_from_json, code_from_json


class PairingCalls(Calls):
    """Letting browsers in and out."""

    async def open_pairing(self) -> PairingCode:
        """Open a pairing code, good once and for two minutes."""
        return code_from_json(await self._api.json("POST", "/pairing"))

    async def clients(self) -> list[Client]:
        """Return who is paired."""
        return await self._list("/clients", client_from_json)

    async def revoke(self, client_id: str) -> None:
        """Take a client's access back. Raises NotFound."""
        await self._api.call("DELETE", f"/clients/{part(client_id)}")
