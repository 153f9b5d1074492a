"""Text for tax years: lines of a form, entries of a line, evidence, receipts; one line of a list, and all details."""

from collections.abc import Sequence

from textual.content import Content

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.labels import shown_category
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.money import Money
from assistant.domain.taxes.evidence import EvidencePart, PurposeScope
from assistant.domain.taxes.forms import Grade
from assistant.domain.taxes.line_names import line_meaning
from assistant.domain.taxes.questions import TaxQuestionCode
from assistant.domain.taxes.receipts import ReceiptState
from assistant.domain.taxes.returns import FilledAsset, FilledLine, LeftOut, TaxReturn
from assistant.wire.taxes import ItemEvidenceJson, MissingReceiptJson, ReceiptJson, SetUpReturnJson, TaxQuestionJson
from tui.formatting import Pen, capital, padded, plain, section

Row = FilledLine | FilledAsset | LeftOut
_AMOUNT, _NUMBER, _PARTS = 13, 5, 7


def heading_text(filled: TaxReturn, questions: int, pen: Pen) -> Content:
    """Return what the year is: its days, whether it is locked, the last number, and how many questions are open."""
    state = translated("locked") if filled.status.value == "locked" else translated("open")
    last = translated("last number {number}", number=filled.export) if filled.export else translated("not exported")
    asked = translated_count("{count} question open", "{count} questions open", questions)
    said = translated(
        "{first} to {last} · {currency} · {state} · {number} · {asked}",
        first=pen.day(filled.first),
        last=pen.day(filled.last),
        currency=filled.currency,
        state=state,
        number=last,
        asked=asked,
    )
    return Content("\n").join(
        [Content.styled(plain(filled.title), "bold"), Content.styled(f"{said}. {translated(filled.notice)}", "$muted")]
    )


def row_line(row: Row, pen: Pen, *, income: bool = False) -> Content:
    """Return a line of the form, an asset or an amount that does not count, as one line of the list."""
    amount = (f"{pen.amount(row.amount):>{_AMOUNT}}  ", "bold" if isinstance(row, FilledLine) else "$muted")
    if isinstance(row, FilledLine):
        doubt = "" if row.grade is Grade.VERIFIED else f"  {shown_word(row.grade.value)}"
        name = translated("Income: {row}", row=row.name) if income else row.name
        return Content.assemble((f"{plain(row.line):<{_NUMBER}}", "$secondary"), amount, plain(name), (doubt, "$warning"))
    if isinstance(row, FilledAsset):
        return Content.assemble(
            (f"{plain(row.line):<{_NUMBER}}", "$secondary"), amount, f"{shown_word(row.treatment.value)}: {plain(row.why)}"
        )
    return Content.assemble((f"{'-':<{_NUMBER}}", "$muted"), amount, (translated("not counted: {why}", why=plain(row.why)), "$muted"))


def row_facts(row: Row, pen: Pen) -> Content:
    """Return everything about a line, with what Enter does."""
    if isinstance(row, FilledLine):
        lines = [
            Content.styled(f"{plain(row.line)}  {plain(row.name)}", "bold"),
            *([Content.styled(meaning, "$muted")] if (meaning := line_meaning(row.name)) else []),
            Content(pen.amount(row.amount)),
            Content.styled(
                translated_count(
                    "{count} entry · number of the line {grade}",
                    "{count} entries · number of the line {grade}",
                    len(row.entries),
                    grade=shown_word(row.grade.value),
                ),
                "$muted",
            ),
            *section(
                translated("Listed by name"), [f"{plain(shown_category(part.name))}: {pen.amount(part.amount)}" for part in row.parts]
            ),
            *section(translated("What is in it"), [translated("Enter: show its entries")]),
        ]
        return Content("\n").join(lines)
    title = (
        translated("{treatment} in line {line}", treatment=shown_word(row.treatment.value), line=row.line)
        if isinstance(row, FilledAsset)
        else translated("Not counted by the form")
    )
    return Content("\n").join([Content.styled(plain(title), "bold"), Content(pen.amount(row.amount)), Content(""), Content(plain(row.why))])


def entry_row(entry: Entry, pen: Pen) -> Content:
    """Return an entry of a line of the form as one line of the list."""
    business = Money(entry.share_for("business"), entry.currency)
    title = plain((entry.item.title if entry.item else None) or translated("the whole order"))
    return Content.assemble(
        (pen.day_column(entry.on), "$muted"),
        f"{pen.amount(business):>{_AMOUNT}}  ",
        pen.badge_column(entry.account),
        f" {title}",
    )


