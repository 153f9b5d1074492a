"""The command line: global flags, the list of commands, and what a failure looks like."""

import io
import os
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import (
    accounts,
    alerts,
    checking,
    clients,
    demo,
    expenses,
    exporting,
    importing,
    orders,
    pair,
    reading,
    reminders,
    rules,
    serve,
    terminal,
    terms,
)
from assistant.cli.console import print_text, say
from assistant.domain.errors import DomainError, InvalidInput
from assistant.settings import load

app = typer.Typer(
    name="shopper",
    help="Several Amazon accounts, one quiet overview. Everything stays on this machine.",
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_OK, _USAGE, _FAILED = 0, 2, 3
_EVERYWHERE = ("--home", "--database", "--port")
"""Flags of every command: they may stand before it or behind it."""


def _version(asked: bool) -> None:
    if asked:
        print_text(f"shopper {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Data folder; else $SHOPPER_HOME, else this platform's own.")] = None,
    database: Annotated[str | None, typer.Option(help="URL of the ledger; else $SHOPPER_DATABASE, else SQLite in the data folder.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the local server; else $SHOPPER_PORT, else 8377.")] = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Open the terminal app, or run one command."""
    context.obj = load(home, database, port)
    if context.invoked_subcommand is None:
        raise typer.Exit(terminal.open_app(context.obj))


app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.add_typer(accounts.app, name="accounts")
app.command("import")(importing.take)
app.command("read")(reading.read)
app.command("check")(checking.check)
app.command("orders")(orders.orders)
app.command("expenses")(expenses.expenses)
app.add_typer(alerts.app, name="alerts")
app.command("reminders")(reminders.reminders)
app.command("export")(exporting.export)
app.add_typer(rules.app, name="rules")
app.add_typer(terms.app, name="terms")
app.command("pair")(pair.pair)
app.add_typer(clients.app, name="clients")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 done with problems, 2 wrong usage, 3 failed, nothing changed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Help texts hold symbols that a terminal of another encoding cannot show.
            stream.reconfigure(errors="replace")
    try:
        app(_flags_first(arguments), prog_name="shopper")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else _OK
    except DomainError as error:
        say(f"{error} ({error.code})")
        return _USAGE if isinstance(error, InvalidInput) else _FAILED
    except BrokenPipeError:
        # The reader of a pipe (head, less) went away: that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _OK


def _flags_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the flags of every command in front, where the command line library looks for them."""
    flags: list[str] = []
    others: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            others += [argument, *rest]
        elif argument in _EVERYWHERE:
            flags += [argument, *islice(rest, 1)]
        elif argument.startswith(tuple(f"{flag}=" for flag in _EVERYWHERE)):
            flags.append(argument)
        else:
            others.append(argument)
    return [*flags, *others]
