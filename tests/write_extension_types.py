"""Write the extension's types of what it sends to the server and gets back: `make extension-types`."""

import json
from pathlib import Path
from typing import Any

from assistant.wire.events import EventJson
from assistant.wire.pairing import GrantJson, HelloJson, PairBody, SealedGrantJson
from assistant.wire.schema import component_schemas
from assistant.wire.summary import FoundOrdersJson, NoticesJson, SummaryJson
from assistant.wire.visits import DecisionBody, DecisionJson, VisitBody, VisitReplyJson

TARGET = Path(__file__).parents[1] / "extension" / "lib" / "server-types.js"
SHAPES = (
    *(VisitBody, VisitReplyJson, DecisionBody, DecisionJson, SummaryJson, FoundOrdersJson, NoticesJson),
    *(PairBody, GrantJson, SealedGrantJson, HelloJson, EventJson),
)
HEAD = "/**\n * What travels between the extension and the server, written by `make extension-types` from assistant/wire: edit that.\n *\n"
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def script() -> str:
    """Return the text of a module that holds one JSDoc type per shape."""
    types = component_schemas(SHAPES)
    lines = [f" * @typedef {{{_type(schema)}}} {name}\n" for name, schema in types.items()]
    return f"{HEAD}{''.join(lines)} */\n\nexport {{}};\n"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return "|".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return "|".join(_type(entry) for entry in schema["anyOf"])
    if schema.get("type") == "array":
        inside = _type(schema["items"])
        return f"({inside})[]" if "|" in inside else f"{inside}[]"
    if schema.get("type") == "object":
        return _object(schema)
    return _PLAIN.get(schema.get("type", ""), "unknown")


def _object(schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        further = schema.get("additionalProperties")
        return f"Record<string, {_type(further) if isinstance(further, dict) else 'unknown'}>"
    needed = schema.get("required", ())
    return "{" + ", ".join(f"{name}{'' if name in needed else '?'}: {_type(part)}" for name, part in schema["properties"].items()) + "}"


if __name__ == "__main__":
    TARGET.write_text(script(), "utf-8")
