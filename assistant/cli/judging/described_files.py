"""Reads described situations from JSON or YAML: dates stay text, excessive aliases are refused."""

import json
from typing import Any

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated

_LARGEST_YAML = 4 << 20
_MOST_PARTS = 2_000_000


def parsed(text: str, name: str) -> Any:
    """Parse JSON or YAML. Raises InvalidInput, naming the file."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InvalidInput(translated("{file} is nested too deeply. Flatten it.", file=name)) from error
    except ValueError:
        # YAML may start with a brace too, so the YAML reader reports a file that is neither.
        return _yaml(text, name)


def _yaml(text: str, name: str) -> Any:
    import yaml

    if len(text) > _LARGEST_YAML:
        raise InvalidInput(
            translated("{file} is larger than {size} MB of YAML. Split it, or write it as JSON.", file=name, size=_LARGEST_YAML >> 20)
        )
    reader = _reader(yaml)(text)
    try:
        node = reader.get_single_node()
        if node is None:
            return None
        if _count_parts(node, {}) > _MOST_PARTS:
            raise InvalidInput(translated("{file} becomes too large when its aliases are expanded. Use fewer aliases.", file=name))
        return reader.construct_document(node)
    except yaml.YAMLError as error:
        first = next(iter(str(error).splitlines()), "")
        raise InvalidInput(translated("{file} is neither YAML nor JSON: {reason}.", file=name, reason=first[:120])) from error
    except (ValueError, TypeError, RecursionError, ArithmeticError) as error:
        raise InvalidInput(translated("{file} contains something unreadable: {reason}.", file=name, reason=str(error)[:120])) from error
    finally:
        reader.dispose()


def _reader(yaml: Any) -> Any:
    """Return a safe reader that keeps dates and times as text, so that a bad date affects only its own scenario."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
        for first, entries in base.yaml_implicit_resolvers.items()
    }
    return type("Reader", (base,), {"yaml_implicit_resolvers": resolvers})


def _count_parts(node: Any, sizes: dict[int, int | None]) -> int:
    """Return the number of parts of a node after expanding its aliases. Raises ValueError for a recursive one."""
    known = sizes.get(id(node), 0)
    if known is None:
        raise ValueError(translated("an alias contains itself"))
    if known:
        return known
    sizes[id(node)] = None
    size = 1
    for child in node.value if isinstance(node.value, list) else ():
        size += sum(_count_parts(part, sizes) for part in child) if isinstance(child, tuple) else _count_parts(child, sizes)
    sizes[id(node)] = size
    return size
