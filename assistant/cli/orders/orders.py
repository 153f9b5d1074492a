"""`shopper orders`: the orders of all accounts."""

from typing import TYPE_CHECKING

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text, say, say_rest, shown_amount, shown_day
from assistant.cli.filter_flags import CsvFlag, CursorFlag, FilterFlags, JsonFlag, LimitFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistant.bootstrap import Services
    from assistant.domain.filters import Filter
    from assistant.domain.order_view import OrderView
    from assistant.domain.orders.order import Order
    from assistant.services.orders.ledger import Ledger

_HEADER = ("account", "order_id", "placed_on", "status", "currency", "total", "refunded", "cost", "items", "title")


@with_flags
def orders(
    context: typer.Context,
    flags: FilterFlags,
    limit: LimitFlag = 100,
    cursor: CursorFlag = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List orders, newest first."""
    found = flags.filter
    with services_of(context) as services:
        if as_json:
            from assistant.wire.orders import OrderViewJson

            page = services.ledger.views(found, cursor=cursor, limit=limit)
            print_json({"items": [OrderViewJson.of(view) for view in page.items], "next": page.next, "total": page.total})
        elif as_csv:
            print_csv(_HEADER, _csv_rows(services.ledger, found))
        else:
            _print_orders(services, found, cursor, limit)


def _print_orders(services: "Services", found: "Filter", cursor: str | None, limit: int) -> None:
    page = services.ledger.views(found, cursor=cursor, limit=limit)
    if not page.items:
        print_text(translated("No orders. Import Amazon's export with 'shopper import FILE', or widen the filter."))
        return
    rows = [_order_cells(view, services.today) for view in page.items]
    print_table(("account", "date", "order", "cost", "status", "what"), rows, right=(3,))
    if any(view.cost is None and view.order.total for view in page.items):
        say(
            translated(
                "Amounts in parentheses are printed totals that the books do not count: not charged yet, cancelled, or in quarantine."
            )
        )
    say_rest(len(page.items), page.total, page.next)


def status_text(order: "Order", today: "date") -> str:
    """Return the word for the status of an order; one that was sent long ago has probably arrived."""
    from assistant.domain.orders.deliveries import DeliveryState, has_probably_arrived

    arrived = has_probably_arrived(order.status, order.placed_on, today)
    return shown_word((DeliveryState.PROBABLY_DELIVERED if arrived else order.status).value)


def _order_cells(view: "OrderView", today: "date") -> tuple[str, ...]:
    order = view.order
    title = next((item.title for item in order.items if item.title), "") or ""
    more = f" +{len(order.items) - 1}" if len(order.items) > 1 else ""
    status = status_text(order, today)
    status = translated("{status}, in quarantine", status=status) if view.quarantine else status
    return view.account, shown_day(order.placed_on), order.number, _cost_text(view), status, f"{title[:60]}{more}"


def _cost_text(view: "OrderView") -> str:
    """Return the cost; of an order that the books do not count, the printed total in parentheses."""
    if view.cost is not None:
        return shown_amount(view.cost)
    total = view.order.total
    return f"({shown_amount(total)})" if total else ""


def _csv_rows(ledger: "Ledger", found: "Filter") -> "Iterator[Sequence[str]]":
    for view in ledger.each_order(found):
        order = view.order
        yield (
            view.account,
            order.number,
            str(order.placed_on or ""),
            order.status.value,
            order.currency or "",
            order.total.decimal if order.total else "",
            view.refunded.decimal if view.refunded else "",
            view.cost.decimal if view.cost else "",
            str(len(order.items)),
            next((item.title for item in order.items if item.title), "") or "",
        )
