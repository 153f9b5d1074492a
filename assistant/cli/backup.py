"""`shopper backup` and `shopper restore`: copy the ledger, and restore a copy."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist yet.")],
    as_json: JsonFlag = False,
) -> None:
    """Copy the ledger to FILE, also while Shopper is running, and check the copy."""
    with services_of(context) as services:
        made = services.backups.back_up(file)
    if as_json:
        print_json({"file": str(made.file), "orders": made.orders, "bytes": made.size, "schema": made.version, "sha256": made.digest})
        return
    print_text(f"{made.file}: {made.orders} orders, {made.size:,} bytes, checked. To restore it: shopper restore '{made.file}'")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that 'shopper backup' made, or an automatic one.")],
    as_json: JsonFlag = False,
) -> None:
    """Replace the ledger with a copy. The copy is checked first, and the replaced ledger is kept in 'backups'."""
    from assistant.domain.errors import InvalidInput
    from assistant.storage.backups import restore as put_back
    from assistant.storage.engine import sqlite_file

    ledger = sqlite_file(settings_of(context).database_url)
    if ledger is None:
        raise InvalidInput("This ledger is in PostgreSQL. Restore it with pg_restore or psql.")
    kept = ledger.parent / "backups" / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.sqlite"
    ledger.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    proven = put_back(file.expanduser(), ledger, kept)
    replaced = str(kept) if kept.exists() else None
    if as_json:
        print_json({"file": str(ledger), "orders": proven.orders, "schema": proven.version, "replaced": replaced})
        return
    print_text(f"The ledger is now {file}, with {proven.orders} orders.{f' The previous one is kept: {replaced}' if replaced else ''}")
