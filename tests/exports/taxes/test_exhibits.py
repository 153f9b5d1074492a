"""Receipts as exhibits of a pack: a file becomes pages, or is attached together with the reason why not."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from assistant.domain.languages.language import speaking
from assistant.domain.taxes.receipts import ReceiptProblem
from assistant.exports.pdf_text import markup, paragraph, write_pages
from assistant.exports.taxes.exhibits import Exhibit, bound, problem_of
from tests.exports.taxes.receipt_files import encrypted, image, mail, pdf, written

SHOWN = {
    "invoice.pdf": (pdf("Invoice", pages=2), 2, "Invoice, page 2"),
    "owner only.pdf": (encrypted(pdf("Protected"), ""), 1, "Protected"),
    "sideways.pdf": (pdf("Turned", rotate=90), 1, "Turned"),
    "scan.png": (image(), 1, ""),
    "scan.jpg": (image("JPEG"), 1, ""),
    "scan.tiff": (image("TIFF"), 1, ""),
    "mail.eml": (mail(attached=pdf("Credit note")), 2, "Größe XL"),
    "rows.csv": ("a,b\n1,Lüfter 万年筆\n".encode(), 1, "Lüfter"),
    "invoice.html": (b"<h1>Rechnung</h1><script>alert(1)</script>", 1, "Rechnung"),
}
NOT_SHOWN = {
    "secret.pdf": (encrypted(pdf("Secret"), "password"), ReceiptProblem.ENCRYPTED),
    "cut.pdf": (pdf("Cut")[:300], ReceiptProblem.DAMAGED),
    "words.pdf": (b"not a PDF at all", ReceiptProblem.DAMAGED),
    "broken.png": (image()[:60], ReceiptProblem.DAMAGED),
    "empty.eml": (b"\n\n", ReceiptProblem.DAMAGED),
    "long.pdf": (pdf("Long", pages=301), ReceiptProblem.TOO_LARGE),
    "sheet.ods": (b"PK\x03\x04", ReceiptProblem.NO_PAGES),
}


def made(*files):
    exhibits = [
        Exhibit(number=number, name=name, order=f"{number}", sha256="ab" * 32, content=content)
        for number, (name, content) in enumerate(files, 1)
    ]
    return PdfReader(io.BytesIO(written(bound(pdf("Front"), exhibits))))


@pytest.mark.parametrize("name", SHOWN)
def test_a_receipt_becomes_pages_with_a_stamp_and_a_bookmark(name):
    content, pages, text = SHOWN[name]
    assert problem_of(name, content) is None
    found = made((name, content), (name, content))
    assert len(found.pages) == 1 + 2 * pages
    shown = "\n".join(page.extract_text() for page in found.pages[1 : 1 + pages])
    assert text in shown
    assert "Exhibit 1, page 1" in shown
    assert "alert" not in shown
    assert [entry.title for entry in found.outline] == [f"Exhibit 1: order 1, {name}", f"Exhibit 2: order 2, {name}"]
    assert [found.get_destination_page_number(entry) for entry in found.outline] == [1, 1 + pages]


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_a_receipt_that_cannot_be_shown_is_attached_with_the_reason(name):
    content, problem = NOT_SHOWN[name]
    assert problem_of(name, content) is problem
    found = made(("good.pdf", pdf("Good")), (name, content))
    assert problem.said in found.pages[2].extract_text()
    assert found.attachments == {f"exhibit-2-{name}": [content]}


def test_scripts_and_links_of_a_receipt_do_not_get_into_the_pack():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Invoice"))))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hello')")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.add_annotation(0, Link(rect=(0, 0, 100, 100), url="https://tracker.example/"))
    content = written(writer)
    assert all(mark in content for mark in (b"/JavaScript", b"/URI", b"/Annots"))
    raw = written(bound(pdf("Front"), [Exhibit(number=1, name="a.pdf", order="1", sha256="", content=content)]))
    assert not any(mark in raw for mark in (b"/JavaScript", b"/URI", b"/Annots"))


def test_the_same_exhibits_make_the_same_bytes():
    exhibits = [Exhibit(number=1, name="a.png", order="1", sha256="", content=image())]
    assert written(bound(pdf("Front"), exhibits)) == written(bound(pdf("Front"), exhibits))


def test_exhibits_are_labelled_in_the_language_of_the_front_pages():
    front = io.BytesIO()
    with speaking("de"):
        write_pages(front, [paragraph("Deckblatt")], "Titel", lambda page: f"{page}")
    made = []
    for language in ("de", "ja", "en"):
        exhibits = [Exhibit(number=each, name="cut.pdf", order=f"{each}", sha256="ab", content=b"%PDF-1.4 cut") for each in (1, 2)]
        with speaking(language):
            made.append(written(bound(front.getvalue(), exhibits)))
    assert made[0] == made[1] == made[2]
    found = PdfReader(io.BytesIO(made[0]))
    assert "Beleg 2, Seite 1" in found.pages[2].extract_text()
    assert [entry.title for entry in found.outline] == ["Beleg 1: Bestellung 1, cut.pdf", "Beleg 2: Bestellung 2, cut.pdf"]


@pytest.mark.parametrize(
    "text",
    ["カードデータのページ", "「特価」【送料無料】〜ペン、ﾎﾟｽﾄｲﾄ・〒", "프린터 용지", "＝１＋１", "Größe – 5 €"],
)
def test_every_sign_of_a_title_has_a_font(text):
    assert "?" not in markup(text)
