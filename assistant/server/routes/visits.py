"""Visits: pages that a browser reports while its user shops, and the answers."""

from collections.abc import Callable
from typing import Any, cast

from assistant.domain.errors import NotAuthorised
from assistant.domain.languages.translating import translated
from assistant.domain.pages.visit import Visit
from assistant.domain.pairing import Scope
from assistant.server.limits import PAGE_BODY
from assistant.server.routing import Call, Route
from assistant.wire.visits import DecisionBody, DecisionJson, VisitBody, VisitReplyJson


def visit(call: Call) -> VisitReplyJson:
    """Judge an opened page; the same id again gets the same answer without a second effect."""
    # The reply is stored as JSON; a test checks its shape.
    return cast("VisitReplyJson", call.services.visits.answer(client_id(call), _visit_of(call), call.prepared))


def read_large(call: Call) -> Callable[[], Any] | None:
    """Return what reads a large page before the visit takes its turn among the short writes; None for any other page."""
    return call.services.visits.read_large(_visit_of(call))


def _visit_of(call: Call) -> Visit:
    body: VisitBody = call.body
    return body.to_domain(window_id=call.client.account_id if call.client else None)


def decide(call: Call) -> DecisionJson:
    """Store what the user chose about a warning."""
    body: DecisionBody = call.body
    call.services.visits.decide(client_id(call), str(body.visit), body.reason, body.choice)
    return DecisionJson(visit=str(body.visit), reason=body.reason, choice=body.choice)


def client_id(call: Call) -> str:
    """Return the id of the calling client."""
    if call.client is None:
        raise NotAuthorised(translated("This needs a token."))
    return call.client.id


ROUTES = (
    Route(
        method="POST",
        path="/visits",
        about="Report an opened page; returns its account and the verdict.",
        scope=Scope.OBSERVE_WRITE,
        run=visit,
        beforehand=read_large,
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
