"""Receipts: several per order, identified by hash, found again after a move, kept after a new import, and all in the pack."""

import csv
import io
import zipfile
from datetime import date

import pytest

from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.filters import Filter
from assistant.domain.taxes.evidence import PurposeScope
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.questions import EVIDENCE, TaxQuestionCode
from assistant.domain.taxes.receipts import ReceiptState
from assistant.storage.sqlite import sqlite_module
from tests.exports.taxes.receipt_files import encrypted, pdf

FORM, NUMBER = FormRef.of("schedule-c"), "112-0000002-0000001"


@pytest.fixture
def invoices(tmp_path):
    files = [tmp_path / "invoice-1.pdf", tmp_path / "credit note.pdf"]
    for file in files:
        file.write_bytes(pdf(file.name))
    return files


def pack(services, number=None):
    stream = io.BytesIO()
    if number is None:
        services.tax_packs.export(FORM, "2025", stream)
    else:
        services.tax_packs.export_again(FORM, "2025", number, stream)
    return stream.getvalue()


def states(services):
    return [each.state for each in services.receipts.all()]


def test_receipts_stay_through_a_new_import_and_are_found_by_hash_when_they_moved(studio, invoices, exported, purchase, tmp_path):
    studio.receipts.add("studio", NUMBER, invoices)
    studio.receipts.add("studio", NUMBER, invoices[:1], item=1)
    assert states(studio) == [ReceiptState.THERE] * 3
    newer = exported("newer", purchase(1, date(2024, 5, 1)), purchase(2, date(2025, 5, 1)), purchase(5, date(2025, 8, 1)))
    studio.imports.take_paths([newer], account="studio")
    assert len(studio.receipts.all()) == 3
    (tmp_path / "elsewhere").mkdir()
    invoices[0].rename(tmp_path / "elsewhere" / "renamed.pdf")
    invoices[1].write_bytes(b"changed")
    assert set(states(studio)) == {ReceiptState.GONE, ReceiptState.CHANGED}
    assert [receipt.path.name for receipt in studio.receipts.find(tmp_path / "elsewhere")] == ["renamed.pdf"]
    assert sorted(states(studio)) == [ReceiptState.CHANGED, ReceiptState.THERE, ReceiptState.THERE]


def test_missing_evidence_is_asked_for_by_amount_until_it_is_complete(studio, invoices):
    def open_evidence():
        found = [question for question in studio.taxes.questions(FORM, "2025") if question.code in EVIDENCE]
        return [(question.code.value, question.amount.decimal, question.number) for question in found]

    assert open_evidence() == [
        ("missing_purpose", "20.00", None),
        ("missing_receipt", "20.00", NUMBER),
        ("missing_purpose", "15.00", None),
        ("missing_receipt", "15.00", "112-0000003-0000001"),
    ]
    studio.receipts.add("studio", NUMBER, invoices)
    studio.receipts.remember_purpose("books", "reference for courses")
    assert open_evidence() == [("missing_purpose", "20.00", None), ("missing_receipt", "15.00", "112-0000003-0000001")]


def test_a_pack_contains_every_receipt_or_is_not_written(studio, invoices):
    studio.receipts.add("studio", NUMBER, invoices)
    studio.receipts.remember_purpose("Office", "paper for client drafts")
    first = pack(studio)
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        rows = list(csv.DictReader(io.StringIO(opened.read("receipts.csv").decode())))
        assert {opened.read(row["file"]) for row in rows} == {file.read_bytes() for file in invoices}
        assert "paper for client drafts" in opened.read("line-entries.csv").decode()
    assert pack(studio, 1) == first
    invoices[1].unlink()
    (lost,) = [each for each in studio.taxes.questions(FORM, "2025") if each.code is TaxQuestionCode.RECEIPT_LOST]
    assert "credit note" in lost.text
    for number in (None, 1):
        with pytest.raises(Conflict, match="credit note"):
            pack(studio, number)
    assert studio.taxes.show(FORM, "2025").export == 1


