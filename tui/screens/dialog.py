"""What all dialogs share: a panel over the screen, Escape leaves without doing anything."""

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.errors import TellsFailures

if TYPE_CHECKING:
    from tui.app import ShopperApp

Answer = TypeVar("Answer")


class Dialog(TellsFailures, ModalScreen[Answer]):
    """A question; None is the answer of somebody who left it."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    @property
    def shopper(self) -> "ShopperApp":
        """The app, with its own type."""
        return cast("ShopperApp", self.app)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
