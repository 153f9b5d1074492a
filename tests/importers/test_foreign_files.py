"""A file that is no export of Amazon is named, so that its owner knows where it belongs."""

import pytest

from assistant.importers.reading import read_bytes

FILES = {
    "bill.pdf": (b"%PDF-1.7 ...", "This is a PDF."),
    "photo.png": (b"\x89PNG\r\n", "This is a picture."),
    "photo.heic": (b"\0\0\0\x18ftypheic", "This is a picture."),
    "letter.odt": (b"text", "This is a document of an office program."),
    "card.ofx": (b"OFXHEADER:100\n<OFX></OFX>", "This looks like a statement of a bank or card."),
    "card.qif": (b"!Type:Bank\nD2026-03-02\n", "This looks like a statement of a bank or card."),
    "bank.csv": (b"Date,Description,Amount\n2026-11-02,AMZN Mktp US,-12.30\n", "This looks like a statement of a bank or card."),
    "days.csv": (b"Date,Amount,Description\n03/04/2026,5.00,a\n04/03/2026,6.00,b\n", "This looks like a statement of a bank or card."),
    "people.csv": (b"Name,Street,Town\nKim,Elm,Salem\n", "This is a table with the columns Name, Street, Town."),
    "odd.csv": (b"Na\x1bme,Str\xe2\x80\xaeeet,Town\nKim,Elm,Salem\n", "This is a table with the columns Name, Street, Town."),
    "notes.txt": (b"milk, bread and more", "The file is not an Amazon export that Shopper can read."),
    "nothing.csv": (b"", "The file is empty."),
}


@pytest.mark.parametrize("name", FILES)
def test_a_foreign_file_is_named_and_holds_no_orders(name):
    content, said = FILES[name]
    found = read_bytes(name, content)
    assert found.orders == ()
    assert [(problem.code, problem.text.startswith(said)) for problem in found.problems] == [("unknown-format", True)], found.problems


def test_a_long_table_is_told_from_its_beginning():
    rows = b"".join(b"Kim %d,Elm,Salem\n" % number for number in range(20_000))
    found = read_bytes("people.csv", b"Name,Street,Town\n" + rows)
    assert "Name, Street, Town" in found.problems[0].text
