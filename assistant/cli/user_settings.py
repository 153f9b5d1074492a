"""`shopper settings`: list, set and edit the user's own settings: theme, keys, saved filters, country and more."""

import os
import shlex
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of
from assistant.domain.languages.language import DEFAULT, current_language
from assistant.domain.languages.translating import to_translate, translated

app = typer.Typer(help="Theme, hidden amounts, country, keys, saved filters: list, set, edit.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="theme, country, keys.import, filters.big …; see 'shopper settings list'.")]


@app.command("list")
def show(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all settings with their values, and lines of the file that cannot be used."""
    from assistant.settings.user_settings import FILE, SIMPLE, TABLES, read_user_settings

    home = _home(context)
    found = read_user_settings(home)
    if as_json:
        print_json({"file": str(home / FILE), **asdict(found)})
    else:
        print_text(f"{home / FILE}")
        rows = [(name, _setting_value(getattr(found, name)), _about(name)) for name in SIMPLE]
        rows += [(f"{table}.{name}", value, "") for table in TABLES for name, value in getattr(found, table).items()]
        print_table(("setting", "value", ""), rows)
    for problem in found.problems:
        say(problem)
    if found.problems:
        raise typer.Exit(1)


@app.command("set")
def set_(context: typer.Context, name: Name, value: Annotated[str, typer.Argument(help="The new value.")]) -> None:
    """Change one setting."""
    from assistant.settings.user_settings import save_setting

    if name.startswith("filters."):
        from assistant.domain.filter_language import in_english, parse_filter
        from assistant.settings.user_settings import read_user_settings

        parse_filter(value, {**read_user_settings(_home(context)).filters, name.removeprefix("filters."): ""})
        if current_language() != DEFAULT:
            with services_of(context) as services:
                value = in_english(value, {kind: services.word_lists.words(kind) for kind in ("category", "purpose")})
    if name.startswith("keys."):
        _check_action(name.removeprefix("keys."))
    if name == "opens_on":
        _check_screen(value)
    save_setting(_home(context), name, value)
    print_text(f"{name} = {value}")


@app.command("unset")
def unset(context: typer.Context, name: Name) -> None:
    """Remove one setting, so that its default applies."""
    from assistant.settings.user_settings import save_setting

    save_setting(_home(context), name, None)
    print_text(translated("{name} has its default again.", name=name))


@app.command("keys")
def keys(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List the actions of the terminal app and their keys. To change one: shopper settings set keys.ACTION KEY[,KEY]."""
    from assistant.settings.user_settings import read_user_settings
    from tui.keymap import actions

    own = read_user_settings(_home(context)).keys
    found = actions()
    if as_json:
        print_json({each.id: {"keys": own.get(each.id, each.keys), "default": each.keys, "about": each.about} for each in found})
        return
    rows = [(each.id, own.get(each.id, each.keys), translated("yours") if each.id in own else "", each.about) for each in found]
    print_table(("action", "keys", "", "does"), rows)


@app.command("edit")
def edit(context: typer.Context) -> None:
    """Open the settings file in $VISUAL or $EDITOR, and say afterwards what cannot be used."""
    from assistant.domain.errors import InvalidInput
    from assistant.settings.user_settings import FILE, read_user_settings

    home = _home(context)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / FILE).touch(0o600)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "nano"
    try:
        done = subprocess.run([*shlex.split(editor), str(home / FILE)], check=False)  # noqa: S603  # the user's own editor
    except (OSError, ValueError) as error:
        said = translated(
            "The editor '{editor}' cannot be started. Set EDITOR, or open {file} yourself.", editor=editor[:60], file=home / FILE
        )
        raise InvalidInput(said) from error
    problems = read_user_settings(home).problems
    for problem in problems:
        say(problem)
    if problems or done.returncode:
        raise typer.Exit(1)
    print_text(translated("The settings are fine."))


def _home(context: typer.Context) -> Path:
    return settings_of(context).home.expanduser()


def _setting_value(value: object) -> str:
    return {True: translated("yes"), False: translated("no")}[value] if isinstance(value, bool) else str(value)


def _about(name: str) -> str:
    return translated(_ABOUT.get(name, ""))


_ABOUT = {
    "theme": to_translate("colours of the terminal app: shopper-dark, shopper-light, shopper-contrast …"),
    "hide_amounts": to_translate("hide amounts in the terminal app"),
    "opens_on": to_translate("where the terminal app opens: overview, orders …; empty: on the screen that was shown last"),
    "last_screen": to_translate("the screen that the terminal app showed last"),
    "country": to_translate("two letters, like DE: marketplace, currency shown first, start of the week"),
    "language": to_translate("language: de, en, es, fr, it or ja; empty: the system's"),
    "week_start": to_translate("monday, sunday or saturday; empty: the country's"),
    "welcome": to_translate("show the first steps while there is no account"),
    "drop_folder": to_translate("the watched folder, whose files are imported; empty: drop in the data folder"),
}


def _check_screen(screen: str) -> None:
    from assistant.domain.errors import InvalidInput
    from assistant.domain.filter_language import near_words
    from tui.keymap import PLACES

    known = [place.name for place in PLACES]
    if screen and screen not in known:
        near = near_words(screen, known) or translated("There are: {names}.", names=", ".join(known))
        raise InvalidInput(translated("There is no screen '{screen}'. {near}", screen=screen[:40], near=near))


def _check_action(action: str) -> None:
    from assistant.domain.errors import InvalidInput
    from assistant.domain.filter_language import near_words
    from tui.keymap import actions

    known = [each.id for each in actions()]
    if action not in known:
        near = near_words(action, known) or translated("'shopper settings keys' lists them.")
        raise InvalidInput(translated("There is no action '{action}'. {near}", action=action[:40], near=near))
