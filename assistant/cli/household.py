"""`shopper household`: several persons with one ledger in PostgreSQL, and what each sees of the others' accounts."""

from datetime import datetime
from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say, shown_day
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated, translated_count

app = typer.Typer(help="Several persons with one ledger in PostgreSQL: init, add, level, gift, list.", no_args_is_help=True)


@app.command("init")
def init(context: typer.Context) -> None:
    """Make this a ledger for a household. Run it with the URL of the database's owner, also after an update of Shopper."""
    with services_of(context) as services:
        services.household.set_up()
    print_text(translated("The ledger is a household's now. Add each person: shopper household add NAME"))
    say(translated("Whoever has the database owner's password can read everything: keep it away from everyday use."))


@app.command("add")
def add(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="The person's name, as in the 'owner' of accounts.")],
    as_json: JsonFlag = False,
) -> None:
    """Add a person: makes a database role and prints its URL, once."""
    with services_of(context) as services:
        login = services.household.add(person)
    if as_json:
        print_json({"person": login.person, "role": login.role, "password": login.password, "url": login.url})
        return
    print_text(
        translated(
            "On the machine of {person}, set SHOPPER_DATABASE to this URL. It holds the password and is not shown again:",
            person=login.person,
        )
    )
    print_text(login.url)


@app.command("level")
def level(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Key or name of one of your accounts.")],
    shown: Annotated[str, typer.Argument(metavar="open|amounts|closed", help="What the others see of it.")],
) -> None:
    """Set what the others see of your account: everything, only days and amounts, or nothing."""
    with services_of(context) as services:
        services.household.set_level(account, shown)
    print_text(translated("The others see of '{account}': {shown}.", account=account, shown=shown))


@app.command("gift")
def gift(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Key or name of the account.")],
    number: Annotated[str, typer.Argument(help="The order's number.")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day; default: 14 days after delivery, else 6 January.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Show it to the others now.")] = False,
) -> None:
    """Hide the content of one of your orders until a day. Then it is shown by itself; sums always include the order."""
    with services_of(context) as services:
        if clear:
            services.household.clear_gift(account, number)
            print_text(translated("The others see the order {number} again.", number=number))
            return
        day = services.household.mark_gift(account, number, until.date() if until else None)
    print_text(
        translated("Until {day} the others see only the day and the amount of the order {number}.", day=shown_day(day), number=number)
    )


@app.command("list")
def show(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List the accounts that you see, and what the others see of yours."""
    with services_of(context) as services:
        found, closed = services.household.access()
    if as_json:
        items = [{"account": one.account, "owner": one.owner, "level": one.level} for one in found]
        print_json({"items": items, "next": None, "total": len(items), "not_shown": closed})
        return
    print_table(("account", "owner", "level"), [(one.account, one.owner, one.level) for one in found])
    if closed:
        print_text(closed_line(closed))


def closed_line(count: int) -> str:
    """Return the line that counts closed accounts of other persons."""
    return translated_count("{count} account not shown", "{count} accounts not shown", count)
