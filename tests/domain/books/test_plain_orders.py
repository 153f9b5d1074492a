"""The fast path for simple orders gives exactly the entries of the general path."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.books import derive
from assistant.domain.money import Money
from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Amount, Item, Order, Payment, Shipment

SITES = st.sampled_from([("amazon.com", "USD"), ("amazon.de", "EUR"), ("amazon.co.jp", "JPY"), ("amazon.ca", "CAD"), (None, "GBP")])


@st.composite
def orders(draw):
    site, unit = draw(SITES)
    items = []
    for place in range(draw(st.integers(1, 4))):
        price, tax, quantity = draw(st.integers(1, 9000)), draw(st.integers(0, 900)), draw(st.sampled_from([None, 1, 1, 3]))
        shipping, discount = draw(st.sampled_from([0, 0, 499])), draw(st.sampled_from([0, 0, -100]))
        total = (price + tax) * (quantity or 1) + shipping + discount + draw(st.sampled_from([0, 0, 0, 7]))
        money = {"unit_price": price, "unit_tax": tax, "total": total, "shipping": shipping, "discount": discount}
        state = {"cancelled": draw(st.sampled_from([None, None, None, True])), "pending": draw(st.sampled_from([None, None, None, True]))}
        amounts = {name: Money(minor, unit) for name, minor in money.items()}
        items.append(Item(asin=f"B{place}", title="Thing", quantity=quantity, **amounts, **state))
    live = sum(item.total.minor for item in items if not item.cancelled)
    moment = datetime(2025, 1, 1, 3, tzinfo=UTC)
    return Order(
        number="111-0000001-0000001",
        placed_on=draw(st.sampled_from([date(2025, 1, 1), date(2020, 8, 1)])),
        currency=unit,
        marketplace=site,
        items=tuple(items),
        amounts={Amount.GRAND_TOTAL: Money(live, unit)},
        shipments=(Shipment(shipped_on=moment.date(), shipped_at=moment, items=(0,)),) if draw(st.booleans()) else (),
        payments=(Payment(method="Visa", last4="1234"),) if draw(st.booleans()) else (),
    )


@given(orders())
def test_the_fast_path_gives_the_same_entries(found):
    short = derive.derived(Merged(found, {"order": 1}))
    # A gift card of zero pays nothing, but `plain_entries` leaves such orders to the general path.
    general = derive.derived(Merged(replace(found, amounts={**found.amounts, Amount.TIP: Money(0, found.currency)}), {"order": 1}))
    assert short == general
