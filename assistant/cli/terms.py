"""`shopper terms`: promotions, trials, memberships, subscriptions, limits and reviews, as seen or as you note them."""

from datetime import date
from typing import Annotated, Any

import typer

from assistant.cli.choosing import CursorFlag, JsonFlag, LimitFlag
from assistant.cli.console import print_json, print_table, print_text
from assistant.cli.opening import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.terms import Term, TermChange, TermKind

app = typer.Typer(help="Promotions, trials, memberships, subscriptions, limits, reviews: list, add, edit, remove.", no_args_is_help=True)

Account = Annotated[str | None, typer.Option("--account", help="The account that it belongs to (key or name).")]
On = Annotated[str | None, typer.Option("--on", help='The day it was used, began or was written, like 2026-11-03; "" takes it away.')]
Until = Annotated[str | None, typer.Option("--until", help='The day it ends, or the next delivery; "" takes it away.')]
Scope = Annotated[str | None, typer.Option("--scope", help="For whom it is limited: account, customer or household.")]
Limit = Annotated[int | None, typer.Option("--max", help="How many are allowed.")]
Said = Annotated[str | None, typer.Option("--text", help="Amazon's own words.")]
Plan = Annotated[str | None, typer.Option("--plan", help="Of a membership: trial or paid.")]
Renews = Annotated[bool | None, typer.Option("--renews/--ends", help="Whether a membership goes on by itself.")]
NewOnly = Annotated[bool | None, typer.Option("--new-customers/--all-customers", help="Whether an offer is for new customers only.")]
Bound = Annotated[bool | None, typer.Option("--bound/--transferable", help="Whether a code is only for whoever received it.")]
Order = Annotated[str | None, typer.Option("--order", help="The order number.")]
Offered = Annotated[str | None, typer.Option("--offered", help="What somebody offered for a review.")]


@app.command("list")
def show(
    context: typer.Context,
    kind: Annotated[TermKind | None, typer.Option("--kind", help="Only this kind.")] = None,
    account: Account = None,
    limit: LimitFlag = 100,
    cursor: CursorFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """List what was seen or noted, newest first."""
    from assistant.wire.terms import term_json
    from assistant.wire.views import page_json

    with services_of(context) as services:
        page = services.terms.terms(kind=kind, account=account, cursor=cursor, limit=limit)
    if as_json:
        print_json(page_json(page, term_json))
    elif page.items:
        print_table(("", "kind", "account", "what", "on", "until", "says"), [_row(term) for term in page.items])
    else:
        print_text("Nothing yet. Amazon's pages fill this while you shop; or note it: shopper terms add membership audible --account NAME")


@app.command("add")
def add(
    context: typer.Context,
    kind: Annotated[TermKind, typer.Argument(help="What it is.")],
    what: Annotated[str, typer.Argument(help="A promotion's code or name, a service, an ASIN.")],
    account: Account = None,
    on: On = None,
    until: Until = None,
    scope: Scope = None,
    maximum: Limit = None,
    text: Said = None,
    plan: Plan = None,
    renews: Renews = None,
    new_customers: NewOnly = None,
    bound: Bound = None,
    order: Order = None,
    offered: Offered = None,
) -> None:
    """Note something, like: shopper terms add promo_used WELCOME10 --account personal --on 2026-11-03."""
    said = _details(scope, maximum, text, plan, order, offered) | _flags(renews, new_customers, bound)
    term = Term(kind=kind, what=what, account=account, on=_day(on), until=_day(until), details=said)
    with services_of(context) as services:
        kept = services.terms.add(term)
    print_text(f"Entry {kept.id} is kept.")


@app.command("edit")
def edit(
    context: typer.Context,
    entry: Annotated[int, typer.Argument(help="The number in front of the entry.")],
    what: Annotated[str | None, typer.Option("--what", help="A promotion's code or name, a service, an ASIN.")] = None,
    account: Account = None,
    on: On = None,
    until: Until = None,
    scope: Scope = None,
    maximum: Limit = None,
    text: Said = None,
    plan: Plan = None,
    renews: Renews = None,
    new_customers: NewOnly = None,
    bound: Bound = None,
    order: Order = None,
    offered: Offered = None,
) -> None:
    """Correct an entry; from then on no page changes it."""
    said = _details(scope, maximum, text, plan, order, offered) | _flags(renews, new_customers, bound)
    cleared = frozenset(name for name, day in (("on", on), ("until", until)) if day == "")
    change = TermChange(what=what, account=account, on=_day(on), until=_day(until), details=said, cleared=cleared)
    with services_of(context) as services:
        services.terms.edit(entry, change)
    print_text(f"Entry {entry} is changed.")


@app.command("remove")
def remove(context: typer.Context, entry: Annotated[int, typer.Argument(help="The number in front of the entry.")]) -> None:
    """Forget an entry."""
    with services_of(context) as services:
        services.terms.remove(entry)
    print_text(f"Entry {entry} is gone.")


def _details(*given: str | int | None) -> dict[str, Any]:
    """Return the details that were given; an empty text takes one away."""
    names = ("scope", "limit", "text", "plan", "order_id", "compensation")
    return {name: value or None for name, value in zip(names, given, strict=True) if value is not None}


def _flags(renews: bool | None, new_customers: bool | None, bound: bool | None) -> dict[str, Any]:
    given = {"auto_renew": renews, "new_customer": new_customers, "transferable": None if bound is None else not bound}
    return {name: value for name, value in given.items() if value is not None}


def _row(term: Term) -> tuple[str, ...]:
    plan, text = term.details.get("plan"), term.details.get("text") or term.details.get("title")
    limit = term.details.get("limit")
    scope = f"{limit} per {term.details.get('scope') or '?'}" if limit else None
    says = "; ".join(str(part) for part in (plan, scope, text) if part)
    days = (term.on.isoformat() if term.on else "", term.until.isoformat() if term.until else "")
    return (str(term.id), term.kind.value, term.account or "", term.what, *days, says[:80])


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(f"'{text}' is not a day. Write it like 2026-11-03.") from error
