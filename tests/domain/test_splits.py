"""Sharing amounts out to the last cent."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order, Refund
from assistant.domain.splits import cost, refund_shares, share_out


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
    assert refund_shares(Order(number="1", items=items, refunds=refunds)) == [600, 300]
