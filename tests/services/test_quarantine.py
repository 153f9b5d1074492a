"""What a page's own arithmetic contradicts is held, shown and counted apart, until something explains it."""

import io
import zlib

import pytest
from sqlalchemy import text

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.filters import Filter
from assistant.services.imports import reread
from tests.amazon.markup import component, detail_box, detail_item, details, line
from tests.services.test_visits import ORDERS, PERSONAL, page

NUMBER = "112-0000001-0000001"
ADDRESS = component("shippingAddress", "<ul><li>Robin Example</li><li>12 Fern Street</li><li>Portland, OR 97205</li></ul>")


def order_page(*, tax: str = "$1.49", total: str = "$19.49") -> str:
    lines = (
        line("Item(s) Subtotal:", "$18.00")
        + line("Total before tax:", "$18.00")
        + line("Estimated tax:", tax)
        + line("Grand Total:", total)
    )
    boxes = detail_box("Delivered March 5", detail_item("B0LAMP0001", "Desk lamp", "$18.00"))
    token = '<input type="hidden" name="anti-csrf" value="secret-token"><script>var session = "secret-session";</script>'
    return details(number=NUMBER, placed="March 2, 2025", lines=lines, boxes=boxes, extra=ADDRESS + token)


def opened(services, html: str) -> dict:
    return services.visits.assess("c1", page(f"/your-orders/order-details?orderID={NUMBER}", html))


def kept(services) -> list[str]:
    with services.ledger._database.reading() as session:  # what is kept is shown nowhere
        return [zlib.decompress(content).decode() for (content,) in session.execute(text("SELECT content FROM pages"))]


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per")
    services.accounts.link("per", PERSONAL)
    return services


@pytest.fixture
def held(household):
    opened(household, order_page(total="$91.49"))
    return household


def test_an_order_whose_lines_do_not_add_up_is_held_and_in_no_total(held):
    view = held.ledger.order("per", NUMBER)
    assert [(doubt.where, doubt.code) for doubt in view.quarantine] == [("amounts.grand_total", "arithmetic")]
    assert held.ledger.expenses(Filter()).items == ()
    assert held.ledger.overview(view.order.placed_on)[0].year == ()
    written = held.exports.write("accountant-csv", Filter(purpose="personal"), io.BytesIO())
    assert (written.entries, written.held) == (0, 1)
    (row,) = held.ledger.orders(Filter()).items
    assert row.held


def test_imports_name_the_order_with_its_reason(held):
    (result,) = held.imports.imports().items
    (entry,) = result.held
    assert (entry.account, entry.number) == ("per", NUMBER)
    assert "add up to" in entry.reasons[0].text
    assert held.quarantine.all() == [entry]


def test_an_order_list_does_not_explain_it_a_page_whose_sums_hold_does(held):
    held.visits.assess("c1", page("/your-orders/orders", ORDERS))
    assert held.quarantine.all() != []
    opened(held, order_page())
    assert held.quarantine.all() == []
    assert [row.spent.decimal for row in held.ledger.expenses(Filter()).items] == ["19.49"]


def test_a_total_that_one_page_lacks_and_another_prints_is_explained_in_any_order(household):
    opened(household, order_page(total=""))
    assert [doubt.code for doubt in household.ledger.order("per", NUMBER).quarantine] == ["missing"]
    household.visits.assess("c1", page("/your-orders/orders", ORDERS))
    assert household.quarantine.all() == []


def test_the_user_confirms_it_and_it_stays_confirmed(held):
    held.quarantine.confirm(NUMBER)
    assert [row.spent.decimal for row in held.ledger.expenses(Filter()).items] == ["91.49"]
    assert kept(held) == []
    opened(held, order_page(total="$91.49") + "<i>opened again</i>")
    assert held.quarantine.all() == []
    opened(held, order_page(total="$92.49"))
    assert len(held.quarantine.all()) == 1, "another contradiction is another question"


def test_confirming_what_is_not_held_or_not_there_says_so(household):
    with pytest.raises(NotFound, match="shopper imports"):
        household.quarantine.confirm(NUMBER)
    opened(household, order_page())
    with pytest.raises(Conflict, match="counted already"):
        household.quarantine.confirm(NUMBER)


def test_a_page_is_kept_only_while_something_on_it_is_wrong_and_without_the_people_on_it(household):
    opened(household, order_page())
    assert kept(household) == []
    opened(household, order_page(total="$91.49"))
    (content,) = kept(household)
    assert "$91.49" in content
    for secret in ("Robin", "Fern", "97205", "secret-token", "secret-session", PERSONAL):
        assert secret not in content
    assert len(zlib.compress(content.encode(), 9)) < 4096


def test_a_newer_reader_reads_kept_pages_again_and_leaves_the_users_words(held, monkeypatch):
    held.ledger.set_item("per", NUMBER, 0, category="lighting", purpose="business")
    before = held.ledger.order("per", NUMBER)
    monkeypatch.setattr("assistant.amazon.layouts.orders.arithmetic._TOLERANCE", 10_000)
    monkeypatch.setattr(reread, "reader_version", lambda: "newer")
    (result,) = held.rereads.catch_up()
    assert (result.changed, result.settled, result.problems) == (1, 1, ())
    after = held.ledger.order("per", NUMBER)
    assert after.quarantine == ()
    assert (after.categories, after.purposes) == (("lighting",), ("business",))
    assert after.order == before.order, "who gets the parcel is known from the first reading"
    assert kept(held) == []


def test_the_same_reader_reads_nothing_again_by_itself_and_says_on_command_what_is_still_wrong(held):
    assert held.rereads.catch_up() == []
    (result,) = held.rereads.all()
    assert (result.changed, result.settled) == (0, 0)
    assert [problem.code for problem in result.problems] == ["arithmetic"]
    assert len(kept(held)) == 1
