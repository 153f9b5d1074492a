"""`shopper order`: show one order with all its sources, or correct it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.bootstrap import Services
    from assistant.domain.order_view import Charge, OrderView

_FILED = re.compile(r"item([1-9]\d{0,3})\.(category|purpose|person)\Z")


def order(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")],
    account: Annotated[str | None, typer.Option("--account", help="Its account, if several have this number.")] = None,
    right: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="WORD=VALUE",
            help="Correct an error of a source: total=19.49, date=2026-03-02, currency, status, recipient, tax, …; "
            "item1.title, item1.quantity, item1.price; refund1.item=2, refund1.date; set item1.category, item1.purpose or item1.person.",
        ),
    ] = None,
    back: Annotated[list[str] | None, typer.Option("--take-back", metavar="WORD", help="Remove a correction: total, item1.price.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Add the category, purpose or person if it does not exist.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show one order with what each source says, or correct it. Exit 1 if it is in quarantine or sources disagree."""
    words = _words(right or (), back or ())
    with services_of(context) as services:
        owner = account or owner_of(services, number)
        if words:
            _say(services, owner, number, words, new=new)
        view = services.ledger.order(owner, number)
    if as_json:
        from assistant.wire.orders import OrderViewJson

        print_json(OrderViewJson.of(view))
    else:
        for line in _lines(view):
            print_text(line)
    raise typer.Exit(1 if view.quarantine or view.conflicts else 0)


def _words(right: "Iterable[str]", back: "Iterable[str]") -> dict[str, str | None]:
    found: dict[str, str | None] = dict.fromkeys(back)
    for entry in right:
        word, mark, value = entry.partition("=")
        if not mark or not value.strip():
            raise InvalidInput(f"'{entry[:40]}' is incomplete. Write --set total=19.49, or --take-back total.")
        found[word.strip()] = value.strip()
    return found


def _say(services: "Services", account: str, number: str, words: dict[str, str | None], *, new: bool) -> None:
    """Correct the order. Categories and purposes are the user's own labels, not corrections of a source."""
    filed = {found: value or "" for word, value in words.items() if (found := _FILED.match(word))}
    lines = len(services.ledger.order(account, number).order.items)
    for word in filed:
        if int(word[1]) > lines:
            raise NotFound(f"The order {number} has no item {word[1]}.")
    corrections = {word: value for word, value in words.items() if not _FILED.match(word)}
    if corrections:
        services.ledger.correct(account, number, corrections)
    for word, value in filed.items():
        services.ledger.set_item(account, number, int(word[1]) - 1, **{word[2]: value}, new=new)


def owner_of(services: "Services", number: str) -> str:
    """Return the account that knows an order. Raises NotFound, or InvalidInput if several have it."""
    from assistant.domain.filters import Filter

    found = [row for row in services.ledger.orders(Filter(words=(number,))).items if row.number == number]
    if not found:
        raise NotFound(f"There is no order {number[:40]}. 'shopper orders' lists them.")
    if len(found) > 1:
        raise InvalidInput(f"Several accounts have the order {number}. Choose one: --account {found[0].account}.")
    return found[0].account


def _lines(view: "OrderView") -> Iterator[str]:
    found = view.order
    yield f"{found.number}  {found.placed_on or 'no date'}  {view.account}  {found.status.value}"
    for place, item in enumerate(found.items):
        price = f"  {item.unit_price.decimal} {item.unit_price.currency}" if item.unit_price else ""
        about = ", ".join(word for word in (view.categories[place], view.purposes[place]) if word)
        many = item.quantity if item.quantity is not None else "?"
        yield f"  {place + 1}. {many} x {item.title or item.asin or 'no title'}{price}  ({about}){', cancelled' if item.cancelled else ''}"
    for place, refund in enumerate(found.refunds, 1):
        amount = f"{refund.amount.decimal} {refund.amount.currency}" if refund.amount else "amount unknown"
        whose = f", item {refund.item + 1}" if refund.item is not None else ""
        yield f"  refund {place}: {amount} on {refund.refunded_on or 'an unknown day'}{whose}"
    for doubt in view.quarantine:
        yield f"  ! in quarantine: {doubt.text}"
    for conflict in view.conflicts:
        yield f"  ! {conflict.text}"
    for entry in view.told:
        yield f"  {entry.name}: {', '.join(entry.said)}"
    for charge in view.charges:
        yield f"  {_charge(charge)}"


def _charge(charge: "Charge") -> str:
    entry, amount = charge.entry, charge.entry.amount
    card = " ".join(word for word in (entry.method, entry.last4) if word) or "payment"
    told = f"{entry.on or 'no date'}  {card}  {f'{amount.decimal} {amount.currency}' if amount else 'amount unknown'}"
    pending = ", pending" if entry.status == "pending" else ""
    others = len(entry.order_numbers) - 1
    if not others:
        return told + pending
    part = f"{charge.share.decimal} of it for this one" if charge.share else "parts unknown"
    return f"{told}{pending}, with {others} other order{'s' if others > 1 else ''}: {part}"
