"""`shopper open`: an account's own browser window."""

from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of


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
        raise InvalidInput("Name the account: shopper open ACCOUNT. 'shopper accounts list' shows them.")
    if url and not url.startswith("https://"):
        raise InvalidInput(f"'{url[:80]}' is no web address. Start it with https://.")
    settings = settings_of(context)
    with services_of(context) as services:
        if forget:
            label = services.windows.forget(account).label
            print_text(f"The window of '{label}' and its sign-in are deleted. 'shopper open' makes a new one.")
            return
        running = find_server(settings)
        done = services.windows.open(account, port=running.port if running else None, url=url or None, browser=browser or None)
    print_text(f"{'A new tab in the' if done.reused else 'The'} window of '{done.label}' is open in {done.browser}.")
    if done.extension_missing:
        kind = "firefox" if "firefox" in done.browser.casefold() else "chrome"
        say(
            f"{done.browser} takes no extension from Shopper, so this window is not checked. 'shopper extension --guide {kind}' shows how "
            "to add it by hand. Chromium, Edge, Brave and Firefox ESR need no hand: --browser chromium."
        )
    elif running is None and not done.paired:
        say("Shopper is not running, so this window is not checked. Start 'shopper', then run this command again.")
    elif not done.paired:
        say("The window could not be paired. Close it and run this command again, or type the code of 'shopper pair' in it.")
    if done.without_sandbox:
        say("You are root: the browser runs without its sandbox. Do not browse as root.")


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
                "open" if window.running else "closed",
                "paired" if window.paired else "not paired",
                f"{window.size / 1_000_000:.0f} MB",
                f"{window.used_at.astimezone():%Y-%m-%d %H:%M}",
            )
            for window in found
        ]
        print_table(("key", "account", "window", "extension", "size", "last used"), rows)
    else:
        print_text("No account has a window of its own yet. 'shopper open ACCOUNT' makes one.")
