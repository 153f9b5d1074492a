"""Orders that do not add up are held, shown and counted separately until they are explained."""

import io
import zlib

import pytest
from sqlalchemy import text

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.filters import Filter
from assistant.services.imports import reread
from tests.amazon.markup import component, detail_box, detail_item, details, line
from tests.services.visits.shop_pages import ORDERS, PERSONAL, page

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
    with services.ledger._database.reading() as session:  # kept pages are not shown anywhere
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
    with pytest.raises(NotFound, match="1 order is in quarantine"):
        held.exports.write("accountant-csv", Filter(purpose="personal"), io.BytesIO())
    (row,) = held.ledger.orders(Filter()).items
    assert row.held


def test_imports_name_the_held_order_with_its_reason(held):
    (result,) = held.imports.imports().items
    (entry,) = result.held
    assert (entry.account, entry.number) == ("per", NUMBER)
    assert "add up to" in entry.reasons[0].text
    assert held.quarantine.all() == [entry]


def test_an_order_list_does_not_release_it_but_a_page_that_adds_up_does(held):
    held.visits.assess("c1", page("/your-orders/orders", ORDERS))
    assert held.quarantine.all() != []
    opened(held, order_page())
    assert held.quarantine.all() == []
    assert [row.spent.decimal for row in held.ledger.expenses(Filter()).items] == ["19.49"]


def test_a_total_missing_on_one_page_is_filled_by_another_in_any_sequence(household):
    opened(household, order_page(total=""))
    assert [doubt.code for doubt in household.ledger.order("per", NUMBER).quarantine] == ["missing"]
    household.visits.assess("c1", page("/your-orders/orders", ORDERS))
    assert household.quarantine.all() == []


def test_an_order_confirmed_by_the_user_stays_confirmed(held):
    held.quarantine.confirm(NUMBER)
    assert [row.spent.decimal for row in held.ledger.expenses(Filter()).items] == ["91.49"]
    assert kept(held) == []
    opened(held, order_page(total="$91.49") + "<i>opened again</i>")
    assert held.quarantine.all() == []
    opened(held, order_page(total="$92.49"))
    assert len(held.quarantine.all()) == 1, "a new contradiction is held again"


def test_confirming_an_order_that_is_not_held_or_missing_is_reported(household):
    with pytest.raises(NotFound, match="shopper imports"):
        household.quarantine.confirm(NUMBER)
    opened(household, order_page())
    with pytest.raises(Conflict, match="counted already"):
        household.quarantine.confirm(NUMBER)


def test_a_page_is_kept_redacted_and_only_while_it_has_a_problem(household):
    opened(household, order_page())
    assert kept(household) == []
    opened(household, order_page(total="$91.49"))
    (content,) = kept(household)
    assert "$91.49" in content
    for secret in ("Robin", "Fern", "97205", "secret-token", "secret-session", PERSONAL):
        assert secret not in content
    assert len(zlib.compress(content.encode(), 9)) < 4096


def test_a_newer_reader_reads_kept_pages_again_and_keeps_the_users_changes(held, monkeypatch):
    held.ledger.set_item("per", NUMBER, 0, category="lighting", purpose="business", new=True)
    before = held.ledger.order("per", NUMBER)
    monkeypatch.setattr("assistant.amazon.layouts.orders.arithmetic._TOLERANCE", 10_000)
    monkeypatch.setattr(reread, "reader_version", lambda: "newer")
    (result,) = held.rereads.catch_up()
    assert (result.changed, result.settled, result.problems) == (1, 1, ())
    after = held.ledger.order("per", NUMBER)
    assert after.quarantine == ()
    assert (after.categories, after.purposes) == (("lighting",), ("business",))
    assert after.order == before.order, "the recipient is kept from the first reading"
    assert kept(held) == []


def test_the_same_reader_rereads_only_on_command_and_reports_what_is_still_wrong(held):
    assert held.rereads.catch_up() == []
    (result,) = held.rereads.all()
    assert (result.changed, result.settled) == (0, 0)
    assert [problem.code for problem in result.problems] == ["arithmetic"]
    assert len(kept(held)) == 1
