"""The ledger of terms: promotions, memberships, subscriptions, limits and reviews that were seen or noted."""

from typing import Any

from assistant.domain.errors import InvalidInput
from assistant.domain.pairing import Scope
from assistant.domain.terms import TermKind
from assistant.server.listing import CURSOR, LIMIT, OFFSET, cursor_of, limit_of, offset_of
from assistant.server.request_schemas import TermBody, TermChangeBody
from assistant.server.routes.alerts import row_id
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.terms import change_from_json, term_from_json, term_json
from assistant.wire.views import page_json

_KIND = Parameter(name="kind", about="Only this kind.", schema={"type": "string", "enum": [kind.value for kind in TermKind]})
_ACCOUNT = Parameter(name="account", about="Only this account (key or name).", schema={"type": "string", "maxLength": 100})
_MISSING = "There is no such entry."


def terms(call: Call) -> dict[str, Any]:
    """List terms, newest first; products that were merely looked at only when asked for."""
    page = call.services.terms.terms(
        kind=_kind(call.query.get("kind")),
        account=next(iter(call.accounts), None),
        cursor=cursor_of(call),
        offset=offset_of(call),
        limit=limit_of(call),
    )
    return page_json(page, term_json)


def add(call: Call) -> dict[str, Any]:
    """Keep what a person writes down."""
    return term_json(call.services.terms.add(term_from_json(call.body.model_dump())))


def edit(call: Call) -> dict[str, Any]:
    """Correct a term; from then on no page changes it."""
    change = change_from_json(call.body.model_dump(exclude_unset=True))
    return term_json(call.services.terms.edit(row_id(call, _MISSING), change))


def remove(call: Call) -> None:
    """Forget a term."""
    call.services.terms.remove(row_id(call, _MISSING))


def _kind(text: str | None) -> TermKind | None:
    try:
        return TermKind(text) if text else None
    except ValueError as error:
        raise InvalidInput(f"'{str(text)[:40]}' is no kind. Choose one of {', '.join(TermKind)}.") from error


ROUTES = (
    Route(
        method="GET",
        path="/terms",
        about="Promotions, memberships, subscriptions, limits and reviews that were seen or noted, newest first.",
        scope=Scope.FULL,
        run=terms,
        query=(_KIND, _ACCOUNT, CURSOR, OFFSET, LIMIT),
        answer="Terms",
    ),
    Route(method="POST", path="/terms", about="Note one.", scope=Scope.FULL, run=add, body=TermBody, answer="Term", status=201),
    Route(
        method="PATCH",
        path="/terms/{id}",
        about="Correct one; no page changes it again.",
        scope=Scope.FULL,
        run=edit,
        body=TermChangeBody,
        answer="Term",
    ),
    Route(method="DELETE", path="/terms/{id}", about="Forget one.", scope=Scope.FULL, run=remove, answer=None),
)
