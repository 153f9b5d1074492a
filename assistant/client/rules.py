"""The user's own rules, and habits."""

from collections.abc import Mapping
from typing import Any

from assistant.client.http import Calls
from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
from assistant.wire.rules import HabitJson, PreviewJson, RuleJson


class RuleCalls(Calls):
    """The user's own rules."""

    async def rules(self) -> list[OwnRule]:
        """Return the user's own rules."""
        return await self._list(RuleJson, "/rules")

    async def habits(self) -> list[Habit]:
        """Return where items were always bought, as proposals for rules."""
        return await self._list(HabitJson, "/habits")

    async def add_rule(self, rule: Mapping[str, Any]) -> OwnRule:
        """Store a rule. Raises InvalidInput, NotFound, Conflict."""
        return await self._one(RuleJson, "POST", "/rules", rule)

    async def edit_rule(self, rule_id: int, rule: Mapping[str, Any]) -> OwnRule:
        """Replace the parts of a rule. Raises InvalidInput, NotFound."""
        return await self._one(RuleJson, "PUT", f"/rules/{rule_id}", rule)

    async def preview_rule(self, rule: Mapping[str, Any], instead_of: int | None = None) -> Preview:
        """Return what a rule would have done to past orders; nothing is stored. Raises InvalidInput, NotFound."""
        return await self._one(PreviewJson, "POST", "/rules/preview", rule, query={"instead_of": instead_of})

    async def remove_rule(self, rule_id: int) -> None:
        """Delete a rule. Raises NotFound."""
        await self._api.call("DELETE", f"/rules/{rule_id}")
