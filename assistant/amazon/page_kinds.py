"""The table of page kinds (pages.toml), and the lookup of a page's purpose by its address."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.amazon.marketplaces import by_url
from assistant.amazon.values.web_address import parts_of
from assistant.domain.pages.kinds import SourceKind

LANGUAGE_PREFIX = r"^/-/[a-z]{2}(?:[_-][a-z]{2})?(?=/|$)"
_LANGUAGE = re.compile(LANGUAGE_PREFIX)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """The paths, and perhaps the query, of one kind of page, and what the extension does there."""

    kind: SourceKind
    paths: re.Pattern[str]
    query: re.Pattern[str] | None
    parts: tuple[str, ...]
    lasting: bool
    is_list: bool
    buying: bool


@dataclass(frozen=True, slots=True)
class PageReading:
    """How a kind of page is read. `marks` prove it, `hints` suggest it; `weak`: its address does not prove it."""

    kind: SourceKind
    source: SourceKind
    reader: str | None
    weak: bool
    marks: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardedAction:
    """A click that cannot be undone: the pages where it counts (empty means all pages) and its buttons."""

    name: str
    pages: tuple[SourceKind, ...]
    controls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """The content of pages.toml."""

    addresses: tuple[PageAddress, ...]
    kinds: Mapping[SourceKind, PageReading]
    actions: tuple[GuardedAction, ...]

    def source_of(self, kind: SourceKind) -> SourceKind:
        """Return the source kind that pages of this kind are read as."""
        known = self.kinds.get(kind)
        return known.source if known else SourceKind.OTHER

    def reader_of(self, kind: SourceKind) -> str | None:
        """Return the name of the reader of this kind of page, None if nothing is read on it."""
        known = self.kinds.get(kind)
        return known.reader if known else None

    def selectors(self) -> Iterator[tuple[SourceKind, str]]:
        """Return every mark, then every hint, with the kind it belongs to."""
        yield from ((kind.kind, mark) for kind in self.kinds.values() for mark in kind.marks)
        yield from ((kind.kind, hint) for kind in self.kinds.values() for hint in kind.hints)


@cache
def page_table() -> PageTable:
    """Return the table, read once."""
    raw = tomllib.loads(files(__package__).joinpath("pages.toml").read_text("utf-8"))
    entries: list[dict[str, Any]] = raw["page"]
    rows: dict[SourceKind, list[dict[str, Any]]] = {}
    for entry in entries:
        rows.setdefault(SourceKind(entry["kind"]), []).append(entry)
    return PageTable(
        addresses=tuple(_address(entry, raw["parts"]) for entry in entries),
        kinds={kind: _page_reading(kind, several) for kind, several in rows.items()},
        actions=tuple(_action(entry) for entry in raw["action"]),
    )


def _address(entry: dict[str, Any], parts: Mapping[str, list[str]]) -> PageAddress:
    query = entry.get("query")
    return PageAddress(
        kind=SourceKind(entry["kind"]),
        paths=re.compile(whole(entry["paths"])),
        query=re.compile(parameter(query)) if query else None,
        parts=tuple(parts[entry["send"]]) if "send" in entry else (),
        lasting=entry.get("lasting", False),
        is_list=entry.get("list", False),
        buying=entry.get("buying", False),
    )


def _page_reading(kind: SourceKind, entries: list[dict[str, Any]]) -> PageReading:
    def first(name: str) -> str | None:
        return next((entry[name] for entry in entries if name in entry), None)

    def every(name: str) -> tuple[str, ...]:
        return tuple(text for entry in entries for text in entry.get(name, ()))

    return PageReading(
        kind=kind,
        source=SourceKind(first("source") or SourceKind.OTHER),
        reader=first("reader"),
        weak=any(entry.get("weak", False) for entry in entries),
        marks=every("marks"),
        hints=every("hints"),
    )


def _action(entry: dict[str, Any]) -> GuardedAction:
    return GuardedAction(entry["name"], tuple(map(SourceKind, entry.get("pages", ()))), tuple(entry["controls"]))


def whole(paths: list[str]) -> str:
    """Return one expression for a whole path. The extension's copy uses the same text."""
    return f"^(?:{'|'.join(paths)})$"


def parameter(query: str) -> str:
    """Return an expression that matches at the start of a parameter of a query. The extension's copy uses the same text."""
    return f"(?:^|&)(?:{query})"


@lru_cache(maxsize=64)  # cached, because one page looks up its own address several times
def page_kind(url: str) -> SourceKind:
    """Return the kind of the page at this address; OTHER for unknown pages and for hosts that are not Amazon's."""
    if by_url(url) is None:
        return SourceKind.OTHER
    parts = parts_of(url)
    path, query = _LANGUAGE.sub("", parts.path[:2000].lower()) or "/", parts.query[:4000].lower()
    return next((entry.kind for entry in page_table().addresses if _fits(entry, path, query)), SourceKind.OTHER)


def _fits(entry: PageAddress, path: str, query: str) -> bool:
    return entry.paths.match(path) is not None and (entry.query is None or entry.query.search(query) is not None)
