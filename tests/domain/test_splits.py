"""Sharing amounts out to the last cent."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.books.allocation import allocate, cost, delivery, discounts, refunded, share_out
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, Refund


def test_a_discount_over_three_equal_items_leaves_the_cent_with_the_first():
    assert [1000 + part for part in share_out(-100, [1000, 1000, 1000])] == [966, 967, 967]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_the_parts_always_add_up_to_the_whole(whole, weights):
    assert sum(share_out(whole, weights)) == whole


def test_lines_without_a_weight_share_equally():
    assert share_out(10, [0, 0, 0]) == [3, 3, 4]


def test_a_gift_card_pays_but_does_not_make_cheaper():
    order = Order(number="1", amounts={Amount.GRAND_TOTAL: Money(3000, "USD"), Amount.GIFT_CARD: Money(-2000, "USD")})
    assert cost(order) == Money(5000, "USD")


def test_a_refund_that_names_an_item_goes_there_and_the_rest_by_weight():
    items = (Item(unit_price=Money(1000, "USD"), quantity=1), Item(unit_price=Money(3000, "USD"), quantity=1))
    refunds = (Refund(amount=Money(500, "USD"), item=0), Refund(amount=Money(400, "USD")))
    assert [part.refund for part in allocate(Order(number="1", items=items, refunds=refunds))] == [600, 300]


def test_a_gift_card_pays_twenty_of_fifty_and_the_lines_cost_fifty():
    items = (Item(unit_price=Money(2000, "USD"), quantity=1), Item(unit_price=Money(1000, "USD"), quantity=3))
    amounts = {Amount.GRAND_TOTAL: Money(3000, "USD"), Amount.GIFT_CARD: Money(-2000, "USD")}
    assert [part.cost for part in allocate(Order(number="1", items=items, amounts=amounts))] == [2000, 3000]


def test_three_equal_items_with_a_discount_keep_their_order():
    items = tuple(Item(unit_price=Money(1000, "USD"), quantity=1) for _ in range(3))
    amounts = {Amount.PROMOTION: Money(-100, "USD"), Amount.GRAND_TOTAL: Money(2900, "USD")}
    parts = allocate(Order(number="1", items=items, amounts=amounts))
    assert [part.gross + part.discount for part in parts] == [966, 967, 967]


def test_tax_inside_a_european_price_is_neither_added_nor_lost():
    items = (Item(unit_price=Money(11900, "EUR"), quantity=1), Item(unit_price=Money(5950, "EUR"), quantity=1))
    amounts = {Amount.SUBTOTAL: Money(15000, "EUR"), Amount.TAX: Money(2850, "EUR"), Amount.GRAND_TOTAL: Money(17850, "EUR")}
    parts = allocate(Order(number="1", items=items, amounts=amounts))
    assert [(part.cost, part.tax) for part in parts] == [(11900, 1900), (5950, 950)]


def test_tax_per_unit_that_misses_by_a_cent_is_brought_to_what_the_order_states():
    items = tuple(Item(unit_price=Money(333, "USD"), unit_tax=Money(27, "USD"), quantity=3) for _ in range(2))
    order = Order(number="1", items=items, amounts={Amount.TAX: Money(161, "USD"), Amount.GRAND_TOTAL: Money(2159, "USD")})
    assert [part.tax for part in allocate(order)] == [80, 81]


def test_a_line_without_a_price_takes_what_the_others_leave_of_the_subtotal():
    items = (Item(unit_price=Money(1000, "USD"), quantity=1), Item(), Item(unit_price=Money(500, "USD"), quantity=1))
    order = Order(number="1", items=items, amounts={Amount.SUBTOTAL: Money(3000, "USD"), Amount.GRAND_TOTAL: Money(3000, "USD")})
    assert [part.cost for part in allocate(order)] == [1000, 1500, 500]


def test_rows_with_a_total_are_not_weighed_against_rows_without_one():
    """A total holds tax and discount, a price may hold neither."""
    items = (Item(unit_price=Money(1000, "USD"), quantity=1, total=Money(1500, "USD")), Item(unit_price=Money(1000, "USD"), quantity=1))
    order = Order(number="1", items=items, amounts={Amount.GRAND_TOTAL: Money(2400, "USD")})
    assert [part.cost for part in allocate(order)] == [1200, 1200]


def money(least=-(10**6), most=10**6):
    return st.integers(least, most).map(lambda minor: Money(minor, "EUR"))


ITEMS = st.builds(
    Item,
    quantity=st.none() | st.integers(0, 9),
    unit_price=st.none() | money(0),
    unit_tax=st.none() | money(0, 10**5),
    total=st.none() | money(0),
    shipping=st.none() | money(0, 10**4),
    discount=st.none() | money(-(10**4), 0),
)
REFUNDS = st.builds(Refund, amount=st.none() | money(0), item=st.none() | st.integers(0, 9))
ORDERS = st.builds(
    Order,
    number=st.just("1"),
    currency=st.just("EUR"),
    items=st.lists(ITEMS, min_size=1, max_size=9).map(tuple),
    amounts=st.dictionaries(st.sampled_from(Amount), money()),
    refunds=st.lists(REFUNDS, max_size=4).map(tuple),
)


@given(ORDERS)
def test_every_column_adds_up_to_what_the_order_says(order):
    parts = allocate(order)
    assert len(parts) == len(order.items)
    whole = cost(order)
    if whole is not None:
        assert sum(part.cost for part in parts) == whole.minor
    assert sum(part.refund for part in parts) == refunded(order)
    assert all(part.gross + part.shipping + part.discount == part.cost for part in parts)
    if Amount.TAX in order.amounts:
        assert sum(part.tax for part in parts) == order.amounts[Amount.TAX].minor
    if any(item.total is None for item in order.items):
        assert sum(part.shipping for part in parts) == delivery(order)
        assert sum(part.discount for part in parts) == discounts(order)


@given(ORDERS)
def test_sharing_out_twice_gives_the_same(order):
    assert allocate(order) == allocate(order)
