"""Text for open questions of the books: one line of a list, and all details."""

from textual.content import Content

from assistant.domain.books.entries import QuestionCode
from assistant.domain.books.questions import Question
from assistant.domain.languages.translating import to_translate, translated
from tui.formatting import Pen, capital, plain, section

NAMES = {
    QuestionCode.REFUND_EXCEEDS_COST: to_translate("refund larger than the cost"),
    QuestionCode.SOURCES_DISAGREE: to_translate("sources disagree"),
    QuestionCode.MISSING_CHARGE_DATE: to_translate("day of the charge unknown"),
    QuestionCode.MISSING_SELLER: to_translate("seller unknown"),
    QuestionCode.MISSING_PURPOSE: to_translate("no purpose"),
    QuestionCode.MISSING_RECEIPT: to_translate("no receipt"),
    QuestionCode.UNKNOWN_PURPOSE: to_translate("purpose does not exist"),
    QuestionCode.ESTIMATED_TAX: to_translate("tax estimated"),
    QuestionCode.ESTIMATED_REFUND: to_translate("refund without items"),
    QuestionCode.UNMATCHED_CHARGE: to_translate("charge of an unknown order"),
    QuestionCode.SAME_ORDER_TWICE: to_translate("order under two accounts"),
    QuestionCode.REFUND_EXPECTED: to_translate("refund missing"),
}
_AMOUNT = 13


def question_line(question: Question, pen: Pen) -> Content:
    """Return a question as one line: amount, account, what it is, the item or order."""
    return Content.assemble(
        (f"{pen.amount(question.amount):>{_AMOUNT}}  ", "bold"),
        pen.badge_column(question.account),
        f" {translated(NAMES[question.code])}",
        (f"  {plain(question.title) or plain(question.number)}", "$muted"),
    )


def question_facts(question: Question, key: str, pen: Pen) -> Content:
    """Return a question in full with its answer: `key` says what Enter does."""
    about = [
        f"{pen.amount(question.amount)} {pen.day(question.on)}".strip(),
        pen.label(question.account) + (f" · {translated('order {number}', number=plain(question.number))}" if question.number else ""),
        plain(question.title),
    ]
    lines = [
        Content.styled(capital(translated(NAMES[question.code])), "bold"),
        *(Content.styled(line, "$muted") for line in about if line),
        Content(""),
        Content(plain(question.text)),
        *section(translated("Answer it"), [translated("Enter: {key}", key=key)]),
    ]
    return Content("\n").join(lines)
