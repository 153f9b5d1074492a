"""What an importer is: it knows its sheets by their columns, and says what they hold. Importers never write."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.domain.documents import Problem
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
        """Tell whether this importer reads that sheet."""

    def extract(self, sheets: Sequence[Sheet]) -> Findings:
        """Say what all sheets of this kind hold together."""
