"""`shopper backup` and `shopper restore`: copy the ledger, and restore a copy."""

import os
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import is_confirmed, print_json, print_text, say, typed
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of
from assistant.domain.clock import system_clock
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import translated, translated_count

if TYPE_CHECKING:
    from assistant.settings import Settings

_VARIABLE = "SHOPPER_PASSPHRASE"


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist yet.")],
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help=f"Encrypt the copy with the passphrase in ${_VARIABLE}, in the keyring, or typed now.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Copy the ledger and its receipts to FILE, also while Shopper is running, and check the copy."""
    passphrase = _passphrase_for_a_new_copy() if encrypt else ""
    with services_of(context) as services:
        made = services.backups.back_up(file, passphrase)
    if as_json:
        shown = {"file": str(made.file), "orders": made.orders, "bytes": made.size, "schema": made.version, "sha256": made.digest}
        print_json({**shown, "encrypted": encrypt})
        return
    orders = translated_count("{count} order", "{count} orders", made.orders)
    how = translated("encrypted and checked") if encrypt else translated("checked")
    print_text(
        translated(
            "{file}: {orders}, {size} bytes, {how}. To restore it: shopper restore '{file}'",
            file=made.file,
            orders=orders,
            size=number(made.size),
            how=how,
        )
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that 'shopper backup' made, or an automatic one.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Stop a running Shopper without asking.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Replace the ledger with a copy. The copy is checked first, and the replaced ledger is kept in 'backups'.

    A Shopper that is running is stopped; on a terminal you are asked before.
    """
    from assistant.domain.errors import InvalidInput
    from assistant.services.backup import needs_passphrase, proven_copy, put_in_place
    from assistant.storage.engine import sqlite_file

    settings = settings_of(context)
    ledger = sqlite_file(settings.database_url)
    if ledger is None:
        raise InvalidInput(translated("This ledger is in PostgreSQL. Restore it with pg_restore or psql."))
    with ExitStack() as opened:
        copy = _decrypted(opened, file, ledger) if needs_passphrase(file) else opened.enter_context(proven_copy(file, ledger))
        stopped = _stop_server(settings, opened, ask=not yes and not as_json and sys.stdin.isatty())
        proven, kept = put_in_place(copy, ledger, system_clock())
    if as_json:
        replaced = str(kept) if kept else None
        print_json({"file": str(ledger), "orders": proven.orders, "schema": proven.version, "replaced": replaced, "stopped": stopped})
        return
    orders = translated_count("{count} order", "{count} orders", proven.orders)
    said = translated("The ledger was restored from {file}: {orders}.", file=file, orders=orders)
    print_text(f"{said} {translated('The previous one is kept: {file}', file=kept)}" if kept else said)
    if stopped:
        say(translated("The running Shopper was stopped for this. Start it again: shopper, or shopper serve."))


def _decrypted(opened: ExitStack, file: Path, ledger: Path) -> Path:
    """Return the decrypted copy. The kept passphrase may be that of another copy, so a person is asked next."""
    from assistant.domain.errors import InvalidInput
    from assistant.services.backup import proven_copy

    known = os.environ.get(_VARIABLE) or _kept_passphrase()
    if known:
        try:
            return opened.enter_context(proven_copy(file, ledger, known))
        except InvalidInput:
            if not sys.stdin.isatty():
                raise
    if not sys.stdin.isatty():
        raise InvalidInput(translated("{file} is encrypted. Give its passphrase in ${variable}.", file=file, variable=_VARIABLE))
    return opened.enter_context(proven_copy(file, ledger, typed(translated("Passphrase of the copy"), hidden=True)))


def _stop_server(settings: "Settings", opened: ExitStack, *, ask: bool) -> bool:
    """Stop the server of the folder and keep others from starting during the restore; return whether one was running."""
    from assistant.domain.errors import LedgerUnusable
    from assistant.server.running import ServerLock, find_server, stop_server

    running = find_server(settings)
    if running is not None:
        question = translated("Shopper is running (process {process}). Stop it and restore?", process=running.pid)
        if ask and not is_confirmed(question):
            raise LedgerUnusable(translated("Nothing was changed: Shopper is still running."))
        stop_server(settings, running)
    lock = opened.enter_context(ServerLock(settings))
    if not lock.take():
        raise LedgerUnusable(translated("Another Shopper started on this folder at this moment. Stop it, then restore."))
    return running is not None


def _passphrase_for_a_new_copy() -> str:
    """Return the passphrase from the environment or the keyring; else ask for a new one and keep it in the keyring."""
    from assistant.domain.errors import InvalidInput, KeyringAway
    from assistant.vault import keep_passphrase

    known = os.environ.get(_VARIABLE) or _kept_passphrase()
    if known:
        return known
    if not sys.stdin.isatty():
        raise InvalidInput(translated("Give a passphrase in ${variable}, or run this on a terminal.", variable=_VARIABLE))
    chosen = _chosen_passphrase()
    try:
        keep_passphrase(chosen)
        say(translated("The passphrase is kept in the system's keyring. Write it down as well: without it the copy cannot be opened."))
    except KeyringAway:
        say(translated("There is no keyring here, so write the passphrase down: without it the copy cannot be opened."))
    return chosen


def _chosen_passphrase() -> str:
    """Ask for a new passphrase until it is typed the same way twice."""
    while True:
        chosen = typed(translated("Passphrase for the copy"), hidden=True)
        if chosen and chosen == typed(translated("Repeat it"), hidden=True):
            return chosen
        say(translated("The two are not the same, or empty. Type them again."))


def _kept_passphrase() -> str:
    from assistant.domain.errors import KeyringAway
    from assistant.vault import kept_passphrase

    with suppress(KeyringAway):
        return kept_passphrase() or ""
    return ""
