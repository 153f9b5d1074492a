"""Accounts, the customer ids that browsers have shown, and what each account spent."""

from collections.abc import Mapping
from typing import Any

from assistant.client.http import Calls, part
from assistant.domain.accounts.account import Account, AccountChange, AccountOverview, Identity
from assistant.domain.accounts.linking import Comparison, OwnerStatement
from assistant.wire.accounts import (
    AccountChangeBody,
    AccountJson,
    AccountOverviewJson,
    CompareBody,
    ComparisonJson,
    IdentityJson,
    LinkBody,
    OwnerStatementBody,
)
from assistant.wire.shape import builtins


class AccountCalls(Calls):
    """The register of accounts."""

    async def accounts(self) -> list[Account]:
        """Return all accounts."""
        return await self._list(AccountJson, "/accounts")

    async def overview(self) -> list[AccountOverview]:
        """Return every account with its month, year and open warnings."""
        return await self._list(AccountOverviewJson, "/overview")

    async def add_account(self, label: str, purpose: str, key: str | None = None, change: AccountChange | None = None) -> Account:
        """Register an account. Raises InvalidInput, Conflict."""
        given: dict[str, Any] = builtins(AccountChangeBody.of(change or AccountChange()))
        given |= {"label": label, "purpose": purpose} | ({"key": key} if key else {})
        return await self._one(AccountJson, "POST", "/accounts", given)

    async def edit_account(self, key: str, change: AccountChange) -> Account:
        """Change an account. Raises NotFound, InvalidInput, Conflict."""
        return await self._one(AccountJson, "PATCH", f"/accounts/{part(key)}", AccountChangeBody.of(change))

    async def link(self, key: str, customer_id: str) -> Account:
        """Link a customer id to an account. Raises NotFound, InvalidInput, Conflict."""
        return await self._one(AccountJson, "POST", f"/accounts/{part(key)}/link", LinkBody(customer_id))

    async def compare(self, first: str, second: str, told: Mapping[str, OwnerStatement]) -> Comparison:
        """Return whether two accounts may be linked. Raises NotFound, InvalidInput."""
        given = CompareBody(other=second, told={key: OwnerStatementBody.of(said) for key, said in told.items()})
        return await self._one(ComparisonJson, "POST", f"/accounts/{part(first)}/compare", given)

    async def identities(self) -> list[Identity]:
        """Return the customer ids that browsers have shown."""
        return await self._list(IdentityJson, "/identities")
