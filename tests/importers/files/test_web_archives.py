"""A page saved as a web archive gives the same as the page saved as HTML."""

import base64
import plistlib
import quopri

import pytest

from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_bytes, read_path
from tests.amazon.markup import card, delivery, head_entry, item, page
from tests.importers.export_files import write_files
from tests.importers.mail_files import mail

ADDRESS = "https://www.amazon.co.uk/your-orders/orders?timeFilter=year-2025"
CARD = card(
    head_entry("Order placed", "3 March 2025"),
    head_entry("Total", "£20.25"),
    body=delivery("Delivered 5 March", item(title="Café mug – “wide”")),
)
PAGE = page(CARD, lang="en-gb", mid="")
PLAIN = read_bytes("orders.html", PAGE.encode(), ADDRESS)
CODINGS = {
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
    "8bit": lambda content: content,
    "binary": lambda content: content,
}


def part(kind: str, content: bytes, coding: str = "binary", address: str = "") -> bytes:
    where = f"Content-Location: {address}\r\n" if address else ""
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n{where}\r\n".encode() + CODINGS[coding](content)


def mhtml(*parts: bytes, saver: str = "<Saved by Blink>", address: str = ADDRESS) -> bytes:
    snapshot = f"Snapshot-Content-Location: {address}\r\n" if address else ""
    head = (
        f"From: {saver}\r\n{snapshot}Subject: Your Orders\r\nDate: Thu, 6 Mar 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--x----"\r\n\r\n\r\n'
    )
    return head.encode() + b"".join(b"------Part--x----\r\n" + each + b"\r\n" for each in parts) + b"------Part--x------\r\n"


def safari(content: bytes, form: plistlib.PlistFormat) -> bytes:
    main = {
        "WebResourceData": content,
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": ADDRESS,
        "WebResourceMIMEType": "text/html",
    }
    return plistlib.dumps({"WebMainResource": main}, fmt=form)


def same(found):
    return (found.source.kind, found.source.marketplace, found.orders, found.problems) == (
        SourceKind.ORDER_LIST,
        "amazon.co.uk",
        PLAIN.orders,
        (),
    )


@pytest.mark.parametrize("coding", CODINGS)
def test_a_chrome_archive_gives_its_page(coding):
    kept = mhtml(part("text/html", PAGE.encode(), coding, ADDRESS), part("text/css", b".a{}"), part("text/html", b"<p>An advert</p>"))
    assert PLAIN.orders
    assert same(read_bytes("Your Orders.mhtml", kept))


def test_the_charset_of_the_archive_applies_to_its_page():
    kept = mhtml(
        part('text/html; charset="windows-1252"', PAGE.encode("cp1252"), "quoted-printable", ADDRESS),
        saver='"Saved by Explorer"',
        address="",
    )
    assert same(read_bytes("Your Orders.mht", kept))


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_safari_archive_gives_its_page(form):
    assert same(read_bytes("Your Orders.webarchive", safari(PAGE.encode(), form)))


def test_archives_in_a_folder_are_pages(tmp_path):
    archives = {"a.mhtml": mhtml(part("text/html", PAGE.encode())), "b.webarchive": safari(PAGE.encode(), plistlib.FMT_BINARY)}
    found = read_path(write_files(tmp_path / "pages", archives))
    assert [order.number for order in found.orders] == [PLAIN.orders[0].number]


@pytest.mark.parametrize(
    "content",
    [
        mhtml(part("image/gif", b"GIF89a")),
        mhtml()[:200],
        safari(PAGE.encode(), plistlib.FMT_BINARY)[:-40],
        plistlib.dumps({"WebMainResource": ["no page"]}, fmt=plistlib.FMT_BINARY),
        b"<?xml version='1.0'?><plist><dict><key>WebMainResource</key>",
    ],
)
def test_an_archive_without_a_page_is_a_problem_and_not_a_mail(content):
    found = read_bytes("page.mhtml", content)
    assert found.source.kind is SourceKind.OTHER
    assert found.problems


def test_a_mail_whose_sender_is_named_like_a_browser_is_a_mail():
    sent = mail(sender='"Saved by Grace" <robin@example.org>').as_bytes()
    assert read_bytes("letter.eml", sent).source.kind is SourceKind.EMAIL


@pytest.mark.parametrize("before", ["", '"token": "' + "x" * 9000 + '", '])
def test_a_saved_json_answer_of_amazon_is_recognised_wherever_its_rows_begin(before):
    found = read_bytes("page-2.json", f'{{{before}"displayResponse": {{"transactionsList": []}}}}'.encode())
    assert (found.source.kind, found.problems) == (SourceKind.TRANSACTIONS, ())
