"""Which account a page belongs to, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.domain.accounts.account import Account
from assistant.domain.pages.visit import SignIn


@dataclass(frozen=True, slots=True)
class Attribution:
    """The account of a page.

    `certainty`: "sure" (this page shows the id), "carried" (an earlier page of the sign-in showed it), "unknown" (no page showed an
    id, or this page contradicts it). `seen_at` is when a carried id was shown. `everyone` holds all accounts by row id.
    """

    everyone: Mapping[int, Account]
    sign_in: SignIn
    customer_id: str | None
    certainty: Literal["sure", "carried", "unknown"]
    signed_in: bool | None
    seen_at: datetime | None = None

    @property
    def account_id(self) -> int | None:
        """The row id of the account, None if the customer id is not linked."""
        return next((number for number, account in self.everyone.items() if self.customer_id in account.customer_ids), None)

    @property
    def account(self) -> Account | None:
        """The account, None if the customer id is not linked."""
        number = self.account_id
        return self.everyone[number] if number is not None else None
