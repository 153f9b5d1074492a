"""Whose page is this: by the customer id on it, else by what the same cookie store showed a moment ago."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.account import Account, colour
from assistant.domain.pages.visit import Visit
from assistant.storage.accounts import register
from assistant.storage.visits.visits import KeptVisit, last_identity

FRESH = timedelta(minutes=30)
"""How long a customer id speaks for pages of its cookie store that show none."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The account of a page. `certainty`: sure (id on the page), carried (from a page just before), unknown.

    `everyone` are all registered accounts by row id, read once for the whole visit.
    """

    everyone: Mapping[int, Account]
    customer_id: str | None
    certainty: str
    signed_in: bool | None

    @property
    def account_id(self) -> int | None:
        """The row id of the account, where the customer id is linked to one."""
        return next((number for number, account in self.everyone.items() if self.customer_id in account.customer_ids), None)

    @property
    def account(self) -> Account | None:
        """The account, where the customer id is linked to one."""
        number = self.account_id
        return self.everyone[number] if number is not None else None


def attribute(session: Session, visit: Visit, seen: SeenPage, *, unwritten: Iterable[KeptVisit] = ()) -> Attribution:
    """Return whose page it is; the greeting never decides."""
    page = seen.account
    everyone = register.accounts_by_id(session)
    if page.customer_id:
        return Attribution(everyone, page.customer_id, "sure", True)
    if page.signed_in is False:
        return Attribution(everyone, None, "unknown", False)
    before = last_identity(session, visit.store, visit.at - FRESH, visit.at, unwritten=unwritten)
    if not before:
        return Attribution(everyone, None, "unknown", page.signed_in)
    return Attribution(everyone, before, "carried", True)


def account_reply(found: Attribution) -> dict[str, Any] | None:
    """Return what the browser shows of the account; None when nobody is signed in or nothing is known."""
    account = found.account
    if account is not None:
        hue = colour(account.colour)
        return {
            "key": account.key,
            "label": account.label,
            "purpose": account.purpose,
            "letters": account.letters,
            "colour": hue.hex,
            "ink": hue.ink,
            "symbol": account.symbol,
            "certainty": found.certainty,
            "customer_id": found.customer_id,
            "registered": True,
        }
    if not found.customer_id:
        return None
    hue = colour("charcoal")
    return {
        "key": None,
        "label": "Not registered",
        "purpose": None,
        "letters": "?",
        "colour": hue.hex,
        "ink": hue.ink,
        "symbol": "?",
        "certainty": "unknown",
        "customer_id": found.customer_id,
        "registered": False,
    }
