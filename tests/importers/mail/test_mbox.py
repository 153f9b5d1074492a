"""Mailboxes: recognised by content, read as a stream, one order from all its mails."""

import re
import tracemalloc
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.money import Money
from assistant.domain.orders.order import OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.files import bundle
from assistant.importers.mail.mbox import MOST_MAIL
from assistant.importers.reading import read_bytes, read_path
from tests.importers.export_files import retail_csv, retail_row
from tests.importers.mail_files import BY_LANGUAGE, ENGLISH, NUMBER, SENT, item, mail, mbox, story

SECOND = "302-0000002-0000002"


def codes(found):
    return [problem.code for problem in found.problems]


def test_all_mails_about_an_order_give_one_order():
    found = read_bytes("Inbox", mbox(*story()))
    (order,) = found.orders
    assert (found.source.kind, found.source.layout) == (SourceKind.EMAIL, "several")
    assert [(bought.asin, bought.quantity) for bought in order.items] == [("B0EXAMPLE1", 2), ("B0EXAMPLE2", 1)]
    assert [(parcel.delivered_on, parcel.tracking, parcel.items) for parcel in order.shipments] == [
        (date(2025, 3, 5), "TBA000000000001", (0,)),
        (None, "TBA000000000002", (1,)),
    ]
    assert (order.status, order.placed_on, order.total) == (OrderStatus.SHIPPING, date(2025, 3, 2), Money(2500, "USD"))
    assert [(refund.amount.minor, refund.refunded_on) for refund in order.refunds] == [(1250, date(2025, 3, 15))]


def test_an_order_is_delivered_when_its_last_parcel_is():
    last = mail(ENGLISH, "delivery", sent=SENT + timedelta(hours=1), items=item(ENGLISH, "Green kettle, 1.7 l", "B0EXAMPLE2", 1))
    (order,) = read_bytes("Inbox", mbox(*story(), last)).orders
    assert (order.status, len(order.shipments)) == (OrderStatus.DELIVERED, 2)


def test_a_shortened_title_is_the_same_item():
    mails = [mail(), mail(ENGLISH, "delivery", items=item(ENGLISH, "Blue mug with...", "", 2))]
    (order,) = read_bytes("Inbox", mbox(*mails)).orders
    assert [bought.title for bought in order.items] == ["Blue mug with a lid"]


MAILS = [each.as_bytes() for each in (*story(), *story(SECOND, BY_LANGUAGE["de"]), mail(sender="shop@example.org", subject="News"))]
WHOLE = read_bytes("Inbox", mbox(*MAILS)).orders


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(MAILS), again=st.lists(st.sampled_from(MAILS), max_size=6))
def test_mails_in_any_sequence_and_repetition_give_the_same_orders(order, again):
    assert read_bytes("Inbox", mbox(*order, *again)).orders == WHOLE


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(0, len(mbox(*MAILS))), noise=st.binary(max_size=40))
def test_a_truncated_or_damaged_mailbox_never_raises(cut, noise):
    content = mbox(*MAILS)
    found = read_bytes("Inbox", content[:cut] + noise + content[cut + len(noise) :])
    assert all(re.fullmatch(r"[A-Z0-9]{3}-\d{7}-\d{7}", order.number) for order in found.orders)
    assert len(found.orders) <= len(MAILS)
    assert found.source.kind is SourceKind.EMAIL or cut < 400


@pytest.mark.parametrize("name", ["Inbox", "inbox.mbox", "archive.dat", "mails.txt"])
def test_a_mailbox_is_recognised_by_its_content(tmp_path, name):
    (tmp_path / name).write_bytes(mbox(*story()))
    assert read_path(tmp_path / name).source.kind is SourceKind.EMAIL


