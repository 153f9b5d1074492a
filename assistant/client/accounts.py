"""Accounts, the customer ids that browsers have shown, and what each account spent."""

from collections.abc import Mapping

from assistant.client.http import Calls, part
from assistant.domain.accounts.account import Account, AccountChange, Identity
from assistant.domain.accounts.linking import Comparison, Told
from assistant.domain.views import AccountOverview
from assistant.wire.accounts import account_from_json, change_json, identity_from_json
from assistant.wire.linking import comparison_from_json, told_json
from assistant.wire.views import overview_from_json


class AccountCalls(Calls):
    """The register of accounts."""

    async def accounts(self) -> list[Account]:
        """Return all accounts."""
        return await self._list("/accounts", account_from_json)

    async def overview(self) -> list[AccountOverview]:
        """Return every account with its month, year and open warnings."""
        return await self._list("/overview", overview_from_json)

    async def add_account(self, label: str, purpose: str, key: str | None = None, change: AccountChange | None = None) -> Account:
        """Register an account. Raises InvalidInput, Conflict."""
        given = change_json(change or AccountChange()) | {"label": label, "purpose": purpose} | ({"key": key} if key else {})
        return account_from_json(await self._api.json("POST", "/accounts", given))

    async def edit_account(self, key: str, change: AccountChange) -> Account:
        """Change an account. Raises NotFound, InvalidInput, Conflict."""
        return account_from_json(await self._api.json("PATCH", f"/accounts/{part(key)}", change_json(change)))

    async def link(self, key: str, customer_id: str) -> Account:
        """Say that a customer id is an account's. Raises NotFound, InvalidInput, Conflict."""
        return account_from_json(await self._api.json("POST", f"/accounts/{part(key)}/link", {"customer_id": customer_id}))

    async def compare(self, first: str, second: str, told: Mapping[str, Told]) -> Comparison:
        """Return whether two accounts may be linked. Raises NotFound, InvalidInput."""
        given = {"other": second, "told": {key: told_json(said) for key, said in told.items()}}
        return comparison_from_json(await self._api.json("POST", f"/accounts/{part(first)}/compare", given))

    async def identities(self) -> list[Identity]:
        """Return the customer ids that browsers have shown."""
        return await self._list("/identities", identity_from_json)
