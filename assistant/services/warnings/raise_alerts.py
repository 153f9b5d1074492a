"""Turns the reasons of a verdict into warnings and into the reply to the browser."""

from typing import Any

from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.own_pages import links_for
from assistant.domain.judging.verdict import Level, Reason, Verdict
from assistant.domain.pages.visit import Visit
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.warnings.alerts import renew_alert
from assistant.wire.verdicts import links_json, reason_json


def raise_alerts(work: UnitOfWork, visit: Visit, account_id: int | None, verdict: Verdict, asin: str | None) -> None:
    """Store the reasons as warnings; an open one for the same item is renewed."""
    url = visit.url.split("?", 1)[0]
    for reason in verdict.reasons:
        renew_alert(work.session, reason, visit.at, account_id=account_id, asin=asin, visit_id=visit.id, url=url)


def reasons_json(reasons: tuple[Reason, ...], marketplace: Marketplace | None) -> list[dict[str, Any]]:
    """Return the reasons for a reply, each with links to helpful pages of Amazon."""
    return [
        reason_json(reason) | {"links": links_json(links_for(reason.code, marketplace))}
        for reason in reasons
        if reason.level is not Level.ALLOW
    ]
