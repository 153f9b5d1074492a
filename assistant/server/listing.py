"""The query parameters of lists, the same filters as on the command line, and the number of a row in a path."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filter_language import parse_filter
from assistant.domain.filters import Filter, period
from assistant.domain.languages.translating import translated
from assistant.domain.rows.row_filter import RowFacts
from assistant.server.routing import Call, Parameter
from assistant.services.row_search import search
from assistant.settings.user_settings import read_user_settings
from assistant.wire.shape import PageJson, S

T = TypeVar("T")
_TEXT: Mapping[str, Any] = {"type": "string", "maxLength": 1000}
_DAY: Mapping[str, Any] = {"type": "string", "format": "date"}
_MOST = 500
_FURTHEST = 2**53

FILTERS = (
    Parameter(
        name="q",
        about='Filter language: account:biz cat:office seller:acme is:refunded date:2025-01..03 >50 -toner "desk lamp" or @saved',
        schema=_TEXT,
    ),
    Parameter(name="account", about="Only this account (key or name); may be repeated.", schema={"type": "array", "items": _TEXT}),
    Parameter(name="purpose", about="Only this purpose.", schema=_TEXT),
    Parameter(name="status", about="Only orders of this status.", schema=_TEXT),
    Parameter(name="currency", about="Only this ISO 4217 currency.", schema={"type": "string", "pattern": "^[A-Za-z]{3}$"}),
    Parameter(name="from", about="First day.", schema=_DAY),
    Parameter(name="to", about="Last day.", schema=_DAY),
    Parameter(name="year", about="A year, month or quarter: 2025, 2025-03, 2025-Q1.", schema={"type": "string"}),
)
SEARCH = FILTERS[0]
"""The filter of lists that are not orders. They refuse the keys that they do not know."""
CURSOR = Parameter(name="cursor", about="Continue after the previous page: its `next`.", schema=_TEXT)
OFFSET = Parameter(name="offset", about="Skip this many entries instead.", schema={"type": "integer", "minimum": 0})
PART = (
    CURSOR,
    OFFSET,
    Parameter(
        name="limit",
        about="How many entries at most; default: all.",
        schema={"type": "integer", "minimum": 1, "maximum": _MOST},
    ),
)
LIMIT = Parameter(
    name="limit", about="How many entries at most.", schema={"type": "integer", "minimum": 1, "maximum": _MOST, "default": 100}
)


def filter_of(call: Call) -> Filter:
    """Return the filter that the query describes. Raises InvalidInput, which names the parameter."""
    query = call.query
    text = query.get("q", "")[:1000]
    found = parse_filter(text, read_user_settings(call.services.home).filters if "@" in text else {})
    if "year" in query:
        since, until = period(query["year"])
        found = replace(found, since=since, until=until)
    return replace(
        found,
        accounts=(*found.accounts, *call.accounts),
        purpose=query.get("purpose") or found.purpose,
        status=query.get("status") or found.status,
        currency=(query.get("currency") or "").upper() or found.currency,
        since=_asked_day(query, "from") or found.since,
        until=_asked_day(query, "to") or found.until,
    )


def searched(call: Call, rows: Iterable[T], facts: Callable[[T], RowFacts], what: str) -> list[T]:
    """Return the rows that the query's filter finds; `what` names the list (`row_facts.KEYS`). Raises InvalidInput, NotFound."""
    return search(rows, facts, filter_of(call), what=what, accounts=call.services.accounts)


def limit_of(call: Call) -> int:
    """Return how many entries are asked for; default: 100. Raises InvalidInput."""
    return whole_number(call.query, "limit", 1, _MOST) or 100


def offset_of(call: Call) -> int | None:
    """Return how many entries to skip, None if the query does not say. Raises InvalidInput."""
    return whole_number(call.query, "offset", 0, _FURTHEST)


def whole(call: Call, items: Sequence[S]) -> PageJson[S]:
    """Return a complete list, or the part of it that the query asks for (`PART`). Raises InvalidInput."""
    start = whole_number(call.query, "cursor", 0, _FURTHEST) or offset_of(call) or 0
    end = start + (whole_number(call.query, "limit", 1, _MOST) or len(items))
    return PageJson(items=tuple(items[start:end]), next=str(end) if end < len(items) else None, total=len(items))


def cursor_of(call: Call) -> str | None:
    """Return the cursor to continue after."""
    return call.query.get("cursor") or None


def whole_number(query: Mapping[str, Any], name: str, least: int, most: int) -> int | None:
    """Return a parameter that is a whole number, None when it is absent. Raises InvalidInput."""
    text = query.get(name)
    if text is None or text == "":
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(_FURTHEST)) and least <= int(text) <= most):
        raise InvalidInput(translated("'{name}' must be a whole number from {least} to {most}.", name=name, least=least, most=most))
    return int(text)


def row_id(call: Call, missing: str) -> int:
    """Return the number in the path. Raises NotFound, with the sentence `missing`, for anything else."""
    return _number(call.path["id"], missing)


def row_ids(call: Call, missing: str) -> list[int]:
    """Return the numbers in the path, with commas between them. Raises NotFound, with the sentence `missing`, for anything else."""
    return [_number(text, missing) for text in dict.fromkeys(call.path["id"].split(","))]


def _number(text: str, missing: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(_FURTHEST))):
        raise NotFound(translated(missing))
    return int(text)


def flag(call: Call, name: str) -> bool | None:
    """Return a parameter that is 1 or 0, None when it is absent. Raises InvalidInput."""
    text = call.query.get(name)
    if text in (None, ""):
        return None
    if text not in ("0", "1", "true", "false"):
        raise InvalidInput(translated("'{name}' must be 1 or 0.", name=name))
    return text in ("1", "true")


def _asked_day(query: Mapping[str, Any], name: str) -> date | None:
    text = query.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(translated("'{name}' must be a day like 2025-04-06.", name=name)) from error
