"""`shopper accounts`: the register of accounts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.accounts.compare import compare
from assistant.cli.console import print_json, print_table, print_text, with_undo
from assistant.cli.filter_flags import JsonFlag, with_flags
from assistant.cli.household import closed_line
from assistant.cli.open_services import services_of
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.accounts.account import Account, AccountChange

app = typer.Typer(help="Your accounts: list, add, edit, link, unlink, merge, remove, rename, compare.", no_args_is_help=True)


@dataclass(frozen=True)
class AccountFlags:
    """The fields of an account that can be given when it is added and when it is edited."""

    owner: Annotated[str | None, typer.Option(help="The person it belongs to; default: me.")] = None
    home: Annotated[str | None, typer.Option("--household", help="The household it belongs to; default: home.")] = None
    colour: Annotated[str | None, typer.Option(help="blue, orange, green, pink, sky, vermilion, yellow or charcoal.")] = None
    symbol: Annotated[str | None, typer.Option(help="One of ● ◆ ■ ▲ ★ ▼ ✚ ►.")] = None
    letters: Annotated[str | None, typer.Option(help="2 to 4 letters for the badge, unique.")] = None
    status: Annotated[str | None, typer.Option(help="ok, on_hold or closed_by_amazon.")] = None
    closed_at: Annotated[str | None, typer.Option(help='The day on which Amazon closed it, like 2026-03-02; "" clears it.')] = None
    notice: Annotated[str | None, typer.Option(help='What Amazon wrote when it closed it; "" clears it.')] = None
    business: Annotated[
        bool | None, typer.Option("--amazon-business/--not-amazon-business", help="Whether Amazon treats it as Business.")
    ] = None
    organization: Annotated[str | None, typer.Option(help="The organization of an Amazon Business account.")] = None
    marketplaces: Annotated[
        list[str] | None, typer.Option("--marketplace", help="A marketplace it buys on, like amazon.de; may be repeated.")
    ] = None
    addresses: Annotated[
        list[str] | None, typer.Option("--address", help="A known address, whole or as name/postcode like home/78704; may be repeated.")
    ] = None
    cards: Annotated[
        list[str] | None, typer.Option("--card", help="A known card, like visa/1111 or 'Visa ending in 1111'; may be repeated.")
    ] = None

    def change(self, label: str | None = None, purpose: str | None = None) -> "AccountChange":
        """Return what to change."""
        from assistant.domain.accounts.account import AccountChange

        given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in vars(self).items()}
        return AccountChange(**given, label=label, purpose=purpose)


@app.command("list")
def show(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all accounts."""
    with services_of(context) as services:
        found = services.accounts.all()
        seen = [identity for identity in services.accounts.identities() if identity.account is None]
        closed = services.household.closed_count()
    if as_json:
        from assistant.wire.accounts import AccountJson

        print_json({"items": [AccountJson.of(account) for account in found], "next": None, "total": len(found)})
    elif not found:
        print_text(translated("No accounts yet. Add one: shopper accounts add 'Ortiz Design' --purpose business"))
    else:
        rows = [_account_cells(account) for account in found]
        print_table(("", "letters", "key", "name", "purpose", "owner", "household", "status", "customer ids"), rows)
    if not as_json and closed:
        print_text(closed_line(closed))
    if not as_json:
        for identity in seen:
            name = identity.greeting or translated("no name")
            print_text(
                translated(
                    "Seen, not linked: {id} ({name}, {marketplace})",
                    id=identity.customer_id,
                    name=name,
                    marketplace=identity.marketplace or "Amazon",
                )
            )


@app.command("add")
@with_flags
def add(
    context: typer.Context,
    label: Annotated[str, typer.Argument(metavar="NAME", help="The displayed name.")],
    purpose: Annotated[str, typer.Option(help="personal, business, household, family, or your own word.")] = "personal",
    key: Annotated[str | None, typer.Option(help="Short name for commands and rules; with one, a name may be used twice.")] = None,
    *,
    flags: AccountFlags,
    as_json: JsonFlag = False,
) -> None:
    """Add an account. Colour, symbol and letters are chosen for you unless you give them."""
    with services_of(context) as services:
        _done(services.accounts.add(label, purpose, key=key, change=flags.change()), as_json=as_json)


