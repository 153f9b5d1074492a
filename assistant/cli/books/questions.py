"""`shopper questions`: open questions of the books, largest amounts first."""

from typing import TYPE_CHECKING, Any

import typer

from assistant.cli.console import print_json, print_table, print_text, shown_amount
from assistant.cli.filter_flags import JsonFlag, PeriodFlags, SearchFlags, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.books.questions import Question


@with_flags
def questions(context: typer.Context, flags: PeriodFlags, words: SearchFlags, as_json: JsonFlag = False) -> None:
    """List open questions, largest amounts first, each with the command that answers it."""
    with services_of(context) as services:
        found = services.books.questions(flags.chosen())
        if words.filter is not None:
            from assistant.domain.rows.row_facts import question_facts
            from assistant.services.row_search import search

            found = search(found, question_facts, words.filter, what="questions", accounts=services.accounts)
    if as_json:
        from assistant.wire.books import QuestionJson

        print_json([QuestionJson.of(entry) for entry in found])
    elif found:
        print_table(("question", "order", "amount", "what", "answer it with"), [_question_cells(entry) for entry in found], right=(2,))
    else:
        print_text(translated("No questions: the books are complete."))


def _question_cells(entry: "Question") -> tuple[Any, ...]:
    return shown_word(entry.code.value), entry.number or "", shown_amount(entry.amount), entry.text, entry.fix
