"""Reading a described situation from text: JSON or YAML, dates left as written, bombs of aliases refused."""

import json
from typing import Any

from assistant.domain.errors import InvalidInput

_LARGEST_YAML = 4 << 20
_MOST_PARTS = 2_000_000


def parsed(text: str, name: str) -> Any:
    """Return what a JSON or YAML text holds. Raises InvalidInput, naming the file."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InvalidInput(f"{name} is nested too deeply. Flatten it.") from error
    except ValueError:
        # YAML may begin with a brace too; what is neither is told by the YAML reader.
        return _yaml(text, name)


def _yaml(text: str, name: str) -> Any:
    import yaml

    if len(text) > _LARGEST_YAML:
        raise InvalidInput(f"{name} is larger than {_LARGEST_YAML >> 20} MB of YAML. Split it, or write it as JSON.")
    reader = _reader(yaml)(text)
    try:
        node = reader.get_single_node()
        if node is None:
            return None
        if _parts(node, {}) > _MOST_PARTS:
            raise InvalidInput(f"{name} unfolds to too much by its aliases. Write it with fewer.")
        return reader.construct_document(node)
    except yaml.YAMLError as error:
        first = next(iter(str(error).splitlines()), "")
        raise InvalidInput(f"{name} is neither YAML nor JSON: {first[:120]}.") from error
    except (ValueError, TypeError, RecursionError, ArithmeticError) as error:
        raise InvalidInput(f"{name} holds something that cannot be read: {str(error)[:120]}.") from error
    finally:
        reader.dispose()


def _reader(yaml: Any) -> Any:
    """Return the safe reader that leaves dates and times as written: the rules read them, and a wrong one costs nobody else."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
        for first, entries in base.yaml_implicit_resolvers.items()
    }
    return type("Reader", (base,), {"yaml_implicit_resolvers": resolvers})


def _parts(node: Any, sizes: dict[int, int | None]) -> int:
    """Return how many parts a node unfolds to with all its aliases written out. Raises ValueError for one inside itself."""
    known = sizes.get(id(node), 0)
    if known is None:
        raise ValueError("an alias stands inside what it names")
    if known:
        return known
    sizes[id(node)] = None
    size = 1
    for child in node.value if isinstance(node.value, list) else ():
        size += sum(_parts(part, sizes) for part in child) if isinstance(child, tuple) else _parts(child, sizes)
    sizes[id(node)] = size
    return size
