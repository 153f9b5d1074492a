"""The form to correct an order and the item under the cursor. It shows the known values and sends only changed ones."""

from collections.abc import Awaitable, Callable, Mapping

from assistant.domain.errors import DomainError, InvalidInput
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money, number_to_type
from assistant.domain.order_view import OrderView
from assistant.domain.orders.corrections import STATUSES, typed_corrections
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import plain

_ABOUT = to_translate("Your values override every source. Empty a line to remove your correction.")


def correction_form(view: OrderView, line: int, save: Callable[[Mapping[str, str | None]], Awaitable[str]]) -> FormDialog:
    """Return the form for an order and one line of it; `save` gets the changes by field, None for an emptied line."""
    fields = (*_order_fields(view), *_item_fields(view, line))
    known = {field.name: plain(field.value).strip() for field in fields}

    async def changed(answers: Answers) -> str:
        words = {name.replace("-", "."): text or None for name, text in answers.items() if text != known[name]}
        if not words:
            raise InvalidInput(translated("Nothing was changed. Press Escape to close the form."))
        try:
            return await save(typed_corrections(words))
        except DomainError as error:
            error.field = error.field.replace(".", "-")
            raise

    return FormDialog(translated("Correct this order"), fields, changed, about=translated(_ABOUT))


def _order_fields(view: OrderView) -> tuple[FormField, ...]:
    order = view.order
    status = "cancelled" if order.cancelled else order.status.value
    return (
        FormField(name="total", label=translated("Total"), value=_known_amount(order.total), hint=number_to_type("19.49")),
        FormField(name="currency", label=translated("Currency"), value=order.currency or "", hint="USD"),
        FormField(
            name="date", label=translated("Ordered on"), value=order.placed_on.isoformat() if order.placed_on else "", hint="2026-11-25"
        ),
        FormField(name="status", label=translated("Status"), value=status if status in STATUSES else "", choices=STATUSES),
        FormField(name="recipient", label=translated("Goes to"), value=order.recipient.name or "", hint=translated("a name")),
        FormField(name="address", label=translated("Address"), value=order.recipient.address or ""),
    )


def _item_fields(view: OrderView, line: int) -> tuple[FormField, ...]:
    if not view.order.items:
        return ()
    item, name = view.order.items[line], f"item{line + 1}"
    return (
        FormField(name=f"{name}-title", label=translated("Item"), value=item.title or ""),
        FormField(
            name=f"{name}-quantity", label=translated("How many"), value="" if item.quantity is None else str(item.quantity), hint="1"
        ),
        FormField(
            name=f"{name}-price", label=translated("Price of one"), value=_known_amount(item.unit_price), hint=number_to_type("9.00")
        ),
    )


def _known_amount(known: Money | None) -> str:
    return number_to_type(known.decimal) if known else ""
