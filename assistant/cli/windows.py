"""`shopper open`: an account's own browser window."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say, shown_moment
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from assistant.domain.windows import WindowResult


def open_window(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Key or label of the account.")] = "",
    url: Annotated[str, typer.Argument(help="Page to open; default: the account's marketplace.")] = "",
    browser: Annotated[str, typer.Option(help="Chromium, Edge, Brave, Chrome, Firefox, or a path; default: the best one found.")] = "",
    forget: Annotated[bool, typer.Option("--forget", help="Delete the account's window with its sign-in.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the windows, their size and whether they are open.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Open a browser window that belongs to one account: it stays signed in, has the account's colour, and the extension is paired."""
    from assistant.domain.errors import InvalidInput
    from assistant.server.running import find_server

    if listed:
        _list(context, as_json=as_json)
        return
    if not account:
        raise InvalidInput(translated("Name the account: shopper open ACCOUNT. 'shopper accounts list' shows them."))
    if url and not url.startswith("https://"):
        raise InvalidInput(translated("'{url}' is no web address. Start it with https://.", url=url[:80]))
    settings = settings_of(context)
    with services_of(context) as services:
        if forget:
            label = services.windows.forget(account).label
            print_text(translated("The window of '{account}' and its sign-in are deleted. 'shopper open' makes a new one.", account=label))
            return
        running = find_server(settings)
        done = services.windows.open(account, port=running.port if running else None, url=url or None, browser=browser or None)
    words = {"account": done.label, "browser": done.browser}
    print_text(
        translated("A new tab in the window of '{account}' is open in {browser}.", **words)
        if done.reused
        else translated("The window of '{account}' is open in {browser}.", **words)
    )
    _say_what_is_missing(done, has_server=running is not None)


def _say_what_is_missing(done: "WindowResult", *, has_server: bool) -> None:
    if done.extension_missing:
        kind = "firefox" if "firefox" in done.browser.casefold() else "chrome"
        say(
            translated(
                "{browser} takes no extension from Shopper, so this window is not checked. 'shopper extension --guide {kind}' shows how "
                "to add it by hand. Chromium, Edge, Brave and Firefox ESR need no hand: --browser chromium.",
                browser=done.browser,
                kind=kind,
            )
        )
    elif not has_server and not done.paired:
        say(translated("Shopper is not running, so this window is not checked. Start 'shopper', then run this command again."))
    elif not done.paired:
        say(translated("The window could not be paired. Close it and run this command again, or type the code of 'shopper pair' in it."))
    if done.without_sandbox:
        say(translated("You are root: the browser runs without its sandbox. Do not browse as root."))


def _list(context: typer.Context, *, as_json: bool) -> None:
    with services_of(context) as services:
        found = services.windows.all()
    if as_json:
        from assistant.wire.windows import WindowJson

        print_json({"items": [WindowJson.of(window) for window in found], "next": None, "total": len(found)})
    elif found:
        rows = [
            (
                window.key,
                window.label,
                translated("open now") if window.running else translated("not open"),
                translated("paired") if window.paired else translated("not paired"),
                f"{window.size / 1_000_000:.0f} MB",
                shown_moment(window.used_at),
            )
            for window in found
        ]
        print_table(("key", "account", "window", "extension", "size", "last used"), rows)
    else:
        print_text(translated("No account has a window of its own yet. 'shopper open ACCOUNT' makes one."))