def evidence_line(item: ItemEvidenceJson, pen: Pen) -> Content:
    """Return the evidence of an item as one line of the list: how many of seven parts, the amount, the item."""
    style = "$success" if item.score == _PARTS else "$warning"
    title = plain(item.line.title if item.line else None) or translated("order {order_id}", order_id=plain(item.order_id))
    amount = pen.amount(Money.of(item.amount, item.currency))
    return Content.assemble(
        (f"{item.score}/{_PARTS}  ", style), (f"{amount:>{_AMOUNT}}  ", "bold"), pen.badge_column(item.account), f" {title}"
    )


def evidence_facts(item: ItemEvidenceJson, pen: Pen) -> Content:
    """Return the evidence of an item: what is there, what is missing, and what adds it."""
    title = plain(item.line.title if item.line else None) or translated("The whole order")
    lines = [
        Content.styled(title, "bold"),
        Content.styled(
            translated("order {order_id} · {account}", order_id=plain(item.order_id), account=pen.label(item.account)), "$muted"
        ),
        Content(""),
        Content(translated("{score} of {parts} parts of the evidence", score=item.score, parts=_PARTS)),
        *section(translated("Missing"), [shown_word(part.value) for part in item.missing]),
        *section(translated("Business purpose"), [plain(item.purpose)] if item.purpose else []),
        *section(translated("Add it"), [translated(_adding(item)), plain(item.fix)] if item.fix else []),
    ]
    return Content("\n").join(lines)


def _adding(item: ItemEvidenceJson) -> str:
    """Return what Enter does for an item."""
    if EvidencePart.RECEIPT in item.missing:
        return _ANSWERS[TaxQuestionCode.MISSING_RECEIPT]
    return _ANSWERS[TaxQuestionCode.MISSING_PURPOSE] if EvidencePart.PURPOSE in item.missing else _SHOWS_ORDER


def receipt_line(receipt: ReceiptJson) -> Content:
    """Return a receipt as one line of the list: its state, its order, its name."""
    wrong = receipt.state is not ReceiptState.THERE or receipt.problem is not None
    state = shown_word(receipt.problem.value if receipt.problem and receipt.state is ReceiptState.THERE else receipt.state.value)
    return Content.assemble(
        (padded(state, 10) + " ", "$error" if wrong else "$success"), (f"{plain(receipt.order_id):<21} ", "$muted"), plain(receipt.name)
    )


def receipt_facts(receipt: ReceiptJson) -> Content:
    """Return everything about a receipt."""
    said = {
        ReceiptState.THERE: translated("The file is as it was attached."),
        ReceiptState.CHANGED: translated("The file was changed since it was attached. No pack can be written with it."),
        ReceiptState.GONE: translated("The file is gone. No pack can be written without it."),
    }[receipt.state]
    lines = [
        Content.styled(plain(receipt.name), "bold"),
        Content.styled(translated("order {order_id}", order_id=plain(receipt.order_id)), "$muted"),
        Content(""),
        Content(said),
        *(
            [Content(translated("This file {what}. A pack keeps it as a file, not as pages.", what=translated(receipt.problem.said)))]
            if receipt.problem
            else []
        ),
        *section(translated("File"), [plain(receipt.path), f"SHA-256 {receipt.sha256[:16]}…"]),
        *section(translated("When it moved"), ["shopper receipts find FOLDER"] if receipt.state is not ReceiptState.THERE else []),
    ]
    return Content("\n").join(lines)


_SETTINGS = {
    "safe-harbor": to_translate("safe harbor for low-cost items"),
    "vat": to_translate("VAT"),
    "gst": to_translate("GST"),
    "rounding": to_translate("amounts rounded to"),
}
"""How people read the settings of a return."""


def _setting_name(name: str) -> str:
    return translated(_SETTINGS[name]) if name in _SETTINGS else shown_word(name)


def return_line(found: SetUpReturnJson, pen: Pen) -> str:
    """Return whose return it is, with its settings, and why it is locked."""
    whose = ", ".join(pen.label(key) for key in found.accounts) or translated("all accounts")
    settings = ", ".join(f"{_setting_name(name)}: {shown_word(value)}" for name, value in found.settings.items())
    lock = " " + translated("· locked: {reason}", reason=plain(found.reason)) if found.locked else ""
    return f"{whose} · {settings}{lock}"


def missing_line(receipt: MissingReceiptJson, pen: Pen) -> Content:
    """Return an order without a receipt as one line of the list."""
    amount = pen.amount(Money.of(receipt.amount, receipt.currency))
    kept = (translated("page kept") + " ", "$success") if receipt.page_kept else (translated("no receipt"), "$warning")
    return Content.assemble(
        kept,
        (f"{amount:>{_AMOUNT}}  ", "bold"),
        pen.badge_column(receipt.account),
        (f" {plain(receipt.order_id)} ", "$muted"),
        plain(receipt.title),
    )


