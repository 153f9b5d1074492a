"""Receipts as exhibits: PDFs, images, mails and text as pages with a stamp.

What cannot be shown as pages (encrypted, damaged, too many pages, another kind of file) gets a page that says so, and its file goes into
the PDF as an attachment, so nothing is lost.
"""

import email.policy
import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from selectolax.lexbor import LexborHTMLParser

from assistant.domain.languages.language import DEFAULT, speaking
from assistant.domain.languages.translating import translated
from assistant.domain.taxes.receipts import ReceiptProblem
from assistant.exports.pdf_text import HEADING, NORMAL, STAMP, paragraph, write_pages

_MOST_PAGES, _MOST_PIXELS = 300, 100_000_000
_LONGEST_SIDE, _QUALITY = 2600, 85
_MOST_TEXT, _MOST_LINES = 200_000, 2000
_MARGIN, _STAMP_WIDTH, _STAMP_HEIGHT = 36, 128, 16
_TEXT_ENDINGS = frozenset({"txt", "csv", "xml", "json", "md"})
_IMAGE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "tif", "tiff", "webp", "bmp"})
_UNREADABLE = (PyPdfError, OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, ArithmeticError)
"""Exceptions of libraries on damaged files: pypdf follows references without checking what they lead to."""

# The pack reports damage itself.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class NotShown(Exception):
    """A receipt that cannot be shown as pages."""

    def __init__(self, problem: ReceiptProblem) -> None:
        """Store the reason."""
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A receipt in a pack; `order` is the number of the order it belongs to."""

    number: int
    name: str
    order: str
    sha256: str
    content: bytes


def problem_of(name: str, content: bytes) -> ReceiptProblem | None:
    """Return why a receipt cannot be shown as pages, None if it can."""
    try:
        _stamped(_pages(name, content), "Exhibit")
    except NotShown as error:
        return error.problem
    return None


def bound(front: bytes, exhibits: Iterable[Exhibit]) -> PdfWriter:
    """Return a PDF of the front pages with the exhibits after them, ready to be written.

    The exhibits are labelled in the language of the front pages, so that an earlier pack is the same in any language of today.
    """
    writer = PdfWriter()
    pages = PdfReader(io.BytesIO(front))
    writer.append(pages, import_outline=True)
    language = str(pages.root_object.get("/Lang", DEFAULT))
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    with speaking(language):
        for exhibit in exhibits:
            _add_exhibit(writer, exhibit)
    return writer


def _add_exhibit(writer: PdfWriter, exhibit: Exhibit) -> None:
    """Add an exhibit with its bookmark."""
    label = translated("Exhibit {number}", number=exhibit.number)
    order = translated("order {number}", number=exhibit.order)
    try:
        content = _stamped(_pages(exhibit.name, exhibit.content), label)
    except NotShown as error:
        problem = translated(error.problem.said)
        said = translated("{name} {problem}. The file is attached to this PDF as it was received.", name=exhibit.name, problem=problem)
        content = _stamped(_text_pages(label, [order, said, f"SHA-256: {exhibit.sha256}"]), label)
        writer.add_attachment(f"exhibit-{exhibit.number}-{exhibit.name}", exhibit.content)
    first = len(writer.pages)
    writer.append(content, import_outline=False)
    writer.add_outline_item(title=f"{label}: {order}, {exhibit.name}", page_number=first)


def _stamped(pages: Iterable[PageObject], label: str) -> io.BytesIO:
    """Return pages as a PDF, with a label in the upper right corner of each. Raises NotShown."""
    try:
        own = PdfWriter()
        for place, source in enumerate(pages, 1):
            page = own.add_page(source)
            if page.rotation:
                page.transfer_rotation_to_content()
            for key in ("/AA", "/Annots"):
                # Scripts and links from outside do not belong in a pack.
                page.pop(key, None)
            page.merge_page(_stamp(page, translated("{title}, page {page}", title=label, page=place)))
        stream = io.BytesIO()
        own.write(stream)
    except _UNREADABLE as error:
        raise NotShown(ReceiptProblem.DAMAGED) from error
    return stream


def _stamp(page: PageObject, text: str) -> PageObject:
    box, stream = page.cropbox, io.BytesIO()
    canvas = Canvas(stream, pagesize=(float(box.right), float(box.top)), invariant=1)
    left, low = float(box.right) - _STAMP_WIDTH - 6, float(box.top) - _STAMP_HEIGHT - 6
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(left, low, _STAMP_WIDTH, _STAMP_HEIGHT, fill=1, stroke=1)
    canvas.setFillColorRGB(0, 0, 0)
    label = paragraph(text, STAMP)
    label.wrapOn(canvas, _STAMP_WIDTH, _STAMP_HEIGHT)
    label.drawOn(canvas, left, low + 3)
    canvas.save()
    return PdfReader(stream).pages[0]


def _pages(name: str, content: bytes) -> Iterator[PageObject]:
    """Yield a receipt as pages. Raises NotShown."""
    ending = name.rpartition(".")[2].lower()
    if content.startswith(b"%PDF-") or ending == "pdf":
        yield from _pdf_pages(content)
    elif ending in _IMAGE_ENDINGS:
        yield from _image_pages(content)
    elif ending in ("eml", "mail"):
        yield from _mail_pages(content)
    elif ending in _TEXT_ENDINGS:
        yield from _text_pages(name, content.decode("utf-8", "replace").splitlines())
    elif ending in ("html", "htm"):
        yield from _text_pages(name, _html_lines(content.decode("utf-8", "replace")))
    else:
        raise NotShown(ReceiptProblem.NO_PAGES)


def _pdf_pages(content: bytes) -> Iterator[PageObject]:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotShown(ReceiptProblem.ENCRYPTED)
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise NotShown(ReceiptProblem.TOO_LARGE)
        if not count:
            raise NotShown(ReceiptProblem.DAMAGED)
        yield from reader.pages
    except _UNREADABLE as error:
        raise NotShown(ReceiptProblem.DAMAGED) from error


def _image_pages(content: bytes) -> Iterator[PageObject]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS or getattr(image, "n_frames", 1) > _MOST_PAGES:
                raise NotShown(ReceiptProblem.TOO_LARGE)
            # An animated picture shows its first frame; a TIFF can have several pages.
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            for frame in range(frames):
                image.seek(frame)
                yield _image_page(image)
    except (*_UNREADABLE, Image.DecompressionBombError) as error:
        raise NotShown(ReceiptProblem.DAMAGED) from error


def _image_page(image: Image.Image) -> PageObject:
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    packed = io.BytesIO()
    upright.save(packed, "JPEG", quality=_QUALITY)
    packed.seek(0)
    width, height = (side - 2 * _MARGIN for side in A4)
    scale = min(width / upright.width, height / upright.height, 1)
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    shown = (upright.width * scale, upright.height * scale)
    canvas.drawImage(ImageReader(packed), _MARGIN, A4[1] - _MARGIN - shown[1], *shown)
    canvas.save()
    return PdfReader(stream).pages[0]


def _mail_pages(content: bytes) -> Iterator[PageObject]:
    try:
        mail = BytesParser(policy=email.policy.default).parsebytes(content)
        lines = [f"{name}: {mail[name]}" for name in ("From", "To", "Date", "Subject") if mail[name]]
        body = mail.get_body(("plain", "html"))
        text = str(body.get_content()) if isinstance(body, EmailMessage) else ""
        shown = _html_lines(text) if body is not None and body.get_content_subtype() == "html" else text.splitlines()
        parts = [(part.get_filename() or "attachment", part.get_content()) for part in mail.iter_attachments()]
    except (*_UNREADABLE, LookupError) as error:
        raise NotShown(ReceiptProblem.DAMAGED) from error
    if not lines and not text.strip():
        raise NotShown(ReceiptProblem.DAMAGED)
    yield from _text_pages("Mail", [*lines, "", *shown])
    for name, part in parts:
        if isinstance(part, bytes) and name.rpartition(".")[2].lower() in {"pdf", *_IMAGE_ENDINGS}:
            yield from _pages(name, part)


def _html_lines(text: str) -> list[str]:
    tree = LexborHTMLParser(text[:_MOST_TEXT])
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    return (tree.body.text(separator="\n", strip=True) if tree.body else "").splitlines()


def _text_pages(title: str, lines: Iterable[str]) -> Iterator[PageObject]:
    shown = "\n".join(lines)[:_MOST_TEXT].split("\n")[:_MOST_LINES]
    stream = io.BytesIO()
    write_pages(stream, [paragraph(title, HEADING), *(paragraph(line or " ", NORMAL) for line in shown)], title, lambda _: "")
    yield from PdfReader(stream).pages
