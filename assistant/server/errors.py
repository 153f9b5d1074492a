"""Refusals and failures as problem documents (RFC 9457), with a stable `code` and without any input."""

import logging
import time
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from aiohttp import web
from msgspec import Struct

from assistant.domain.errors import (
    AccountMissing,
    BrowserAway,
    Conflict,
    DomainError,
    ImportCancelled,
    InvalidInput,
    KeyringAway,
    KnownElsewhere,
    LedgerBusy,
    LedgerUnusable,
    NotAuthorised,
    NotFound,
    NotWritten,
    OrderChanged,
    PairingRefused,
    ServerAway,
    ServerBusy,
    SettingsNotSaved,
    TokenRevoked,
    UnknownFormat,
)
from assistant.domain.languages.translating import to_translate, translated
from assistant.wire.shape import encode

STATUS: Mapping[str, int] = MappingProxyType(
    {
        InvalidInput.code: 422,
        AccountMissing.code: 422,
        UnknownFormat.code: 422,
        NotFound.code: 404,
        Conflict.code: 409,
        NotWritten.code: 507,
        KnownElsewhere.code: 409,
        ImportCancelled.code: 409,
        OrderChanged.code: 409,
        PairingRefused.code: 403,
        NotAuthorised.code: 401,
        TokenRevoked.code: 401,
        LedgerUnusable.code: 503,
        LedgerBusy.code: 503,
        ServerAway.code: 503,
        ServerBusy.code: 503,
        KeyringAway.code: 503,
        BrowserAway.code: 503,
        SettingsNotSaved.code: 507,
        DomainError.code: 500,
    }
)
"""The HTTP status of every domain error, by its code."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Server": "shopper",
        "X-Content-Type-Options": "nosniff",
    }
)
"""The headers of every answer. There is deliberately no Access-Control header, so that no web page can read an answer."""

_UNFORESEEN = to_translate("Something went wrong inside Shopper. Try again. If it keeps failing, 'shopper doctor' shows what is wrong.")
_SAME_FAILURE = 60.0
"""Seconds within which the same failure is logged only once."""
_logger = logging.getLogger("assistant.server")
_logged: dict[str, float] = {}


class ProblemDocument(Struct, omit_defaults=True):
    """The answer to every refusal and failure (RFC 9457); `code` is stable, `detail` is one sentence.

    `field` names the field of the body that it is about, if it is about a single one.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str = ""


class Refusal(Exception):
    """A request that the gate refuses. `detail` is one sentence that says what to do."""

    def __init__(self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """Set the reason and a stable code."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers or {}


def problem(status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, field: str = "") -> web.Response:
    """Return a problem document."""
    document = ProblemDocument(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, field=field)
    all_headers = {**HEADERS, "Content-Type": "application/problem+json", **(headers or {})}
    return web.Response(status=status, body=encode(document), headers=all_headers)


def answer_for(error: Exception) -> web.Response:
    """Return the problem document of an error; an unexpected one is logged and becomes 500."""
    if isinstance(error, Refusal):
        return problem(error.status, error.code, error.detail, error.headers)
    if isinstance(error, DomainError):
        return _domain_problem(error)
    if isinstance(error, TimeoutError):
        return problem(503, "server/slow", translated("That took too long. Try again in a few seconds."), {"Retry-After": "2"})
    log_failure(error)
    return problem(500, "server/failed", translated(_UNFORESEEN))


def status_of(kind: type[DomainError]) -> int:
    """Return the HTTP status of an error; a kind that a room declares for itself has that of the error it derives from."""
    codes = (getattr(parent, "code", "") for parent in kind.__mro__)
    return next(STATUS[code] for code in codes if code in STATUS)


def _domain_problem(error: DomainError) -> web.Response:
    status = status_of(type(error))
    headers = {"Retry-After": "2"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, error.code, str(error), headers, error.field)


def log_failure(error: BaseException) -> None:
    """Log the kind of a failure and where it happened, never its text, which may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    key = f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
    now = time.monotonic()
    if now - _logged.get(key, -_SAME_FAILURE) >= _SAME_FAILURE:
        _logged[key] = now
        _logger.error("%s, called by\n%s", key, "".join(traceback.format_list(frames)))
