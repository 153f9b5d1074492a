"""The command palette: an entry for every screen, available action, account and theme."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from assistant.domain.accounts.account import Account
from tui.formatting import plain
from tui.keymap import EVERYWHERE, PLACES
from tui.messages import GoTo, ShowOrders
from tui.theme import THEMES

_LEFT_OUT = frozenset({"back", "quit-always", *(f"go-{place.name}" for place in PLACES)})


def commands(app: App[Any], screen: Screen[Any], accounts: Iterable[Account]) -> Iterator[SystemCommand]:
    """Yield the entries. Names hold no square brackets, since the palette reads them as markup."""
    for place in PLACES:
        yield SystemCommand(f"Go to {place.title}", f"key {place.key}", partial(app.post_message, GoTo(place.name)))
    everywhere = {binding.id for binding in EVERYWHERE}
    for active in screen.active_bindings.values():
        binding = active.binding
        own = active.node is screen and binding.description and binding.id not in everywhere
        if own and active.enabled and not binding.action.startswith(("app.", "screen.")):
            yield SystemCommand(binding.description, _key(app.get_key_display(binding)), partial(_run, app, binding.action, screen))
    for binding in EVERYWHERE:
        if binding.id not in _LEFT_OUT:
            yield SystemCommand(binding.description, _key(app.get_key_display(binding)), partial(_run, app, binding.action, app))
    for account in accounts:
        label = plain(account.label).translate({ord("["): "(", ord("]"): ")"})
        yield SystemCommand(f"Orders of {label}", "all its orders", partial(app.post_message, ShowOrders(f"account:{account.key}")))
    for name in dict.fromkeys([*(theme.name for theme in THEMES), *app.available_themes]):
        yield SystemCommand(f"Theme {name}", "the colours of the app", partial(setattr, app, "theme", name))


def _key(display: str) -> str:
    return f"key {display}".replace("[", "(").replace("]", ")") if display in "[]" else f"key {display}"


def _run(app: App[Any], action: str, owner: DOMNode) -> None:
    app.call_later(app.run_action, action, owner)
