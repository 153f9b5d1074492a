"""Visits: pages that a browser reports while its user shops, and the answers."""

from dataclasses import replace
from typing import cast

from assistant.domain.errors import NotAuthorised
from assistant.domain.pairing import Scope
from assistant.server.limits import PAGE_BODY
from assistant.server.routing import Call, Route
from assistant.wire.visits import DecisionBody, DecisionJson, VisitBody, VisitReplyJson


def visit(call: Call) -> VisitReplyJson:
    """Judge an opened page; the same id again gets the same answer without a second effect."""
    body: VisitBody = call.body
    # The reply is stored as JSON; a test checks its shape.
    window_id = call.client.account_id if call.client else None
    return cast("VisitReplyJson", call.services.visits.answer(client_id(call), replace(body.to_domain(), window_id=window_id)))


def decide(call: Call) -> DecisionJson:
    """Store what the user chose about a warning."""
    body: DecisionBody = call.body
    call.services.visits.decide(client_id(call), str(body.visit), body.reason, body.choice)
    return DecisionJson(visit=str(body.visit), reason=body.reason, choice=body.choice)


def client_id(call: Call) -> str:
    """Return the id of the calling client."""
    if call.client is None:
        raise NotAuthorised("This needs a token.")
    return call.client.id


ROUTES = (
    Route(
        method="POST",
        path="/visits",
        about="Report an opened page; returns its account and the verdict.",
        scope=Scope.OBSERVE_WRITE,
        run=visit,
        afterwards=lambda services: services.visits.write_down(),
        body=VisitBody,
        largest=PAGE_BODY,
    ),
    Route(
        method="POST",
        path="/decisions",
        about="Store what the user chose about a warning.",
        scope=Scope.OBSERVE_WRITE,
        run=decide,
        body=DecisionBody,
    ),
)
