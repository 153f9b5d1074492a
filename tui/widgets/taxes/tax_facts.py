"""Text for tax years: lines of a form, entries of a line, evidence, receipts; one line of a list, and all details."""

from collections.abc import Sequence

from textual.content import Content

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.money import Money
from assistant.domain.taxes.forms import Grade
from assistant.domain.taxes.receipts import ReceiptState
from assistant.domain.taxes.returns import FilledAsset, FilledLine, LeftOut, TaxReturn
from assistant.wire.taxes import ItemEvidenceJson, MissingReceiptJson, ReceiptJson, SetUpReturnJson, TaxQuestionJson
from tui.formatting import Pen, plain, section

Row = FilledLine | FilledAsset | LeftOut
_AMOUNT, _NUMBER, _PARTS = 13, 5, 7


def heading_text(filled: TaxReturn, questions: int) -> Content:
    """Return what the year is: its days, whether it is locked, the last number, and how many questions are open."""
    state = "locked" if filled.status.value == "locked" else "open"
    number = f"last number {filled.export}" if filled.export else "not exported"
    asked = f"{questions} question{'' if questions == 1 else 's'} open"
    said = f"{filled.first} to {filled.last} · {filled.currency} · {state} · {number} · {asked}"
    return Content("\n").join([Content.styled(plain(filled.title), "bold"), Content.styled(f"{said}. {filled.notice}", "$muted")])


def row_line(row: Row, pen: Pen, *, income: bool = False) -> Content:
    """Return a line of the form, an asset or an amount that does not count, as one line of the list."""
    amount = (f"{pen.amount(row.amount):>{_AMOUNT}}  ", "bold" if isinstance(row, FilledLine) else "$muted")
    if isinstance(row, FilledLine):
        doubt = "" if row.grade is Grade.VERIFIED else f"  {row.grade.value}"
        name = f"Income: {row.name}" if income else row.name
        return Content.assemble((f"{plain(row.line):<{_NUMBER}}", "$secondary"), amount, plain(name), (doubt, "$warning"))
    if isinstance(row, FilledAsset):
        return Content.assemble((f"{plain(row.line):<{_NUMBER}}", "$secondary"), amount, f"{row.treatment.value}: {plain(row.why)}")
    return Content.assemble((f"{'-':<{_NUMBER}}", "$muted"), amount, (f"not counted: {plain(row.why)}", "$muted"))


def row_facts(row: Row, filled: TaxReturn, pen: Pen) -> Content:
    """Return everything about a line, with what Enter does."""
    if isinstance(row, FilledLine):
        lines = [
            Content.styled(f"{plain(row.line)}  {plain(row.name)}", "bold"),
            Content(pen.amount(row.amount)),
            Content.styled(f"{len(row.entries)} entries · number of the line {row.grade.value}", "$muted"),
            *section("Listed by name", [f"{plain(part.name)}: {pen.amount(part.amount)}" for part in row.parts]),
            *section("What is in it", ["Enter: show its entries", f"shopper tax show {filled.form} {filled.year}"]),
        ]
        return Content("\n").join(lines)
    title = f"{row.treatment.value} in line {row.line}" if isinstance(row, FilledAsset) else "Not counted by the form"
    return Content("\n").join([Content.styled(plain(title), "bold"), Content(pen.amount(row.amount)), Content(""), Content(plain(row.why))])


def entry_row(entry: Entry, pen: Pen) -> Content:
    """Return an entry of a line of the form as one line of the list."""
    business = Money(entry.share_for("business"), entry.currency)
    title = plain((entry.item.title if entry.item else None) or "the whole order")
    return Content.assemble(
        (f"{pen.day(entry.on):<11} ", "$muted"), f"{pen.amount(business):>{_AMOUNT}}  ", pen.badge_column(entry.account), f" {title}"
    )


def evidence_line(item: ItemEvidenceJson, pen: Pen) -> Content:
    """Return the evidence of an item as one line of the list: how many of seven parts, the amount, the item."""
    style = "$success" if item.score == _PARTS else "$warning"
    title = plain(item.line.title if item.line else None) or f"order {plain(item.order_id)}"
    amount = pen.amount(Money.of(item.amount, item.currency))
    return Content.assemble(
        (f"{item.score}/{_PARTS}  ", style), (f"{amount:>{_AMOUNT}}  ", "bold"), pen.badge_column(item.account), f" {title}"
    )


