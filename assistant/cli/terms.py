"""`shopper terms`: promotions, trials, memberships, subscriptions, limits and reviews, from pages or noted by hand."""

from typing import Annotated, Any

import typer

from assistant.cli.console import print_json, print_table, print_text, shown_day
from assistant.cli.filter_flags import CursorFlag, JsonFlag, LimitFlag, SearchFlags, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.days import written_day
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from assistant.domain.terms import Term, TermChange, TermKind

app = typer.Typer(help="Promotions, trials, memberships, subscriptions, limits, reviews: list, add, edit, remove.", no_args_is_help=True)

Account = Annotated[str | None, typer.Option("--account", help="Its account (key or name).")]
On = Annotated[str | None, typer.Option("--on", help='The day it was used, started or written, like 2026-11-03; "" clears it.')]
Until = Annotated[str | None, typer.Option("--until", help='The day it ends, or the next delivery; "" clears it.')]
Details = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="plan=trial, auto_renew=no, scope=household, limit=2, new_customer=yes, transferable=no, text=…, order_id=…, compensation=…; "
        "may be repeated; NAME= clears one.",
    ),
]


@app.command("list")
@with_flags
def show(
    context: typer.Context,
    flags: SearchFlags,
    kind: Annotated[TermKind | None, typer.Option("--kind", help="Only this kind.")] = None,
    account: Account = None,
    limit: LimitFlag = 100,
    cursor: CursorFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """List entries, newest first."""
    from assistant.wire.shape import PageJson
    from assistant.wire.terms import TermJson

    with services_of(context) as services:
        if flags.filter is None:
            page = services.terms.terms(kind=kind, account=account, cursor=cursor, limit=limit)
        else:
            from assistant.domain.rows.row_facts import term_facts
            from assistant.services.row_search import every, part_of, search

            terms = every(lambda after: services.terms.terms(kind=kind, account=account, cursor=after))
            found = search(terms, term_facts, flags.filter, what="terms", accounts=services.accounts)
            page = part_of(found, cursor, limit)
    if as_json:
        print_json(PageJson.of(page, TermJson))
    elif page.items:
        print_table(("", "kind", "account", "what", "on", "until", "says"), [_term_cells(term) for term in page.items])
    else:
        print_text(translated("Nothing yet. This list fills while you shop on Amazon. To add an entry by hand: shopper terms add --help"))


@app.command("add")
def add(
    context: typer.Context,
    kind: Annotated[TermKind, typer.Argument(help="The kind of entry.")],
    what: Annotated[str, typer.Argument(help="A promotion's code or name, a service, an ASIN.")],
    account: Account = None,
    on: On = None,
    until: Until = None,
    details: Details = None,
) -> None:
    """Add an entry, like: shopper terms add membership audible --account personal --until 2026-12-03 --set plan=trial."""
    term = Term(kind=kind, what=what, account=account, on=written_day(on), until=written_day(until), details=_details(details))
    with services_of(context) as services:
        kept = services.terms.add(term)
    print_text(translated("Added entry {id}.", id=kept.id))


@app.command("edit")
def edit(
    context: typer.Context,
    entry: Annotated[int, typer.Argument(help="The number of the entry.")],
    what: Annotated[str | None, typer.Option("--what", help="A promotion's code or name, a service, an ASIN.")] = None,
    account: Account = None,
    on: On = None,
    until: Until = None,
    details: Details = None,
) -> None:
    """Correct an entry. After that, pages do not change it."""
    cleared = frozenset(name for name, day in (("on", on), ("until", until)) if day == "")
    change = TermChange(
        what=what, account=account, on=written_day(on), until=written_day(until), details=_details(details), cleared=cleared
    )
    with services_of(context) as services:
        services.terms.edit(entry, change)
    print_text(translated("Entry {id} is changed.", id=entry))


@app.command("remove")
def remove(context: typer.Context, entry: Annotated[int, typer.Argument(help="The number of the entry.")]) -> None:
    """Remove an entry."""
    with services_of(context) as services:
        services.terms.remove(entry)
    print_text(translated("Entry {id} is removed.", id=entry))


def _details(given: list[str] | None) -> dict[str, Any]:
    from assistant.domain.term_sentences import detail_of

    parts = [entry.partition("=") for entry in given or ()]
    unclear = next((name for name, sign, _ in parts if not sign or not name.strip()), None)
    if unclear is not None:
        raise InvalidInput(translated("'{name}' has no value. Write it like plan=trial.", name=unclear))
    return {name.strip(): detail_of(text.strip()) for name, _, text in parts}


def _term_cells(term: Term) -> tuple[str, ...]:
    from assistant.domain.term_sentences import says

    days = (shown_day(term.on), shown_day(term.until))
    return (str(term.id), shown_word(term.kind.value), term.account or "", term.what, *days, says(term)[:80])
