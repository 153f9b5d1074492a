"""The user's own rules: listed, kept, changed, tried on past orders, forgotten; and what was learned."""

from typing import Any

from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole, whole_number
from assistant.server.request_schemas import RuleBody
from assistant.server.routes.alerts import row_id
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.rules import habit_json, preview_json, rule_json

_FURTHEST = 2**53
_INSTEAD = Parameter(name="instead_of", about="The rule that this one would replace.", schema={"type": "integer", "minimum": 1})


def rules(call: Call) -> dict[str, Any]:
    """List the rules, oldest first."""
    return whole(call, [rule_json(rule) for rule in call.services.rules.all()])


def habits(call: Call) -> dict[str, Any]:
    """List where things were always bought, as proposals for rules."""
    return whole(call, [habit_json(habit) for habit in call.services.habits.all()])


def add(call: Call) -> dict[str, Any]:
    """Keep a rule."""
    return rule_json(call.services.rules.add(call.body.model_dump()))


def edit(call: Call) -> dict[str, Any]:
    """Put other parts into a rule."""
    return rule_json(call.services.rules.edit(row_id(call, "There is no such rule."), call.body.model_dump()))


def preview(call: Call) -> dict[str, Any]:
    """Try a rule on past orders; nothing is kept."""
    instead_of = whole_number(call.query, "instead_of", 1, _FURTHEST)
    return preview_json(call.services.rules.preview(call.body.model_dump(), instead_of))


def remove(call: Call) -> None:
    """Forget a rule."""
    call.services.rules.remove(row_id(call, "There is no such rule."))


ROUTES = (
    Route(method="GET", path="/rules", about="The user's own rules.", scope=Scope.FULL, run=rules, query=PART, answer="Rules"),
    Route(
        method="GET", path="/habits", about="Where things were always bought.", scope=Scope.FULL, run=habits, query=PART, answer="Habits"
    ),
    Route(method="POST", path="/rules", about="Keep a rule.", scope=Scope.FULL, run=add, body=RuleBody, answer="Rule", status=201),
    Route(
        method="POST",
        path="/rules/preview",
        about="What a rule would have done to past orders.",
        scope=Scope.FULL,
        run=preview,
        body=RuleBody,
        answer="RulePreview",
        query=(_INSTEAD,),
        long=True,
    ),
    Route(method="PUT", path="/rules/{id}", about="Put other parts into a rule.", scope=Scope.FULL, run=edit, body=RuleBody, answer="Rule"),
    Route(method="DELETE", path="/rules/{id}", about="Forget a rule.", scope=Scope.FULL, run=remove, answer=None),
)
