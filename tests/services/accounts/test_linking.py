"""Whether two accounts can be linked, and what is missing."""

import pytest

from assistant.domain.accounts.account import AccountChange
from assistant.domain.accounts.linking import OwnerStatement
from assistant.domain.errors import InvalidInput

ROBIN = OwnerStatement(name="Robin Ortiz", phone="+1 503 555 0100", open_alerts=0)


@pytest.fixture
def household(services):
    place = AccountChange(addresses=("home/97205",), marketplaces=("amazon.de",))
    services.accounts.add("Personal", "personal", key="per", change=place)
    services.accounts.add("Ortiz Design", "business", key="biz", change=place)
    services.accounts.add("Lee", "personal", key="lee", change=AccountChange(owner="lee"))
    return services


def test_two_matching_accounts_of_one_person_can_be_linked_and_amazons_pages_are_named(household):
    found = household.account_links.compare("per", "biz", {"per": ROBIN, "biz": ROBIN})
    assert (found.result, found.reasons, found.asked) == ("may", (), {"per": (), "biz": ()})
    assert {link.kind for link in found.links} == {"switch", "family"}
    assert all(link.url.startswith("https://www.amazon.de/") for link in found.links)


def test_missing_or_different_details_must_be_fixed_first(household):
    found = household.account_links.compare("per", "biz", {"per": ROBIN, "biz": OwnerStatement(name="R. Ortiz", open_alerts=0)})
    assert found.result == "mend"
    assert {reason.code for reason in found.reasons} == {"LINK_INCOMPLETE", "LINK_DIFFERENT"}
    assert found.asked == {"per": (), "biz": ("phone",)}
    assert "account" in {link.kind for link in found.links}


def test_open_warnings_about_amazon_come_first(household):
    found = household.account_links.compare(
        "per", "biz", {"per": ROBIN, "biz": OwnerStatement(name=ROBIN.name, phone=ROBIN.phone, open_alerts=2)}
    )
    assert (found.result, [reason.code for reason in found.reasons]) == ("mend", ["LINK_RESTRICTED"])
    assert [link.kind for link in found.links] == ["service"]


def test_an_account_of_another_person_cannot_be_linked(household):
    found = household.account_links.compare("per", "lee")
    assert found.result == "no"
    assert "representatives" in found.asked["lee"]


def test_an_account_is_not_compared_with_itself(household):
    with pytest.raises(InvalidInput, match="Name two"):
        household.account_links.compare("per", "Personal")
