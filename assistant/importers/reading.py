"""Reads a PATH: unpacks it, finds the importer of each file, and merges the parts of each order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

from assistant.amazon.pasted_text import read_pasted_text
from assistant.amazon.reading import read_page
from assistant.domain.documents import Document, Extraction, Source, united
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import counted_sentence, sentence_of
from assistant.domain.money import CURRENCIES, NO_CURRENCY
from assistant.domain.orders.order import Order
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import PageAccount
from assistant.importers.amazon_export.digital_orders import DigitalOrders
from assistant.importers.amazon_export.large_exports import pieces_of
from assistant.importers.amazon_export.order_reports import OrderReports
from assistant.importers.amazon_export.refunds import Refunds, Returns
from assistant.importers.amazon_export.retail_orders import RetailOrders
from assistant.importers.base import Findings, Importer
from assistant.importers.business_report.report import BusinessReport
from assistant.importers.files.bundle import Bundle, bundle
from assistant.importers.files.encodings import encoding_of
from assistant.importers.files.gc_pause import collecting_later
from assistant.importers.files.json_rows import json_sheet
from assistant.importers.files.merge_files import joined_orders
from assistant.importers.files.sheets import Sheet, sheet
from assistant.importers.foreign_files import what_it_is
from assistant.importers.mail.mbox import messages
from assistant.importers.mail.orders import read_mails
from assistant.importers.other_tools.japanese_history import JapaneseHistory
from assistant.importers.other_tools.json_orders import JsonOrders
from assistant.importers.other_tools.orders_csv import OrdersCsv
from assistant.importers.other_tools.payments_csv import PaymentsCsv

IMPORTERS: tuple[Importer, ...] = (
    RetailOrders(),
    DigitalOrders(),
    Refunds(),
    Returns(),
    BusinessReport(),
    OrderReports(),
    JsonOrders(),
    JapaneseHistory(),
    PaymentsCsv(),
    OrdersCsv(),
)
MOST_PAGE_BYTES = 16 << 20
MAILBOX_PART_BYTES = 16 << 20
"""Bytes of mails that are read as one document."""
MOST_TEXT_BYTES = 1 << 20
_HEAD = 1 << 16
_JSON_ANSWERS = (b'"transactionsList"', b'"transactionList"')


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A document at a path, before it is read: the path itself, or one saved page of a folder or zip with the content `page`.

    `read` returns None if the path has no content besides its pages. `number` counts the parts of a large mailbox from 1.
    `pieces` reads a very large export a piece at a time.
    """

    name: str
    read: Callable[[], Extraction | None]
    page: bytes | None = None
    number: int = 0
    pieces: Iterator[Extraction] | None = None


def parts_of(path: Path, url: str | None = None) -> Iterator[DocumentPart]:
    """Yield the documents behind a path. Each saved page is one; all other files in a folder or zip are one document together.

    A large mailbox is several documents, so that what was read stays when reading the rest fails or is interrupted.
    """
    pieces = _pieces(path)
    if pieces is not None:
        yield DocumentPart(path.name, lambda: united(pieces), pieces=pieces)
        return
    found = bundle(path)
    mailbox = _large_mailbox(found)
    if mailbox is not None:
        yield from _mailbox_parts(found, mailbox)
        return
    pages = [file for file in found.files if _looks_like_page(*file)]
    if not found.many or not pages:
        yield DocumentPart(found.name, partial(_read, found, url), pages[0][1] if pages else None)
        return
    found.files = [file for file in found.files if not _looks_like_page(*file)]
    if found.files or found.mails or found.problems:
        yield DocumentPart(found.name, partial(_beside_pages, found))
    names = {name for name, _ in pages}
    for name, content in pages:
        if not _is_frame(name, names):
            yield DocumentPart(name, partial(_page, name, content, url), content)


def _large_mailbox(found: Bundle) -> Path | None:
    if found.many or found.files or len(found.mails) != 1:
        return None
    source = found.mails[0][1]
    return source if isinstance(source, Path) and source.stat().st_size > MAILBOX_PART_BYTES else None


