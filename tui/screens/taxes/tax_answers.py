"""The dialogs that answer questions about a tax year: a business purpose, the line of a category, a receipt."""

from assistant.domain.taxes.evidence import PurposeScope
from assistant.wire.taxes import PurposeBody, PurposeSubjectJson, TaxFormJson
from tui.dialogs.form import Answers, FormDialog
from tui.dialogs.tax_forms import line_form, purpose_form, receipt_form
from tui.messages import OrdersChanged
from tui.path_completion import expanded
from tui.store import Store


def purpose_dialog(store: Store, subject: PurposeSubjectJson, purpose: str = "") -> FormDialog:
    """Return the dialog that asks why something is bought, and stores the answer."""

    async def save(answers: Answers) -> str:
        scope = next((scope for scope in PurposeScope if scope.value == answers["scope"]), PurposeScope.ORDER)
        await store.client.remember_purpose(PurposeBody(scope, answers["value"], answers["text"]))
        store.announce(OrdersChanged)
        return answers["text"]

    return purpose_form(subject, purpose, save)


def line_dialog(store: Store, form: TaxFormJson, name: str, category: str) -> FormDialog:
    """Return the dialog that asks for the line of a category, and stores the answer. `name`: the form with its business."""

    async def save(answers: Answers) -> str:
        await store.client.map_category(name, category, answers["line"], answers["why"])
        store.announce(OrdersChanged)
        return answers["line"]

    return line_form(form, category, save)


def receipt_dialog(store: Store, account: str, number: str) -> FormDialog:
    """Return the dialog that asks for a file, and attaches it to an order."""

    async def save(answers: Answers) -> str:
        path = str(expanded(answers["path"]))
        await store.client.attach_receipts(account, number, [path])
        store.announce(OrdersChanged)
        return path

    return receipt_form(number, save)
