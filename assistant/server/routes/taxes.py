"""Tax years: forms, filled forms with their entries, questions and evidence, setup, locks, and packs as files."""

import tempfile
from collections.abc import Callable
from typing import BinaryIO, cast

from aiohttp import web

from assistant.domain.errors import InvalidInput, NotWritten
from assistant.domain.journal import Author, acting_as
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Scope
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.returns import pack_name
from assistant.server import keys
from assistant.server.body import STREAM
from assistant.server.listing import PART, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.server.threads import Lane
from assistant.wire.books import EntryJson
from assistant.wire.shape import PageJson
from assistant.wire.taxes import (
    CategoryLineBody,
    ItemEvidenceJson,
    NumberedExportJson,
    PackBody,
    ReasonBody,
    SetUpReturnJson,
    TaxFormJson,
    TaxQuestionJson,
    TaxReturnJson,
    TaxSetupBody,
)

_IN_MEMORY = 4 << 20
_PATIENCE = 600.0
"""Seconds: hundreds of receipts take a minute."""


def forms(call: Call) -> PageJson[TaxFormJson]:
    """List the forms and years for which there is data."""
    return whole(call, [TaxFormJson.of(form) for form in call.services.taxes.forms()])


def returns(call: Call) -> PageJson[SetUpReturnJson]:
    """List the returns that were set up: forms, businesses and years."""
    found = call.services.taxes.returns()
    return whole(call, [SetUpReturnJson(r.form, r.year, r.accounts, dict(r.settings), r.locked, r.reason) for r in found])


def show(call: Call) -> TaxReturnJson:
    """Return a filled form."""
    return TaxReturnJson.of(call.services.taxes.show(*_year_of(call)))


def line_entries(call: Call) -> PageJson[EntryJson]:
    """List the entries that a line is made of."""
    found = call.services.taxes.line_entries(*_year_of(call), call.path["key"])
    return whole(call, [EntryJson.of(entry) for entry in found])


def questions(call: Call) -> PageJson[TaxQuestionJson]:
    """List the open questions, largest amounts first."""
    return whole(call, [TaxQuestionJson.of(each) for each in call.services.taxes.questions(*_year_of(call))])


def worklist(call: Call) -> PageJson[ItemEvidenceJson]:
    """List the evidence for each item, incomplete ones with the largest amounts first."""
    return whole(call, [ItemEvidenceJson.of(each) for each in call.services.taxes.worklist(*_year_of(call))])


def exports(call: Call) -> PageJson[NumberedExportJson]:
    """List the exports and corrections of a year, by number."""
    return whole(call, [NumberedExportJson.of(each) for each in call.services.taxes.exports(*_year_of(call))])


def setup(call: Call) -> TaxReturnJson:
    """Choose accounts and settings; return the filled form."""
    call.services.taxes.setup(*_year_of(call), call.body.accounts, call.body.settings)
    return show(call)


def map_category(call: Call) -> TaxFormJson:
    """Put a category into another line, in all years; return the form's newest year."""
    ref = FormRef.of(call.path["form"])
    call.services.taxes.map_category(ref, call.path["category"], call.body.line, call.body.why)
    return next(TaxFormJson.of(form) for form in reversed(call.services.taxes.forms()) if form.name == ref.form)


def lock(call: Call) -> TaxReturnJson:
    """Lock a year; return the form as it was locked."""
    with acting_as(_author(call, call.body.reason)):
        return TaxReturnJson.of(call.services.taxes.lock(*_year_of(call)))


def unlock(call: Call) -> TaxReturnJson:
    """Unlock a year; return the filled form."""
    with acting_as(_author(call, call.body.reason)):
        call.services.taxes.unlock(*_year_of(call))
    return show(call)


async def export(request: web.Request, call: Call) -> web.StreamResponse:
    """Write the pack of a year under the next number; closing the connection cancels it."""

    def write(stream: BinaryIO) -> int:
        from assistant.services.taxes.packs import PackFile  # noqa: PLC0415  # the PDF libraries are slow to import

        with acting_as(_author(call, call.body.reason)):
            packs = call.services.tax_packs
            return packs.export(*_year_of(call), stream, kind=PackFile(call.body.kind), progress=_unless_left(request)).number

    return await _sent(request, call, call.body.kind, write)


