"""Earlier purchases that probably belong on another account; Enter goes to the order."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from assistant.domain.judging.warnings import LookBack, Misplaced
from assistant.domain.languages.translating import to_translate, translated
from tui.dialogs.dialog import Dialog
from tui.formatting import Pen, plain
from tui.widgets.row_list import RowList

_ABOUT = to_translate(
    "Today's rules and habits would have warned about these orders. Nothing needs doing; check the ones that matter to you."
)


class RetrospectiveDialog(Dialog[str]):
    """Returns the number of the chosen order."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self._pen = pen
        self._looked: LookBack | None = None

    def compose(self) -> ComposeResult:
        """Compose the list."""
        with Vertical(classes="dialog wide") as panel:
            panel.border_title = translated("Earlier purchases that look like another account's")
            yield RowList(empty=translated("Checking earlier purchases …"))
            yield Static(markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Say that it takes a moment, or show what was found in less than that."""
        self.query_one(RowList).show(())
        if self._looked is not None:
            self._draw(self._looked)

    def show_found(self, looked: LookBack) -> None:
        """Show what was found, now or once the dialog is mounted; nothing if it was closed meanwhile."""
        self._looked = looked
        if self.is_mounted and self.is_attached:
            self._draw(looked)

    def _draw(self, looked: LookBack) -> None:
        # An order with several items may appear twice.
        listing = self.query_one(RowList)
        listing.empty = looked.nothing_found
        self.query_one(Static).update(translated(_ABOUT) if looked.misplaced else "")
        entries = {(entry.number, entry.text): entry for entry in looked.misplaced}.values()
        listing.show((f"{entry.number} {place}", _purchase_text(entry, self._pen)) for place, entry in enumerate(entries))

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