def evidence_facts(item: ItemEvidenceJson, pen: Pen) -> Content:
    """Return the evidence of an item: what is there, what is missing, and what adds it."""
    title = plain(item.line.title if item.line else None) or "The whole order"
    lines = [
        Content.styled(title, "bold"),
        Content.styled(f"order {plain(item.order_id)} · {pen.label(item.account)}", "$muted"),
        Content(""),
        Content(f"{item.score} of {_PARTS} parts of the evidence"),
        *section("Missing", [part.value.replace("_", " ") for part in item.missing]),
        *section("Business purpose", [plain(item.purpose)] if item.purpose else []),
        *section("Add it", [plain(item.fix)] if item.fix else []),
    ]
    return Content("\n").join(lines)


def receipt_line(receipt: ReceiptJson) -> Content:
    """Return a receipt as one line of the list: its state, its order, its name."""
    wrong = receipt.state is not ReceiptState.THERE or receipt.problem is not None
    state = receipt.problem.value if receipt.problem and receipt.state is ReceiptState.THERE else receipt.state.value
    return Content.assemble(
        (f"{state:<10} ", "$error" if wrong else "$success"), (f"{plain(receipt.order_id):<21} ", "$muted"), plain(receipt.name)
    )


def receipt_facts(receipt: ReceiptJson) -> Content:
    """Return everything about a receipt."""
    said = {
        ReceiptState.THERE: "The file is as it was attached.",
        ReceiptState.CHANGED: "The file was changed since it was attached. No pack can be written with it.",
        ReceiptState.GONE: "The file is gone. No pack can be written without it.",
    }[receipt.state]
    lines = [
        Content.styled(plain(receipt.name), "bold"),
        Content.styled(f"order {plain(receipt.order_id)}", "$muted"),
        Content(""),
        Content(said),
        *([Content(f"It {receipt.problem.said}: a pack keeps it as a file, not as pages.")] if receipt.problem else []),
        *section("File", [plain(receipt.path), f"SHA-256 {receipt.sha256[:16]}…"]),
        *section("When it moved", ["shopper receipts find FOLDER"] if receipt.state is not ReceiptState.THERE else []),
    ]
    return Content("\n").join(lines)


def return_line(found: SetUpReturnJson, pen: Pen) -> str:
    """Return whose return it is, with its settings, and why it is locked."""
    whose = ", ".join(pen.label(key) for key in found.accounts) or "all accounts"
    settings = ", ".join(f"{name}={value}" for name, value in found.settings.items())
    lock = f" · locked: {plain(found.reason)}" if found.locked else ""
    return f"{whose} · {settings}{lock}"


def missing_line(receipt: MissingReceiptJson, pen: Pen) -> Content:
    """Return an order without a receipt as one line of the list."""
    amount = pen.amount(Money.of(receipt.amount, receipt.currency))
    kept = ("page kept ", "$success") if receipt.page_kept else ("no receipt", "$warning")
    return Content.assemble(
        kept,
        (f"{amount:>{_AMOUNT}}  ", "bold"),
        pen.badge_column(receipt.account),
        (f" {plain(receipt.order_id)} ", "$muted"),
        plain(receipt.title),
    )


def missing_facts(receipt: MissingReceiptJson, pen: Pen) -> Content:
    """Return everything about an order without a receipt, and how it gets one."""
    adding = ["w: print its kept page"] if receipt.page_kept else []
    lines = [
        Content.styled(plain(receipt.title), "bold"),
        Content.styled(f"order {plain(receipt.order_id)} · {pen.label(receipt.account)} · {pen.day(receipt.day)}", "$muted"),
        Content(pen.amount(Money.of(receipt.amount, receipt.currency))),
        *section(
            "Add a receipt", [*adding, "a: attach a file", "b: collect a folder or mailbox, or drop it here", "Enter: show the order"]
        ),
    ]
    return Content("\n").join(lines)


def open_line(questions: Sequence[TaxQuestionJson]) -> str:
    """Return the question with the largest amount in one line, "" if nothing is open."""
    return f"Largest open question: {plain(questions[0].text)}" if questions else ""