async def export_again(request: web.Request, call: Call) -> web.StreamResponse:
    """Write an earlier pack again, byte for byte."""
    number = call.path["number"]
    if not number.isascii() or not number.isdecimal() or len(number) > len("999999"):
        raise InvalidInput(translated("'{number}' is not the number of an export.", number=number[:20]))
    kind = call.query.get("kind", "zip")

    def write(stream: BinaryIO) -> int:
        from assistant.services.taxes.packs import PackFile  # noqa: PLC0415  # the PDF libraries are slow to import

        if kind not in list(PackFile):
            raise InvalidInput(translated("'{kind}' is no kind of pack. Write zip or pdf.", kind=kind[:20]))
        packs = call.services.tax_packs
        return packs.export_again(*_year_of(call), int(number), stream, kind=PackFile(kind), progress=_unless_left(request)).number

    return await _sent(request, call, kind, write)


def _year_of(call: Call) -> tuple[FormRef, str]:
    return FormRef.of(call.path["form"]), call.path["year"]


def _author(call: Call, reason: str) -> Author:
    return Author(who=call.client.name if call.client else "unknown client", why=reason)


def _unless_left(request: web.Request) -> Callable[[int, int], None]:
    def progress(_done: int, _total: int) -> None:
        if request.transport is None or request.transport.is_closing():
            raise NotWritten(translated("The pack was cancelled, so nothing was written."))

    return progress


async def _sent(request: web.Request, call: Call, kind: str, write: Callable[[BinaryIO], int]) -> web.StreamResponse:
    """Send a pack once it is complete."""
    threads = request.app[keys.THREADS]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        stream = cast("BinaryIO", file)
        number = await threads.run(lambda: write(stream), Lane.LONG)
        name = pack_name(call.path["form"], call.path["year"], number, kind)
        length = stream.seek(0, 2)
        stream.seek(0)
        shown = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-.") else "-" for sign in name)
        headers = {"Content-Type": STREAM, "Content-Length": str(length), "Content-Disposition": f'attachment; filename="{shown}"'}
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(request)
        while part := await threads.run(lambda: stream.read(1 << 16), Lane.LONG):
            await answer.write(part)
    await answer.write_eof()
    return answer


_YEAR = "/tax/{form}/{year}"
ROUTES = (
    Route(method="GET", path="/tax", about="The tax forms and years for which there is data.", scope=Scope.FULL, run=forms, query=PART),
    Route(
        method="GET",
        path="/tax/returns",
        about="The returns that were set up: form with business, year, accounts, settings, and the reason of a lock.",
        scope=Scope.FULL,
        run=returns,
        query=PART,
    ),
    Route(method="GET", path=_YEAR, about="A filled form: data for a form, not tax advice.", scope=Scope.FULL, run=show),
    Route(
        method="PUT",
        path=_YEAR,
        about="Choose accounts and settings of a form and year.",
        scope=Scope.FULL,
        run=setup,
        body=TaxSetupBody,
    ),
    Route(
        method="GET",
        path=_YEAR + "/lines/{key}",
        about="The entries that a line, by its key, is made of.",
        scope=Scope.FULL,
        run=line_entries,
        query=PART,
    ),
    Route(
        method="GET",
        path=_YEAR + "/questions",
        about="Open questions about a form, largest amounts first.",
        scope=Scope.FULL,
        run=questions,
        query=PART,
    ),
    Route(
        method="GET",
        path=_YEAR + "/worklist",
        about="The evidence for each item: seven parts, and which are missing.",
        scope=Scope.FULL,
        run=worklist,
        query=PART,
    ),
    Route(
        method="PUT",
        path="/tax/{form}/categories/{category}",
        about="Put a category into another line of a form, in all years.",
        scope=Scope.FULL,
        run=map_category,
        body=CategoryLineBody,
    ),
    Route(method="POST", path=_YEAR + "/lock", about="Lock a year that was filed.", scope=Scope.FULL, run=lock, body=ReasonBody),
    Route(method="POST", path=_YEAR + "/unlock", about="Unlock a year.", scope=Scope.FULL, run=unlock, body=ReasonBody),
    Route(
        method="GET",
        path=_YEAR + "/exports",
        about="The numbered exports and corrections of a year, each correction with its differences.",
        scope=Scope.FULL,
        run=exports,
        query=PART,
    ),
    Route(
        method="POST",
        path=_YEAR + "/exports",
        about="Write the pack of a year under the next number, as a file. Closing the connection cancels it, and no number is used.",
        scope=Scope.FULL,
        stream=export,
        body=PackBody,
        patience=_PATIENCE,
        media=STREAM,
    ),
    Route(
        method="GET",
        path=_YEAR + "/exports/{number}",
        about="An earlier pack again, byte for byte: `kind` is zip or pdf.",
        scope=Scope.FULL,
        stream=export_again,
        query=(Parameter(name="kind", about="zip or pdf.", schema={"type": "string", "enum": ["zip", "pdf"]}),),
        patience=_PATIENCE,
        media=STREAM,
    ),
)
