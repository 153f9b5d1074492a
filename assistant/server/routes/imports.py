"""Imports: captured pages as JSON, large files as a stream, their results, and how complete the ledger is."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from aiohttp import hdrs, web

from assistant.domain.documents import ImportProgress, ImportResult
from assistant.domain.errors import Problem
from assistant.domain.journal import acting_as
from assistant.domain.languages.sentences import Sentence
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pairing import Scope
from assistant.domain.rows.row_facts import import_facts
from assistant.domain.text import clean_text, file_name
from assistant.server import keys
from assistant.server.body import STREAM, Nothing
from assistant.server.errors import Refusal
from assistant.server.handlers import author_of, json_answer
from assistant.server.limits import PAGE_BODY
from assistant.server.listing import (
    CURSOR,
    FILTERS,
    LIMIT,
    OFFSET,
    PART,
    SEARCH,
    cursor_of,
    filter_of,
    limit_of,
    offset_of,
    row_ids,
    searched,
    whole,
)
from assistant.server.routing import Call, Route
from assistant.server.threads import Lane
from assistant.services.imports.import_files import refuse_known, together
from assistant.services.row_search import every
from assistant.wire.imports import CoveredMonthJson, DocumentBody, DroppedBody, DroppedFilesJson, ImportJson, ImportProgressJson, RereadJson
from assistant.wire.orders import ProblemJson
from assistant.wire.shape import PageJson

_PART = 1 << 16


def take(call: Call) -> ImportJson:
    """Import a document that came as base64. A browser may name registered accounts only."""
    body: DocumentBody = call.body
    account, full = body.account, call.client is not None and Scope.FULL in call.client.scopes
    if account is not None and not full:
        account = call.services.accounts.get(account).key
    with _watched(call, body.import_id) as watch:
        result = call.services.imports.take_bytes(
            _safe_name(body.name),
            body.content,
            url=body.url,
            account=account,
            new_account=body.new_account and full,
            dry_run=body.dry_run,
            watch=watch,
            allow=_allowing(account if full else None, store_known=body.store_known),
        )
    if full and not body.dry_run and result.kind == SourceKind.EMAIL:
        with tempfile.TemporaryDirectory(prefix="shopper-") as folder:
            file = Path(folder) / _safe_name(body.name)
            file.write_bytes(body.content)
            result = _with_invoices(call, file, result)
    return ImportJson.of(result)


def _with_invoices(call: Call, file: Path, result: ImportResult) -> ImportResult:
    """Attach the invoices that came with mails; return the result with a problem for each that was not attached."""
    _, left = call.services.receipt_sources.collect_from_mails([file])
    return replace(
        result, problems=(*result.problems, *(Problem(where="", code="receipt/not-attached", said=Sentence(text)) for text in left))
    )


@contextmanager
def _watched(call: Call, import_id: str | None) -> Iterator[Callable[[ImportProgress], None]]:
    """Let an import report its progress under the id that its client has chosen."""
    if not import_id:
        yield lambda _: None
        return
    running = call.services.running_imports
    running.begin(import_id)
    try:
        yield partial(running.note, import_id)
    finally:
        running.end(import_id)


def _allowing(account: str | None, *, store_known: bool) -> Callable[[ImportResult], bool]:
    """Refuse orders that other accounts have where a person named the account; a captured page names its own."""
    return refuse_known if account is not None and not store_known else lambda _: True


async def take_stream(request: web.Request, call: Call) -> web.StreamResponse | None:
    """Import a file of any size that is sent as it is; the headers are the fields of `DocumentBody`, percent-encoded UTF-8."""
    if request.headers.get(hdrs.CONTENT_TYPE) != STREAM:
        return None
    name = _safe_name(unquote(request.headers.get("X-Shopper-Name", "")))
    account = clean_text(unquote(request.headers.get("X-Shopper-Account", ""))) or None
    new, allow = (
        "X-Shopper-New-Account" in request.headers,
        _allowing(account, store_known="X-Shopper-Store-Known" in request.headers),
    )
    dry_run, import_id = "X-Shopper-Dry-Run" in request.headers, clean_text(request.headers.get("X-Shopper-Import-Id", ""))
    threads = request.app[keys.THREADS]
    with tempfile.TemporaryDirectory(prefix="shopper-") as folder, _watched(call, import_id) as watch:
        file = Path(folder) / name
        await _receive(request, file)
        take_all = partial(call.services.imports.take_paths, [file], account=account, new_account=new, dry_run=dry_run)

        def store() -> ImportResult:
            with acting_as(author_of(request, call)):
                found = together(take_all(watch=watch, allow=allow))
                if not dry_run and found.kind == SourceKind.EMAIL:
                    found = _with_invoices(call, file, found)
            return found

        result = await threads.run(store, Lane.LONG)
    return json_answer(ImportJson.of(result))


def progress(call: Call) -> ImportProgressJson:
    """Show how far a running import is."""
    return ImportProgressJson.of(call.services.running_imports.progress(call.path["id"]) or ImportProgress(name="", stored=0, count=0))


def cancel(call: Call) -> None:
    """Cancel a running import."""
    call.services.running_imports.cancel(call.path["id"])


def imports(call: Call) -> PageJson[ImportJson]:
    """List imports, newest first."""
    if call.query.get("q"):
        found = searched(call, every(lambda cursor: call.services.imports.imports(cursor=cursor)), import_facts, "imports")
        return whole(call, [ImportJson.of(result) for result in found])
    return PageJson.of(call.services.imports.imports(cursor=cursor_of(call), offset=offset_of(call), limit=limit_of(call)), ImportJson)


def remove(call: Call) -> None:
    """Remove one import, or several."""
    call.services.removal.remove(*row_ids(call, to_translate("There is no such import.")))


def dropped(call: Call) -> DroppedFilesJson:
    """Show the drop folder and what waits in it."""
    return DroppedFilesJson.of(call.services.drop_folder.found())


def take_dropped(call: Call) -> ImportJson:
    """Import a file that waits in the drop folder."""
    body: DroppedBody = call.body
    return ImportJson.of(call.services.drop_folder.take(body.name, body.account))


def reread(call: Call) -> PageJson[RereadJson]:
    """Read kept pages again with this version."""
    return whole(
        call,
        [
            RereadJson(
                document=entry.document,
                name=entry.name,
                account=entry.account,
                changed=entry.changed,
                settled=entry.settled,
                problems=tuple(map(ProblemJson.of, entry.problems)),
            )
            for entry in call.services.rereads.all()
        ],
    )


def coverage(call: Call) -> PageJson[CoveredMonthJson]:
    """List months, the newest first."""
    return whole(call, [CoveredMonthJson.of(month) for month in call.services.coverage.months(filter_of(call)).items])


async def _receive(request: web.Request, file: Path) -> None:
    threads = request.app[keys.THREADS]
    expected, arrived = request.content_length, 0
    with file.open("wb") as target:
        async for part in request.content.iter_chunked(_PART):
            arrived += len(part)
            await threads.run(lambda part=part: target.write(part), Lane.LONG)  # type: ignore[misc]  # mypy cannot infer a default
    if arrived != expected:
        raise Refusal(400, "body/broken", translated("The upload ended early. Send the file again."), {"Connection": "close"})


def _safe_name(name: str) -> str:
    plain = Path(clean_text(name).replace("\\", "/").replace(":", "_")).name
    if plain in ("", ".", ".."):
        return "document"
    return file_name(plain)


ROUTES = (
    Route(
        method="POST",
        path="/documents",
        about="Import a captured page or a file. Send larger files as application/octet-stream with X-Shopper-Name (full scope).",
        scope=Scope.OBSERVE_WRITE,
        run=take,
        stream=take_stream,
        body=DocumentBody,
        largest=PAGE_BODY,
        patience=300.0,
        long=True,
        uploads=True,
    ),
    Route(
        method="GET",
        path="/imports/running/{id}",
        about="How far a running import is. The id is the one that its client sent with the document.",
        scope=Scope.FULL,
        run=progress,
    ),
    Route(
        method="DELETE",
        path="/imports/running/{id}",
        about="Cancel a running import: what is not finished is not stored.",
        scope=Scope.FULL,
        run=cancel,
    ),
    Route(
        method="GET",
        path="/imports",
        about="Imports, newest first.",
        scope=Scope.FULL,
        run=imports,
        query=(SEARCH, CURSOR, OFFSET, LIMIT),
    ),
    Route(
        method="DELETE",
        path="/imports/{id}",
        about="Remove imports, or put away documents that could not be read: one id, or several with commas, which one undo brings back. "
        "Orders that other imports contain stay.",
        scope=Scope.FULL,
        run=remove,
        long=True,
        patience=300.0,
    ),
    Route(
        method="GET",
        path="/imports/drop",
        about="The drop folder, and the files in it that wait: nobody said whose they are, or they cannot be imported.",
        scope=Scope.FULL,
        run=dropped,
    ),
    Route(
        method="POST",
        path="/imports/drop",
        about="Say whose a waiting file is and import it, also if another account has its orders.",
        scope=Scope.FULL,
        run=take_dropped,
        body=DroppedBody,
        long=True,
        patience=300.0,
    ),
    Route(
        method="POST",
        path="/reread",
        about="Read every kept page again with this version; the user's labels stay.",
        scope=Scope.FULL,
        run=reread,
        body=Nothing,
        long=True,
        patience=600.0,
    ),
    Route(
        method="GET",
        path="/coverage",
        about="How complete each month of each account is, and why. Only accounts and days of the filter are used.",
        scope=Scope.FULL,
        run=coverage,
        query=(*FILTERS, *PART),
    ),
)
