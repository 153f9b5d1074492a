"""The command palette: an entry for every screen, available action, account and theme."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from assistant.domain.accounts.account import Account
from assistant.domain.languages.translating import translated
from tui.formatting import plain
from tui.keymap import EVERYWHERE, PLACES
from tui.messages import GoTo, ShowOrders
from tui.theme import THEMES

_LEFT_OUT = frozenset({"back", "quit-always", *(f"go-{place.name}" for place in PLACES)})
_ROUND = {ord("["): "(", ord("]"): ")"}


def commands(app: App[Any], screen: Screen[Any], accounts: Iterable[Account]) -> Iterator[SystemCommand]:
    """Yield the entries. Names hold no square brackets, since the palette reads them as markup."""
    for place in PLACES:
        name = translated("Go to {screen}", screen=place.shown_title)
        yield SystemCommand(name, _key(place.key), partial(app.post_message, GoTo(place.name)))
    everywhere = {binding.id for binding in EVERYWHERE}
    for active in screen.active_bindings.values():
        binding = active.binding
        own = active.node is screen and binding.description and binding.id not in everywhere
        if own and active.enabled and not binding.action.startswith(("app.", "screen.")):
            yield SystemCommand(binding.description, _key(app.get_key_display(binding)), partial(_run, app, binding.action, screen))
    for binding in EVERYWHERE:
        if binding.id not in _LEFT_OUT:
            name = translated(binding.description)
            yield SystemCommand(name, _key(app.get_key_display(binding)), partial(_run, app, binding.action, app))
    for account in accounts:
        name = translated("Orders of {account}", account=plain(account.label).translate(_ROUND))
        yield SystemCommand(name, translated("all its orders"), partial(app.post_message, ShowOrders(f"account:{account.key}")))
    for theme in dict.fromkeys([*(theme.name for theme in THEMES), *app.available_themes]):
        name = translated("Theme {name}", name=theme)
        yield SystemCommand(name, translated("the colours of the app"), partial(setattr, app, "theme", theme))


def _key(display: str) -> str:
    return translated("key {key}", key=display.translate(_ROUND))


def _run(app: App[Any], action: str, owner: DOMNode) -> None:
    app.call_later(app.run_action, action, owner)
