"""What a browser tells while its user shops, and what it hears back."""

from typing import cast

from assistant.domain.errors import NotAuthorised
from assistant.domain.pairing import Scope
from assistant.server.limits import PAGE_BODY
from assistant.server.routing import Call, Route
from assistant.wire.visits import DecisionBody, DecisionJson, VisitBody, VisitReplyJson


def visit(call: Call) -> VisitReplyJson:
    """Judge a page that was opened; the same id again gets the same answer and has no second effect."""
    body: VisitBody = call.body
    # The reply is kept as JSON; a test holds it to the shape.
    return cast("VisitReplyJson", call.services.visits.answer(client_id(call), body.to_domain()))


def decide(call: Call) -> DecisionJson:
    """Remember what the user chose on a warning."""
    body: DecisionBody = call.body
    call.services.visits.decide(client_id(call), str(body.visit), body.reason, body.choice)
    return DecisionJson(visit=str(body.visit), reason=body.reason, choice=body.choice)


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
    ),
    Route(
        method="POST",
        path="/decisions",
        about="What the user chose on a warning.",
        scope=Scope.OBSERVE_WRITE,
        run=decide,
        body=DecisionBody,
    ),
)
