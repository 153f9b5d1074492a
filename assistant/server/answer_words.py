"""The words that the schemas of answers are made of."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}
MAYBE_FLAG: Schema = {"type": ["boolean", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
INSTANT: Schema = {"type": "string", "format": "date-time"}
MAYBE_INSTANT: Schema = {"type": ["string", "null"], "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
DECIMAL: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
MAYBE_DECIMAL: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}


def ref(name: str) -> Schema:
    """Return a reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**parts: Schema) -> Schema:
    """Return an object that has all these parts."""
    return {"type": "object", "properties": parts, "required": list(parts)}


def many(entry: Schema) -> Schema:
    """Return a list of such entries."""
    return {"type": "array", "items": entry}


def page(name: str) -> Schema:
    """Return a page of a list, as every list route answers."""
    return thing(items=many(ref(name)), next=MAYBE, total=COUNT)


def one_of(*words: str) -> Schema:
    """Return one of these words."""
    return {"type": "string", "enum": list(words)}


def or_null(schema: Schema) -> Schema:
    """Return that, or null."""
    return {"oneOf": [schema, {"type": "null"}]}
