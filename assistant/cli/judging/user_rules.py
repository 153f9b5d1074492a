"""`shopper rules`: list, add, try and remove user rules."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.console import print_json, print_table, print_text, shown_day
from assistant.cli.filter_flags import JsonFlag, SearchFlags, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.language import DEFAULT, current_language
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.domain.judging.user_rules.model import Habit, OwnRule, Preview
    from assistant.services.user_rules.rules import UserRules

app = typer.Typer(help="Your own rules: list, add, edit, remove; try one on past orders; list what was learned.", no_args_is_help=True)

PreviewFlag = Annotated[bool, typer.Option("--preview", help="Only show what it would have done to past orders.")]
Parts = Annotated[
    list[str] | None,
    typer.Argument(metavar="PART=VALUE...", help="Parts of the rule, lists with commas (addresses: semicolons): words=toner,ink to=biz"),
]
_EXAMPLE = to_translate("Write it like: shopper rules add ship account=biz only=office/98101")


@app.command("list")
@with_flags
def show(context: typer.Context, flags: SearchFlags, as_json: JsonFlag = False) -> None:
    """List all rules, including those learned from answers to warnings."""
    with services_of(context) as services:
        found = services.rules.all()
        if flags.filter is not None:
            from assistant.domain.rows.row_facts import rule_facts
            from assistant.services.row_search import search

            found = search(found, rule_facts, flags.filter, what="rules", accounts=services.accounts)
    if as_json:
        from assistant.wire.rules import RuleJson

        print_json({"items": [RuleJson.of(rule) for rule in found], "next": None, "total": len(found)})
    elif not found and flags.filter is not None:
        print_text(translated("No rule matches."))
    elif not found:
        print_text(translated("No rules yet. Add one: shopper rules route toner ink --to biz"))
    for rule in [] if as_json else found:
        print_text(f"{rule.id:>4}  {rule.text}.")
        _tell_about(rule)


@app.command("kinds")
def kinds() -> None:
    """List the kinds of rules and their parts."""
    from assistant.domain.judging.user_rules.kinds import KINDS

    for kind in KINDS.values():
        label = translated(kind.label)
        print_text(f"{kind.name}: {label.lower() if current_language() == DEFAULT else label}")
        for part in kind.parts:
            hint = translated(" or ").join(part.one_of) or translated(part.hint)
            print_text(f"    {part.name}={'…' if not hint else ''}{hint}")


@app.command("route")
def route(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORD...", help="Whole words in titles.")] = None,
    category: Annotated[list[str] | None, typer.Option("--category", help="A category; may be repeated.")] = None,
    to: Annotated[str, typer.Option("--to", help="The account that these items belong on.")] = "",
    hard: Annotated[bool, typer.Option("--hard", help="Hold the order until you confirm, instead of a warning.")] = False,
    until: Annotated[str, typer.Option("--until", help="The last day of the rule, like 2026-12-31.")] = "",
    only_preview: PreviewFlag = False,
) -> None:
    """Add a rule that items belong on an account."""
    match = {name: value for name, value in (("words", words), ("category", category)) if value}
    rule = {"type": "route", "match": match, "to": to, "strength": "hard" if hard else "soft", "until": until}
    _keep(context, rule, only_preview=only_preview)


@app.command("add")
def add(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind from 'shopper rules kinds'; or a whole rule as JSON.")],
    parts: Parts = None,
    only_preview: PreviewFlag = False,
) -> None:
    """Add a rule of any kind."""
    _keep(context, _rule(kind, parts or []), only_preview=only_preview)


@app.command("preview")
def preview(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind from 'shopper rules kinds'; or a whole rule as JSON.")],
    parts: Parts = None,
    as_json: JsonFlag = False,
) -> None:
    """Show what a rule would have done to past orders; store nothing."""
    with services_of(context) as services:
        found = services.rules.preview(_rule(kind, parts or []))
    if as_json:
        from assistant.wire.rules import PreviewJson

        print_json(PreviewJson.of(found))
    else:
        _tell_preview(found)


@app.command("edit")
def edit(context: typer.Context, rule: Annotated[int, typer.Argument(help="The number of the rule.")], parts: Parts = None) -> None:
    """Change parts of a rule; 'part=' removes one, the others stay."""
    from assistant.domain.judging.user_rules.parsing import read_rule, written_rule

    with services_of(context) as services:
        body = _known(services.rules, rule).body
        kept = services.rules.edit(rule, read_rule(body["type"], written_rule(body) | _answers(parts or [])))
    print_text(f"{kept.id:>4}  {kept.text}.")
    _tell_understood(kept.body)
    _tell_about(kept)


@app.command("remove")
def remove(context: typer.Context, rule: Annotated[int, typer.Argument(help="The number of the rule.")]) -> None:
    """Remove a rule; this also undoes a learned one."""
    with services_of(context) as services:
        gone = _known(services.rules, rule)
        services.rules.remove(rule)
    print_text(translated("Rule {id} is removed: {rule}.", id=rule, rule=gone.text))


@app.command("learned")
def learned(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List what was learned: rules from your answers, and where items were always bought."""
    from assistant.wire.rules import HabitJson, RuleJson

    with services_of(context) as services:
        rules = [rule for rule in services.rules.all() if rule.learned_from]
        habits = services.habits.all()
    if as_json:
        print_json({"rules": [RuleJson.of(rule) for rule in rules], "habits": [HabitJson.of(habit) for habit in habits]})
        return
    for rule in rules:
        print_text(f"{rule.id:>4}  {rule.text}.")
        _tell_about(rule)
    if habits:
        rows = [(habit.title[:50], shown_word(habit.kind), habit.account, str(habit.times), _next(habit)) for habit in habits]
        print_table(("always bought", "kind", "account", "times", "make it a rule"), rows, right=(3,))
    if not rules and not habits:
        print_text(translated("Nothing has been learned yet. Answer a warning with 'always right', or import orders: shopper import FILE"))


