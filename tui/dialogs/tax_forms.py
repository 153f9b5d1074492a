"""Forms about a tax year: why an item is bought, a receipt, the pack, and the lock."""

from collections.abc import Awaitable, Callable

from assistant.domain.taxes.evidence import PurposeScope
from assistant.wire.taxes import ItemEvidenceJson
from tui.dialogs.form import Answers, FormDialog, FormField

Save = Callable[[Answers], Awaitable[str]]


def purpose_form(item: ItemEvidenceJson, save: Save) -> FormDialog:
    """Return a form that asks why such items are bought for the business: answers `scope`, `value`, `text`."""
    scopes = [scope.value for scope in PurposeScope]
    fields = [
        FormField(name="scope", label="Said for", value="order", hint="order, seller or category", choices=scopes),
        FormField(name="value", label="Which", value=item.order_id, hint="the order's number, a seller, a category"),
        FormField(name="text", label="Why", value=item.purpose, hint="paper for client drafts"),
    ]
    about = "Packs print it beside every item. Command: shopper receipts purpose CATEGORY TEXT"
    return FormDialog("Why is it bought for the business?", fields, save, about=about)


def receipt_form(number: str, save: Save) -> FormDialog:
    """Return a form that asks for the file of a receipt: answer `path`."""
    path = FormField(name="path", label="File", value="~/", hint="a PDF, an image or a mail; drop it here")
    return FormDialog(f"Receipt of the order {number}", [path], save, about="Command: shopper receipts add ORDER FILE")


def pack_form(form: str, year: str, save: Save) -> FormDialog:
    """Return a form that asks where the pack is written: answers `path`, `reason`."""
    name = f"{form}-{year}".replace(":", "-")
    fields = [
        FormField(name="path", label="File", value=f"~/{name}.zip", hint="a name that ends in .pdf writes the PDF alone"),
        FormField(name="reason", label="Note", hint="for whom; optional"),
    ]
    about = "The pack gets the next number and can be written again later. Escape cancels while it is written."
    return FormDialog(f"Export {form} {year}", fields, save, about=about)


def lock_form(form: str, year: str, save: Save, *, locked: bool) -> FormDialog:
    """Return a form that asks for the reason to lock a year, or to unlock it: answer `reason`."""
    reason = FormField(name="reason", label="Reason", hint="amended return" if locked else "filed in April")
    about = (
        "Later changes to the year then need no reason."
        if locked
        else "A later change needs a reason (shopper … --reason TEXT) and makes a numbered correction with the differences."
    )
    return FormDialog(f"{'Unlock' if locked else 'Lock'} {form} {year}?", [reason], save, about=about)
