"""The user's own rules, and what was learned."""

from collections.abc import Mapping
from typing import Any

from assistant.client.http import Calls
from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
from assistant.wire.rules import habit_from_json, preview_from_json, rule_from_json


class RuleCalls(Calls):
    """What should go where."""

    async def rules(self) -> list[OwnRule]:
        """Return the user's own rules."""
        return await self._list("/rules", rule_from_json)

    async def habits(self) -> list[Habit]:
        """Return where things were always bought, as proposals for rules."""
        return await self._list("/habits", habit_from_json)

    async def add_rule(self, rule: Mapping[str, Any]) -> OwnRule:
        """Keep a rule. Raises InvalidInput, NotFound, Conflict."""
        return rule_from_json(await self._api.json("POST", "/rules", rule))

    async def edit_rule(self, rule_id: int, rule: Mapping[str, Any]) -> OwnRule:
        """Put other parts into a rule. Raises InvalidInput, NotFound."""
        return rule_from_json(await self._api.json("PUT", f"/rules/{rule_id}", rule))

    async def preview_rule(self, rule: Mapping[str, Any], instead_of: int | None = None) -> Preview:
        """Return what a rule would have done to past orders; nothing is kept. Raises InvalidInput, NotFound."""
        return preview_from_json(await self._api.json("POST", "/rules/preview", rule, query={"instead_of": instead_of}))

    async def remove_rule(self, rule_id: int) -> None:
        """Forget a rule. Raises NotFound."""
        await self._api.call("DELETE", f"/rules/{rule_id}")
