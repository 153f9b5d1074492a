"""A page made the rules speak: the reasons go out in the reply, and become warnings."""

from typing import Any

from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.own_pages import links_for
from assistant.domain.judging.verdict import Level, Reason, Verdict
from assistant.domain.pages.visit import Visit
from assistant.storage.tables import AlertRow
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.visits.visits import open_alert
from assistant.wire.verdicts import links_json, reason_json


def raise_alerts(work: UnitOfWork, visit: Visit, account_id: int | None, verdict: Verdict, asin: str | None) -> None:
    """Keep the reasons as warnings; one that is open for the same thing is renewed."""
    for reason in verdict.reasons:
        alert = open_alert(work.session, account_id, reason.code, asin) or AlertRow(at=visit.at.isoformat(), **reason_json(reason))
        alert.visit_id, alert.account_id, alert.asin, alert.url = visit.id, account_id, asin, visit.url.split("?", 1)[0]
        for name, value in reason_json(reason).items():
            setattr(alert, name, value)
        work.session.add(alert)


def reasons_json(reasons: tuple[Reason, ...], shop: Marketplace | None) -> list[dict[str, Any]]:
    """Return the reasons of a reply, each with Amazon's own pages that help."""
    return [
        reason_json(reason) | {"links": links_json(links_for(reason.code, shop))} for reason in reasons if reason.level is not Level.ALLOW
    ]
