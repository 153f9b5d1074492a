"""Saved pages in a folder or zip: each is a document of its own, as if it had been imported alone."""

import pytest

from assistant.services.imports import reread
from tests.amazon.markup import page
from tests.importers.export_files import retail_csv, retail_row, write_files
from tests.services.imports.test_quarantine import NUMBER, kept, order_page
from tests.services.visits.shop_pages import ORDERS

WRONG, LIST = page(order_page(total="$91.49")).encode(), page(ORDERS).encode()
EXPORT = retail_csv([retail_row({"Order ID": "302-7654321-1234567"})])


@pytest.fixture
def me(services):
    services.accounts.add("Personal", "personal", key="per")
    return services


def brought(results):
    return [(result.name, result.kind, result.state, result.new, len(result.held)) for result in results]


@pytest.mark.parametrize("name", ["pages", "pages.zip"])
def test_each_page_is_its_own_document_with_kind_quarantine_and_kept_page(me, tmp_path, monkeypatch, name):
    files = {"Order History.csv": EXPORT, "list.html": LIST, "old/order.html": WRONG, "old/other.html": b"<html><p>Hello</p></html>"}
    results = me.imports.take_paths([write_files(tmp_path / name, files)], account="per")
    assert brought(results) == [
        (name, "privacy_zip", "read", 1, 0),
        ("list.html", "order_list", "read", 1, 0),
        ("old/order.html", "order_details", "read", 0, 1),
        ("old/other.html", "other", "failed", 0, 0),
    ]
    assert [result.id for result in me.imports.imports().items] == [result.id for result in reversed(results)]
    assert [entry.number for entry in me.quarantine.all()] == [NUMBER]
    assert len(kept(me)) == 1
    monkeypatch.setattr(reread, "reader_version", lambda: "newer")
    assert [again.name for again in me.rereads.all()] == ["old/order.html"]


def test_a_single_page_gives_the_same_document_as_in_a_folder(me, tmp_path):
    (inside,) = me.imports.take_paths([write_files(tmp_path / "pages", {"order.html": WRONG})], account="per")
    (alone,) = me.imports.take_paths([tmp_path / "pages" / "order.html"], account="per")
    uploaded = me.imports.take_bytes("order.html", WRONG, account="per")
    assert inside.id == alone.id == uploaded.id
    assert (alone.new, alone.changed, alone.same) == (0, 0, 1)


def test_files_saved_beside_a_page_are_not_pages(me, tmp_path):
    advert = b"<html><p>Buy now</p></html>"
    files = {"Your Orders.html": LIST, "Your Orders_files/ad.html": advert, "Your Orders-Dateien/deep/x.html": advert, "notes.txt": b"mine"}
    (result,) = me.imports.take_paths([write_files(tmp_path / "pages", files)], account="per")
    assert brought([result]) == [("Your Orders.html", "order_list", "read", 1, 0)]


def test_an_upload_of_many_pages_reports_them_all(me, tmp_path):
    archive = write_files(tmp_path / "pages.zip", {"a.html": LIST, "b.html": WRONG, "c.html": b"<html>Hello</html>", "x.csv": EXPORT})
    result = me.imports.take_bytes("pages.zip", archive.read_bytes(), account="per")
    assert (result.state, result.new, [entry.number for entry in result.held]) == ("read", 2, [NUMBER])
    assert "unknown-page" in [problem.code for problem in result.problems]