def _mailbox_parts(found: Bundle, mailbox: Path) -> Iterator[DocumentPart]:
    with mailbox.open("rb") as stream:
        first, number, size = 1, 0, 0
        mails: list[bytes | None] = []
        for mail in messages(stream):
            if size + len(mail or b"") > MAILBOX_PART_BYTES and mails:
                number += 1
                yield _mailbox_part(found.name, mails, first, number)
                first, size, mails = first + len(mails), 0, []
            mails.append(mail)
            size += len(mail or b"")
        yield _mailbox_part(found.name, mails, first, number + 1)


def _mailbox_part(name: str, mails: list[bytes | None], first: int, number: int) -> DocumentPart:
    part = Bundle(name=f"{name}, mails {first} to {first + len(mails) - 1}", mails=[(name, mails)])
    return DocumentPart(part.name, partial(_read, part, None), number=number)


def _beside_pages(found: Bundle) -> Extraction | None:
    extraction = _read(found, None)
    return None if [problem.code for problem in extraction.problems] == ["unknown-format"] else extraction


def _is_frame(name: str, pages: Iterable[str]) -> bool:
    """Return whether a browser saved this page as a part of another: "Your Orders_files/ad.html" next to "Your Orders.html"."""
    folders = {folder.as_posix() for folder in PurePosixPath(name).parents}
    stems = (page.rpartition(".")[0] for page in pages)
    return any(folder.startswith((f"{stem}_", f"{stem}-")) and "/" not in folder[len(stem) :] for stem in stems for folder in folders)


def read_path(path: Path, url: str | None = None) -> Extraction:
    """Read a file, folder or zip. Never raises for bad content; that becomes kind `other` with a problem."""
    with collecting_later():
        pieces = _pieces(path)
        return _read(bundle(path), url) if pieces is None else united(pieces)


def _pieces(path: Path) -> Iterator[Extraction] | None:
    """Return the pieces of a very large export, each of which needs the memory of a usual one; None for everything else."""
    bundles = pieces_of(path, _claims)
    return None if bundles is None else map(_read_and_forget, bundles)


def _read_and_forget(found: Bundle) -> Extraction:
    """Read a piece and release its memory before the next one is made."""
    extraction = _read(found, None)
    found.files.clear()
    return extraction


def read_bytes(name: str, content: bytes, url: str | None = None) -> Extraction:
    """Read the bytes of one file."""
    found = Bundle(name=name)
    found.take(name, content)
    return _read(found, url)


def _read(found: Bundle, url: str | None) -> Extraction:
    if not found.many and len(found.files) == 1 and _looks_like_page(*found.files[0]):
        return _page(*found.files[0], url)
    claimed, pages = _sorted(found, url)
    if not found.many and not claimed and len(found.files) == len(pages) == 1:
        return pages[0]
    findings: list[tuple[SourceKind, Findings]] = [(importer.kind, importer.extract(sheets)) for importer, sheets in claimed.items()]
    mails = read_mails(found.name, found.mails) if found.mails else None
    if mails is not None:
        findings.append((SourceKind.EMAIL, mails))
    parts: list[tuple[SourceKind, Findings | Extraction]] = [*findings, *((page.source.kind, page) for page in pages)]
    problems = [*found.problems, *(problem for _, part in parts for problem in part.problems)]
    if not parts and not found.problems:
        problems.append(_not_understood(found))
    orders = joined_orders([(kind, part.orders) for kind, part in parts])
    problems += _unknown_currencies(orders)
    layout = next(iter(claimed)).layout if claimed else None
    kind = _common_kind(found, list(dict.fromkeys(kind for kind, _ in findings)))
    source = Source(name=found.name, kind=kind, marketplace=_marketplace(orders), layout=layout)
    return Extraction(
        source=replace(source, language=mails.language, layout=layout or mails.layout) if mails else source,
        account=PageAccount(greeting=mails.greeting) if mails and mails.greeting else None,
        orders=tuple(orders),
        transactions=tuple(chain.from_iterable(part.transactions for _, part in parts)),
        problems=tuple(problems),
    )


