"""Questions: what the books do not know for sure, largest amounts first; Enter answers one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.books.entries import QuestionCode
from assistant.domain.books.questions import Question
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.rows import row_facts
from tui.messages import AccountsChanged, ImportsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.books.question_facts import question_facts, question_line
from tui.widgets.row_list import RowList

_EMPTY = to_translate("No questions: the books are complete. What they do not know for sure appears here, with the key that answers it.")
_BY_A_FILE = frozenset(
    {
        QuestionCode.REFUND_EXPECTED,
        QuestionCode.UNMATCHED_CHARGE,
        QuestionCode.ESTIMATED_TAX,
        QuestionCode.ESTIMATED_REFUND,
        QuestionCode.MISSING_CHARGE_DATE,
        QuestionCode.MISSING_SELLER,
        QuestionCode.MISSING_RECEIPT,
    }
)


class QuestionsScreen(ListedScreen):
    """A list of questions and, beside it, the one under the cursor with its answer."""

    PLACE = "questions"
    LISTS = "questions"
    CSS_PATH = "../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged, ImportsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", "Answer it"),
        Binding("o", "show_order", "Show the order"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._questions: dict[str, Question] = {}

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel book-list", id="question-panel"):
                yield RowList(empty=translated(_EMPTY), id="question-list")
            with VerticalScroll(classes="panel book-detail", id="question-detail", can_focus=False):
                yield Static(id="question-facts", markup=False)

    async def read(self) -> None:
        """Read the open questions."""
        found = await self.store.client.questions()
        self._questions = {str(place): question for place, question in enumerate(found)}

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the questions that are wanted."""
        shown = {key: question for key, question in self._questions.items() if is_wanted(row_facts.question_facts(question))}
        listing = self.query_one(RowList)
        self.query_one("#question-panel").border_title = translated("Questions: {questions}", questions=number(len(self._questions)))
        listing.empty = self.empty_text(translated(_EMPTY))
        listing.show((key, question_line(question, self.store.pen)) for key, question in shown.items())
        self._draw_detail()
        return self.found_text(len(shown), len(self._questions))

    @property
    def _question(self) -> Question | None:
        return self._questions.get(self.query_one(RowList).chosen or "") if self._questions else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        question = self._question
        self.query_one("#question-detail").display = question is not None
        facts = question_facts(question, _key_for(question), self.store.pen) if question else Content("")
        self.query_one("#question-facts", Static).update(facts)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable only keys that lead somewhere from here."""
        if action in ("answer", "show_order"):
            question = self._question
            return question is not None and (action == "answer" or question.number is not None)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    async def action_answer(self) -> None:
        """Answer the question under the cursor: import a file, or change the order."""
        question = self._question
        if question is not None and (question.code in _BY_A_FILE or question.number is None):
            await self.app.run_action("import_file", self.app)
        else:
            self.action_show_order()

    def action_show_order(self) -> None:
        """Show the order of the question under the cursor."""
        question = self._question
        if question is not None and question.number is not None:
            self.post_message(ShowOrders(f'account:{question.account} "{question.number}"'))


def _key_for(question: Question) -> str:
    if question.code in _BY_A_FILE or question.number is None:
        return translated("import a file that says it")
    return translated("show the order, and correct it there")
