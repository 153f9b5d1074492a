"""The table of page kinds, what an address says, and the extension's copy of the table."""

import json
from pathlib import Path

import pytest

from assistant.amazon.layouts.readers import CONTENT_READERS, FACT_READERS
from assistant.amazon.page_kinds import page_kind, page_table
from assistant.domain.pages.kinds import PAGE_KINDS, SourceKind
from tests.write_page_kinds import TARGET, script

ADDRESSES: dict[str, str] = json.loads((Path(__file__).parents[1] / "golden" / "page-addresses.json").read_text("utf-8"))
"""tests/extension/page-kinds.test.js checks the extension's copy of the table with the same addresses."""


@pytest.mark.parametrize(("path", "kind"), ADDRESSES.items())
@pytest.mark.parametrize("host", ["www.amazon.de", "www.amazon.co.jp"])
def test_an_address_gives_its_page_kind(host, path, kind):
    assert page_kind(f"https://{host}{path}") is SourceKind(kind)


def test_every_page_kind_has_a_sample_address():
    assert set(ADDRESSES.values()) == {kind.value for kind in PAGE_KINDS}


def test_the_extension_has_the_current_table():
    assert TARGET.read_text("utf-8") == script(), "Run `make page-kinds`."


def test_every_reader_in_the_table_exists_and_every_reader_is_used():
    named = {kind.reader for kind in page_table().kinds.values()} - {None}
    assert named == {*CONTENT_READERS, *FACT_READERS}
    assert not CONTENT_READERS.keys() & FACT_READERS.keys()


def test_every_kind_with_a_reader_is_sent_by_the_extension():
    sent = {entry.kind for entry in page_table().addresses if entry.parts}
    read = {kind.kind for kind in page_table().kinds.values() if kind.reader not in (None, "nothing")}
    assert read <= sent


def test_actions_refer_to_page_kinds_that_have_addresses():
    assert {kind for action in page_table().actions for kind in action.pages} <= page_table().kinds.keys()


@pytest.mark.parametrize("host", ["amazon.com.evil.tld", "shop.example", "www.amazon.xyz"])
def test_pages_of_other_hosts_are_never_amazon_pages(host):
    assert page_kind(f"https://{host}/gp/cart/view.html") is SourceKind.OTHER


def test_broken_and_huge_addresses_are_kind_other():
    assert page_kind("https://[::1") is SourceKind.OTHER
    assert page_kind("https://www.amazon.de/" + "a/" * 50_000) is SourceKind.OTHER
