"""Text for open questions of the books: one line of a list, and all details."""

from textual.content import Content

from assistant.domain.books.entries import QuestionCode
from assistant.domain.books.questions import Question
from tui.formatting import Pen, plain, section

NAMES = {
    QuestionCode.REFUND_EXCEEDS_COST: "refund larger than the cost",
    QuestionCode.SOURCES_DISAGREE: "sources disagree",
    QuestionCode.MISSING_CHARGE_DATE: "day of the charge unknown",
    QuestionCode.MISSING_SELLER: "seller unknown",
    QuestionCode.MISSING_PURPOSE: "no purpose",
    QuestionCode.MISSING_RECEIPT: "no receipt",
    QuestionCode.UNKNOWN_PURPOSE: "purpose does not exist",
    QuestionCode.ESTIMATED_TAX: "tax estimated",
    QuestionCode.ESTIMATED_REFUND: "refund without items",
    QuestionCode.UNMATCHED_CHARGE: "charge of an unknown order",
    QuestionCode.SAME_ORDER_TWICE: "order under two accounts",
    QuestionCode.REFUND_EXPECTED: "refund missing",
}
_AMOUNT = 13


def question_line(question: Question, pen: Pen) -> Content:
    """Return a question as one line: amount, account, what it is, the item or order."""
    return Content.assemble(
        (f"{pen.amount(question.amount):>{_AMOUNT}}  ", "bold"),
        pen.badge_column(question.account),
        f" {NAMES[question.code]}",
        (f"  {plain(question.title) or plain(question.number)}", "$muted"),
    )


def question_facts(question: Question, key: str, pen: Pen) -> Content:
    """Return a question in full with its answer: `key` says what Enter does, the command is its twin."""
    about = [
        f"{pen.amount(question.amount)} {pen.day(question.on)}".strip(),
        f"{pen.label(question.account)}{f' · order {plain(question.number)}' if question.number else ''}",
        plain(question.title),
    ]
    lines = [
        Content.styled(NAMES[question.code].capitalize(), "bold"),
        *(Content.styled(line, "$muted") for line in about if line),
        Content(""),
        Content(plain(question.text)),
        *section("Answer it", [f"Enter: {key}", plain(question.fix)]),
    ]
    return Content("\n").join(lines)