def missing_facts(receipt: MissingReceiptJson, pen: Pen) -> Content:
    """Return everything about an order without a receipt, and how it gets one."""
    adding = [translated("w: print its kept page")] if receipt.page_kept else []
    lines = [
        Content.styled(plain(receipt.title), "bold"),
        Content.styled(
            translated(
                "order {order_id} · {account} · {day}",
                order_id=plain(receipt.order_id),
                account=pen.label(receipt.account),
                day=pen.day(receipt.day),
            ),
            "$muted",
        ),
        Content(pen.amount(Money.of(receipt.amount, receipt.currency))),
        *section(
            translated("Add a receipt"),
            [
                *adding,
                translated("a: attach a file"),
                translated("b: collect a folder or mailbox, or drop it here"),
                translated("Enter: show the order"),
            ],
        ),
    ]
    return Content("\n").join(lines)


def open_line(questions: Sequence[TaxQuestionJson]) -> str:
    """Return the question with the largest amount in one line, "" if nothing is open."""
    return translated("Largest open question: {text}", text=plain(questions[0].text)) if questions else ""


NAMES = {
    TaxQuestionCode.NOT_SET_UP: to_translate("not set up"),
    TaxQuestionCode.NO_ENTRIES: to_translate("no entries"),
    TaxQuestionCode.ACCOUNT_TWICE: to_translate("account on two forms"),
    TaxQuestionCode.MISSING_CATEGORY: to_translate("no category"),
    TaxQuestionCode.NO_LINE: to_translate("no line"),
    TaxQuestionCode.MISSING_RATE: to_translate("no exchange rate"),
    TaxQuestionCode.ABOVE_CAP: to_translate("above a limit"),
    TaxQuestionCode.ESTIMATED_TAX: to_translate("tax estimated"),
    TaxQuestionCode.NEGATIVE_LINE: to_translate("negative line"),
    TaxQuestionCode.CHANGED_SINCE_LOCK: to_translate("changed since the lock"),
    TaxQuestionCode.MISSING_RECEIPT: to_translate("no receipt"),
    TaxQuestionCode.MISSING_PURPOSE: to_translate("no business purpose"),
    TaxQuestionCode.RECEIPT_LOST: to_translate("receipt gone or changed"),
    TaxQuestionCode.RECEIPT_UNREADABLE: to_translate("receipt unreadable"),
}
_ANSWERS = {
    TaxQuestionCode.NOT_SET_UP: to_translate("Enter: choose its accounts and settings"),
    TaxQuestionCode.NO_ENTRIES: to_translate("Enter: show what the books have in these days"),
    TaxQuestionCode.ACCOUNT_TWICE: to_translate("Enter: choose its accounts and settings"),
    TaxQuestionCode.NO_LINE: to_translate("Enter: choose the line of its category"),
    TaxQuestionCode.NEGATIVE_LINE: to_translate("Enter: show the entries of the line"),
    TaxQuestionCode.CHANGED_SINCE_LOCK: to_translate("Enter: unlock the year"),
    TaxQuestionCode.MISSING_RECEIPT: to_translate("Enter: attach the receipt"),
    TaxQuestionCode.MISSING_PURPOSE: to_translate("Enter: say why it is bought"),
    TaxQuestionCode.RECEIPT_LOST: to_translate("Enter: show the receipts"),
    TaxQuestionCode.RECEIPT_UNREADABLE: to_translate("Enter: show the receipts"),
}
_SHOWS_ORDER = to_translate("Enter: show the order, and correct it there")


def tax_question_line(question: TaxQuestionJson, pen: Pen) -> Content:
    """Return a question as one line of the list: the amount at stake, what it is, the item or order."""
    about = question.line.title if question.line and question.line.title else question.order_id or question.text
    subject = question.subject
    if subject is not None:
        about = shown_category(subject.value) if subject.scope is PurposeScope.CATEGORY else subject.value
    return Content.assemble(
        (f"{_amount_of(question, pen):>{_AMOUNT}}  ", "bold"), translated(NAMES[question.code]), (f"  {plain(about)}", "$muted")
    )


def tax_question_facts(question: TaxQuestionJson, pen: Pen) -> Content:
    """Return a question in full, with what Enter does and the command that does the same."""
    number = translated("order {order_id}", order_id=plain(question.order_id)) if question.order_id else ""
    about = [
        _amount_of(question, pen),
        " · ".join(filter(None, (number, pen.label(question.account) if question.account else ""))),
        plain(question.line.title) if question.line else "",
    ]
    lines = [
        Content.styled(capital(translated(NAMES[question.code])), "bold"),
        *(Content.styled(line, "$muted") for line in about if line),
        Content(""),
        Content(plain(question.text)),
        *section(translated("Answer it"), [translated(_ANSWERS.get(question.code, _SHOWS_ORDER)), plain(question.fix)]),
    ]
    return Content("\n").join(lines)


def _amount_of(question: TaxQuestionJson, pen: Pen) -> str:
    return pen.amount(Money.of(question.amount, question.currency)) if question.amount and question.currency else ""
