"""What a browser tells while its user shops, and what it hears back."""

from typing import Any

from assistant.domain.errors import NotAuthorised
from assistant.domain.pages.visit import Visit
from assistant.domain.pairing import Scope
from assistant.server.limits import PAGE_BODY
from assistant.server.request_schemas import DecisionBody, VisitBody
from assistant.server.routing import Call, Route


def visit(call: Call) -> dict[str, Any]:
    """Judge a page that was opened; the same id again gets the same answer and has no second effect."""
    body: VisitBody = call.body
    page = Visit(
        id=str(body.id),
        at=body.at,
        url=body.url,
        tab=body.tab,
        store=body.store,
        html=body.page.html,
        scripts=body.page.scripts,
        nav=body.page.nav,
    )
    return call.services.visits.answer(client_id(call), page)


def decide(call: Call) -> dict[str, Any]:
    """Remember what the user chose on a warning."""
    body: DecisionBody = call.body
    call.services.visits.decide(client_id(call), str(body.visit), body.reason, body.choice)
    return {"visit": str(body.visit), "reason": body.reason, "choice": body.choice.value}


def client_id(call: Call) -> str:
    """Return whose call this is."""
    if call.client is None:
        raise NotAuthorised("This needs a token.")
    return call.client.id


ROUTES = (
    Route(
        method="POST",
        path="/visits",
        about="A page was opened: whose it is, and what is to be thought of it.",
        scope=Scope.OBSERVE_WRITE,
        run=visit,
        afterwards=lambda services: services.visits.write_down(),
        body=VisitBody,
        largest=PAGE_BODY,
        answer="VisitReply",
    ),
    Route(
        method="POST",
        path="/decisions",
        about="What the user chose on a warning.",
        scope=Scope.OBSERVE_WRITE,
        run=decide,
        body=DecisionBody,
        answer="Decision",
    ),
)
