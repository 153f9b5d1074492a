"""Text for orders: amounts, shipments, payments, refunds, sources of values, disagreements."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from assistant.domain.categories import CategorySource
from assistant.domain.languages.labels import shown_category, shown_purpose
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.order_view import OrderView
from assistant.domain.orders.order import Amount, Item, Order, Shipment
from tui.formatting import Pen, plain
from tui.widgets.delivery_facts import order_status
from tui.widgets.order_books import book_lines, pair

_NAME = 23
_AMOUNTS = {
    Amount.SUBTOTAL: to_translate("Items"),
    Amount.SHIPPING: to_translate("Shipping"),
    Amount.FREE_SHIPPING: to_translate("Free shipping"),
    Amount.PROMOTION: to_translate("Promotion"),
    Amount.COUPON: to_translate("Coupon"),
    Amount.SUBSCRIBE_AND_SAVE: to_translate("Subscribe & Save"),
    Amount.MULTIBUY: to_translate("Multibuy"),
    Amount.AMAZON_DISCOUNT: to_translate("Discount by Amazon"),
    Amount.GIFT_WRAP: to_translate("Gift wrap"),
    Amount.TOTAL_BEFORE_TAX: to_translate("Before tax"),
    Amount.TAX: to_translate("Tax"),
    Amount.GIFT_CARD: to_translate("Gift card"),
    Amount.POINTS: to_translate("Points"),
    Amount.TIP: to_translate("Tip"),
    Amount.GRAND_TOTAL: to_translate("Total"),
    Amount.REFUND_TOTAL: to_translate("Refunded"),
}
_FIELDS = {
    "order": to_translate("The order"),
    "items": to_translate("Items"),
    "placed_on": to_translate("Day"),
    "placed_at": to_translate("Time"),
    "currency": to_translate("Currency"),
    "marketplace": to_translate("Shop"),
}


def item_line(view: OrderView, place: int, pen: Pen) -> Content:
    """Return one item in two lines: title; then quantity, price and purpose."""
    item = view.order.items[place]
    category = view.categories[place] if place < len(view.categories) else None
    filed = view.filed[place] if place < len(view.filed) else None
    purpose = _purpose(view, place)
    price = _price(item, pen)
    sold = " " + translated("· sold by {seller}", seller=plain(item.seller)) if item.seller else ""
    return Content.assemble(
        plain(item.title) or translated("An item without a title"),
        ("\n" + translated("cancelled") if item.cancelled else "", "$warning"),
        ("\n" + price + sold, "$muted"),
        ("\n" + (plain(shown_category(category or "")) or translated("no category (c)")), "$success" if category else "$warning"),
        (f" ({translated(filed.said)})" if filed and filed.source is not CategorySource.YOURS else "", "$muted"),
        (" " + translated("· for {purpose}", purpose=plain(purpose)) if purpose else " " + translated("· no purpose (f)"), "$muted"),
    )


def _purpose(view: OrderView, place: int) -> str | None:
    """Return what an item is for: its shares, if it is split between purposes."""
    item = view.order.items[place]
    for entry in view.entries:
        mine = entry.item is not None and (entry.item.asin, entry.item.title) == (item.asin, item.title)
        if mine and len(entry.shares) > 1:
            return ", ".join(f"{shown_purpose(share.purpose)} {share.share:.0%}" for share in entry.shares)
    return shown_purpose(view.purposes[place] or "") if place < len(view.purposes) else None


def _price(item: Item, pen: Pen) -> str:
    many = f"{item.quantity} × " if item.quantity and item.quantity > 1 else ""
    return many + (pen.amount(item.unit_price or item.total) or translated("price unknown"))


def head(view: OrderView, pen: Pen) -> Content:
    """Return the head of an order: account, day, number, status, destination."""
    order = view.order
    where = ", ".join(part for part in (plain(order.recipient.name), plain(order.recipient.address)) if part)
    status = shown_word("cancelled") if order.cancelled else order_status(order.status, order.placed_on, pen)
    lines = [
        Content.assemble(pen.badge(view.account), (f" {pen.label(view.account)}", "bold"), (f"  {status}", "$muted")),
        Content.assemble(
            pen.day(order.placed_on) or translated("day unknown"), (f" · {plain(order.marketplace)}" if order.marketplace else "", "$muted")
        ),
        Content.styled(translated("order {number}", number=plain(order.number)), "$muted"),
    ]
    return Content("\n").join([*lines, *([Content.styled(translated("to {where}", where=where), "$muted")] if where else [])])


def facts(view: OrderView, pen: Pen) -> Content:
    """Return everything below the items, section by section; a section without facts is left out."""
    order = view.order
    sections = (
        (translated("Amounts"), _amounts(order, pen)),
        (translated("In the books"), book_lines(order, view.entries, pen)),
        (translated("Shipments"), _shipments(order.shipments, order, pen)),
        (translated("Payments"), _payments(order, pen)),
        (translated("Refunds"), _refunds(order, pen)),
        (translated("On the payments page"), _charges(view, pen)),
        (translated("In quarantine, not counted in totals"), _quarantine(view, pen)),
        (translated("The sources disagree"), _conflicts(view)),
        (translated("What each source says"), _told(view)),
        (translated("Where this comes from"), _sources(view)),
    )
    return Content("\n").join(_written(sections))


def _written(sections: Iterable[tuple[str, Iterable[Content]]]) -> Iterator[Content]:
    for title, lines in sections:
        found = list(lines)
        if found:
            yield Content.styled(f"\n{title}", "bold $secondary")
            yield from found


def _amounts(order: Order, pen: Pen) -> Iterator[Content]:
    for amount, name in _AMOUNTS.items():
        money = order.amounts.get(amount)
        if money is None or (money.minor == 0 and amount is not Amount.GRAND_TOTAL):
            continue
        if amount is Amount.REFUND_TOTAL:
            yield pair(translated(name), pen.refund(money))
        else:
            yield pair(translated(name), Content.styled(pen.amount(money), "bold" if amount is Amount.GRAND_TOTAL else ""))


def _shipments(shipments: tuple[Shipment, ...], order: Order, pen: Pen) -> Iterator[Content]:
    for shipment in shipments:
        days = [translated("sent {day}", day=pen.day(shipment.shipped_on))] if shipment.shipped_on else []
        days += [translated("arrived {day}", day=pen.day(shipment.delivered_on))] if shipment.delivered_on else []
        days += (
            [translated("{part} of {items} items", part=len(shipment.items), items=len(order.items))]
            if len(order.items) > 1 and shipment.items
            else []
        )
        days += [translated("tracking {number}", number=plain(shipment.tracking))] if shipment.tracking else []
        yield Content.assemble(plain(shipment.status) or translated("Shipment"), (f"  {' · '.join(days)}" if days else "", "$muted"))


def _payments(order: Order, pen: Pen) -> Iterator[Content]:
    for payment in order.payments:
        card = plain(payment.method) or translated("Payment")
        card = f"{card[:10]} •{plain(payment.last4)}" if payment.last4 else card[: _NAME - 1]
        yield pair(f"{card} {pen.day(payment.charged_on)}".rstrip(), pen.money(payment.amount))


def _refunds(order: Order, pen: Pen) -> Iterator[Content]:
    for refund in order.refunds:
        amount = pen.refund(refund.amount) if refund.amount else Content(translated("amount unknown"))
        yield pair(pen.day(refund.refunded_on) or translated("day unknown"), amount)
        if refund.item is not None and len(order.items) > 1 and 0 <= refund.item < len(order.items):
            yield Content.styled("  " + translated("for {title}", title=plain(order.items[refund.item].title)), "$muted")


def _charges(view: OrderView, pen: Pen) -> Iterator[Content]:
    for charge in view.charges:
        entry, others = charge.entry, len(charge.entry.order_numbers) - 1
        card = f"{(plain(entry.method) or translated('Payment'))[:10]}{f' •{plain(entry.last4)}' if entry.last4 else ''}"
        # The payment history prints charges with a minus and refunds without one.
        back = entry.amount is not None and entry.amount.minor > 0
        amount = pen.refund(entry.amount) if entry.amount and back else Content(pen.amount(-entry.amount) if entry.amount else "")
        yield pair(f"{card} {pen.day(entry.on)}".rstrip(), amount)
        if entry.status == "pending":
            yield Content.styled("  " + translated("still pending"), "$muted")
        if others > 0:
            share = (charge.share if back else -charge.share) if charge.share else None
            part = (
                translated("{share} of it is this order's", share=pen.amount(share))
                if share
                else translated("the part for this order is unknown")
            )
            yield Content.styled(
                "  " + translated_count("with {count} other order: {part}", "with {count} other orders: {part}", others, part=part),
                "$muted",
            )


def _quarantine(view: OrderView, pen: Pen) -> Iterator[Content]:
    for doubt in view.quarantine:
        yield Content.assemble(("▲ ", "$warning"), plain(doubt.text))
    if view.quarantine:
        correct, confirm = pen.key("e", "orders.correct"), pen.key("y", "orders.confirm")
        yield Content.styled(
            translated(
                "Open this order on Amazon, press {correct} to correct it, or press {confirm} if it is correct.",
                correct=correct,
                confirm=confirm,
            ),
            "$muted",
        )


def _told(view: OrderView) -> Iterator[Content]:
    for entry in view.told:
        if len(entry.said) > 1:
            yield Content.assemble((f"{plain(entry.name)}: ", "$muted"), plain(", ".join(entry.said)))


def _conflicts(view: OrderView) -> Iterator[Content]:
    for problem in view.conflicts:
        yield Content.assemble(("▲ ", "$warning"), plain(problem.text))


def _sources(view: OrderView) -> Iterator[Content]:
    by_document: dict[str, list[str]] = {}
    for field, document in view.sources.items():
        by_document.setdefault(plain(document), []).append(_field_name(field))
    for document, fields in by_document.items():
        yield Content.assemble(document, (f"  {', '.join(dict.fromkeys(fields))}", "$muted"))


def _field_name(field: str) -> str:
    if field.startswith("amounts."):
        return next((translated(name) for amount, name in _AMOUNTS.items() if field == f"amounts.{amount.value}"), plain(field))
    return translated(_FIELDS.get(field.partition("[")[0], plain(field).replace("_", " ")))
