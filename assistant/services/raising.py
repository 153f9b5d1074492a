"""A page made the rules speak: the reasons become warnings, with the situation that explains them."""

from typing import Any

from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.own_pages import links_for
from assistant.domain.verdicts import Level, Reason
from assistant.domain.visits import Visit
from assistant.services.judged import Judged
from assistant.storage.situations import drop_unused, keep_situation
from assistant.storage.tables import AlertRow
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.visits import open_alert
from assistant.wire.verdicts import links_json, reason_json


def raise_alerts(work: UnitOfWork, visit: Visit, account_id: int | None, judged: Judged, asin: str | None) -> None:
    """Keep what was judged, and the warnings that came of it; one that is open for the same thing is renewed."""
    if not judged.described:
        return
    reasons = judged.verdict.reasons
    situation = keep_situation(work.session, judged.described, visit.at, raised=bool(reasons))
    for reason in reasons:
        alert = open_alert(work.session, account_id, reason.code, asin) or AlertRow(at=visit.at.isoformat(), **reason_json(reason))
        before, alert.situation_id = alert.situation_id, situation
        alert.visit_id, alert.account_id, alert.asin, alert.url = visit.id, account_id, asin, visit.url.split("?", 1)[0]
        for name, value in reason_json(reason).items():
            setattr(alert, name, value)
        work.session.add(alert)
        if before not in (None, situation):
            work.session.flush()
            drop_unused(work.session, before)


def reasons_json(reasons: tuple[Reason, ...], shop: Marketplace | None) -> list[dict[str, Any]]:
    """Return the reasons of a reply, each with Amazon's own pages that help."""
    return [
        reason_json(reason) | {"links": links_json(links_for(reason.code, shop))} for reason in reasons if reason.level is not Level.ALLOW
    ]
