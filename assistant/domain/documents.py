"""A document is anything that can be read: a captured page, a saved file, an export. An extraction is its content."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Literal, Self

from assistant.domain.errors import Problem
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.pages.facts import PageFacts
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Basket, PageAccount

Outcome = Literal["new", "changed", "same"]
"""What a document does to an order."""
_OUTCOMES = ("new", "changed", "same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes to read. `name` is for people; `url` is known for captured pages."""

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
class Listing:
    """What an order list says about itself: the chosen period ("year-2026", "last30") and how many orders it counts.

    `start`: how many orders are on earlier pages. `filtered`: it shows only part of the period's orders.
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


def united(pieces: Iterable[Extraction]) -> Extraction:
    """Return the extraction of an export from those of its pieces, of which there is at least one. No order is in two of them."""
    found = list(pieces)
    marketplaces = {piece.source.marketplace for piece in found if piece.orders or piece.source.marketplace}
    source = replace(found[0].source, marketplace=marketplaces.pop() if len(marketplaces) == 1 else None)
    return Extraction(
        source=source,
        orders=tuple(chain.from_iterable(piece.orders for piece in found)),
        transactions=tuple(chain.from_iterable(piece.transactions for piece in found)),
        problems=tuple(dict.fromkeys(chain.from_iterable(piece.problems for piece in found))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An order in quarantine: totals do not count it until a better document explains it or the user confirms it."""

    account: str
    number: str
    reasons: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The result of importing one document.

    `new`, `changed`, `same` count orders; `state` is read, parked (its account is not registered yet) or failed.
    `held` are those of its orders that are in quarantine now. `known_elsewhere` are (account, order number) of those that another
    account has too. `numbers`: for a dry run, each order number with what would happen to it.
    """

    id: int
    name: str
    kind: str
    account: str | None
    at: datetime
    state: str
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: tuple[Problem, ...] = ()
    held: tuple[Held, ...] = ()
    known_elsewhere: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, Outcome], ...] = ()

    def without(self, counted: Collection[tuple[str | None, str]]) -> Self:
        """Return the result of a dry run after documents that brought these orders, (account, order number): they are known by then."""
        now: dict[str, Outcome] = {number: "same" if (self.account, number) in counted else outcome for number, outcome in self.numbers}
        lost = Counter(outcome for number, outcome in self.numbers if now[number] != outcome)
        return replace(
            self,
            new=self.new - lost["new"],
            changed=self.changed - lost["changed"],
            same=self.same + lost.total(),
            numbers=tuple(now.items()),
        )


def counted_once(results: Iterable[ImportResult]) -> tuple[int, int, int]:
    """Return how many orders documents bring, change and only repeat. An order that several documents of a dry run have counts once."""
    found: dict[tuple[str | None, str], Outcome] = {}
    total: Counter[str] = Counter()
    for result in results:
        named = Counter(outcome for _, outcome in result.numbers)
        # Orders without a number of their own here: those of a real import, and those that a payment history changes.
        total.update(new=result.new - named["new"], changed=result.changed - named["changed"], same=result.same - named["same"])
        for number, outcome in result.numbers:
            one = (result.account, number)
            found[one] = min(found.get(one, outcome), outcome, key=_OUTCOMES.index)
    total.update(found.values())
    return total["new"], total["changed"], total["same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """Progress of an import: `stored` of `count` orders of the path called `name`; `kept` when that path is done."""

    name: str
    stored: int
    count: int
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file in the drop folder that was not imported: nobody said whose it is (`account` None), or `reason` says why.

    `name` is its path in the drop folder, with slashes.
    """

    name: str
    account: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedFiles:
    """The drop folder and the files that wait in it. `problem`: why the folder cannot be used."""

    folder: str
    problem: str = ""
    waiting: tuple[WaitingFile, ...] = ()
