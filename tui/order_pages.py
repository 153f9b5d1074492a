"""A long list that keeps only the viewed pages in memory and drops the oldest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.order_view import OrderSummary

PAGE = 100
_KEPT = 40  # pages held at most


@dataclass(slots=True)
class Pages:
    """The loaded pages of a list of `total` rows; rows that are not loaded yet are None."""

    total: int = 0
    _held: dict[int, tuple[OrderSummary, ...]] = field(default_factory=dict)

    def row(self, place: int) -> OrderSummary | None:
        """Return the row at that place, None while it is not loaded."""
        rows = self._held.get(place // PAGE, ())
        return rows[place % PAGE] if place % PAGE < len(rows) else None

    def take(self, number: int, rows: Sequence[OrderSummary], total: int) -> None:
        """Keep a page. If the list grew or shrank meanwhile, drop its other pages."""
        if total != self.total:
            self._held.clear()
            self.total = total
        self._held.pop(number, None)
        self._held[number] = tuple(rows)
        while len(self._held) > _KEPT:
            del self._held[next(iter(self._held))]

    def missing(self, first: int, last: int) -> list[int]:
        """Return the pages that are missing to show rows `first` to `last`, then those before and after, nearest first."""
        if not self.total:
            return []
        highest = (self.total - 1) // PAGE
        shown = range(max(0, first // PAGE), min(highest, last // PAGE) + 1)
        wanted = [*shown, *(number for number in (last // PAGE + 1, first // PAGE - 1) if 0 <= number <= highest and number not in shown)]
        return [number for number in wanted if number not in self._held]

    def place_of(self, account: str, number: str) -> int | None:
        """Return the position of an order among the rows that are loaded."""
        for page, rows in self._held.items():
            for place, row in enumerate(rows):
                if (row.account, row.number) == (account, number):
                    return page * PAGE + place
        return None