def test_a_file_that_is_not_a_receipt_is_refused_and_attaching_can_be_undone(studio, invoices, tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.touch()
    for wrong in (empty, tmp_path, tmp_path / "missing.pdf"):
        with pytest.raises(InvalidInput, match=wrong.name):
            studio.receipts.add("studio", NUMBER, [invoices[0], wrong])
    with pytest.raises(NotFound, match="item 2"):
        studio.receipts.add("studio", NUMBER, invoices, item=2)
    assert studio.receipts.all() == []
    (attached,) = studio.receipts.add("studio", NUMBER, invoices[:1])
    studio.receipts.remove(NUMBER, attached.sha256[:10])
    assert studio.receipts.all() == []
    studio.journal.undo()
    assert states(studio) == [ReceiptState.THERE]
    with pytest.raises(NotFound, match="ffff"):
        studio.receipts.remove(NUMBER, "ffff")


def test_a_receipt_that_cannot_be_shown_is_named_in_the_questions_and_kept_in_the_pack(studio, tmp_path):
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(encrypted(pdf("Secret"), "password"))
    studio.receipts.add("studio", NUMBER, [secret])
    (found,) = [each for each in studio.taxes.questions(FORM, "2025") if each.code is TaxQuestionCode.RECEIPT_UNREADABLE]
    assert "secret.pdf is encrypted" in found.text
    with zipfile.ZipFile(io.BytesIO(pack(studio))) as opened:
        assert secret.read_bytes() in [opened.read(name) for name in opened.namelist()]


def test_a_purpose_of_an_order_overrides_the_purpose_of_its_category(studio):
    def purposes():
        with zipfile.ZipFile(io.BytesIO(pack(studio))) as opened:
            rows = list(csv.DictReader(io.StringIO(opened.read("evidence.csv").decode())))
        return {row["order_id"]: (row["purpose"], "business_purpose" in row["missing"]) for row in rows}

    assert {purpose for purpose, _ in purposes().values()} == {""}
    studio.receipts.remember_purpose("office", "paper")
    studio.receipts.remember_purpose("112-0000003-0000001", "for one course", PurposeScope.ORDER)
    assert purposes() == {NUMBER: ("paper", False), "112-0000003-0000001": ("for one course", False)}
    studio.receipts.remember_purpose(NUMBER, "posters", PurposeScope.ORDER)
    assert purposes()[NUMBER] == ("posters", False)


def test_a_backup_contains_the_copies_of_receipts_and_a_lost_file_is_found_among_them(studio, invoices, tmp_path):
    studio.receipts.add("studio", NUMBER, invoices)
    copies = sorted(studio.home.joinpath("receipts").iterdir())
    assert {copy.read_bytes() for copy in copies} == {file.read_bytes() for file in invoices}
    assert {copy.stat().st_mode & 0o777 for copy in copies} == {0o600}
    studio.backups.back_up(tmp_path / "copy.sqlite")
    packed = sqlite_module().connect(tmp_path / "copy.sqlite")
    tables = [name for (name,) in packed.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%receipt%'")]
    packed.close()
    assert len(tables) == 3
    invoices[0].unlink()
    assert set(states(studio)) == {ReceiptState.GONE, ReceiptState.THERE}
    assert [receipt.name for receipt in studio.receipts.find()] == ["invoice-1.pdf"]
    assert set(states(studio)) == {ReceiptState.THERE}


@pytest.mark.parametrize("name", ["a\0b.pdf", "x" * 300 + ".pdf"])
def test_a_name_that_no_file_can_have_is_refused_with_a_sentence(studio, name, tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        studio.receipts.add("studio", NUMBER, [tmp_path / name])
    with pytest.raises(InvalidInput, match="neither a file nor a folder"):
        studio.receipt_sources.collect([tmp_path / name])


def test_an_order_that_two_accounts_hold_is_one_order_whichever_of_them_got_the_receipt(studio, exported, purchase, invoices):
    studio.imports.take_paths([exported("again", purchase(2, date(2025, 5, 1)))], account="shop")
    for account, file in zip(("studio", "shop"), invoices, strict=True):
        studio.receipts.add(account, NUMBER, [file])
    stream = io.BytesIO()
    studio.exports.write("accountant-csv", Filter(since=date(2025, 1, 1)), stream)
    rows = [row for row in csv.DictReader(io.StringIO(stream.getvalue().decode())) if row["order_id"] == NUMBER]
    assert [(row["account"], set(row["receipt_file"].split("; "))) for row in rows] == [("studio", {file.name for file in invoices})]
    assert NUMBER not in {each.number for each in studio.receipts.count(Filter()).missing}
