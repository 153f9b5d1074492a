"""User rules: list, add, change, try on past orders, delete; and habits."""

from assistant.domain.languages.translating import to_translate
from assistant.domain.pairing import Scope
from assistant.domain.rows.row_facts import rule_facts
from assistant.server.listing import PART, SEARCH, row_id, searched, whole, whole_number
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.rules import HabitJson, PreviewJson, RuleBody, RuleJson
from assistant.wire.shape import PageJson

_FURTHEST = 2**53
_INSTEAD = Parameter(name="instead_of", about="The rule that this one would replace.", schema={"type": "integer", "minimum": 1})


def rules(call: Call) -> PageJson[RuleJson]:
    """List the rules, oldest first."""
    return whole(call, [RuleJson.of(rule) for rule in searched(call, call.services.rules.all(), rule_facts, "rules")])


def habits(call: Call) -> PageJson[HabitJson]:
    """List where items were always bought, as proposals for rules."""
    return whole(call, [HabitJson.of(habit) for habit in call.services.habits.all()])


def add(call: Call) -> RuleJson:
    """Add a rule."""
    return RuleJson.of(call.services.rules.add(call.body))


def edit(call: Call) -> RuleJson:
    """Replace the parts of a rule."""
    return RuleJson.of(call.services.rules.edit(row_id(call, to_translate("There is no such rule.")), call.body))


def preview(call: Call) -> PreviewJson:
    """Try a rule on past orders; nothing is stored."""
    instead_of = whole_number(call.query, "instead_of", 1, _FURTHEST)
    return PreviewJson.of(call.services.rules.preview(call.body, instead_of))


def remove(call: Call) -> None:
    """Delete a rule."""
    call.services.rules.remove(row_id(call, to_translate("There is no such rule.")))


ROUTES = (
    Route(method="GET", path="/rules", about="The user's own rules.", scope=Scope.FULL, run=rules, query=(SEARCH, *PART)),
    Route(method="GET", path="/habits", about="Where items were always bought.", scope=Scope.FULL, run=habits, query=PART),
    Route(method="POST", path="/rules", about="Add a rule.", scope=Scope.FULL, run=add, body=RuleBody, status=201),
    Route(
        method="POST",
        path="/rules/preview",
        about="What a rule would have done to past orders.",
        scope=Scope.FULL,
        run=preview,
        body=RuleBody,
        query=(_INSTEAD,),
        long=True,
    ),
    Route(method="PUT", path="/rules/{id}", about="Replace the parts of a rule.", scope=Scope.FULL, run=edit, body=RuleBody),
    Route(method="DELETE", path="/rules/{id}", about="Delete a rule.", scope=Scope.FULL, run=remove),
)
