"""Statements of cards: import them, list their months and lines, decide what a line pays for, close months."""

from assistant.domain.books.statements.card_charges import LineState, MatchedLine
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Scope
from assistant.domain.rows.row_facts import statement_facts
from assistant.importers.statements.read_statement import named_profile
from assistant.server.limits import PAGE_BODY
from assistant.server.listing import PART, SEARCH, searched, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.shape import PageJson
from assistant.wire.statements import (
    CardChargeJson,
    CloseBody,
    MatchBody,
    StatementBody,
    StatementImportJson,
    StatementLineJson,
    StatementMonthJson,
)

_CARD = Parameter(name="card", about="Only this card, like visa/1234.", schema={"type": "string", "maxLength": 100})
_MONTH = Parameter(name="month", about="Only this month, like 2025-03.", schema={"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})
_STATE = Parameter(name="state", about="Only lines of this state.", schema={"type": "string", "enum": [state.value for state in LineState]})
_PATIENCE = 60.0
"""Seconds: matching 20,000 lines to 100,000 charges takes some."""


def months(call: Call) -> PageJson[StatementMonthJson]:
    """List the months of every card, newest first."""
    return whole(call, [StatementMonthJson.of(month) for month in call.services.statements.months()])


def lines(call: Call) -> PageJson[StatementLineJson]:
    """List lines, oldest first, with what they pay for or may pay for."""
    lines_of_cards = (line for line in call.services.statements.matches().lines if _is_wanted(call, line))
    found = searched(call, lines_of_cards, statement_facts, "statements")
    return whole(call, [StatementLineJson.of(line) for line in sorted(found, key=lambda line: (line.entry.line.on, line.entry.id))])


def charges(call: Call) -> PageJson[CardChargeJson]:
    """List the charges and refunds of covered days that are on no statement."""
    return whole(call, [CardChargeJson.of(charge) for charge in call.services.statements.matches().missing])


def take(call: Call) -> StatementImportJson:
    """Import a statement."""
    body: StatementBody = call.body
    wanted = named_profile(body.columns, dates=body.dates, charges=body.charges, currency=body.currency)
    done = call.services.statements.import_bytes(
        body.name, body.content, card=body.card, wanted=wanted, every_line=body.every_line, dry_run=body.dry_run
    )
    return StatementImportJson.of(done)


def decide(call: Call) -> StatementLineJson:
    """Decide what a line pays for, or undo the decision; return the line."""
    body: MatchBody = call.body
    if body.entries is None:
        return StatementLineJson.of(call.services.statements.take_back(body.line))
    return StatementLineJson.of(call.services.statements.decide(body.line, body.entries))


def close(call: Call) -> PageJson[StatementMonthJson]:
    """Close complete months, or one changed month again; return those that were closed."""
    body: CloseBody = call.body
    if (body.card is None) != (body.month is None):
        raise InvalidInput(translated("Name the card and the month, or neither."))
    if body.card is not None and body.month is not None:
        return whole(call, [StatementMonthJson.of(call.services.statements.accept_changes(body.card, body.month))])
    return whole(call, [StatementMonthJson.of(month) for month in call.services.statements.close_months()])


def _is_wanted(call: Call, line: MatchedLine) -> bool:
    card, month, state = (call.query.get(name) for name in ("card", "month", "state"))
    day = f"{line.entry.line.on:%Y-%m}"
    return card in (None, "", line.entry.card) and month in (None, "", day) and state in (None, "", line.state.value)


ROUTES = (
    Route(
        method="GET",
        path="/statements",
        about="The months of every card, newest first: open, complete, closed, or changed since they were closed.",
        scope=Scope.FULL,
        run=months,
        query=PART,
        patience=_PATIENCE,
    ),
    Route(
        method="GET",
        path="/statements/lines",
        about="Lines of statements, oldest first, with their match, or the candidates with score and reasons.",
        scope=Scope.FULL,
        run=lines,
        query=(SEARCH, _CARD, _MONTH, _STATE, *PART),
        patience=_PATIENCE,
    ),
    Route(
        method="GET",
        path="/statements/charges",
        about="Charges and refunds that no statement of their days has.",
        scope=Scope.FULL,
        run=charges,
        query=PART,
        patience=_PATIENCE,
    ),
    Route(
        method="POST",
        path="/statements",
        about="Import a statement: CSV, OFX, QFX or QIF. The same lines again change nothing.",
        scope=Scope.FULL,
        run=take,
        body=StatementBody,
        largest=PAGE_BODY,
        patience=_PATIENCE,
        long=True,
    ),
    Route(
        method="POST",
        path="/statements/match",
        about="Decide what a line pays for. The entries must add up to it.",
        scope=Scope.FULL,
        run=decide,
        body=MatchBody,
        patience=_PATIENCE,
    ),
    Route(
        method="POST",
        path="/statements/close",
        about="Close every complete month, or one changed month again.",
        scope=Scope.FULL,
        run=close,
        body=CloseBody,
        patience=_PATIENCE,
    ),
)