def _unknown_currencies(orders: Sequence[Order]) -> Iterator[Problem]:
    """Yield a problem for each currency that does not exist. Its orders are kept as they are, in sums of their own."""
    unknown = {order.currency for order in orders if order.currency} - CURRENCIES - {NO_CURRENCY}
    for code in sorted(unknown):
        numbers = [order.number for order in orders if order.currency == code]
        text = counted_sentence(
            "'{code}' is not a currency: {count} order, first {first}. Say the right one: shopper order {first} --set currency=USD",
            "'{code}' is not a currency: {count} orders, first {first}. Say the right one: shopper order {first} --set currency=USD",
            len(numbers),
            code=code[:20],
            first=numbers[0],
        )
        yield Problem(where="orders.currency", code="unknown-currency", said=text)


def _common_kind(found: Bundle, kinds: list[SourceKind]) -> SourceKind:
    if kinds == [SourceKind.EMAIL]:
        return SourceKind.EMAIL
    if found.many and kinds:
        return SourceKind.PRIVACY_ZIP
    return kinds[0] if len(kinds) == 1 else SourceKind.OTHER


def _sorted(found: Bundle, url: str | None) -> tuple[dict[Importer, list[Sheet]], list[Extraction]]:
    claimed: dict[Importer, list[Sheet]] = {}
    pages = []
    for name, content in found.files:
        if _looks_like_page(name, content):
            pages.append(_page(name, content, url))
            continue
        table = json_sheet(name, content) or sheet(name, content)
        claims = _claims(table) if table else []
        if len(claims) > 1:
            kinds = ", ".join(claim.kind.value for claim in claims)
            found.refuse(name, "ambiguous", sentence_of("The file looks like several kinds ({kinds}), so it was not read.", kinds=kinds))
        elif claims and table is not None:
            claimed.setdefault(claims[0], []).append(table)
        elif not claims and (pasted := _pasted(name, content)):
            pages.append(pasted)
    return claimed, pages


def _pasted(name: str, content: bytes) -> Extraction | None:
    """Read a text copied from one of Amazon's pages; None for any other file."""
    if not name.lower().endswith(".txt") or len(content) > MOST_TEXT_BYTES:
        return None
    encoding = encoding_of(content)
    return read_pasted_text(name, content.decode(encoding, "replace")) if encoding else None


def _claims(table: Sheet) -> list[Importer]:
    """Return the importers that recognise a sheet. If one for Amazon's own files does, importers for other tools are left out."""
    claims = [importer for importer in IMPORTERS if importer.identify(table)]
    return [importer for importer in claims if importer.kind is not SourceKind.ORDERS_CSV] or claims[:1]


def _page(name: str, content: bytes, url: str | None) -> Extraction:
    if len(content) <= MOST_PAGE_BYTES:
        return read_page(Document(name=name, content=content, media_type="text/html", url=url))
    text = sentence_of(
        "The page has {size} MB; order pages are smaller than {most} MB. Save it again.",
        size=len(content) >> 20,
        most=MOST_PAGE_BYTES >> 20,
    )
    return Extraction(source=Source(name=name), problems=(Problem(where=name, code="too-large", said=text),))


def _not_understood(found: Bundle) -> Problem:
    if found.many:
        text = sentence_of("No file in here is an Amazon export. Look for 'Your Orders.zip' in the mail from Amazon.")
    elif not found.files or not found.files[0][1] or found.files[0][1].isspace():
        text = sentence_of("The file is empty. Look for 'Your Orders.zip' in the mail from Amazon.")
    else:
        usual = sentence_of("The file is not an Amazon export that Shopper can read. Look for 'Your Orders.zip' in the mail from Amazon.")
        text = what_it_is(*found.files[0]) or usual
    return Problem(where=found.name, code="unknown-format", said=text)


def _marketplace(orders: Iterable[Order]) -> str | None:
    sites = {order.marketplace for order in orders if order.marketplace}
    return sites.pop() if len(sites) == 1 else None


def _looks_like_page(name: str, content: bytes) -> bool:
    """Return whether the content is HTML or one of Amazon's JSON answers."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_answer = head.startswith((b"{", b"[")) and any(mark in head for mark in _JSON_ANSWERS)
    return is_answer or head.startswith(b"<") or name.lower().endswith((".html", ".htm"))