@pytest.mark.parametrize("name", ["mail", "mail.eml", "mail.txt"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\r\n"])
def test_a_single_mail_is_recognised_by_its_header(tmp_path, name, start):
    (tmp_path / name).write_bytes(start + mail().as_bytes())
    assert [order.number for order in read_path(tmp_path / name).orders] == [NUMBER]


def test_a_table_is_never_a_mail():
    found = read_bytes("mails.csv", b"From: x,To: y\n1,2\n")
    assert found.source.kind is SourceKind.OTHER


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_body_lines_that_start_with_from_do_not_split_a_mail(line_end):
    text = "Order # 302-0000001-0000001\n\nFrom here on it is yours.\n\nFrom Robin at 10:30 in 2025\n>From the desk\nGrand Total: $5.00\n"
    content = mbox(mail(text=text), mail(number=SECOND)).replace(b"\n", line_end)
    found = read_bytes("Inbox", content.replace(b"\nFrom Robin", b"\n>From Robin"))
    assert [(order.number, order.total.decimal) for order in found.orders] == [(NUMBER, "5.00"), (SECOND, "25.00")]


def test_a_maildir_is_read_without_unfinished_deliveries(tmp_path):
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "Mail" / folder).mkdir(parents=True)
    for place, message in enumerate(story()):
        (tmp_path / "Mail" / ("new" if place else "cur") / f"1700000{place}.M1P1.host:2,S").write_bytes(message.as_bytes())
    (tmp_path / "Mail" / "tmp" / "17000009.M1P1.host").write_bytes(mail(number=SECOND).as_bytes())
    found = read_path(tmp_path / "Mail")
    assert found.source.kind is SourceKind.EMAIL
    assert found.orders == read_bytes("Inbox", mbox(*story())).orders


def test_a_folder_of_mails_may_exceed_the_file_limit(tmp_path):
    for number in range(bundle.MOST_FILES + 5):
        (tmp_path / f"{number}.eml").write_bytes(mail(ENGLISH, "shipment", number=f"302-{number:07}-0000001").as_bytes())
    found = read_path(tmp_path)
    assert (found.source.kind, len(found.orders), found.problems) == (SourceKind.EMAIL, bundle.MOST_FILES + 5, ())


def test_mails_fill_the_gaps_of_an_export(tmp_path):
    (tmp_path / "orders.csv").write_bytes(retail_csv([retail_row({"Order ID": NUMBER})]))
    (tmp_path / "mails.mbox").write_bytes(mbox(*story()))
    found = read_path(tmp_path)
    assert found.source.kind is SourceKind.PRIVACY_ZIP
    (order,) = found.orders
    assert (order.total.decimal, [refund.amount.decimal for refund in order.refunds]) == ("11.90", ["12.50"])


def test_a_mailbox_in_a_zip_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "mail.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/Mail/All.mbox", mbox(*story()))
    found = read_path(tmp_path / "mail.zip")
    assert (found.source.kind, [order.number for order in found.orders]) == (SourceKind.EMAIL, [NUMBER])


def test_a_mailbox_beyond_the_limit_is_one_problem(tmp_path, monkeypatch):
    (tmp_path / "Inbox").write_bytes(mbox(*story()))
    monkeypatch.setattr(bundle.Bundle, "__init__", _small(bundle.Bundle.__init__))
    found = read_path(tmp_path / "Inbox")
    assert (found.orders, codes(found)) == ((), ["too-large"])


def _small(init):
    return lambda self, name: init(self, name, room=1000)


def test_thousands_of_mails_are_streamed(tmp_path):
    file = tmp_path / "Inbox"
    other = mail(sender="shop@example.org", text="x " * 20_000)
    with file.open("wb") as stream:
        for number in range(300):
            stream.write(mbox(*story(f"302-{number:07}-0000001")[:2], other))
    tracemalloc.start()
    found = read_path(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.orders) == 300
    assert peak < file.stat().st_size / 2


def test_an_oversized_mail_is_skipped_and_the_next_one_is_read():
    huge = mail().as_bytes() + b"x" * MOST_MAIL
    found = read_bytes("Inbox", mbox(huge, mail(ENGLISH, "shipment", number=SECOND)))
    assert ([order.number for order in found.orders], codes(found)) == ([SECOND], ["too-large"])


def test_a_folder_beyond_the_search_limit_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "_MOST_LOOKED_AT", 3)
    for number in range(4):
        (tmp_path / f"{number}.eml").write_bytes(mail(ENGLISH, "shipment", number=f"302-{number:07}-0000001").as_bytes())
    found = read_path(tmp_path)
    assert (len(found.orders), codes(found)) == (3, ["too-many-files"])
