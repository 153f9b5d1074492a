"""The command line: global flags and the list of commands."""

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from assistant import __version__
from assistant.cli import autostart, backup, demo, doctor, history, household, serve, terms, tui, user_settings, windows
from assistant.cli.accounts import register
from assistant.cli.books import books, budgets, claims, expenses, export, questions, split, statements, word_lists
from assistant.cli.console import print_text
from assistant.cli.failures import exit_code_of
from assistant.cli.imports import coverage, import_files, imports, read, reread
from assistant.cli.judging import check, user_rules
from assistant.cli.lines import RUN
from assistant.cli.open_services import REASON
from assistant.cli.orders import deliveries, order, orders
from assistant.cli.pairing import clients, extension, pair
from assistant.cli.taxes import receipts, tax
from assistant.cli.warnings import alerts, reminders
from assistant.domain.errors import DomainError, InvalidInput
from assistant.domain.languages.language import DEFAULT, speak, system_language
from assistant.domain.languages.translating import translated
from assistant.settings import load
from assistant.settings.user_settings import chosen_language

app = typer.Typer(
    name="shopper",
    help="Warns before you order on the wrong Amazon account, and keeps the books of all your accounts, on this machine only.",
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_DATA = frozenset({"--json", "--csv"})
_EVERYWHERE = ("--home", "--database", "--port", "--reason")
"""Global flags: allowed before and after the command."""


def _version(asked: bool) -> None:
    if asked:
        print_text(f"shopper {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Data folder; default: $SHOPPER_HOME, else the platform's own.")] = None,
    database: Annotated[str | None, typer.Option(help="Ledger URL; default: $SHOPPER_DATABASE, else SQLite in the data folder.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the local server; default: $SHOPPER_PORT, else 8377.")] = None,
    reason: Annotated[str, typer.Option(help="Why: kept in the history; a change in a locked tax year needs one.")] = "",
    account: Annotated[str, typer.Option("--account", help="Begin with the orders of this account: key or name.")] = "",
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Open the terminal app, or run one command."""
    context.obj = load(home, database, port)
    context.meta[REASON], context.meta[RUN] = reason, run
    if context.invoked_subcommand is None:
        from assistant.cli.terminal import open_app

        raise typer.Exit(open_app(context.obj, account=account))
    if account:
        command = context.invoked_subcommand
        raise InvalidInput(translated("Name the account after the command: shopper {command} --account NAME.", command=command))


app.command("tui")(tui.tui)
app.command("serve")(serve.serve)
app.command("autostart")(autostart.autostart)
app.command("demo")(demo.demo)
app.add_typer(register.app, name="accounts")
app.command("import")(import_files.take)
app.command("read")(read.read)
app.command("check")(check.check)
app.add_typer(imports.app, name="imports")
app.command("reread")(reread.reread)
app.command("coverage")(coverage.coverage)
app.command("orders")(orders.orders)
app.command("order")(order.order)
app.command("deliveries")(deliveries.deliveries)
app.command("expenses")(expenses.expenses)
app.command("budgets")(budgets.budgets)
app.command("books")(books.books)
app.command("questions")(questions.questions)
app.command("split")(split.split)
app.command("categorize")(word_lists.categorize)
app.add_typer(word_lists.categories, name="categories")
app.add_typer(word_lists.purposes, name="purposes")
app.add_typer(word_lists.persons, name="persons")
app.add_typer(claims.app, name="claims")
app.add_typer(statements.app, name="statements")
app.add_typer(alerts.app, name="alerts")
app.command("reminders")(reminders.reminders)
app.command("export")(export.export)
app.add_typer(tax.app, name="tax")
app.add_typer(receipts.app, name="receipts")
app.add_typer(user_rules.app, name="rules")
app.add_typer(terms.app, name="terms")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("doctor")(doctor.doctor)
app.add_typer(household.app, name="household")
app.command("history")(history.history)
app.command("undo")(history.undo)
app.add_typer(user_settings.app, name="settings")
app.command("pair")(pair.pair)
app.command("extension")(extension.extension)
app.add_typer(clients.app, name="clients")
app.command("open")(windows.open_window)


@cache
def commands(language: str) -> Callable[..., Any]:
    """Return the program with all its commands, made once per process: that takes longer than many a command."""
    made = get_command(app)
    if language != DEFAULT:
        from assistant.cli.help_language import translate_help

        translate_help(made)
    return made


def _language(arguments: Sequence[str]) -> str:
    """Return the user's language: the one that is set in the data folder of a command, else the system's."""
    homes = [value for flag, value in pairwise(arguments) if flag == "--home"]
    homes += [argument.partition("=")[2] for argument in arguments if argument.startswith("--home=")]
    with suppress(DomainError, OSError):
        return chosen_language(load(Path(homes[0]) if homes else None).home.expanduser())
    return system_language()


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""

    def program() -> None:
        typed = _language(arguments)
        # Data is English in every language, so that programs can read it. Only `check` answers with sentences for people.
        language = DEFAULT if not _DATA.isdisjoint(arguments) and "check" not in arguments else typed
        speak(language, typed=typed)
        if language == DEFAULT:
            commands(language)(_flags_first(arguments), prog_name="shopper")
            return
        from assistant.cli.help_language import run_translated

        sys.exit(run_translated(commands(language), _flags_first(arguments)))

    return exit_code_of(program)


def _given(flag: str, values: Iterable[str]) -> list[str]:
    """Return a flag with its value. An empty folder would mean the current one: `--home "$UNSET"` is a mistake."""
    found = [flag, *values]
    if found in (["--home", ""], ["--home="]):
        raise InvalidInput(translated("--home is empty. Name a folder, or leave it out."))
    return found


def _flags_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with global flags first, where Typer expects them."""
    flags: list[str] = []
    others: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            others += [argument, *rest]
        elif argument in _EVERYWHERE:
            flags += _given(argument, islice(rest, 1))
        elif argument.startswith(tuple(f"{flag}=" for flag in _EVERYWHERE)):
            flags += _given(argument, ())
        else:
            others.append(argument)
    return [*flags, *others]
