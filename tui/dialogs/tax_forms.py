"""Forms about a tax year: why an item is bought, a receipt, the pack, and the lock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.labels import shown_category
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from assistant.domain.taxes.evidence import PurposeScope
from assistant.domain.taxes.line_names import explained
from assistant.domain.taxes.returns import pack_name
from assistant.wire.taxes import PurposeSubjectJson, SetUpReturnJson, TaxFormJson
from tui.dialogs.form import Answers, FormDialog, FormField, asking_before_replacing
from tui.formatting import capital, plain

Save = Callable[[Answers], Awaitable[str]]


def purpose_form(subject: PurposeSubjectJson, purpose: str, save: Save) -> FormDialog:
    """Return a form that asks why such items are bought for the business: answers `scope`, `value`, `text`."""
    scopes = [(scope.value, shown_word(scope.value)) for scope in PurposeScope]
    fields = [
        FormField(name="scope", label=translated("Said for"), value=subject.scope.value, choices=scopes, required=True),
        FormField(
            name="value", label=translated("Which"), value=subject.value, hint=translated("the order's number, a seller, a category")
        ),
        FormField(name="text", label=translated("Why"), value=purpose, hint=translated("paper for client drafts"), required=True),
    ]
    about = translated("Packs print it beside every item. Command: shopper receipts purpose CATEGORY TEXT")
    return FormDialog(translated("Why is it bought for the business?"), fields, save, about=about)


def line_form(form: TaxFormJson, category: str, save: Save) -> FormDialog:
    """Return a form that asks which line a category belongs into: answers `line`, `why`."""
    lines = [(line.key, f"{line.line}  {explained(line.name)}") for line in form.lines]
    fields = [
        FormField(name="line", label=translated("Line"), choices=lines, required=True),
        FormField(name="why", label=translated("Why"), hint=translated("kept with the choice; optional")),
    ]
    about = translated("It counts in all years. Command: shopper tax map {form} {category} LINE", form=form.form, category=category)
    return FormDialog(translated("Which line takes '{category}'?", category=shown_category(category)), fields, save, about=about)


def receipt_form(number: str, save: Save) -> FormDialog:
    """Return a form that asks for the file of a receipt: answer `path`."""
    path = FormField(
        name="path", label=translated("File"), value="~/", hint=translated("a PDF, an image or a mail; drop it here"), is_path=True
    )
    return FormDialog(
        translated("Receipt of the order {number}", number=number),
        [path],
        save,
        about=translated("Command: shopper receipts add ORDER FILE"),
    )


def pack_form(form: str, year: str, number: int, save: Save) -> FormDialog:
    """Return a form that asks where the pack with this number is written: answers `path`, `reason`."""
    fields = [
        FormField(
            name="path",
            label=translated("File"),
            value=f"~/{pack_name(form, year, number)}",
            hint=translated("a name that ends in .pdf writes the PDF alone"),
            is_path=True,
        ),
        FormField(name="reason", label=translated("Remark"), hint=translated("for whom; optional")),
    ]
    about = translated("The pack gets the next number and can be written again later. Escape cancels while it is written.")
    title = translated("Export {form} {year}, number {number}", form=form, year=year, number=number)
    return FormDialog(title, fields, asking_before_replacing(save), about=about)


def _reason_form(locked: str) -> FormDialog:
    """Return a form that asks why a locked year is changed: answer `reason`. `locked` is what the server said."""

    async def save(answers: Answers) -> str:
        if not answers["reason"].strip():
            raise InvalidInput(translated("Give a reason, or press Escape to leave the year as it is."))
        return answers["reason"].strip()

    what = locked.partition(" Give the reason")[0]
    reason = FormField(name="reason", label=translated("Reason"), hint=translated("the invoice was corrected"))
    about = translated("{what} The change makes a numbered correction with the differences.", what=plain(what))
    return FormDialog(translated("This tax year is locked. Change it?"), [reason], save, about=about)


async def asked_reason(show: Callable[[FormDialog, Callable[[str | None], None]], object], locked: str) -> str:
    """Ask with `show` why a locked year is changed; return "" if the user leaves it."""
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def take(reason: str | None) -> None:
        if not answer.done():
            answer.set_result(reason or "")

    show(_reason_form(locked), take)
    return await answer


def setup_form(form: TaxFormJson, accounts: Sequence[str], now: SetUpReturnJson | None, save: Save) -> FormDialog:
    """Return a form that sets up a return: answers `business`, `accounts`, and one for each setting of the form."""
    business = now.form.partition(":")[2] if now else ""
    settings = now.settings if now else {}
    chosen = " ".join(now.accounts) if now else ""
    fields = [
        FormField(
            name="business",
            label=translated("Business"),
            value=business,
            hint=translated("a name like design, if you have several; else empty"),
        ),
        FormField(
            name="accounts",
            label=translated("Accounts"),
            value=chosen,
            hint=translated("all, or some of: {accounts}", accounts=" ".join(accounts)),
        ),
        *(
            FormField(
                name=name,
                label=capital(shown_word(name)),
                value=settings.get(name, values[0]),
                choices=[(value, shown_word(value)) for value in values],
                required=True,
            )
            for name, values in form.settings.items()
        ),
    ]
    about = translated(
        "Each business has a return of its own. Command: shopper tax setup {form}:NAME {year} --account KEY", form=form.form, year=form.year
    )
    return FormDialog(translated("Set up {form} {year}", form=form.form, year=form.year), fields, save, about=about)


def lock_form(form: str, year: str, save: Save, *, locked: bool) -> FormDialog:
    """Return a form that asks for the reason to lock a year, or to unlock it: answer `reason`."""
    reason = FormField(
        name="reason", label=translated("Reason"), hint=translated("amended return") if locked else translated("filed in April")
    )
    about = (
        translated("Later changes to the year then need no reason.")
        if locked
        else translated("A later change needs a reason (shopper … --reason TEXT) and makes a numbered correction with the differences.")
    )
    title = translated("Unlock {form} {year}?", form=form, year=year) if locked else translated("Lock {form} {year}?", form=form, year=year)
    return FormDialog(title, [reason], save, about=about)
