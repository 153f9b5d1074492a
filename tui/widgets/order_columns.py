"""Columns of an order's line, which disappear as the width shrinks."""

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from assistant.domain.languages.translating import translated
from assistant.domain.order_view import OrderSummary
from tui.formatting import Pen, padded, plain
from tui.widgets.delivery_facts import order_status

_DAY, _MARK, _STATUS, _REFUND, _AMOUNT = 12, 8, 11, 17, 14
_ALL, _SOME = 96, 70  # cells from which refunds, and the status, have room


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; 0 = not shown."""

    title: int
    status: int
    refund: int

    @classmethod
    def within(cls, width: int) -> "Columns":
        """Divide a line of this width."""
        status = _STATUS if width >= _SOME else 0
        refund = _REFUND if width >= _ALL else 0
        return cls(title=max(8, width - _DAY - _MARK - status - refund - _AMOUNT - 3), status=status, refund=refund)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line; `look` names its style: plain, quiet, badge, refund, amount."""

    text: str
    look: str


def heading(width: int) -> str:
    """Return the names of the columns."""
    columns = Columns.within(width)
    return "".join(
        [
            f" {padded(translated('Placed'), _DAY)}{padded(translated('Account'), _MARK)} ",
            f"{padded(translated('Order'), columns.title)} ",
            padded(translated("Status"), columns.status) if columns.status else "",
            _right(translated("Came back"), columns.refund) if columns.refund else "",
            _right(translated("Cost"), _AMOUNT),
        ]
    )


def cells(row: OrderSummary | None, width: int, pen: Pen) -> list[Cell]:
    """Return the pieces of an order's line; faint dots for an order that is not loaded yet."""
    columns = Columns.within(width)
    if row is None:
        return [Cell(set_cell_size(f" {'·' * 10}  {'·' * 5}    {'·' * min(24, columns.title)}", width), "quiet")]
    badge = f" {pen.mark(row.account)} "
    pieces = [
        Cell(" " + padded(pen.day(row.placed_on) or translated("no date"), _DAY), "quiet"),
        Cell(badge, "badge"),
        Cell(" " * max(1, _MARK + 1 - cell_len(badge)), "plain"),
        Cell(_cut(_title(row), columns.title) + " ", "plain"),
    ]
    if columns.status:
        status = translated("quarantine") if row.held else order_status(row.status, row.placed_on, pen)
        pieces.append(Cell(_cut(status, columns.status), "quiet"))
    back = translated("−{amount} refund", amount=pen.amount(row.refunded)) if row.refunded is not None and row.refunded.minor else ""
    if columns.refund:
        pieces.append(Cell(_right(back, columns.refund), "refund"))
    pieces.append(_cost_cell(row, pen))
    return pieces


def _cost_cell(row: OrderSummary, pen: Pen) -> Cell:
    """Return the cost; of an order that the books do not count, the printed total in parentheses."""
    if row.cost is not None:
        return Cell(_right(pen.amount(row.cost), _AMOUNT), "refund" if row.cost.minor < 0 else "amount")
    printed = pen.amount(row.total)
    return Cell(_right(f"({printed})" if printed else "", _AMOUNT), "quiet")


def _title(row: OrderSummary) -> str:
    more = " " + translated("+{number} more", number=row.items - 1) if row.items > 1 else ""
    return (plain(row.title) or plain(row.number)) + more


def _cut(text: str, width: int) -> str:
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cell_len(text)) + text
