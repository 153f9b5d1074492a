"""The summary of an order: labelled amounts, added up per label, and whether they agree with each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import ancestors, elements, has_class, outermost, price_text, text_of
from assistant.amazon.labels import Line, amount_line
from assistant.amazon.money import read_money
from assistant.amazon.notes import Notes
from assistant.domain.money import Money
from assistant.domain.orders import Amount

_CONTAINERS = "#od-subtotals, [data-component=orderSubtotals], [data-component=chargeSummary], [data-component=tips]"
_ROWS = ".od-line-item-row, .a-row"
_MOST_ROWS = 300
_TOLERANCE = 2
"""Minor units by which printed sums may miss: every line is rounded by itself."""

_RECEIPT = (
    (Amount.SUBTOTAL, "#wfm-subtotal-amount"),
    (Amount.TAX, "#wfm-tax-total-amount"),
    (Amount.GRAND_TOTAL, "#wfm-grand-total-amount"),
)
_BEFORE_TAX = (
    Amount.SUBTOTAL, Amount.SHIPPING, Amount.FREE_SHIPPING, Amount.PROMOTION, Amount.COUPON, Amount.SUBSCRIBE_AND_SAVE, Amount.MULTIBUY,
    Amount.AMAZON_DISCOUNT, Amount.GIFT_WRAP,
)  # fmt: skip  # a table reads better in rows
_PAID_WITH = (Amount.GIFT_CARD, Amount.POINTS)


@dataclass(slots=True)
class Summary:
    """The amounts by name; `others` are charges without a name of their own, `complete` tells that every line was understood."""

    amounts: dict[Amount, Money] = field(default_factory=dict)
    others: int = 0
    complete: bool = True


def read_summary(root: LexborNode, notes: Notes, where: str) -> Summary:
    """Read every line of the summary. Lines of one label are added up; hidden breakdowns are passed over."""
    summary = Summary()
    for label, value in _lines(root):
        line = amount_line(label)
        if line is None:
            summary.complete = False
            if read_money(value, notes.currency) is not None:
                notes.problem(f"{where}.amounts", "unknown-label", f"The line '{label[:60]}' ({value[:20]}) is not known and was left out.")
            continue
        if line in (Line.BETWEEN, Line.TAX_PART):
            continue
        name = line.value if isinstance(line, Amount) else "other"
        amount = notes.money(value, f"{where}.amounts.{name}")
        if amount is None:
            summary.complete = False
        elif isinstance(line, Line):
            summary.others += amount.minor
        else:
            _add(summary, line, amount, notes, where)
    for name, selector in _RECEIPT:
        value = text_of(root.css_first(selector))
        amount = notes.money(value, f"{where}.amounts.{name.value}")
        if amount is not None:
            summary.amounts.setdefault(name, amount)
    if summary.complete:
        check_sums(summary.amounts, summary.others, notes, where)
    return summary


def _add(summary: Summary, line: Amount, amount: Money, notes: Notes, where: str) -> None:
    known = summary.amounts.get(line)
    if known is None:
        summary.amounts[line] = amount
    elif known.currency != amount.currency:
        summary.complete = False
        notes.problem(f"{where}.amounts.{line.value}", "mixed-currencies", f"The line '{line.value}' stands in two currencies.")
    elif line not in (Amount.GRAND_TOTAL, Amount.TOTAL_BEFORE_TAX, Amount.SUBTOTAL, Amount.REFUND_TOTAL):
        summary.amounts[line] = known + amount


def _lines(root: LexborNode) -> Iterator[tuple[str, str]]:
    seen: set[int] = set()
    for container in outermost(root.css(_CONTAINERS)):
        for row in container.css(_ROWS)[:_MOST_ROWS]:
            columns = [child for child in elements(row) if has_class(child, "a-column")]
            if len(columns) < 2 or row.mem_id in seen or _hidden(row):  # noqa: PLR2004  # a label and a value
                continue
            seen.add(row.mem_id)
            label, value = _visible(columns[0]), price_text(columns[-1])
            if label and value:
                yield label, value


def _hidden(row: LexborNode) -> bool:
    return any(has_class(above, "a-popover-preload") for above in ancestors(row))


def _visible(column: LexborNode) -> str:
    """The label without the breakdown that opens when it is clicked."""
    if column.css_first(".a-popover-preload") is None:
        return text_of(column)
    trigger = column.css_first(".a-popover-trigger")
    return text_of(trigger) if trigger is not None else ""


def check_sums(amounts: Mapping[Amount, Money], others: int, notes: Notes, where: str) -> None:
    """Note a contradiction only where no way of adding the lines gives what is printed.

    European pages print prices with tax in them, some shops print what was paid by gift card below the total: both are allowed for.
    """
    if len({amount.currency for amount in amounts.values()}) != 1 or Amount.SUBTOTAL not in amounts:
        return
    minor = {name: amount.minor for name, amount in amounts.items()}
    tax, paid, tip = (sum(minor.get(name, 0) for name in names) for names in ((Amount.TAX,), _PAID_WITH, (Amount.TIP,)))
    before = sum(minor.get(name, 0) for name in _BEFORE_TAX)
    printed_before = minor.get(Amount.TOTAL_BEFORE_TAX)
    if printed_before is not None and not _near(printed_before, {before, before + others, before - tax, before + others - tax}):
        _contradiction(notes, f"{where}.amounts.total_before_tax", before, amounts[Amount.TOTAL_BEFORE_TAX])
    starts = {before, before + others} | ({printed_before, printed_before + others} if printed_before is not None else set())
    ways = {start + taxed + settled + tipped for start in starts for taxed in (tax, 0) for settled in (paid, 0) for tipped in (tip, 0)}
    total = minor.get(Amount.GRAND_TOTAL)
    if total is not None and not _near(total, ways):
        _contradiction(notes, f"{where}.amounts.grand_total", max(starts) + tax + paid + tip, amounts[Amount.GRAND_TOTAL])


def _near(printed: int, ways: set[int]) -> bool:
    return any(abs(printed - way) <= _TOLERANCE for way in ways)


def _contradiction(notes: Notes, where: str, lines: int, printed: Money) -> None:
    found = Money(lines, printed.currency).decimal
    notes.problem(where, "arithmetic", f"The lines add up to {found} {printed.currency}, but the page prints {printed.decimal}.")
