"""JSON Schema of shapes, as the OpenAPI document and the types of the extension need it."""

import re
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from msgspec import json

_PAGE = re.compile(r"PageJson_(\w+?)_$")
REFERENCE = "#/components/schemas/"


def component_schemas(shapes: Iterable[Any]) -> dict[str, Any]:
    """Return the schemas of these shapes and of all shapes inside them, by name."""
    kinds = [kind for shape in shapes for kind in alternatives(shape)]
    _, found = json.schema_components(kinds, schema_hook=_schema_of, ref_template=REFERENCE + "{name}")
    return {_name(name): _tidied(schema) for name, schema in sorted(found.items())}


def schema_of(shape: Any) -> dict[str, Any]:
    """Return the schema of one shape; shapes inside it are references to components."""
    kinds = alternatives(shape)
    schemas, _ = json.schema_components(kinds, schema_hook=_schema_of, ref_template=REFERENCE + "{name}")
    return dict(_tidied({"anyOf": list(schemas)} if len(schemas) > 1 else schemas[0]))


def alternatives(shape: Any) -> tuple[Any, ...]:
    """Return the shapes of a union, else the shape alone."""
    return get_args(shape) if get_origin(shape) in (Union, UnionType) else (shape,)


def _schema_of(kind: Any) -> dict[str, Any]:
    """Return the schema of a type that msgspec does not know, such as DecimalText."""
    return dict(kind.SCHEMA)


def _name(component: str) -> str:
    """Return the public name of a class: OrderViewJson is OrderView, a page of them OrderViewPage."""
    page = _PAGE.match(component)
    return f"{page[1].removesuffix('Json')}Page" if page else component.removesuffix("Json")


def _tidied(schema: Any) -> Any:
    """Use public names, and leave out titles, which repeat them."""
    if isinstance(schema, Mapping):
        named = {key: value for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
        return {key: _reference(value) if key == "$ref" else _tidied(value) for key, value in named.items()}
    return [_tidied(entry) for entry in schema] if isinstance(schema, list | tuple) else schema


def _reference(reference: str) -> str:
    return REFERENCE + _name(reference.removeprefix(REFERENCE))
