"""Warnings: list, explain, count and dismiss them."""

from assistant.domain.languages.translating import to_translate
from assistant.domain.pairing import Scope
from assistant.server.body import Nothing
from assistant.server.listing import CURSOR, FILTERS, LIMIT, OFFSET, PART, cursor_of, filter_of, flag, limit_of, offset_of, row_id, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.shape import PageJson, from_builtins
from assistant.wire.verdicts import ExplanationJson
from assistant.wire.warnings import AlertCountsJson, AlertJson, LookBackJson

_OPEN = Parameter(name="open", about="0: also dismissed ones.", schema={"type": "string", "enum": ["0", "1"], "default": "1"})
_REDACT = Parameter(
    name="redact", about="1: invented names instead of real ones.", schema={"type": "string", "enum": ["0", "1"], "default": "0"}
)
_MISSING = to_translate("There is no such warning.")


def alerts(call: Call) -> PageJson[AlertJson]:
    """List warnings, newest first."""
    open_only = flag(call, "open") is not False
    found, cursor, offset, limit = filter_of(call), cursor_of(call), offset_of(call), limit_of(call)
    page = call.services.alerts.alerts(found, open_only=open_only, cursor=cursor, offset=offset, limit=limit)
    return PageJson.of(page, AlertJson)


def dismiss(call: Call) -> AlertJson:
    """Dismiss a warning; a second time changes nothing."""
    return AlertJson.of(call.services.alerts.dismiss(row_id(call, _MISSING)))


def explain(call: Call) -> PageJson[ExplanationJson]:
    """List every rule that was tried for a warning, and why it warned or not."""
    answers = call.services.explanations.explain(row_id(call, _MISSING), redact=bool(flag(call, "redact")))
    return whole(call, [from_builtins(answer, ExplanationJson) for answer in answers])


def stats(call: Call) -> PageJson[AlertCountsJson]:
    """Count by rule how its warnings ended."""
    return whole(call, [AlertCountsJson.of(entry) for entry in call.services.alert_stats.stats()])


def past(call: Call) -> LookBackJson:
    """List earlier purchases that look misplaced."""
    looked = LookBackJson.of(call.services.retrospective.look_back())
    page = whole(call, looked.items)
    return LookBackJson(checked=looked.checked, items=page.items, next=page.next, total=page.total)


ROUTES = (
    Route(
        method="GET",
        path="/alerts",
        about="Warnings, newest first.",
        scope=Scope.SUMMARY_READ,
        run=alerts,
        query=(_OPEN, *FILTERS, CURSOR, OFFSET, LIMIT),
    ),
    Route(
        method="GET",
        path="/alerts/stats",
        about="For each rule: how often its warnings of the last 365 days were followed or overridden, and whether to make it quieter.",
        scope=Scope.SUMMARY_READ,
        run=stats,
        query=PART,
    ),
    Route(
        method="GET",
        path="/alerts/past",
        about="Purchases older than 30 days that look misplaced, newest first; of the newest 1,000. `checked`: how many were judged.",
        scope=Scope.FULL,
        run=past,
        query=PART,
        long=True,
        patience=60.0,
    ),
    Route(
        method="GET",
        path="/alerts/{id}/explanation",
        about="Every rule that was tried for a warning: its question, what it found, why it warned or not.",
        scope=Scope.FULL,
        run=explain,
        query=(_REDACT, *PART),
    ),
    Route(
        method="POST",
        path="/alerts/{id}/dismiss",
        about="Dismiss a warning.",
        scope=Scope.FULL,
        run=dismiss,
        body=Nothing,
    ),
)
