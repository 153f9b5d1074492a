"""Marketplaces are recognised by exact hosts and ids."""

import pytest

from assistant.amazon.marketplaces import MARKETPLACES, by_host, by_id, by_url


def test_there_are_23_marketplaces_with_different_hosts_and_ids():
    assert len(MARKETPLACES) == 23
    assert len({entry.host for entry in MARKETPLACES}) == len({entry.id for entry in MARKETPLACES}) == 23


@pytest.mark.parametrize("marketplace", MARKETPLACES, ids=lambda entry: entry.name)
def test_each_marketplace_is_found_by_its_hosts_and_id(marketplace):
    for host in (marketplace.host, marketplace.name, f"smile.{marketplace.name}", marketplace.host.upper(), f"{marketplace.host}."):
        assert by_host(host) is marketplace
    assert by_id(marketplace.id) is marketplace
    assert by_url(f"https://{marketplace.host}/-/en/gp/cart/view.html") is marketplace
    assert len(marketplace.currency) == 3
    assert marketplace.languages


@pytest.mark.parametrize(
    "host",
    ["amazon.com.evil.tld", "www.amazon.com.evil.tld", "evil-amazon.com", "notamazon.de", "www.amazon.xyz", "amazon", "", "amazon.co",
     "www.www.amazon.de", "sellercentral.amazon.com", "amazon.com@evil.tld", "www.amаzon.com"],
)  # fmt: skip
def test_lookalike_hosts_are_refused(host):
    assert by_host(host) is None
    assert by_url(f"https://{host}/gp/cart/view.html") is None


@pytest.mark.parametrize(
    "url", ["https://www.amazon.com@evil.tld/", "ftp://www.amazon.com/", "javascript:alert(1)", "https://[broken", "", "www.amazon.com"]
)
def test_addresses_that_only_look_like_amazon_are_refused(url):
    assert by_url(url) is None


def test_a_port_and_credentials_do_not_hide_the_real_host():
    assert by_url("https://www.amazon.de:443/gp/cart") is by_host("www.amazon.de")
