"""Budgets beside what was spent."""

from assistant.domain.filters import period
from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.shape import PageJson
from assistant.wire.spending import BudgetJson

_MONTH = Parameter(
    name="month",
    about="The month, or a month of the year; default: today's.",
    schema={"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
)


def budgets(call: Call) -> PageJson[BudgetJson]:
    """List budgets with what was spent, carried over and is likely to be spent."""
    today, month = call.services.today, call.query.get("month")
    day = period(month)[0] if month and month != f"{today:%Y-%m}" else today
    return whole(call, [BudgetJson.of(budget) for budget in call.services.budgets.all(day, today)])


ROUTES = (
    Route(
        method="GET",
        path="/budgets",
        about="Budgets of the user's rules: planned, carried over, spent, left, and how the period is likely to end.",
        scope=Scope.FULL,
        run=budgets,
        query=(_MONTH, *PART),
    ),
)
