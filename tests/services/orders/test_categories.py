"""Categories of items, and their sources: guess, rule, product page, user."""

import pytest

from assistant.domain.categories import CategorySource
from assistant.domain.filter_language import parse_filter
from assistant.services.orders.categories import note_page

ROWS = """Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status
113-0000001-0000001,2026-03-02T10:00:00Z,USD,89.99,89.99,B0TONER001,1,Black toner cartridge for laser printer,Closed
113-0000002-0000002,2026-03-09T10:00:00Z,USD,89.99,89.99,B0TONER001,1,Black toner cartridge for laser printer,Closed
113-0000003-0000003,2026-03-10T10:00:00Z,USD,9.99,9.99,B0NOIDEA01,1,Zyxqw Vbnmk 12,Closed
"""


@pytest.fixture
def books(services):
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.imports.take_bytes("Retail.OrderHistory.1.csv", ROWS.encode(), account="biz")
    services.categories.catch_up()
    return services


def filed(books, number: int):
    return books.ledger.order("biz", f"113-000000{number}-000000{number}").filed[0]


def test_a_clear_title_gets_a_guessed_category(books):
    found = filed(books, 1)
    assert (found.category, found.source) == ("office", CategorySource.GUESS)
    assert 70 <= found.confidence <= 100
    assert books.ledger.orders(parse_filter("cat:office")).total == 2


def test_an_unclear_title_stays_unknown(books):
    assert filed(books, 3) is None
    assert books.ledger.order("biz", "113-0000003-0000003").categories == (None,)


def test_a_category_set_for_a_line_applies_to_the_same_item_and_can_be_removed(books):
    books.ledger.set_item("biz", "113-0000001-0000001", 0, category="printing", new=True)
    assert (filed(books, 1).category, filed(books, 1).source) == ("printing", CategorySource.YOURS)
    assert (filed(books, 2).category, filed(books, 2).source) == ("printing", CategorySource.KNOWN)
    books.ledger.set_item("biz", "113-0000001-0000001", 0, category="")
    assert (filed(books, 2).category, filed(books, 2).source) == ("office", CategorySource.GUESS)


def test_a_category_rule_comes_first_and_can_be_removed(books):
    rule = books.rules.add({"type": "tag", "match": {"words": ["toner"]}, "tag": "supplies"})
    books.categories.catch_up()
    assert (filed(books, 1).category, filed(books, 1).source) == ("supplies", CategorySource.RULE)
    books.rules.remove(rule.id)
    books.categories.catch_up()
    assert filed(books, 1).source is CategorySource.GUESS


def test_the_product_page_beats_a_guess_and_the_user_beats_the_page(books):
    with books.database.writing() as work:
        note_page(work.session, "B0NOIDEA01", "Zyxqw Vbnmk 12", "garden")
        work.commit()
    assert (filed(books, 3).category, filed(books, 3).source) == ("garden", CategorySource.PAGE)
    books.ledger.set_item("biz", "113-0000003-0000003", 0, category="toys")
    assert filed(books, 3).category == "toys"


def test_categorising_twice_changes_nothing(books):
    assert books.categories.catch_up() == 0
    books.imports.take_bytes("Retail.OrderHistory.1.csv", ROWS.encode(), account="biz")
    assert books.categories.catch_up() == 0
