"""Finds receipts in files, folders, mails and mailboxes by the order numbers in them.

A file belongs to the one known order that its name or its text names. Invoices that come with a mail are taken out of it. Only what
names exactly one known order is attached; everything else is returned with the reason.
"""

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from assistant.amazon.layouts.orders.order_numbers import NUMBER
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.domain.text import clean_text, file_name
from assistant.importers.mail.mbox import HEAD, looks_like_mail, messages
from assistant.services.taxes.receipt_files import LARGEST

_RECEIPT_ENDINGS = frozenset({"pdf", "png", "jpg", "jpeg", "tif", "tiff", "webp", "html", "htm", "txt", "xml"})
_INVOICE_ENDINGS = frozenset({"pdf", "png", "jpg", "jpeg", "tif", "tiff", "xml"})
_MOST_PAGES, _MOST_TEXT, _MOST_MARKS = 20, 400_000, 2000
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, ArithmeticError, LookupError)


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleReceipt:
    """A file that may be a receipt, with the order numbers that it names. `path` is None for what came with a mail."""

    name: str
    content: bytes
    numbers: tuple[str, ...]
    path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAttached:
    """A file that was not attached, and why."""

    name: str
    why: str


def candidates(paths: Sequence[Path], *, mails_only: bool = False) -> Iterator[PossibleReceipt | NotAttached]:
    """Yield the possible receipts in files and folders. `mails_only`: pass over files that are no mails, without a word.

    Raises InvalidInput for a path that does not exist.
    """
    for path in paths:
        # Unlike `Path.exists`, this does not fail for a name that is too long or no name at all.
        if not os.path.exists(path):  # noqa: PTH110
            raise InvalidInput(translated("{path} is neither a file nor a folder.", path=path))
        for file in _files(path):
            try:
                yield from _of_file(file, mails_only=mails_only)
            except OSError as error:
                yield NotAttached(name=file.name, why=translated("cannot be read: {reason}", reason=reason_of(error)))


def _files(path: Path) -> Iterable[Path]:
    return sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith(".")) if path.is_dir() else [path]


def _of_file(file: Path, *, mails_only: bool) -> Iterator[PossibleReceipt | NotAttached]:
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if looks_like_mail(file.name, head):
        yield from _of_mails(file, whole=not mails_only)
        return
    if mails_only:
        return
    if _ending(file.name) not in _RECEIPT_ENDINGS:
        yield NotAttached(name=file.name, why=translated("is not a PDF, an image, a mail or a page"))
    elif not 0 < file.stat().st_size <= LARGEST:
        yield NotAttached(name=file.name, why=translated("is empty or larger than 50 MB"))
    else:
        content = file.read_bytes()
        yield PossibleReceipt(name=file.name, content=content, numbers=numbers_in(file.name, content), path=file)


def _of_mails(file: Path, *, whole: bool) -> Iterator[PossibleReceipt | NotAttached]:
    """Yield the invoices of mails. A single mail without one is a receipt itself, if `whole`."""
    with file.open("rb") as stream:
        count = 0
        only: tuple[bytes, tuple[str, ...]] | None = None
        for content in messages(stream):
            count += 1
            if content is None or content.count(b"\n--") > _MOST_MARKS:
                yield NotAttached(
                    name=file.name, why=translated("holds a mail that is too large or has too many parts: number {count}", count=count)
                )
                continue
            try:
                mail = BytesParser(policy=policy.default).parsebytes(content)
                named, found = _mail_numbers(mail), list(_invoices(mail))
            except _UNREADABLE:
                yield NotAttached(name=file.name, why=translated("holds a mail that cannot be read: number {count}", count=count))
                continue
            for name, part in found:
                yield PossibleReceipt(name=name, content=part, numbers=numbers_in(name, part) or named)
            only = (content, named) if not found else None
    if whole and count == 1 and only is not None:
        yield PossibleReceipt(name=file.name, content=only[0], numbers=only[1], path=file)


def _invoices(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in mail.iter_attachments():
        name = file_name(clean_text((part.get_filename() or "").replace("/", " ").replace("\\", " ")).strip())
        content = part.get_payload(decode=True)
        if _ending(name) in _INVOICE_ENDINGS and isinstance(content, bytes) and 0 < len(content) <= LARGEST:
            yield name, content


def _mail_numbers(mail: EmailMessage) -> tuple[str, ...]:
    texts = [str(mail["Subject"] or "")]
    body = mail.get_body(("plain", "html"))
    if isinstance(body, EmailMessage):
        texts.append(str(body.get_content())[:_MOST_TEXT])
    return _numbers(" ".join(texts))


def numbers_in(name: str, content: bytes) -> tuple[str, ...]:
    """Return the order numbers in the name of a file, else those in its text; images have no text."""
    found = _numbers(name)
    if found:
        return found
    ending = _ending(name)
    if content.startswith(b"%PDF-") or ending == "pdf":
        return _numbers(_pdf_text(content))
    if ending in ("html", "htm", "txt", "xml"):
        return _numbers(content[:_MOST_TEXT].decode("utf-8", "replace"))
    return ()


def _pdf_text(content: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415  # slow to import
    from pypdf.errors import PyPdfError  # noqa: PLC0415  # slow to import

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return ""
        pages = (page.extract_text() for _, page in zip(range(_MOST_PAGES), reader.pages, strict=False))
        return "\n".join(pages)[:_MOST_TEXT]
    except (PyPdfError, *_UNREADABLE):
        return ""


def _numbers(text: str) -> tuple[str, ...]:
    found = (match.upper() if match[3:4] == "-" else match for match in NUMBER.findall(text))
    return tuple(dict.fromkeys(number for number in found if not number.startswith("000-")))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
