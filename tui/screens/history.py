"""History: every edit and import, by whom and why; u undoes the step under the cursor."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.journal import Step
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.rows.row_facts import step_facts
from tui.dialogs.undo import undo, undo_question
from tui.formatting import Pen, padded, plain, section
from tui.messages import AccountsChanged, ImportsChanged, OrdersChanged, RulesChanged, ServerChange
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.row_list import RowList

_MOST = 500
_EMPTY = to_translate("Nothing yet. Imports, edits, links and removals appear here and can be undone.")


class HistoryScreen(ListedScreen):
    """A list of steps, newest first, and beside it the one under the cursor."""

    PLACE = "history"
    LISTS = "the history"
    CSS_PATH = "../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged, ImportsChanged, RulesChanged)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", "Undo")]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._steps: dict[str, Step] = {}

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel", id="history-panel") as panel:
                panel.border_title = translated("What was done")
                yield RowList(empty=translated(_EMPTY), id="history-list")
            with VerticalScroll(classes="panel", id="history-detail", can_focus=False):
                yield Static(id="history-facts", markup=False)

    async def read(self) -> None:
        """Read the newest steps."""
        page = await self.store.client.history(limit=_MOST)
        self._steps = {str(step.id): step for step in page.items}

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the steps that are wanted."""
        shown = {key: step for key, step in self._steps.items() if is_wanted(step_facts(step))}
        listing = self.query_one(RowList)
        listing.empty = self.empty_text(translated(_EMPTY))
        listing.show((key, _step_text(step, self.store.pen)) for key, step in shown.items())
        self._draw_detail()
        return self.found_text(len(shown), len(self._steps))

    @property
    def _step(self) -> Step | None:
        return self._steps.get(self.query_one(RowList).chosen or "") if self._steps else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable undo only for a step that is not undone."""
        if action == "undo":
            return self._step is not None and not self._step.undone
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        step = self._step
        self.query_one("#history-detail").display = step is not None
        self.query_one("#history-facts", Static).update(_facts(step, self.store.pen) if step else Content(""))
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def action_undo(self) -> None:
        """Undo the step under the cursor, after asking."""
        step = self._step
        if step is not None and not step.undone:
            self.app.push_screen(undo_question(step), partial(self._undo, step.id))

    def _undo(self, step_id: int, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        if sure:
            self.act(partial(undo, self.store, self, step_id), group="undo")


def _step_text(step: Step, pen: Pen) -> Content:
    state = "  " + translated("undone") if step.undone else ""
    why = f"  {plain(step.why)}" if step.why else ""
    return Content.assemble(
        (padded(pen.moment(step.at), 12) + " ", "$muted"),
        (plain(step.what), "$muted" if step.undone else ""),
        (f"  {plain(step.who)}", "$secondary"),
        (f"{why}{state}", "$muted"),
    )


def _facts(step: Step, pen: Pen) -> Content:
    moment = step.at.astimezone().strftime("%H:%M") if step.at.tzinfo else step.at.strftime("%H:%M")
    lines = [
        Content.styled(plain(step.what), "bold"),
        Content.styled(
            translated(
                "step {id} · {day} {time} · {who}", id=step.id, day=pen.moment(step.at), time=moment, who=shown_word(plain(step.who))
            ),
            "$muted",
        ),
        *section(translated("Why"), [plain(step.why)] if step.why else []),
        *section(translated("Takes back"), [translated("step {id}", id=step.undoes)] if step.undoes is not None else []),
        Content(""),
        Content(
            translated("This is undone.")
            if step.undone
            else translated("To undo it press {key}. Command: shopper undo {id}", key=pen.key("u", "history.undo"), id=step.id)
        ),
    ]
    return Content("\n").join(lines)
