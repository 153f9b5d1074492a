"""The form of the tables that say where a page prints what, and the few questions that readers put to them.

Each module of this folder holds the tables of one kind of page. A new layout of Amazon's is a new anchor in a table, nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import outermost, text_of

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class _Anchored:
    """CSS selectors of one thing, the most lasting first."""

    anchors: tuple[str, ...]

    @cached_property
    def selector(self) -> str:
        """All anchors as one selector."""
        return ", ".join(self.anchors)


@dataclass(frozen=True, kw_only=True)
class Field(_Anchored, Generic[T]):
    """One value: where it may stand, how a node's text is taken, and what is made of it."""

    read: Callable[[str], T | None]
    text: Callable[[LexborNode], str] = text_of
    required: bool = False
    """Whether the page is not whole without it; what stands on few pages is sought with one look for all anchors but the first."""

    def first(self, root: LexborNode) -> T | None:
        """Return the first value that any anchor leads to, in the order of the anchors; whatever cannot be read is passed over."""
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
        """All anchors but the first as one selector, "" where one look for them spares none."""
        return ", ".join(self.anchors[1:]) if len(self.anchors) > 2 and not self.required else ""  # noqa: PLR2004  # two looks at most

    def all(self, root: LexborNode) -> Iterator[T]:
        """Yield every readable value, anchor by anchor."""
        for anchor in self.anchors:
            for node in root.css(anchor):
                value = self.read(self.text(node))
                if value is not None:
                    yield value


@dataclass(frozen=True, kw_only=True)
class Boxes(_Anchored):
    """Boxes that hold one thing each: an order's card, a parcel, an item."""

    def first(self, root: LexborNode | LexborHTMLParser) -> LexborNode | None:
        """Return the first box in page order, whichever anchor it bears."""
        return root.css_first(self.selector)

    def on(self, root: LexborNode | LexborHTMLParser) -> str:
        """Return the anchors that stand on a page as one selector, for many looks at its parts; "" where none does."""
        return ", ".join(anchor for anchor in self.anchors if root.css_first(anchor) is not None)

    def nodes(self, root: LexborNode | LexborHTMLParser) -> list[LexborNode]:
        """Return the boxes in page order, boxes within boxes once. A page half of one layout and half of another gives both halves."""
        return outermost(root.css(self.selector))


@dataclass(frozen=True, kw_only=True)
class Generation:
    """A generation of a page's layout ("L3") and the marks that it bears."""

    name: str
    marks: tuple[str, ...]


def generation_of(root: LexborNode | LexborHTMLParser | None, generations: Sequence[Generation]) -> str | None:
    """Return the generation with the greatest share of its marks on the page, the earlier in the table where two are even."""
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
    """Read a text as itself; an empty one is no value."""
    return text or None
