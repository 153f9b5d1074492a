"""Accounts are added, edited and linked to customer ids."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import Conflict, InvalidInput, NotFound


def test_accounts_always_look_different(services):
    accounts = [services.accounts.add(f"Account {number}", "personal") for number in range(30)]
    assert len({account.letters for account in accounts}) == 30
    assert len({(account.colour, account.symbol) for account in accounts}) == 30
    assert len({account.colour for account in accounts[:8]}) == 8
    assert all(2 <= len(account.letters) <= 4 for account in accounts)


def test_the_purpose_of_an_account_gives_its_colour_and_symbol(services):
    account = services.accounts.add("Ortiz Design", "business")
    assert (account.key, account.colour, account.symbol, account.letters) == ("ortiz-design", "orange", "◆", "OD")


def test_an_account_is_found_by_key_or_name(services):
    services.accounts.add("Ortiz Design", "business", key="biz")
    assert services.accounts.get("biz") == services.accounts.get("ortiz design")
    with pytest.raises(NotFound, match="Registered: biz"):
        services.accounts.get("nobody")


def test_letter_case_of_a_key_or_name_does_not_matter(services):
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.accounts.add("Robin home", "personal", key="per")
    assert [services.accounts.get(name).key for name in ("BIZ", "ORTIZ DESIGN", "Per")] == ["biz", "biz", "per"]


def test_a_name_of_two_accounts_is_refused_as_ambiguous(services):
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.accounts.add("ORTIZ DESIGN", "personal", key="per")
    with pytest.raises(InvalidInput, match="biz or per"):
        services.accounts.get("Ortiz design")
    assert services.accounts.get("per").label == "ORTIZ DESIGN"


def test_marketplaces_are_kept_under_their_own_names_and_unknown_ones_are_refused(services):
    written = ("https://www.amazon.de/gp/cart", "AMAZON.co.uk", "amazon.de")
    added = services.accounts.add("One", "personal", change=AccountChange(marketplaces=written))
    assert added.marketplaces == ("amazon.de", "amazon.co.uk")
    for wrong in ("amazon.nowhere", "amazon.de.evil.example", "de"):
        with pytest.raises(InvalidInput, match="not an Amazon marketplace"):
            services.accounts.edit("one", AccountChange(marketplaces=("amazon.fr", wrong)))
    assert services.accounts.get("one") == added


def test_letters_of_another_account_are_refused(services):
    services.accounts.add("One", "personal", change=AccountChange(letters="AB"))
    with pytest.raises(Conflict, match="never look alike"):
        services.accounts.add("Two", "personal", change=AccountChange(letters="ab"))
    assert [account.label for account in services.accounts.all()] == ["One"]


@pytest.mark.parametrize(
    "change",
    [
        AccountChange(letters="TOOLONG"),
        AccountChange(colour="mauve"),
        AccountChange(status="gone"),
        AccountChange(cards=("visa",)),
        AccountChange(addresses=("nowhere",)),
        AccountChange(label="\x1b\x00"),
    ],
)
def test_a_bad_value_is_one_sentence_and_changes_nothing(services, change):
    before = services.accounts.add("One", "personal")
    with pytest.raises(InvalidInput, match=r"not (a )?valid"):
        services.accounts.edit("one", change)
    assert services.accounts.get("one") == before


def test_a_customer_id_belongs_to_one_account(services):
    services.accounts.add("One", "personal")
    services.accounts.add("Two", "personal")
    assert services.accounts.link("one", "A1CUSTOMER0001").customer_ids == ("A1CUSTOMER0001",)
    assert services.accounts.link("one", "A1CUSTOMER0001").customer_ids == ("A1CUSTOMER0001",)
    with pytest.raises(Conflict):
        services.accounts.link("two", "A1CUSTOMER0001")
    with pytest.raises(InvalidInput):
        services.accounts.link("two", "not an id")


def test_a_closure_is_stored_with_date_and_notice_and_can_be_removed(services):
    services.accounts.add("One", "personal", key="one")
    change = AccountChange(status="closed_by_amazon", closed_at="2026-03-02", notice="You cannot use another account.")
    closed = services.accounts.edit("one", change)
    assert (closed.closed_at, closed.notice) == (date(2026, 3, 2), "You cannot use another account.")
    assert services.accounts.edit("one", AccountChange(letters="AA")) == replace(closed, letters="AA")
    again = services.accounts.edit("one", AccountChange(status="ok", closed_at="", notice=""))
    assert (again.closed_at, again.notice) == (None, None)
    with pytest.raises(InvalidInput, match="Write it like 2026-03-02"):
        services.accounts.edit("one", AccountChange(closed_at="in March"))


@pytest.mark.parametrize("word", ["bus", "busines", "Famly", "househld"])
def test_a_mistyped_purpose_is_refused_with_the_near_word(services, word):
    with pytest.raises(InvalidInput, match="Did you mean"):
        services.accounts.add("Ortiz Design", word)
    services.accounts.add("Kim", "personal", key="kim")
    with pytest.raises(InvalidInput, match="Did you mean"):
        services.accounts.edit("kim", AccountChange(purpose=word))
    assert [account.purpose for account in services.accounts.all()] == ["personal"]


@pytest.mark.parametrize("word", ["sailing club", "Business 2", "resale"])
def test_an_account_may_have_a_purpose_of_its_own(services, word):
    services.accounts.add("Ortiz Design", word)
    assert word.casefold() in (purpose.casefold() for purpose in services.word_lists.words("purpose"))
