"""`shopper doctor`: check this installation, and how to fix problems."""

from typing import TYPE_CHECKING

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import settings_of
from assistant.domain.clock import system_clock
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.services.doctor import Finding

_MARKS = {"ok": "✓", "warn": "!", "fail": "✗"}


def doctor(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Check this installation: folder, ledger, backups, clock, disk, browsers, port, keyring. Exit 1 if something is wrong.

    Each problem is listed with the command that fixes it. Nothing is changed.
    """
    found = diagnose(settings_of(context))
    if as_json:
        items = [{"name": one.name, "state": one.state, "text": one.text, "fix": one.fix} for one in found]
        print_json({"items": items, "next": None, "total": len(items)})
    else:
        for one in found:
            print_text(f"{_MARKS[one.state]} {_said(one)}")
    raise typer.Exit(1 if any(one.state != "ok" for one in found) else 0)


def diagnose(settings: Settings) -> "list[Finding]":
    """Return the result of every check."""
    from assistant.services.doctor import examine

    return [*examine(settings.home, settings.database_url, system_clock()), _server(settings), _keyring()]


def problems_found(settings: Settings) -> list[str]:
    """Return a line per problem with its fix, for the app when it cannot connect."""
    return [_said(one) for one in diagnose(settings) if one.state != "ok"]


def _said(one: "Finding") -> str:
    """Return a finding as one line, with what to do about it."""
    said = f"{shown_word(one.name)}: {one.text}"
    return f"{said} {translated('To fix it: {fix}', fix=one.fix)}" if one.fix else said


def _server(settings: Settings) -> "Finding":
    """Check the running server, or else the port that one would use."""
    import socket

    from assistant.domain.errors import DomainError
    from assistant.server.connection import answers_as_shopper
    from assistant.server.running import find_server
    from assistant.services.doctor import Finding

    try:
        running = find_server(settings)
    except DomainError as error:
        return Finding(name="port", state="fail", text=str(error), fix="shopper --home LOCAL_FOLDER")
    port = running.port if running is not None else settings.port
    if running is not None:
        facts = {"process": running.pid, "since": running.started, "port": port}
        if answers_as_shopper(port):
            text = translated("The server of this data folder (process {process}, since {since}) listens on port {port}.", **facts)
            return Finding(name="port", state="ok", text=text)
        text = translated(
            "The server of this data folder (process {process}, since {since}) listens on port {port} and does not answer.", **facts
        )
        return Finding(name="port", state="fail", text=text, fix=f"kill {running.pid}")
    if not port:
        return Finding(name="port", state="ok", text=translated("Any free port is used."))
    with socket.socket() as client:
        client.settimeout(1.0)
        taken = client.connect_ex(("127.0.0.1", port)) == 0
    if not taken:
        return Finding(name="port", state="ok", text=translated("Port {port} is free; no server is running.", port=port))
    text = (
        translated("A Shopper server of another data folder or user uses port {port}.", port=port)
        if answers_as_shopper(port)
        else translated("Another program uses port {port}.", port=port)
    )
    return Finding(name="port", state="fail", text=text, fix=f"shopper --port {port + 1}")


def _keyring() -> "Finding":
    from assistant.domain.errors import KeyringAway
    from assistant.services.doctor import Finding
    from assistant.vault import KeyringVault

    try:
        KeyringVault().get("doctor")
    except KeyringAway as error:
        text = translated("{error} Tokens are stored in a file that only you can read.", error=error)
        return Finding(name="keyring", state="ok", text=text)
    return Finding(name="keyring", state="ok", text=translated("Tokens are stored in the system's keyring."))