@app.command("edit")
@with_flags
def edit(
    context: typer.Context,
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Key or name.")],
    label: Annotated[str | None, typer.Option(help="The displayed name.")] = None,
    purpose: Annotated[str | None, typer.Option(help="personal, business, household, family, or your own word.")] = None,
    *,
    flags: AccountFlags,
    as_json: JsonFlag = False,
) -> None:
    """Change the given fields; lists are replaced."""
    with services_of(context) as services:
        _done(services.accounts.edit(account, flags.change(label, purpose)), as_json=as_json)


@app.command("link")
def link(
    context: typer.Context,
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Key or name.")],
    customer_id: Annotated[str, typer.Argument(metavar="CUSTOMER_ID", help="As 'shopper accounts list' shows it.")],
    as_json: JsonFlag = False,
) -> None:
    """Link a customer id to an account, and import the pages that waited for it."""
    with services_of(context) as services:
        _done(services.accounts.link(account, customer_id), as_json=as_json)


@app.command("unlink")
def unlink(
    context: typer.Context,
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Key or name.")],
    customer_id: Annotated[str, typer.Argument(metavar="CUSTOMER_ID", help="As 'shopper accounts list' shows it.")],
) -> None:
    """Unlink a customer id from an account. Its pages are kept until it is linked again."""
    with services_of(context) as services:
        waiting = services.account_moves.unlink(account, customer_id)
    documents = translated_count(
        "{count} document waits until it is linked again.", "{count} documents wait until it is linked again.", waiting
    )
    print_text(with_undo(f"{translated('{id} is unlinked.', id=customer_id)} {documents}"))


@app.command("merge")
def merge(
    context: typer.Context,
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account to remove: key or name.")],
    into: Annotated[str, typer.Option("--into", metavar="ACCOUNT", help="The account that gets everything: key or name.")],
) -> None:
    """Move everything from one account to another, and remove the first."""
    with services_of(context) as services:
        target = services.account_moves.merge(account, into)
    print_text(with_undo(translated("'{account}' is merged into '{into}' ({key}).", account=account, into=target.label, key=target.key)))


@app.command("remove")
def remove(context: typer.Context, account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Key or name.")]) -> None:
    """Remove an account with its orders."""
    with services_of(context) as services:
        gone = services.account_moves.remove(account)
    print_text(with_undo(translated("'{account}' ({key}) is removed with its orders.", account=gone.label, key=gone.key)))


@app.command("rename")
def rename(
    context: typer.Context,
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Key or name.")],
    key: Annotated[str, typer.Option("--key", help="The new short name, for commands and rules.")],
) -> None:
    """Give an account another key. To change the displayed name, use 'edit --label'."""
    with services_of(context) as services:
        renamed = services.account_moves.rename(account, key)
    print_text(with_undo(translated("'{account}' is now '{key}', also in your rules.", account=renamed.label, key=renamed.key)))


app.command("compare")(compare)


def _account_cells(account: "Account") -> tuple[str, ...]:
    ids = ", ".join(account.customer_ids) or translated("none yet")
    status = shown_word(account.status)
    return (
        account.symbol,
        account.letters,
        account.key,
        account.label,
        shown_purpose(account.purpose),
        account.owner,
        account.home,
        status,
        ids,
    )


def _done(account: "Account", *, as_json: bool) -> None:
    if as_json:
        from assistant.wire.accounts import AccountJson

        print_json(AccountJson.of(account))
    else:
        facts = (f"{account.label} ({account.key})", shown_purpose(account.purpose), translated(account.colour))
        print_text(f"{account.symbol} {account.letters}  {', '.join(facts)}")
        for told in account.understood:
            print_text(f"   {translated('Understood: {text}', text=told)}")
