"""The programs that exports are made for read them without errors, and their sums are those of the books."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from assistant.exports import EXPORTERS
from assistant.exports.taxes.exhibits import Exhibit, bound
from tests.exports.entries import entries, in_one_currency, written
from tests.exports.sums import business_sums
from tests.exports.taxes.receipt_files import pdf
from tests.exports.taxes.receipt_files import written as binary
from tests.exports.taxes.test_exhibits import NOT_SHOWN, SHOWN

# Workbooks from elsewhere are computed again when they are opened, as LibreOffice offers to do.
RECOMPUTE = (
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)
TOOLS = Path(__file__).parents[2] / ".venv" / "tools" / "bin"
INSTALL = "run `make export-tools`"


def program(name):
    # Another Python than that of the tools lacks their libraries.
    found = TOOLS / name if (TOOLS / name).is_file() else None if name == "python" else shutil.which(name)
    # CI installs all of them, so a missing one is an error there.
    assert found or "CI" not in os.environ, f"{name} is not installed: {INSTALL}"
    return str(found) if found else pytest.skip(f"{name} is not installed: {INSTALL}")


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


@pytest.fixture
def file(tmp_path):
    """Write both sets of entries, or one, in a format and return the file."""

    def write(name, found):
        (exporter,) = [each for each in EXPORTERS if each.name == name]
        path = tmp_path / f"books{exporter.suffix}"
        path.write_bytes(written(exporter, found))
        return path

    return write


def both():
    return sorted([*entries(), *in_one_currency("EUR")], key=lambda each: each.on)


def totals(lines):
    return {unit: Decimal(amount) for amount, unit in re.findall(r"(-?[\d.]+) ([A-Z]{3})", lines)}


def test_hledger_and_ledger_check_the_journal_and_agree_with_the_books(file):
    hledger, ledger = program("hledger"), program("ledger")
    journal = file("hledger", both())
    run(hledger, "-f", journal, "check")
    assert totals(run(hledger, "-f", journal, "bal", "Expenses:Business", "--depth", "1", "-N")) == business_sums(both())
    assert totals(run(ledger, "-f", journal, "bal", "^Expenses:Business", "--depth", "1", "-n")) == business_sums(both())
    assert totals(run(hledger, "-f", journal, "bal", "tag:account=biz", "Expenses:Business", "--depth", "1", "-N")) == business_sums(both())


def test_beancount_checks_the_file_and_agrees_with_the_books(file):
    python, path = program("python"), file("beancount", both())
    assert run(program("bean-check"), path) == ""
    script = (
        "import json, sys\nfrom collections import Counter\nfrom beancount import loader\nfrom beancount.core import data\n"
        "entries, errors, _ = loader.load_file(sys.argv[1])\nassert not errors, errors\nsums = Counter()\n"
        "for entry in data.filter_txns(entries):\n for posting in entry.postings:\n"
        "  if posting.account.startswith('Expenses:Business:'): sums[posting.units.currency] += posting.units.number\n"
        "print(json.dumps({unit: str(amount) for unit, amount in sums.items()}))"
    )
    found = json.loads(run(python, "-c", script, path))
    assert {unit: Decimal(amount) for unit, amount in found.items() if Decimal(amount)} == business_sums(both())


@pytest.mark.parametrize("name", ["ofx", "qfx", "qbo"])
def test_ofxtools_reads_the_statements_back(file, name):
    script = (
        "import json, sys\nfrom ofxtools.Parser import OFXTree\ntree = OFXTree()\ntree.parse(sys.argv[1])\nsums = {}\n"
        "assert len({found.account.acctid for found in tree.convert().statements}) == len(tree.convert().statements)\n"
        "for found in tree.convert().statements:\n"
        " sums[found.curdef] = str(-sum(each.trnamt for each in found.transactions))\n"
        " assert len({each.fitid for each in found.transactions}) == len(found.transactions)\n"
        " assert -found.ledgerbal.balamt == -sum(each.trnamt for each in found.transactions)\n"
        "bank = tree.convert().signonmsgsrsv1.sonrs.fi\n"
        "print(json.dumps([sums, None if bank is None else [bank.org, bank.fid]]))"
    )
    sums, bank = json.loads(run(program("python"), "-W", "ignore", "-c", script, file(name, both())))
    assert {unit: Decimal(amount) for unit, amount in sums.items()} == business_sums(both())
    assert bank == (None if name == "ofx" else ["WF", "3000"])


def test_quiffen_reads_the_register_with_its_splits_back(file):
    script = (
        "import json, sys\nfrom quiffen import Qif\nfound = Qif.parse(sys.argv[1], day_first=False)\n"
        "(account,) = found.accounts.values()\n"
        "listed = [each for group in account.transactions.values() for each in group]\n"
        "assert all(sum(part.amount for part in each.splits) == each.amount for each in listed if each.splits)\n"
        "print(json.dumps([str(-sum(each.amount for each in listed)), sum(len(each.splits) for each in listed)]))"
    )
    total, splits = json.loads(run(program("python"), "-c", script, file("qif", list(in_one_currency()))))
    assert {"USD": Decimal(total)} == business_sums(in_one_currency())
    assert splits == 2


def test_qpdf_and_pdftoppm_read_a_pack_with_every_kind_of_receipt_without_errors(tmp_path):
    qpdf, pdftoppm, path = program("qpdf"), program("pdftoppm"), tmp_path / "pack.pdf"
    files = [(name, content) for name, (content, *_) in {**SHOWN, **NOT_SHOWN}.items() if name != "rows.csv"]
    exhibits = [
        Exhibit(number=number, name=name, order=name, sha256="", content=content) for number, (name, content) in enumerate(files, 1)
    ]
    path.write_bytes(binary(bound(pdf("Front"), exhibits)))
    assert "No syntax or stream encoding errors" in run(qpdf, "--check", path)
    run(pdftoppm, "-r", "20", "-png", path, tmp_path / "page")
    pictures = sorted(tmp_path.glob("page-*.png"))
    assert len(pictures) == len(PdfReader(path).pages)
    assert all(min(Image.open(picture).convert("L").getextrema()) < 200 for picture in pictures)


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory):
    """Open files in LibreOffice, compute them again, and return the workbooks that it makes of them: with formulas and with values."""
    soffice, folder = program("soffice"), tmp_path_factory.mktemp("libreoffice")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECOMPUTE)

    def opened(*files, reading=()):
        profile = f"-env:UserInstallation={settings.parents[1].as_uri()}"
        command = [soffice, profile, "--headless", *reading, "--convert-to", "xlsx", "--outdir", folder, *files]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        saved = [folder / f"{file.stem}.xlsx" for file in files]
        return [(openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)) for path in saved]

    return opened


def formulas(book):
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def exactly(number):
    return Decimal(str(number)).quantize(Decimal("0.01"))


def test_libreoffice_opens_the_workbook_and_its_own_sums_are_those_of_the_books(libreoffice, file):
    found = sorted([*both(), *in_one_currency("JPY")], key=lambda each: each.on)
    ((written_in, seen),) = libreoffice(file("xlsx", found))
    assert seen.sheetnames == ["Summary", "Entries", "Refunds", "Assets", "Receipts index", "Open questions"]
    summary = [row for row in seen["Summary"].iter_rows(min_row=5, max_col=3, values_only=True) if row[1]]
    totals = {unit: exactly(amount) for name, unit, amount in summary if name == "All categories"}
    assert {unit: amount for unit, amount in totals.items() if amount} == business_sums(found)
    assert len(formulas(written_in)) == len(summary)
    assert all(formula.startswith("=SUMIFS(") for formula in formulas(written_in))
    titles = {row[3] for row in seen["Entries"].iter_rows(min_row=2, values_only=True)}
    assert titles >= {'Bürobedarf "万年筆", ＝1+1', '=HYPERLINK("x")'}
    assert not [cell.value for sheet in seen for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]


def test_libreoffice_opens_the_accountant_csv_with_and_without_a_byte_order_mark(libreoffice, tmp_path):
    (exporter,) = [each for each in EXPORTERS if each.name == "accountant-csv"]
    files = [tmp_path / name for name in ("plain.csv", "marked.csv")]
    for path, marked in zip(files, (False, True), strict=True):
        path.write_bytes(written(exporter, both(), byte_order_mark=marked))
    # What a person answers to LibreOffice's questions: commas, quotes, UTF-8, from the first line on.
    for written_in, seen in libreoffice(*files, reading=["--infilter=Text - txt - csv (StarCalc):44,34,76,1"]):
        header, *rows = seen.active.iter_rows(values_only=True)
        sums = Counter()
        for row in rows:
            sums[row[header.index("currency")]] += exactly(row[header.index("deductible")])
        assert {unit: amount for unit, amount in sums.items() if amount} == business_sums(both())
        assert {row[header.index("description")] for row in rows} >= {'Bürobedarf "万年筆", ＝1+1', '\'=HYPERLINK("x")'}
        assert formulas(written_in) == []
