"""`shopper alerts`: list, explain, count and dismiss warnings."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.cli.console import print_csv, print_json, print_table, print_text, shown_day
from assistant.cli.filter_flags import CsvFlag, CursorFlag, FilterFlags, JsonFlag, LimitFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.cli.warnings.explain import tell_explanation
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.filters import Filter
    from assistant.domain.judging.warnings import Alert, AlertCounts


class _ListsByDefault(TyperGroup):
    """Without a command of the group, `shopper alerts` means `list`: `shopper alerts account:biz --json`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert the command `list` before arguments without a command."""
        named = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


app = typer.Typer(help="Warnings: list, explain, count and dismiss them. Without a command: list.", cls=_ListsByDefault)
_HEADER = ("id", "at", "account", "level", "code", "text", "advice")
_LAST = "last"


@app.command("list")
@with_flags
def alerts(
    context: typer.Context,
    flags: FilterFlags,
    everything: Annotated[bool, typer.Option("--all", help="Include dismissed warnings; with --explain, rules that were quiet.")] = False,
    past: Annotated[bool, typer.Option("--past", help="Earlier purchases that look like another account's, instead of warnings.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help="Show the rules tried for this warning; 'last': the last page.")
    ] = None,
    redact: Annotated[bool, typer.Option("--redact", help="With --explain: replace personal data, for sharing.")] = False,
    limit: LimitFlag = 100,
    cursor: CursorFlag = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List warnings, newest first."""
    if explain is not None:
        _explain(context, explain, everything=everything, redact=redact, as_json=as_json)
    elif past:
        _tell_past(context, as_json=as_json, as_csv=as_csv)
    else:
        found = flags.filter
        _list(context, found, everything=everything, limit=limit, cursor=cursor, as_json=as_json, as_csv=as_csv)


@app.command("dismiss")
def dismiss(context: typer.Context, alert: Annotated[int, typer.Argument(help="The number of the warning.")]) -> None:
    """Dismiss a warning."""
    with services_of(context) as services:
        services.alerts.dismiss(alert)
    print_text(translated("Warning {number} is dismissed.", number=alert))


@app.command("stats")
def stats(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Show for each rule how often you followed its warnings in the last 365 days, and which rules could be quieter."""
    with services_of(context) as services:
        found = services.alert_stats.stats()
    if as_json:
        from assistant.wire.warnings import AlertCountsJson

        print_json({"items": [AlertCountsJson.of(entry) for entry in found], "next": None, "total": len(found)})
    elif not found:
        print_text(translated("No warnings in the last 365 days."))
    else:
        rows = [_count_cells(entry) for entry in found]
        print_table(("rule", "raised", "heeded", "gone on", "put off", "dismissed", "ordered", "found later"), rows, right=range(1, 8))
        for entry in found:
            if entry.soften:
                print_text(translated("{code} was mostly overridden. Make it quieter: shopper alerts soften {code}", code=entry.code))


@app.command("soften")
def soften(
    context: typer.Context, code: Annotated[str, typer.Argument(metavar="RULE", help="As shown by 'shopper alerts stats'.")]
) -> None:
    """Lower a rule by one level. A hard rule of your own stays hard."""
    with services_of(context) as services:
        rule = services.alert_stats.soften(code.upper())
    print_text(translated("{code} is now one level quieter. To undo it: shopper rules remove {id}", code=code.upper(), id=rule.id))


def _list(
    context: typer.Context, found: "Filter", *, everything: bool, limit: int, cursor: str | None, as_json: bool, as_csv: bool
) -> None:
    from assistant.wire.shape import PageJson
    from assistant.wire.warnings import AlertJson

    with services_of(context) as services:
        page = services.alerts.alerts(found, open_only=not everything, cursor=cursor, limit=limit)
    if as_json:
        print_json(PageJson.of(page, AlertJson))
    elif as_csv:
        print_csv(_HEADER, [_cells(alert) for alert in page.items])
    elif not page.items:
        print_text(
            translated("No warning contains '{words}'. 'shopper alerts --help' lists the commands.", words=" ".join(found.words))
            if found.words
            else translated("No open warnings.")
        )
    for alert in page.items if not (as_json or as_csv) else ():
        _print_alert(alert)


def _print_alert(alert: "Alert") -> None:
    account = alert.account or translated("no account")
    print_text(f"{alert.id:>5}  {shown_day(alert.at.date())}  {account}  {shown_word(alert.level.value)}: {alert.text}")
    why = "; ".join(part for part in (*alert.evidence, alert.source) if part)
    for line in (
        translated("because: {reasons}", reasons=why) if why else "",
        alert.advice,
        *(f"{translated(link.label)}: {link.url}" for link in alert.links),
    ):
        if line:
            print_text(f"       {line}")


def _tell_past(context: typer.Context, *, as_json: bool, as_csv: bool) -> None:
    from assistant.wire.warnings import LookBackJson

    with services_of(context) as services:
        looked = services.retrospective.look_back()
    found = looked.misplaced
    if as_json:
        print_json(LookBackJson.of(looked))
    elif as_csv:
        rows = [(str(entry.placed_on), entry.account, entry.number, entry.text, entry.suggest or "") for entry in found]
        print_csv(("placed_on", "account", "order_id", "text", "suggest"), rows)
    elif not found:
        print_text(looked.nothing_found)
    for entry in found if not (as_json or as_csv) else ():
        better = f" {translated('Better on {account}.', account=entry.suggest)}" if entry.suggest else ""
        print_text(f"{shown_day(entry.placed_on)}  {entry.number}  {entry.text}{better}")


def _explain(context: typer.Context, which: str, *, everything: bool, redact: bool, as_json: bool) -> None:
    if which != _LAST and not (which.isascii() and which.isdecimal() and len(which) < len(str(2**53))):
        raise InvalidInput(
            translated(
                "'{which}' is not the number of a warning. 'shopper alerts' lists them; 'last' is the page judged last.", which=which[:40]
            )
        )
    with services_of(context) as services:
        answers = services.explanations.explain(None if which == _LAST else int(which), redact=redact)
    if as_json:
        print_json(answers)
    for answer in [] if as_json else answers:
        tell_explanation(answer, quiet=everything)


def _cells(alert: "Alert") -> tuple[str, ...]:
    return str(alert.id), alert.at.isoformat(), alert.account or "", alert.level.value, alert.code, alert.text, alert.advice


def _count_cells(entry: "AlertCounts") -> tuple[str, ...]:
    numbers = (entry.raised, entry.heeded, entry.overridden, entry.put_off, entry.dismissed, entry.ordered, entry.afterwards)
    return (entry.code, *map(str, numbers))
