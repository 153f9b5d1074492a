"""Terms: promotions, memberships, subscriptions, limits and reviews, from pages or noted by hand."""

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pairing import Scope
from assistant.domain.rows.row_facts import term_facts
from assistant.domain.terms import TermKind
from assistant.server.listing import CURSOR, LIMIT, OFFSET, SEARCH, cursor_of, limit_of, offset_of, row_id, searched, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.services.row_search import every
from assistant.wire.shape import PageJson
from assistant.wire.terms import TermBody, TermChangeBody, TermJson

_KIND = Parameter(name="kind", about="Only this kind.", schema={"type": "string", "enum": [kind.value for kind in TermKind]})
_ACCOUNT = Parameter(name="account", about="Only this account (key or name).", schema={"type": "string", "maxLength": 100})
_MISSING = to_translate("There is no such entry.")


def terms(call: Call) -> PageJson[TermJson]:
    """List terms, newest first; products that were only viewed are listed only on request."""
    if call.query.get("q"):
        kind = _asked_kind(call.query.get("kind"))
        every_term = every(lambda cursor: call.services.terms.terms(kind=kind, cursor=cursor))
        return whole(call, [TermJson.of(term) for term in searched(call, every_term, term_facts, "terms")])
    page = call.services.terms.terms(
        kind=_asked_kind(call.query.get("kind")),
        account=next(iter(call.accounts), None),
        cursor=cursor_of(call),
        offset=offset_of(call),
        limit=limit_of(call),
    )
    return PageJson.of(page, TermJson)


def add(call: Call) -> TermJson:
    """Note a term."""
    body: TermBody = call.body
    return TermJson.of(call.services.terms.add(body.to_domain()))


def edit(call: Call) -> TermJson:
    """Correct a term; after that, pages do not change it."""
    body: TermChangeBody = call.body
    return TermJson.of(call.services.terms.edit(row_id(call, _MISSING), body.to_domain()))


def remove(call: Call) -> None:
    """Delete a term."""
    call.services.terms.remove(row_id(call, _MISSING))


def _asked_kind(text: str | None) -> TermKind | None:
    try:
        return TermKind(text) if text else None
    except ValueError as error:
        raise InvalidInput(
            translated("'{text}' is not a kind. Choose one of {choices}.", text=str(text)[:40], choices=", ".join(TermKind))
        ) from error


ROUTES = (
    Route(
        method="GET",
        path="/terms",
        about="Promotions, memberships, subscriptions, limits and reviews, newest first.",
        scope=Scope.FULL,
        run=terms,
        query=(SEARCH, _KIND, _ACCOUNT, CURSOR, OFFSET, LIMIT),
    ),
    Route(method="POST", path="/terms", about="Note one.", scope=Scope.FULL, run=add, body=TermBody, status=201),
    Route(
        method="PATCH",
        path="/terms/{id}",
        about="Correct a term; pages no longer change it.",
        scope=Scope.FULL,
        run=edit,
        body=TermChangeBody,
    ),
    Route(method="DELETE", path="/terms/{id}", about="Delete one.", scope=Scope.FULL, run=remove),
)
