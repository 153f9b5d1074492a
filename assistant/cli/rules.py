"""`shopper rules`: what should go where, in the user's own words."""

import json
from typing import Annotated, Any

import typer

from assistant.cli.choosing import JsonFlag
from assistant.cli.console import print_json, print_text
from assistant.cli.opening import services_of
from assistant.domain.errors import InvalidInput

app = typer.Typer(help="Your own rules: list, route, add, remove.", no_args_is_help=True)


@app.command("list")
def show(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all rules."""
    with services_of(context) as services:
        found = services.rules.all()
    if as_json:
        print_json({"items": found, "next": None, "total": len(found)})
    elif not found:
        print_text("No rules yet. Add one: shopper rules route toner ink --to biz")
    for rule in [] if as_json else found:
        body = {name: value for name, value in rule.items() if name not in ("id", "type")}
        print_text(f"{rule['id']:>4}  {rule['type']}  {json.dumps(body, ensure_ascii=False)}")


@app.command("route")
def route(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORD...", help="Whole words that titles hold.")] = None,
    category: Annotated[list[str] | None, typer.Option("--category", help="A category; may be repeated.")] = None,
    to: Annotated[str, typer.Option("--to", help="The account that these things belong on.")] = "",
    hard: Annotated[bool, typer.Option("--hard", help="Hold the order until you confirm, instead of a warning.")] = False,
) -> None:
    """Say which account things belong on."""
    match = {name: value for name, value in (("words", words), ("category", category)) if value}
    _add(context, {"type": "route", "match": match, "to": to, "strength": "hard" if hard else "soft"})


@app.command("add")
def add(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="JSON", help='{"type": "ship", "account": "biz", "only": ["office/78701"]}')],
) -> None:
    """Add a rule of any type, written as JSON."""
    try:
        body = json.loads(rule)
    except (ValueError, RecursionError) as error:
        raise InvalidInput('The rule is not JSON. Write it like {"type": "ship", "account": "biz", "only": ["office/78701"]}.') from error
    if not isinstance(body, dict):
        raise InvalidInput("A rule is one JSON object.")
    _add(context, body)


@app.command("remove")
def remove(context: typer.Context, rule: Annotated[int, typer.Argument(help="The number in front of the rule.")]) -> None:
    """Forget a rule."""
    with services_of(context) as services:
        services.rules.remove(rule)
    print_text(f"Rule {rule} is gone.")


def _add(context: typer.Context, rule: dict[str, Any]) -> None:
    with services_of(context) as services:
        kept = services.rules.add(rule)
    print_text(f"Rule {kept['id']} is kept.")
