"""Building blocks of the layout tables, which define where a page prints each value.

Each module of this folder holds the tables of one kind of page. A new Amazon layout only needs a new anchor in a table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import outermost, text_of

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Anchored:
    """CSS selectors for one value or box, most stable first."""

    anchors: tuple[str, ...]

    @cached_property
    def selector(self) -> str:
        """All anchors as one selector."""
        return ", ".join(self.anchors)


@dataclass(frozen=True, kw_only=True)
class Field(_Anchored, Generic[T]):
    """One value: where it may be (`anchors`), how to get a node's text (`text`), and how to read it (`read`)."""

    read: Callable[[str], T | None]
    text: Callable[[LexborNode], str] = text_of
    required: bool = False
    """Whether every page has it. For other fields, one query for all later anchors comes first and often ends the search."""

    def first(self, root: LexborNode) -> T | None:
        """Return the first readable value, trying the anchors in order; None if there is none."""
        for place, anchor in enumerate(self.anchors):
            if place == 1 and self._others and root.css_first(self._others) is None:
                return None
            for node in root.css(anchor):
                value = self.read(self.text(node))
                if value is not None:
                    return value
        return None

    @cached_property
    def _others(self) -> str:
        """All anchors but the first as one selector, "" if a combined query would save nothing."""
        return ", ".join(self.anchors[1:]) if len(self.anchors) > 2 and not self.required else ""  # noqa: PLR2004  # two looks at most

    def on(self, root: LexborNode) -> "Field[T]":
        """Return the field with only the anchors that a page contains, for queries on each of its parts."""
        if root.css_first(self.selector) is None:
            return replace(self, anchors=())
        return replace(self, anchors=tuple(anchor for anchor in self.anchors if root.css_first(anchor) is not None), required=True)

    def all(self, root: LexborNode) -> Iterator[T]:
        """Yield every readable value, anchor by anchor."""
        for anchor in self.anchors:
            for node in root.css(anchor):
                value = self.read(self.text(node))
                if value is not None:
                    yield value


@dataclass(frozen=True, kw_only=True)
class Boxes(_Anchored):
    """Boxes with one element each: an order's card, a parcel, an item."""

    def first(self, root: LexborNode | LexborHTMLParser) -> LexborNode | None:
        """Return the first box in page order, for any of the anchors."""
        return root.css_first(self.selector)

    def on(self, root: LexborNode | LexborHTMLParser) -> str:
        """Return the anchors that a page contains as one selector, for repeated queries on its parts; "" if it has none."""
        return ", ".join(anchor for anchor in self.anchors if root.css_first(anchor) is not None)

    def nodes(self, root: LexborNode | LexborHTMLParser) -> list[LexborNode]:
        """Return the outermost boxes in page order. A page that mixes two layouts gives the boxes of both."""
        return outermost(root.css(self.selector))


@dataclass(frozen=True, kw_only=True)
class Generation:
    """A generation of a page's layout ("L3") and its marks."""

    name: str
    marks: tuple[str, ...]


def generation_of(root: LexborNode | LexborHTMLParser | None, generations: Sequence[Generation]) -> str | None:
    """Return the generation with the greatest share of its marks on the page. The earlier one in the table wins a tie."""
    if root is None:
        return None
    best, most = None, 0.0
    for entry in generations:
        share = sum(root.css_first(mark) is not None for mark in entry.marks) / len(entry.marks)
        if share > most:
            best, most = entry.name, share
        if most == 1:
            break
    return best


def text_or_none(text: str) -> str | None:
    """Return a text unchanged; None for an empty one."""
    return text or None
