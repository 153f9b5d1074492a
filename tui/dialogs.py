"""Opening dialogs; each is imported when it is first needed, so that the first paint does not wait for it."""
# ruff: noqa: PLC0415  # see above

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import ShopperApp


def show_help(app: "ShopperApp") -> None:
    """Show the keys of the present screen."""
    from tui.screens.help import HelpScreen

    app.push_screen(HelpScreen(app.screen))


def show_pairing(app: "ShopperApp") -> None:
    """Show a code that pairs a browser."""
    from tui.screens.pairing import PairingScreen

    app.push_screen(PairingScreen(app.clock))


def show_import(app: "ShopperApp") -> None:
    """Ask for a file or folder and take it in."""
    from tui.importing import import_file

    import_file(app)


def show_trouble(app: "ShopperApp", error: Exception) -> None:
    """Say why there is no server; try again or leave, as the person answers."""
    from tui.screens.no_server import TroubleScreen

    app.push_screen(TroubleScreen(error), lambda again: app.open_store() if again else app.exit())
