"""Numbered packs: complete, with a manifest, and reproduced byte for byte after the books changed."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from pypdf import PdfReader

from assistant.domain.errors import NotFound
from assistant.domain.journal import Author, acting_as
from assistant.domain.languages.language import speaking
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.returns import next_number
from assistant.services.taxes.packs import PackFile
from tests.exports.taxes.receipt_files import encrypted, pdf

FORM = FormRef.of("schedule-c")


def packed(services, number=None):
    stream = io.BytesIO()
    if number is None:
        done = services.tax_packs.export(FORM, "2025", stream)
    else:
        done = services.tax_packs.export_again(FORM, "2025", number, stream)
    return done, stream.getvalue()


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_pack_contains_the_form_and_a_correct_manifest(studio):
    done, content = packed(studio)
    assert (done.number, done.questions) == (1, 5)
    with opened(content) as pack:
        manifest = json.loads(pack.read("manifest.json"))["files"]
        assert {name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist() if name != "manifest.json"} == {
            name: about["sha256"] for name, about in manifest.items()
        }
        form = json.loads(pack.read("form.json"))
        assert {line["line"]: line["amount"] for line in form["lines"]} == {"18": "20.00", "27b": "15.00"}
        assert form["export"] == 1
        assert "not tax advice" in pack.read("README.txt").decode()
        rows = list(csv.DictReader(io.StringIO(pack.read("line-entries.csv").decode())))
        assert [(row["line"], row["gross"]) for row in rows] == [("18", "20.00"), ("27b", "15.00")]
        assert len(list(csv.reader(io.StringIO(pack.read("entries.csv").decode())))) == 3


def test_an_earlier_export_is_reproduced_byte_for_byte(studio):
    _, first = packed(studio)
    studio.ledger.set_item("studio", "112-0000002-0000001", 0, category="books")
    again, second = packed(studio)
    assert again.number == 2
    assert (packed(studio, 1)[1], packed(studio, 2)[1]) == (first, second)
    assert first != second
    with pytest.raises(NotFound, match="3"):
        packed(studio, 3)


def test_a_correction_is_exported_under_its_own_number_with_its_differences(studio):
    _, first = packed(studio)
    with acting_as(Author(who="test", why="filed")):
        studio.taxes.lock(FORM, "2025")
    with acting_as(Author(who="test", why="it was a handbook")):
        studio.ledger.set_item("studio", "112-0000002-0000001", 0, category="books")
    assert studio.taxes.show(FORM, "2025").export == 2
    waiting = studio.taxes.exports(FORM, "2025")
    assert [(each.number, each.kind, each.why, len(each.differences), each.written) for each in waiting] == [
        (1, "export", "", 0, True),
        (2, "correction", "it was a handbook", 2, False),
    ]
    assert next_number(waiting) == 2
    done, content = packed(studio)
    assert done.number == 2
    assert next_number(studio.taxes.exports(FORM, "2025")) == 3
    with opened(content) as pack:
        changed = json.loads(pack.read("corrections.json"))
        assert "it was a handbook" in pack.read("README.txt").decode()
    assert [(each["before"], each["after"]) for each in changed] == [("20.00", "0.00"), ("15.00", "35.00")]
    assert packed(studio, 1)[1] == first
    assert packed(studio, 2)[1] == content


def test_a_locked_form_and_its_corrections_speak_the_language_of_the_reader(studio):
    studio.ledger.set_item("studio", "112-0000002-0000001", 0, category="toys")
    for reason in ("filed", "it was a handbook"):
        with acting_as(Author(who="test", why=reason)):
            if reason == "filed":
                studio.taxes.lock(FORM, "2025")
            else:
                studio.ledger.set_item("shop", "112-0000003-0000001", 0, category="advertising")
                studio.ledger.set_item("studio", "112-0000002-0000001", 0, category="grocery")
    for language, reason, line in (
        ("en", "category 'grocery' has no line", "line 8, Advertising"),
        ("de", "für die Kategorie „Lebensmittel“ gibt es keine Zeile", "Zeile 8, Advertising (Werbung)"),
    ):
        with speaking(language):
            (left,) = studio.taxes.show(FORM, "2025").left_out
            assert left.why == reason
            changed = [each.what for made in studio.taxes.exports(FORM, "2025") for each in made.differences]
            assert line in changed
            assert any(reason in what for what in changed), changed


def test_a_pack_that_cannot_be_written_uses_no_number(studio):
    class Full(io.BytesIO):
        def write(self, _content):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        studio.tax_packs.export(FORM, "2025", Full())
    assert studio.taxes.show(FORM, "2025").export is None
    assert packed(studio)[0].number == 1


@pytest.fixture
def evidence(studio, tmp_path):
    """Attach a receipt that belongs to both orders, one that cannot be shown, and a second page."""
    files = {
        "invoice.pdf": pdf("Invoice", pages=2),
        "secret.pdf": encrypted(pdf("Secret"), "password"),
        "領収書.txt": "万年筆 Größe".encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    studio.receipts.add("studio", "112-0000002-0000001", [tmp_path / name for name in files])
    studio.receipts.add("shop", "112-0000003-0000001", [tmp_path / "invoice.pdf"])
    studio.receipts.remember_purpose("office", "paper for client drafts")
    return studio


def pdf_pack(services, progress=lambda *_: None, number=None):
    stream = io.BytesIO()
    if number is None:
        services.tax_packs.export(FORM, "2025", stream, kind=PackFile.PDF, progress=progress)
    else:
        services.tax_packs.export_again(FORM, "2025", number, stream, kind=PackFile.PDF)
    return stream.getvalue()


def test_the_pdf_has_cover_lines_items_questions_and_each_receipt_as_an_exhibit(evidence):
    seen = []
    content = pdf_pack(evidence, lambda *counts: seen.append(counts))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    found = PdfReader(io.BytesIO(content))
    titles = [entry.title for entry in found.outline]
    assert titles[:4] == ["Lines", "Items", "Open questions", "Receipts"]
    assert sorted(title.partition(":")[0] for title in titles[4:]) == ["Exhibit 1", "Exhibit 2", "Exhibit 3"]
    text = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    for said in (
        "Number 1",
        "not tax advice",
        "Office expense",
        "20.00 USD",
        "paper for client drafts",
        "5/7",
        "encrypted",
        "Exhibit 3, page 1",
    ):
        assert said in text, said
    assert text.count("Invoice, page 2") == 1
    with opened(packed(evidence, 1)[1]) as pack:
        assert pack.read("pack.pdf") == content
    assert pdf_pack(evidence, number=1) == content


def test_a_pack_counts_its_files_and_is_written_as_its_readers_write_numbers_and_days(evidence):
    done, content = packed(evidence)
    with opened(content) as pack:
        assert done.files == len(pack.namelist())
    assert evidence.tax_packs.export_again(FORM, "2025", 1, io.BytesIO(), kind=PackFile.PDF).files == 1
    for language, amount, day in (("de", "20,00 USD", "01.01.2025"), ("ja", "20.00 USD", "2025/01/01")):
        with speaking(language):
            found = PdfReader(io.BytesIO(pdf_pack(evidence)))
        text = " ".join(page.extract_text() for page in found.pages)
        assert (amount in text, day in text) == (True, True), language


def test_a_cancelled_pack_uses_no_number(evidence):
    def cancel(done, _total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pdf_pack(evidence, cancel)
    assert evidence.taxes.show(FORM, "2025").export is None
    assert packed(evidence)[0].number == 1
