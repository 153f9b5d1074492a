"""Earlier purchases that probably belong on another account; Enter goes to the order."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from assistant.domain.judging.warnings import Misplaced
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.dialog import Dialog
from tui.formatting import Pen, plain
from tui.widgets.row_list import RowList

_ABOUT = to_translate(
    "Today's rules and habits would have warned about these orders. Nothing needs doing; check the ones that matter to you."
)


class RetrospectiveDialog(Dialog[str]):
    """Returns the number of the chosen order."""

    def __init__(self, found: Sequence[Misplaced], pen: Pen) -> None:
        super().__init__()
        self._found, self._pen = found, pen

    def compose(self) -> ComposeResult:
        """Compose the list."""
        with Vertical(classes="dialog wide") as panel:
            panel.border_title = translated("Earlier purchases that look like another account's")
            yield RowList(empty=translated("No purchase older than a month. Newer ones are among the warnings."))
            yield Static(translated(_ABOUT) if self._found else "", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what was found; an order with several items may appear twice."""
        entries = {(entry.number, entry.text): entry for entry in self._found}.values()
        self.query_one(RowList).show((f"{entry.number} {place}", _purchase_text(entry, self._pen)) for place, entry in enumerate(entries))

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Return the order under the cursor."""
        if event.option_id is not None:
            self.dismiss(event.option_id.partition(" ")[0])


def _purchase_text(entry: Misplaced, pen: Pen) -> Content:
    better = "\n  " + translated("better on {suggest}", suggest=plain(entry.suggest)) if entry.suggest else ""
    return Content.assemble(
        (f"{pen.day(entry.placed_on)}  ", "$muted"), pen.badge(entry.account), f" {plain(entry.text)}", (better, "$success")
    )
