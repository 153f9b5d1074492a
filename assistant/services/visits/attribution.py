"""Finds the account of a page: by its customer id, else by the last one that the same sign-in showed."""

from collections.abc import Iterable
from datetime import timedelta

from assistant.amazon.observed_page import SeenPage
from assistant.amazon.values.web_address import parts_of
from assistant.domain.accounts.account import greeted_as, greets_another
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.pages.visit import SignIn, Visit
from assistant.storage.accounts import register
from assistant.storage.unit_of_work import Session
from assistant.storage.visits.visits import KeptVisit, last_identity

FRESH = timedelta(minutes=30)
"""How long a customer id counts for later pages of its sign-in that show no id."""


def sign_in_of(client_id: str, visit: Visit, seen: SeenPage) -> SignIn:
    """Return the sign-in that a page belongs to."""
    marketplace = seen.marketplace.name if seen.marketplace else parts_of(visit.url).hostname or ""
    return SignIn(client_id, visit.store, marketplace)


def attribute(session: Session, client_id: str, visit: Visit, seen: SeenPage, *, unwritten: Iterable[KeptVisit] = ()) -> Attribution:
    """Return the attribution of a page. A greeting never identifies an account, but it can make a carried one uncertain."""
    page, sign_in = seen.account, sign_in_of(client_id, visit, seen)
    everyone = register.accounts_by_id(session)
    if page.customer_id:
        return Attribution(everyone, sign_in, page.customer_id, "sure", True)
    if page.signed_in is False or page.contradicted:
        return Attribution(everyone, sign_in, None, "unknown", page.signed_in)
    before = last_identity(session, sign_in, (visit.at - FRESH, visit.at), unwritten=unwritten)
    if before is None or not before[0]:
        return Attribution(everyone, sign_in, None, "unknown", page.signed_in)
    carried = Attribution(everyone, sign_in, before[0], "carried", True, before[1])
    return _unsure(carried) if _is_greeted_otherwise(carried, page.greeting) else carried


def _is_greeted_otherwise(carried: Attribution, greeting: str | None) -> bool:
    account = carried.account
    if account is None or not greeting:
        return False
    names = {one.key: greeted_as(one.greeting, one.owner, one.label) for one in carried.everyone.values()}
    return greets_another(greeting, names, account.key)


def _unsure(carried: Attribution) -> Attribution:
    return Attribution(carried.everyone, carried.sign_in, carried.customer_id, "unknown", carried.signed_in, carried.seen_at)
