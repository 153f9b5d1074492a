"""`shopper order`: show one order with all its sources, or correct it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_text, shown_amount, shown_day
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.cli.orders.orders import status_text
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import shown_category, shown_purpose
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.orders.corrections import typed_corrections

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

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
    words = typed_corrections(_words(right or (), back or ()))
    with services_of(context) as services:
        owner = account or owner_of(services, number)
        if words:
            _say(services, owner, number, words, new=new)
        view = services.ledger.order(owner, number)
    if as_json:
        from assistant.wire.orders import OrderViewJson

        print_json(OrderViewJson.of(view))
    else:
        for line in _lines(view, services.today):
            print_text(line)
    raise typer.Exit(1 if view.quarantine or view.conflicts else 0)


def _words(right: "Iterable[str]", back: "Iterable[str]") -> dict[str, str | None]:
    found: dict[str, str | None] = dict.fromkeys(back)
    for entry in right:
        word, mark, value = entry.partition("=")
        if not mark or not value.strip():
            raise InvalidInput(translated("'{entry}' is incomplete. Write --set total=19.49, or --take-back total.", entry=entry[:40]))
        found[word.strip()] = value.strip()
    return found


def _say(services: "Services", account: str, number: str, words: dict[str, str | None], *, new: bool) -> None:
    """Correct the order. Categories and purposes are the user's own labels, not corrections of a source."""
    filed = {found: value or "" for word, value in words.items() if (found := _FILED.match(word))}
    lines = len(services.ledger.order(account, number).order.items)
    for word in filed:
        if int(word[1]) > lines:
            raise NotFound(translated("The order {number} has no item {item}.", number=number, item=word[1]))
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
        raise NotFound(translated("There is no order {number}. 'shopper orders' lists them.", number=number[:40]))
    if len(found) > 1:
        raise InvalidInput(
            translated(
                "Several accounts have the order {number}. Choose one: --account {account}.", number=number, account=found[0].account
            )
        )
    return found[0].account


def _lines(view: "OrderView", today: "date") -> Iterator[str]:
    found = view.order
    yield f"{found.number}  {shown_day(found.placed_on) or translated('no date')}  {view.account}  {status_text(found, today)}"
    for place, item in enumerate(found.items):
        price = f"  {shown_amount(item.unit_price)}" if item.unit_price else ""
        labels = (shown_category(view.categories[place] or ""), shown_purpose(view.purposes[place] or ""))
        about = ", ".join(filter(None, labels))
        many = item.quantity if item.quantity is not None else "?"
        title = item.title or item.asin or translated("no title")
        yield f"  {place + 1}. {many} x {title}{price}  ({about}){translated(', cancelled') if item.cancelled else ''}"
    for place, refund in enumerate(found.refunds, 1):
        amount = shown_amount(refund.amount) or translated("amount unknown")
        whose = translated(", item {number}", number=refund.item + 1) if refund.item is not None else ""
        day = shown_day(refund.refunded_on) or translated("an unknown day")
        yield f"  {translated('refund {number}: {amount} on {day}', number=place, amount=amount, day=day)}{whose}"
    for doubt in view.quarantine:
        yield f"  ! {translated('in quarantine: {reason}', reason=doubt.text)}"
    for conflict in view.conflicts:
        yield f"  ! {conflict.text}"
    for entry in view.told:
        yield f"  {entry.name}: {', '.join(entry.said)}"
    for charge in view.charges:
        yield f"  {_charge(charge)}"


def _charge(charge: "Charge") -> str:
    entry, amount = charge.entry, charge.entry.amount
    card = " ".join(word for word in (entry.method, entry.last4) if word) or translated("payment")
    day = shown_day(entry.on) or translated("no date")
    told = f"{day}  {card}  {shown_amount(amount) or translated('amount unknown')}"
    pending = translated(", pending") if entry.status == "pending" else ""
    others = len(entry.order_numbers) - 1
    if not others:
        return told + pending
    share = charge.share
    part = translated("{amount} of it for this one", amount=decimal_text(share.decimal)) if share else translated("parts unknown")
    return told + pending + translated_count(", with {count} other order: {part}", ", with {count} other orders: {part}", others, part=part)
