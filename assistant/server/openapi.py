"""The OpenAPI 3.1 document, generated from the table of routes and the JSON shapes."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from assistant import __version__
from assistant.domain.pairing import Scope
from assistant.server.body import JSON, STREAM, Nothing
from assistant.server.connection import HOST
from assistant.server.errors import ProblemDocument
from assistant.server.routing import PREFIX, Parameter, Route
from assistant.wire.events import EventJson
from assistant.wire.schema import component_schemas, schema_of

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ABOUT = (
    "The local server of Shopper, for browser extensions and other programs of the same user on this machine. "
    "Web pages are refused. A token comes from pairing; browsers never get the scope `full`."
)
_MEDIA: Mapping[str, Any] = {
    "text/event-stream": ({"type": "string"}, "A stream of events; the data of each is an Event."),
    STREAM: ({"type": "string", "format": "binary"}, "The file, in the media type of its format."),
    JSON: ({"type": "object"}, "An OpenAPI document."),
    "application/pdf": ({"type": "string", "format": "binary"}, "The document."),
}
_UPLOAD_HEADERS = {
    "X-Shopper-Name": "its name, percent-encoded UTF-8.",
    "X-Shopper-Account": "whose orders these are, percent-encoded UTF-8.",
    "X-Shopper-New-Account": "register the account if it is not known.",
    "X-Shopper-Store-Known": "also store orders that another account has.",
}


def openapi(routes: Iterable[Route], port: int) -> dict[str, Any]:
    """Return the document for these routes."""
    routes = list(routes)
    shapes = [shape for route in routes for shape in (route.body, route.answer) if shape is not None]
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shopper", "version": __version__, "description": _ABOUT, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": f"http://{HOST}:{port}" if port else "/"}],
        "paths": paths,
        "components": {
            "schemas": component_schemas([*shapes, EventJson, ProblemDocument]),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _scopes()}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _name(route),
        "summary": route.about,
        "parameters": [_path_parameter(name) for name in _PLACEHOLDER.findall(route.path)]
        + [_query_parameter(entry) for entry in route.query],
        "responses": {str(route.status if route.answer or route.media else 204): _answer(route), "default": _problem()},
        "security": [] if route.scope is None else [{"token": [route.scope.value]}],
    }
    if route.body is not None:
        content: dict[str, Any] = {JSON: {"schema": schema_of(route.body)}}
        if route.uploads:
            content[STREAM] = {"schema": {"type": "string", "format": "binary"}}
            operation["parameters"] += [_header(name, about) for name, about in _UPLOAD_HEADERS.items()]
        operation["requestBody"] = {"required": route.body is not Nothing, "content": content}
    return operation


def _name(route: Route) -> str:
    words = _PLACEHOLDER.sub(r"by_\1", route.path).replace(".", "_").strip("/").replace("/", "_")
    return f"{route.method.lower()}_{words}"


def _answer(route: Route) -> dict[str, Any]:
    if route.answer is not None:
        return {"description": "Done.", "content": {JSON: {"schema": schema_of(route.answer)}}}
    if route.media:
        schema, about = _MEDIA[route.media]
        return {"description": about, "content": {route.media: {"schema": schema}}}
    return {"description": "Done."}


def _problem() -> Mapping[str, Any]:
    about = "A problem document (RFC 9457) with a stable `code`."
    return {"description": about, "content": {"application/problem+json": {"schema": schema_of(ProblemDocument)}}}


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "in": "query", "description": parameter.about, "schema": dict(parameter.schema)}


def _header(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": f"For a streamed file: {about}", "schema": {"type": "string"}}


def _scopes() -> str:
    return f"Scopes: {', '.join(scope.value for scope in Scope)}. `full` allows everything."
