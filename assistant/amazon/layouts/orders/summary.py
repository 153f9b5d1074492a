"""The summary of an order: labelled amounts, added up per label."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import elements, has_class, price_text, text_of
from assistant.amazon.labels.fields import Header, SummaryLine, amount_line, header_line, tax_part
from assistant.amazon.layouts.table import Boxes, Field, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.money import read_money
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount

SUMMARIES = Boxes(anchors=("[data-component=orderSubtotals]", "[data-component=chargeSummary]", "[data-component=tips]", "#od-subtotals"))
ROWS = Boxes(anchors=(".od-line-item-row", ".a-row"))
HIDDEN_ROWS = Boxes(anchors=(".a-popover-preload .a-row",))
STRAY_ROWS = Boxes(anchors=(".od-line-item-row",))
RECEIPT_MARK = '[id^="wfm-"]'
RECEIPT: Mapping[Amount, Field[str]] = {
    Amount.SUBTOTAL: Field(anchors=("#wfm-subtotal-amount",), read=text_or_none),
    Amount.TAX: Field(anchors=("#wfm-tax-total-amount",), read=text_or_none),
    Amount.GRAND_TOTAL: Field(anchors=("#wfm-grand-total-amount",), read=text_or_none),
}
_ONCE = frozenset({Amount.GRAND_TOTAL, Amount.TOTAL_BEFORE_TAX, Amount.SUBTOTAL, Amount.REFUND_TOTAL})
_PAID_WITH = frozenset({Amount.GIFT_CARD, Amount.POINTS})
_MOST_ROWS = 300


@dataclass(slots=True)
class Summary:
    """The amounts by name; `others` are charges without a known label; `complete` is set if every line was understood."""

    amounts: dict[Amount, Money] = field(default_factory=dict)
    others: int = 0
    complete: bool = True

    @property
    def currency(self) -> str | None:
        """The currency of the first amount."""
        return next((amount.currency for amount in self.amounts.values()), None)


def read_summary(root: LexborNode, notes: Notes, where: str) -> Summary:
    """Read every line of the summary. Lines with the same label are added up; hidden breakdowns are skipped."""
    summary = add_lines(_lines(root), notes, where)
    for name, place in RECEIPT.items() if root.css_first(RECEIPT_MARK) is not None else ():
        amount = notes.money(place.first(root) or "", f"{where}.amounts.{name.value}")
        if amount is not None:
            summary.amounts.setdefault(name, amount)
    return summary


def add_lines(lines: Iterable[tuple[str, str]], notes: Notes, where: str) -> Summary:
    """Return the summary of printed lines, each a label and an amount.

    Of several totals the last one counts, because gift card payments are printed between them. A plain "Total" counts
    if no line names the order's total and no payment follows it.
    """
    summary = Summary()
    last, plain_total = "", ""
    for label, value in lines:
        line = amount_line(label)
        if line is None:
            summary.complete = False
            if read_money(value, notes.currency) is not None:
                said = sentence_of("The line '{label}' ({value}) is not known and was left out.", label=label[:60], value=value[:20])
                notes.problem(f"{where}.amounts", "unknown-label", said)
            continue
        if line in (SummaryLine.BETWEEN, SummaryLine.TAX_PART):
            plain_total = value if header_line(label) is Header.TOTAL else plain_total
            continue
        name = line.value if isinstance(line, Amount) else "other"
        amount = notes.money(value, f"{where}.amounts.{name}")
        if amount is None:
            summary.complete = False
        elif isinstance(line, SummaryLine):
            summary.others += amount.minor
            _add_fee(summary, amount, notes, where)
        elif line is Amount.GRAND_TOTAL and label != last:
            # Amazon's currency converter charges a currency that differs from that of the order.
            known = summary.amounts.get(line)
            if known is None or known.currency == amount.currency or known.currency != summary.currency:
                summary.amounts[line], last = amount, label
        else:
            plain_total = "" if line in _PAID_WITH else plain_total
            _add(summary, line, amount, notes, where)
            _add_tax_part(summary, label, amount, notes, where)
    total = notes.money(plain_total, f"{where}.amounts.grand_total") if Amount.GRAND_TOTAL not in summary.amounts else None
    if total is not None:
        summary.amounts[Amount.GRAND_TOTAL] = total
    return summary


def _add_fee(summary: Summary, amount: Money, notes: Notes, where: str) -> None:
    if amount.minor > 0:
        _add(summary, Amount.FEE, amount, notes, where)


def _add_tax_part(summary: Summary, label: str, amount: Money, notes: Notes, where: str) -> None:
    """Also store a Canadian tax under its own name, because GST, HST, PST and QST are claimed back separately."""
    part = tax_part(label) if amount_line(label) is Amount.TAX and amount.currency == "CAD" and amount.minor else None
    if part is not None:
        _add(summary, part, amount, notes, where)


def _add(summary: Summary, line: Amount, amount: Money, notes: Notes, where: str) -> None:
    known = summary.amounts.get(line)
    if known is None:
        summary.amounts[line] = amount
    elif known.currency != amount.currency:
        summary.complete = False
        notes.problem(
            f"{where}.amounts.{line.value}",
            "mixed-currencies",
            sentence_of("The line '{line}' is printed in two currencies.", line=line.value),
        )
    elif line not in _ONCE:
        summary.amounts[line] = known + amount
    elif known != amount:
        text = sentence_of(
            "The line '{line}' is printed twice, with {first} and {second}; the first was kept.",
            line=line.value,
            first=known.decimal,
            second=amount.decimal,
        )
        notes.problem(f"{where}.amounts.{line.value}", "arithmetic", text)


def _lines(root: LexborNode) -> Iterator[tuple[str, str]]:
    seen: set[int] = set()
    containers = SUMMARIES.nodes(root)
    rows = (ROWS if containers else STRAY_ROWS).selector
    for container in containers or [root]:
        hidden = {row.mem_id for row in container.css(HIDDEN_ROWS.selector)}
        for row in container.css(rows)[:_MOST_ROWS]:
            columns = [child for child in elements(row) if has_class(child, "a-column")]
            if len(columns) < 2 or row.mem_id in seen or row.mem_id in hidden:  # noqa: PLR2004  # a label and a value
                continue
            seen.add(row.mem_id)
            label, value = _visible(columns[0]), price_text(columns[-1])
            if label and value:
                yield label, value


def _visible(column: LexborNode) -> str:
    """Return the label without the breakdown that opens on a click."""
    if column.css_first(".a-popover-preload") is None:
        return text_of(column)
    trigger = column.css_first(".a-popover-trigger")
    return text_of(trigger) if trigger is not None else ""
