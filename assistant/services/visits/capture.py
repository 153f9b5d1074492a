"""Stores the data of a visited page: the orders of an order page, and the visit with its facts."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.documents import ImportResult
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.services.imports.store_document import Arrival, take
from assistant.services.judging.page_facts import basket_of
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.visits.visits import KeptVisit
from assistant.wire.page_facts import basket_json, facts_json

ORDER_PAGES = frozenset({SourceKind.ORDER_LIST, SourceKind.ORDER_DETAILS, SourceKind.INVOICE, SourceKind.TRANSACTIONS})


def capture_orders(work: UnitOfWork, visit: Visit, seen: SeenPage, found: Attribution, now: datetime) -> ImportResult | None:
    """Import the orders of an order page; None for other pages and pages of an unknown account."""
    extraction = seen.extraction
    has_content = extraction.orders or extraction.transactions or extraction.listing or extraction.problems
    if extraction.source.kind not in ORDER_PAGES or not has_content or not found.customer_id:
        return None
    name = f"{seen.kind.value.replace('_', ' ')} on {extraction.source.marketplace or 'Amazon'}"
    digest = hashlib.sha256(visit.html.encode()).hexdigest()
    arrival = Arrival(extraction=extraction, digest=digest, name=name, url=visit.url, page=visit.html)
    return take(work, arrival, found.account.key if found.account else None, now)


def kept_visit(visit: Visit, seen: SeenPage, found: Attribution, reply: Mapping[str, Any], *, late: bool) -> KeptVisit:
    """Return the visit as stored. A late one does not show who is signed in now."""
    signed_out = "" if seen.account.signed_in is False else None
    return KeptVisit(
        id=visit.id,
        client_id=found.sign_in.client_id,
        at=visit.at.isoformat(),
        tab=visit.tab,
        store=visit.store,
        kind=seen.kind.value,
        host=found.sign_in.marketplace,
        customer_id=None if late else seen.account.customer_id or signed_out,
        account_id=found.account_id,
        facts=_facts(seen),
        reply=reply,
    )


def asins_of(facts: Mapping[str, Any]) -> list[str]:
    """Return the items of a visit: the lines of its basket, else its product, else the item it reviews."""
    page = facts.get("page", {})
    lines = facts.get("lines") or [page.get("product", {}).get("line", {}), page.get("review", {})]
    return [line["asin"] for line in lines if line.get("asin")]


def _facts(seen: SeenPage) -> dict[str, Any]:
    basket = basket_of(seen)
    facts = facts_json(seen.extraction.facts) if seen.extraction.facts else {}
    return (basket_json(basket) if basket.lines or basket.promotions else {}) | ({"page": facts} if facts else {})
