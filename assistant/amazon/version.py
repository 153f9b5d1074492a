"""The version of the readers. It changes whenever any of their files changes."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def reader_version() -> str:
    """Return a short fingerprint of the code and tables that read pages."""
    found = hashlib.sha256()
    for name, content in sorted(_sources(files(__package__ or "assistant.amazon"), "")):
        found.update(name.encode() + b"\0" + content + b"\0")
    return found.hexdigest()[:16]


def _sources(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{above}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, name)
        elif entry.name.endswith((".py", ".toml", ".json")):
            found.append((name, entry.read_bytes()))
    return found
