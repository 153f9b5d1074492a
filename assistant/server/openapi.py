"""The OpenAPI 3.1 document, made of the same table of routes and the same models that the server runs on."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from assistant import __version__
from assistant.domain.pairing import Scope
from assistant.server.answer_words import ref
from assistant.server.body import JSON, STREAM
from assistant.server.connection import HOST
from assistant.server.request_schemas import Nothing
from assistant.server.response_schemas import SCHEMAS
from assistant.server.routing import PREFIX, Parameter, Route

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ABOUT = (
    "The local server of Shopper, for browser extensions and other programs of the same user on this machine. "
    "Web pages are refused. A token comes from pairing; browsers never get the scope `full`."
)
_STREAMS = {
    "Events": ("text/event-stream", {"type": "string"}, "A stream of events; the data of each is an Event."),
    "File": (STREAM, {"type": "string", "format": "binary"}, "The file, in the media type of its format."),
}


def openapi(routes: Iterable[Route], port: int) -> dict[str, Any]:
    """Return the document for these routes."""
    routes = list(routes)
    models = sorted({route.body for route in routes if route.body is not None}, key=lambda model: model.__name__)
    _, bodies = models_json_schema([(model, "validation") for model in models], ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shopper", "version": __version__, "description": _ABOUT, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": f"http://{HOST}:{port}" if port else "/"}],
        "paths": paths,
        "components": {
            "schemas": {**SCHEMAS, **bodies.get("$defs", {})},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _scopes()}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _name(route),
        "summary": route.about,
        "parameters": [_path_parameter(name) for name in _PLACEHOLDER.findall(route.path)]
        + [_query_parameter(entry) for entry in route.query],
        "responses": {str(route.status if route.answer else 204): _answer(route), "default": _problem()},
        "security": [] if route.scope is None else [{"token": [route.scope.value]}],
    }
    if route.body is not None:
        content: dict[str, Any] = {JSON: {"schema": ref(route.body.__name__)}}
        if route.uploads:
            content[STREAM] = {"schema": {"type": "string", "format": "binary"}}
            operation["parameters"] += [_header("X-Shopper-Name"), _header("X-Shopper-Account")]
        operation["requestBody"] = {"required": route.body is not Nothing, "content": content}
    return operation


def _name(route: Route) -> str:
    words = _PLACEHOLDER.sub(r"by_\1", route.path).replace(".", "_").strip("/").replace("/", "_")
    return f"{route.method.lower()}_{words}"


def _answer(route: Route) -> dict[str, Any]:
    if route.answer is None:
        return {"description": "Done."}
    if route.answer in _STREAMS:
        kind, schema, about = _STREAMS[route.answer]
        return {"description": about, "content": {kind: {"schema": schema}}}
    return {"description": "Done.", "content": {JSON: {"schema": ref(route.answer)}}}


def _problem() -> Mapping[str, Any]:
    about = "A problem document (RFC 9457) with a stable `code`."
    return {"description": about, "content": {"application/problem+json": {"schema": ref("Problem")}}}


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    return {"name": parameter.name, "in": "query", "description": parameter.about, "schema": dict(parameter.schema)}


def _header(name: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": "Percent-encoded UTF-8, for a streamed file.", "schema": {"type": "string"}}


def _scopes() -> str:
    return f"Scopes: {', '.join(scope.value for scope in Scope)}. `full` allows everything."