def _next(habit: "Habit") -> str:
    if habit.warns:
        return translated("warns by itself")
    return f'shopper rules add route {habit.kind}="{habit.name[:60]}" to={habit.account}'


def _rule(kind: str, parts: list[str]) -> dict[str, Any]:
    from assistant.domain.judging.user_rules.parsing import read_rule

    if not kind.lstrip().startswith("{"):
        return read_rule(kind, _answers(parts))
    try:
        body = json.loads(kind)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{translated('The rule is not JSON.')} {translated(_EXAMPLE)}") from error
    if not isinstance(body, dict):
        raise InvalidInput(translated("A rule is one JSON object."))
    return body


def _answers(parts: list[str]) -> dict[str, str]:
    from assistant.domain.text import one_line

    wrong = next((part for part in parts if "=" not in part), None)
    if wrong is not None:
        said = translated("'{part}' is not PART=VALUE.", part=wrong[:40])
        raise InvalidInput(f"{said} {translated(_EXAMPLE)}")
    found: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        value = one_line(value)
        # A part may be repeated for lists, above all for whole addresses, which have commas of their own.
        found[name.strip()] = f"{found[name.strip()]}\n{value}" if name.strip() in found else value
    return found


def _known(rules: "UserRules", number: int) -> "OwnRule":
    from assistant.domain.errors import NotFound

    found = next((rule for rule in rules.all() if rule.id == number), None)
    if found is None:
        raise NotFound(translated("There is no rule {number}. 'shopper rules list' shows them.", number=number))
    return found


def _keep(context: typer.Context, rule: dict[str, Any], *, only_preview: bool) -> None:
    with services_of(context) as services:
        found = services.rules.preview(rule)
        kept = None if only_preview else services.rules.add(rule)
    if kept is not None:
        print_text(translated("Added rule {id}: {rule}.", id=kept.id, rule=kept.text))
    _tell_understood(rule)
    _tell_preview(found)


def _tell_understood(rule: "Mapping[str, Any]") -> None:
    """Say how the addresses or cards of a rule are understood."""
    from assistant.domain.accounts.rule_places import places_understood

    for text in places_understood(rule):
        print_text(f"      {translated('Understood: {text}', text=text)}")


def _tell_preview(found: "Preview") -> None:
    print_text(found.text)
    for entry in found.examples:
        print_text(f"      {shown_day(entry.on)}  {entry.account}  {entry.number}  {entry.text}")
    for sentence in found.contradictions:
        print_text(f"    ! {sentence}")


def _tell_about(rule: "OwnRule") -> None:
    if rule.learned_from:
        said = translated("learned: {reason} (undo: shopper rules remove {id})", reason=rule.learned_from, id=rule.id)
        print_text(f"      {said}")
    for sentence in rule.contradictions:
        print_text(f"    ! {sentence}")
