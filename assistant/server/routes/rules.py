"""The user's own rules."""

from typing import Any

from assistant.domain.pairing import Scope
from assistant.server.routes.alerts import row_id
from assistant.server.routing import Call, Route
from assistant.server.schemas import RuleBody


def rules(call: Call) -> dict[str, Any]:
    """List the rules, oldest first."""
    items = call.services.rules.all()
    return {"items": items, "next": None, "total": len(items)}


def add(call: Call) -> dict[str, Any]:
    """Keep a rule."""
    return call.services.rules.add(call.body.model_dump())


def remove(call: Call) -> None:
    """Forget a rule."""
    call.services.rules.remove(row_id(call, "There is no such rule."))


ROUTES = (
    Route(method="GET", path="/rules", about="The user's own rules.", scope=Scope.FULL, run=rules, answer="Rules"),
    Route(method="POST", path="/rules", about="Keep a rule.", scope=Scope.FULL, run=add, body=RuleBody, answer="Rule", status=201),
    Route(method="DELETE", path="/rules/{id}", about="Forget a rule.", scope=Scope.FULL, run=remove, answer=None),
)
