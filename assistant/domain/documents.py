"""A document is anything that can be read: a captured page, a saved file, an export. An extraction is what it says."""

from dataclasses import dataclass

from assistant.domain.orders.order import Order, Transaction
from assistant.domain.pages.facts import PageFacts
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Basket, PageAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes on their way in. `name` is what a person would call it; `url` is known for captured pages."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What kind of document an extraction came from. `layout` names the generation (L3, D2, current, ...)."""

    name: str
    kind: SourceKind = SourceKind.OTHER
    marketplace: str | None = None
    language: str | None = None
    layout: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read, beside what could. `where` is a path ("orders[3].amounts.grand_total")."""

    where: str
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list of orders says of itself: the period that was chosen ("year-2026", "last30"), how many orders it counts.

    `start`: how many orders stand on the pages before. `filtered`: it shows a part of the period's orders only.
    """

    period: str | None = None
    start: int = 0
    shown: int | None = None
    filtered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything one document says."""

    source: Source
    account: PageAccount | None = None
    orders: tuple[Order, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    cart: Basket | None = None
    checkout: Basket | None = None
    facts: PageFacts | None = None
    listing: Listing | None = None
    problems: tuple[Problem, ...] = ()
