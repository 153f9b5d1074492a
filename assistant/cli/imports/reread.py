"""`shopper reread`: read kept pages again with this version."""

from typing import TYPE_CHECKING

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from assistant.services.imports.reread import Reread


def reread(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Read kept pages again; categories, purposes and confirmations stay. Exit 1 if something on them still cannot be read."""
    with services_of(context) as services:
        found = services.rereads.all()
    if as_json:
        print_json({"items": [_json(entry) for entry in found], "next": None, "total": len(found)})
    elif not found:
        print_text(translated("No pages to read again."))
    else:
        for entry in found:
            _print_reread(entry)
    raise typer.Exit(1 if any(entry.problems for entry in found) else 0)


def _json(entry: "Reread") -> dict[str, object]:
    from assistant.wire.orders import problem_json

    return {
        "document": entry.document,
        "name": entry.name,
        "account": entry.account,
        "changed": entry.changed,
        "settled": entry.settled,
        "problems": [problem_json(problem) for problem in entry.problems],
    }


def _print_reread(entry: "Reread") -> None:
    facts = {"name": entry.name, "changed": entry.changed, "settled": entry.settled}
    print_text(translated("{name}: {changed} orders changed, {settled} left quarantine.", **facts))
    for problem in entry.problems:
        print_text(f"  ! {problem.where}: {problem.text} ({problem.code})")
