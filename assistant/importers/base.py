"""The interface of importers. An importer recognises its sheets by their columns and reads them; it never writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.domain.errors import Problem
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.files.sheets import Sheet


@dataclass(slots=True)
class Findings:
    """What an importer found: orders and payments in the order of the file, and what could not be read."""

    orders: list[Order] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Importer(Protocol):
    """Reads the sheets of one kind of source."""

    kind: SourceKind
    layout: str

    def identify(self, sheet: Sheet) -> bool:
        """Return whether this importer reads that sheet."""

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Return the findings in all sheets of this kind together."""
