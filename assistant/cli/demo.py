"""`shopper demo`: a sample household in its own data folder, to explore Shopper without your own data."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import print_text, say
from assistant.cli.open_services import settings_of
from assistant.domain.clock import system_clock
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.locations import demo_folder
from assistant.settings import Settings

_MARK = "this-is-a-shopper-demo"


def demo(
    context: typer.Context,
    browser: Annotated[bool, typer.Option("--browser", help="Also open Chromium, paired, on a local look-alike shop.")] = False,
    no_app: Annotated[bool, typer.Option("--no-app", help="Only create the household and print its folder.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Delete the demo household and create it again.")] = False,
) -> None:
    """Open a demo household: four accounts, two years of orders, one wrong purchase, one promotion risk."""
    settings = demo_settings(settings_of(context))
    if reset:
        _throw_away(settings)
    prepare(settings)
    if no_app:
        print_text(translated("The demo household is in {folder}", folder=settings.home))
        say(translated("Explore it with: shopper --home '{folder}'", folder=settings.home))
        return
    from assistant.cli.terminal import open_app

    if not browser:
        raise typer.Exit(open_app(settings))
    from assistant.demo.browser import shop_window

    with shop_window(settings) as session:
        raise typer.Exit(open_app(settings, session))


def demo_settings(given: Settings) -> Settings:
    """Return settings with the demo's own folder and any free port, unless chosen; a database URL is ignored."""
    home, port = given.home if given.own_home else demo_folder(), given.port if given.own_port else 0
    return replace(given, home=home, port=port, database="")


def prepare(settings: Settings) -> None:
    """Create the household unless it exists. Raises InvalidInput for a folder with other content."""
    from tempfile import TemporaryDirectory

    from assistant.bootstrap import build
    from assistant.demo.household import seed

    mark = settings.home / _MARK
    if mark.exists():
        return
    if settings.home.exists() and any(settings.home.iterdir()):
        raise InvalidInput(
            translated("{folder} contains a ledger that is not the demo's. Choose an empty folder with --home.", folder=settings.home)
        )
    settings.home.parent.mkdir(parents=True, exist_ok=True)
    # Create it next to the target and move it there when complete, so that an interruption leaves no partial household.
    with TemporaryDirectory(prefix=".shopper-demo-", dir=settings.home.parent) as folder:
        made = Path(folder) / "demo"
        services = build(replace(settings, home=made))
        try:
            seed(services, system_clock())
        finally:
            services.close()
        (made / _MARK).touch(0o600)
        try:
            made.rename(settings.home)
        except OSError:
            # Another process was faster.
            if not mark.exists():
                raise


def _throw_away(settings: Settings) -> None:
    from assistant.server.running import find_server

    home = settings.home
    if not home.exists() or not any(home.iterdir()):
        return
    if not (home / _MARK).exists():
        raise InvalidInput(
            translated("{folder} is not a demo household, so it was not changed. Choose another folder with --home.", folder=home)
        )
    running = find_server(settings)
    if running is not None:
        raise InvalidInput(translated("The demo is open (process {process}). Close it, then reset it.", process=running.pid))
    shutil.rmtree(home)
