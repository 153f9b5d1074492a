"""Hostile and broken mails: each is read or skipped quickly, other mails are unaffected, and its text is made harmless."""

import time

import pytest

from assistant.importers.reading import read_bytes
from tests.importers.mail_files import ENGLISH, NUMBER, html_of, item, mail, mbox, rows

GOOD = mail(ENGLISH, "shipment", number="302-0000009-0000009")
HEAD = b"From: auto-confirm@amazon.com\nSubject: Ordered: x\nMIME-Version: 1.0\n"
BODY = f"Order # {NUMBER}\nGrand Total: $5.00\n".encode()
NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(1000))

HOSTILE = {
    "a hundred thousand header lines": b"".join(b"X-%d: y\n" % number for number in range(100_000)) + HEAD + b"\n" + BODY,
    "a From line of a megabyte": b"Subject: x\nFrom: " + b"a@b," * 250_000 + b"\n\namazon",
    "a subject of a megabyte": HEAD.replace(b"x\n", b"=?utf-8?q?a?= " * 80_000 + b"\n") + b"\n" + BODY,
    "parts nested a thousand deep": HEAD + NESTED + b"Content-Type: text/plain\n\n" + BODY,
    "mails nested three thousand deep": HEAD + b"Content-Type: message/rfc822\n\n" * 3000 + BODY,
    "a hundred thousand parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 100_000,
    "one endless line": HEAD + b"\n" + b"1 " * 2_000_000,
    "a quarter million numbers": HEAD + b"\n" + b"302-0000001-0000001 $1.00\n" * 250_000,
    "tags without end": HEAD + b"Content-Type: text/html\n\n" + b"<a " * 150_000,
    "elements nested a hundred thousand deep": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 100_000 + BODY,
    "a slow charset": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 400_000,
    "nothing but zeros": HEAD + b"\n" + b"\0" * 100_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_does_not_affect_the_next_mail(content):
    started = time.process_time()
    found = read_bytes("Inbox", mbox(content, GOOD))
    assert time.process_time() - started < 5
    assert "302-0000009-0000009" in {order.number for order in found.orders}
    assert all(len(problem.text) < 300 for problem in found.problems)


@pytest.mark.parametrize(
    "line",
    [b"Date: Thu, 99 Foo 0000 99:99:99", b"Date: ", b"Date: Thu, 06 Mar 99999 10:30:00 +9999", b"Date: \xff\xfe", b"Date: 1"],
)
def test_an_invalid_date_leaves_the_day_open(line):
    raw = mail().as_bytes().replace(b"Date: Thu, 06 Mar 2025 10:30:00 +0000", line)
    found = read_bytes("letter.eml", raw)
    assert (found.orders[0].placed_on, found.orders[0].total.decimal) == (None, "25.00")


@pytest.mark.parametrize("charset", ["x-unknown", "utf-8", "", "zip", "punycode", "'; drop", "utf-16", "iso-2022-jp"])
def test_a_wrong_charset_never_changes_the_order_number(charset):
    raw = mail(ENGLISH, html=html_of(ENGLISH, rows(ENGLISH, "order", items=item(ENGLISH, "Mug")))).as_bytes()
    found = read_bytes("letter.eml", raw.replace(b'charset="utf-8"', f'charset="{charset}"'.encode()))
    assert [order.number for order in found.orders] == [NUMBER]


def test_eight_bit_headers_and_lone_surrogates_are_read():
    raw = mail(ENGLISH, "delivery", html=f"<p>Order # {NUMBER}</p><p>Rob\udced in</p>".replace("\udced", "?")).as_bytes()
    content = raw.replace(b"Subject: Delivered", "Subject: Delivered: „Tasse ü“ x".encode("latin-1", "replace")).replace(
        b"Rob?", b"Rob\xed\xa0\x80"
    )
    assert read_bytes("letter.eml", content).orders[0].number == NUMBER


def test_control_and_bidi_signs_never_reach_what_is_shown():
    title = "\x1b[31mred\x07 \u202emug\u2066 here"
    body = html_of(ENGLISH, rows(ENGLISH, "delivery", items=item(ENGLISH, title)))
    raw = (
        mail(ENGLISH, "delivery", html=body).as_bytes().replace(b"Subject: Delivered", b"Subject: =?utf-8?q?=1b=5b31m=e2=80=ae?= Delivered")
    )
    order = read_bytes("letter.eml", raw).orders[0]
    shown = "".join(str(value) for value in (order.items[0].title, order.shipments[0].status))
    assert not set(shown) & set("\x1b\x07\u202e\u2066")


def test_an_injected_header_is_ignored():
    raw = mail(subject="x").as_bytes().replace(b"Subject: x", b"Subject: =?utf-8?q?x=0d=0aFrom:_auto-confirm=40amazon.com=0d=0a?=")
    forged = raw.replace(b"Amazon <auto-confirm@amazon.com>", b"x@evil.test")
    assert read_bytes("letter.eml", forged).orders == ()


@pytest.mark.parametrize("damage", [b"", b"\n", b"From: \n", b"From: a@amazon.com", b"From: a@amazon.com\n\n", b"\xff" * 500])
def test_a_file_that_only_looks_like_a_mail_is_one_problem(damage):
    found = read_bytes("letter.eml", damage)
    assert found.orders == ()
    assert len(found.problems) == 1
