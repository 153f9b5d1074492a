"""`shopper read`: read pages and files without changing the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_text, shown_amount, shown_day
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.documents import Extraction


def read(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", readable=False, help="Saved pages, export zips or folders, CSV files, mailboxes.")
    ],
    url: Annotated[str | None, typer.Option(help="The address that a saved page came from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show what pages and files contain. Nothing is stored. Exit 1 if anything could not be read."""
    from assistant.importers.sandbox.parent import read_all
    from assistant.wire.imports import ExtractionJson

    found = read_all(paths, url)
    if as_json:
        print_json([ExtractionJson.of(extraction) for extraction in found])
    else:
        for extraction in found:
            _print_extraction(extraction)
    raise typer.Exit(1 if any(extraction.problems for extraction in found) else 0)


def _print_extraction(extraction: "Extraction") -> None:
    source = extraction.source
    counts = [translated_count("{count} order", "{count} orders", len(extraction.orders))]
    if extraction.transactions:
        counts.append(translated_count("{count} transaction", "{count} transactions", len(extraction.transactions)))
    marketplace = source.marketplace or translated("unknown marketplace")
    print_text(f"{source.name}: {shown_word(source.kind.value)}, {marketplace}, {', '.join(counts)}")
    for order in extraction.orders:
        day = shown_day(order.placed_on) or translated("no date")
        total = shown_amount(order.total) or translated("no total")
        print_text(f"  {day}  {order.number}  {total}  {shown_word(order.status.value)}")
        for item in order.items:
            print_text(f"      {item.quantity if item.quantity is not None else '?'} x {item.title or item.asin or translated('no title')}")
    for problem in extraction.problems:
        print_text(f"  ! {problem.where}: {problem.text} ({problem.code})")
