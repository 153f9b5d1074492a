"""The command palette: every screen, action, account, setting and theme, from every screen.

Actions of other screens and settings are found by typing; the list that opens shows what this screen offers.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from assistant.domain.accounts.account import Account
from assistant.domain.languages.translating import translated
from tui.formatting import plain
from tui.keymap import EVERYWHERE, HOME, PLACES, Place
from tui.messages import GoTo, ShowOrders
from tui.own_keys import shown_key
from tui.palette import TOPICS
from tui.theme import THEMES

if TYPE_CHECKING:
    from tui.navigating import PlacesApp


_LEFT_OUT = frozenset({"back", "quit-always", *(f"go-{place.name}" for place in PLACES)})
_ROUND = {ord("["): "(", ord("]"): ")"}
_COMMANDS = {
    "books.export": "shopper export",
    "imports.coverage": "shopper coverage",
    "imports.reread": "shopper reread",
    "warnings.explain": "shopper alerts --explain ID",
    "undo": "shopper undo",
}
"""The command that does the same as an action, so that whoever knows it finds the action by its name."""


def commands(app: "PlacesApp", screen: Screen[Any], accounts: Iterable[Account]) -> Iterator[SystemCommand]:
    """Yield the entries. Names hold no square brackets, since the palette reads them as markup."""
    for place in PLACES:
        name = translated("Go to {screen}", screen=place.shown_title)
        same = "" if place.name == HOME or place.command.split()[1:2] == [place.name] else place.command
        yield SystemCommand(_with_command(name, same), _key(place.key), partial(app.post_message, GoTo(place.name)))
    everywhere = {binding.id for binding in EVERYWHERE}
    for active in screen.active_bindings.values():
        binding = active.binding
        own = active.node is screen and binding.description and binding.id not in everywhere
        if own and active.enabled and not binding.action.startswith(("app.", "screen.")):
            name = _with_command(binding.description, _COMMANDS.get(binding.id or "", ""))
            yield SystemCommand(name, _key(app.get_key_display(binding)), partial(_run, app, binding.action, screen))
    for binding in EVERYWHERE:
        if binding.id not in _LEFT_OUT:
            name = _with_command(translated(binding.description), _COMMANDS.get(binding.id or "", ""))
            yield SystemCommand(name, _key(app.get_key_display(binding)), partial(_run, app, binding.action, app))
    for account in accounts:
        name = translated("Orders of {account}", account=plain(account.label).translate(_ROUND))
        yield SystemCommand(name, translated("all its orders"), partial(app.post_message, ShowOrders(f"account:{account.key}")))
    for theme in dict.fromkeys([*(theme.name for theme in THEMES), *app.available_themes]):
        name = translated("Theme {name}", name=theme)
        yield SystemCommand(name, translated("the colours of the app"), partial(setattr, app, "theme", theme))
    yield from _elsewhere(app, screen)


def _elsewhere(app: "PlacesApp", screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Yield the actions of other screens, topics, and the settings."""
    for place in PLACES:
        shown = getattr(screen, "PLACE", "") == place.name
        for binding in () if shown else _own_bindings(place):
            action = translated(binding.description)
            name = _with_command(f"{place.shown_title}: {action}", _COMMANDS.get(binding.id or "", ""))
            keys = f"{place.shown_key} {app.get_key_display(binding)}"
            yield SystemCommand(name, _key(keys), partial(app.run_there, place.name, binding.action, action), discover=False)
    for topic in TOPICS:
        title = translated(topic.title)
        show = partial(app.explain, title, translated(topic.text))
        yield SystemCommand(_with_command(title, topic.command), translated("how it is done"), show, discover=False)
    from tui.screens.settings import shown_settings  # noqa: PLC0415  # only when the palette opens

    for setting, title in shown_settings():
        name = translated("Setting: {title}", title=title)
        yield SystemCommand(name, _key(shown_key("comma")), partial(app.change_setting, setting), discover=False)


def _own_bindings(place: Place) -> list[Binding]:
    """Return the keys of a screen that its base classes do not have."""
    screen = resolve_name(f"tui.screens.{place.screen}")
    found = [binding for parent in screen.__mro__ for binding in vars(parent).get("BINDINGS", ()) if isinstance(binding, Binding)]
    return [binding for binding in found if (binding.id or "").startswith(f"{place.name}.")]


def _with_command(name: str, command: str) -> str:
    return f"{name} ({command})" if command else name


def _key(display: str) -> str:
    return translated("key {key}", key=display.translate(_ROUND))


def _run(app: "PlacesApp", action: str, owner: DOMNode) -> None:
    app.call_later(app.run_action, action, owner)
