"""The form that imports a statement of a card or bank account."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from assistant.client.http import AS_JSON
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.wire.statements import StatementBody
from tui.dialogs.form import Answers, FormDialog, FormField, translated_choices
from tui.formatting import plain
from tui.path_completion import expanded

_YES = (("no", to_translate("no")), ("yes", to_translate("yes")))
_ABOUT = to_translate(
    "CSV, OFX, QFX or QIF from your bank. Lines that do not name Amazon are counted, not kept. Command: "
    "shopper statements import FILE --card visa/1234"
)


def statement_form(
    cards: Sequence[str], look: Callable[[StatementBody], Awaitable[str]], save: Callable[[StatementBody], Awaitable[str]]
) -> FormDialog:
    """Return the form; `look` says what a statement would bring, then `save` imports it and returns its name."""
    fields = (
        FormField(name="path", label=translated("File"), value="~/", is_path=True),
        FormField(name="card", label=translated("Card"), hint=translated("visa/1234, unless the file names it"), choices=cards),
        FormField(name="columns", label=translated("Columns"), hint=translated("if asked: date=Buchungstag, amount=Betrag")),
        FormField(name="currency", label=translated("Currency"), hint=translated("if asked: EUR")),
        FormField(name="every", label=translated("Other lines too"), value="no", choices=translated_choices(_YES)),
    )

    async def filled(answers: Answers) -> StatementBody:
        path = expanded(answers["path"])
        content = await asyncio.to_thread(_statement_file, path)
        columns = tuple(part.strip() for part in answers["columns"].split(",") if part.strip())
        every = answers["every"] == "yes"
        card, currency = answers["card"] or None, answers["currency"].upper()[:3] or None
        return StatementBody(path.name, content, card=card, columns=columns, currency=currency, every_line=every)

    async def previewed(answers: Answers) -> str:
        said = await look(await filled(answers))
        return f"{said}\n{translated('Nothing is stored yet. Press Enter to import it, or change a line.')}"

    async def saved(answers: Answers) -> str:
        return await save(await filled(answers))

    return FormDialog(translated("Import a statement"), fields, saved, about=translated(_ABOUT), preview=previewed)


def _statement_file(path: Path) -> bytes:
    name = plain(path.name)
    if path.is_dir():
        raise InvalidInput(translated("Name the file of a statement: CSV, OFX, QFX or QIF."))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            translated("The file '{name}' cannot be read: {reason}. Check the path.", name=name, reason=reason_of(error))
        ) from error
    if len(content) > AS_JSON:
        raise InvalidInput(
            translated("'{name}' is larger than a megabyte. Import it with the command: shopper statements import FILE", name=name)
        )
    return content
