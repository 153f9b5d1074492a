"""`shopper doctor`: check this installation, and how to fix problems."""

import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import settings_of

if TYPE_CHECKING:
    from assistant.services.doctor import Finding

_MARKS = {"ok": "✓", "warn": "!", "fail": "✗"}


def doctor(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Check the data folder, the ledger, its backups, the port and the keyring. Exit 1 if something is wrong."""
    from assistant.services.doctor import examine

    settings = settings_of(context)
    found = [*examine(settings.home, settings.database_url, datetime.now(UTC)), _port(settings.port), _keyring()]
    if as_json:
        items = [{"name": one.name, "state": one.state, "text": one.text, "fix": one.fix} for one in found]
        print_json({"items": items, "next": None, "total": len(items)})
    else:
        for one in found:
            print_text(f"{_MARKS[one.state]} {one.name}: {one.text}{f' To fix it: {one.fix}' if one.fix else ''}")
    raise typer.Exit(1 if any(one.state != "ok" for one in found) else 0)


def _port(port: int) -> "Finding":
    from assistant.services.doctor import Finding

    if not port:
        return Finding(name="port", state="ok", text="Any free port is used.")
    with socket.socket() as client:
        client.settimeout(1.0)
        taken = client.connect_ex(("127.0.0.1", port)) == 0
    if not taken:
        return Finding(name="port", state="ok", text=f"Port {port} is free; no server is running.")
    if _is_shopper(port):
        return Finding(name="port", state="ok", text=f"A Shopper server answers on port {port}.")
    return Finding(name="port", state="fail", text=f"Another program uses port {port}.", fix="shopper --port 8378")


def _is_shopper(port: int) -> bool:
    import json
    import urllib.request

    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=2.0) as answer:
            return bool(json.load(answer).get("status") == "ok")
    except (OSError, ValueError, AttributeError):
        return False


def _keyring() -> "Finding":
    from assistant.domain.errors import KeyringAway
    from assistant.services.doctor import Finding
    from assistant.vault import KeyringVault

    try:
        KeyringVault().get("doctor")
    except KeyringAway as error:
        return Finding(name="keyring", state="ok", text=f"{error} Tokens are stored in a file that only you can read.")
    return Finding(name="keyring", state="ok", text="Tokens are stored in the system's keyring.")
