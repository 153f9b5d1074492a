"""`shopper alerts`: warnings that are open, and putting one away."""

from typing import Annotated

import typer

from assistant.cli.choosing import CsvFlag, CursorFlag, JsonFlag, LimitFlag
from assistant.cli.console import print_csv, print_json, print_text
from assistant.cli.opening import services_of

app = typer.Typer(help="Warnings: what is open, and putting one away.", invoke_without_command=True)
_HEADER = ("id", "at", "account", "level", "code", "text", "advice")


@app.callback(invoke_without_command=True)
def alerts(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that were put away.")] = False,
    limit: LimitFlag = 100,
    cursor: CursorFlag = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List warnings, newest first."""
    if context.invoked_subcommand is not None:
        return
    from assistant.wire.views import alert_json

    with services_of(context) as services:
        page = services.alerts.alerts(open_only=not everything, cursor=cursor, limit=limit)
    if as_json:
        print_json({"items": [alert_json(alert) for alert in page.items], "next": page.next, "total": page.total})
    elif as_csv:
        print_csv(
            _HEADER,
            [
                (str(alert.id), alert.at.isoformat(), alert.account or "", alert.level.value, alert.code, alert.text, alert.advice)
                for alert in page.items
            ],
        )
    elif page.items:
        for alert in page.items:
            print_text(f"{alert.id:>5}  {alert.at:%Y-%m-%d}  {alert.account or 'no account'}  {alert.level.value}: {alert.text}")
            print_text(f"       {alert.advice}")
    else:
        print_text("No open warnings.")


@app.command("dismiss")
def dismiss(context: typer.Context, alert: Annotated[int, typer.Argument(help="The number in front of the warning.")]) -> None:
    """Put a warning away."""
    with services_of(context) as services:
        services.alerts.dismiss(alert)
    print_text(f"Warning {alert} is put away.")
