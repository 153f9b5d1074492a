"""The user's own rules."""

from typing import Any

from assistant.client.http import Calls


class RuleCalls(Calls):
    """What should go where."""

    async def rules(self) -> list[dict[str, Any]]:
        """Return the user's own rules."""
        return await self._list("/rules", dict)

    async def add_rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        """Keep a rule; return it with its id. Raises InvalidInput, NotFound."""
        return dict(await self._api.json("POST", "/rules", rule))

    async def remove_rule(self, rule_id: int) -> None:
        """Forget a rule. Raises NotFound."""
        await self._api.call("DELETE", f"/rules/{rule_id}")
