"""Book entries of single orders: examples checked by hand, and properties of every generated order."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.books.derive import derived
from assistant.domain.books.entries import Certainty, EntryKind, QuestionCode
from assistant.domain.books.shares import SplitPart, shares_of
from assistant.domain.money import Money
from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Amount, Item, Order, Payment, Recipient, Refund, Shipment

MARCH = date(2025, 3, 2)


def usd(minor):
    return Money(minor, "USD")


def item(asin, price, tax=0, *, quantity=1, shipping=0, discount=0, unit="USD", **more):
    total = (price + tax) * quantity + shipping + discount
    return Item(
        asin=asin,
        title=f"Item {asin}",
        quantity=quantity,
        unit_price=Money(price, unit),
        unit_tax=Money(tax, unit),
        total=Money(total, unit),
        shipping=Money(shipping, unit),
        discount=Money(discount, unit),
        **more,
    )


def order(*items, unit="USD", **more):
    live = [entry for entry in items if not entry.cancelled]
    amounts = {Amount.GRAND_TOTAL: Money(sum(entry.total.minor for entry in live if entry.total), unit)} if live else {}
    values = {"placed_on": MARCH, "currency": unit, "marketplace": "amazon.com", "amounts": amounts, **more}
    return Order(number="111-0000001-0000001", items=items, **values)


def books(found, **more):
    return derived(Merged(found, {"order": 1}, **more))


def told(found, kind=None):
    return [(entry.item, entry.on, entry.gross) for entry in books(found).entries if kind is None or entry.kind is kind]


def back(minor, day, **more):
    return Refund(amount=usd(minor), refunded_on=date(2025, 3, day), **more)


def test_lines_that_ship_on_different_days_are_charged_on_those_days():
    shipments = (Shipment(shipped_on=date(2025, 3, 4), items=(0,)), Shipment(shipped_on=date(2025, 3, 9), items=(1,)))
    found = order(item("A", 1000), item("B", 2000), shipments=shipments)
    assert told(found) == [(0, date(2025, 3, 4), 1000), (1, date(2025, 3, 9), 2000)]


def test_the_date_of_an_instant_uses_the_marketplace_zone_or_the_setting():
    late = datetime(2026, 1, 1, 5, 10, tzinfo=UTC)
    found = order(item("A", 1000), shipments=(Shipment(shipped_on=late.date(), shipped_at=late, items=(0,)),))
    assert told(found)[0][1] == date(2025, 12, 31)
    assert derived(Merged(found, {"order": 1}), "Asia/Tokyo").entries[0].on == date(2026, 1, 1)


def test_two_charges_are_matched_to_the_lines_they_pay_exactly():
    payments = (
        Payment(method="Visa", last4="1234", amount=usd(1000), charged_on=date(2024, 12, 23)),
        Payment(method="MasterCard", last4="0005", amount=usd(2000), charged_on=date(2025, 1, 6)),
    )
    entries = books(order(item("A", 1000), item("B", 2000), payments=payments)).entries
    assert [(entry.on, entry.paid[0].last4) for entry in entries] == [(date(2024, 12, 23), "1234"), (date(2025, 1, 6), "0005")]


def test_one_line_charged_on_two_days_has_an_entry_on_each():
    payments = tuple(Payment(last4="1234", amount=usd(1000), charged_on=date(2025, 3, day)) for day in (4, 9))
    entries = books(order(item("A", 1000, quantity=2), payments=payments)).entries
    assert [(entry.nth, entry.on.day, entry.gross) for entry in entries] == [(0, 4, 1000), (1, 9, 1000)]


def test_cancelled_and_pending_lines_have_no_entry():
    found = order(item("A", 1000), item("B", 500, cancelled=True), item("C", 700, pending=True))
    assert told(found) == [(0, MARCH, 1000)]
    assert books(replace(found, cancelled=True)).entries == ()


def test_a_charged_line_has_an_entry_even_if_a_source_calls_it_pending():
    payment = Payment(last4="1234", amount=usd(1700), charged_on=date(2025, 3, 5))
    found = order(item("A", 1000), item("C", 700, pending=True), payments=(payment,))
    assert told(found) == [(0, date(2025, 3, 5), 1000), (1, date(2025, 3, 5), 700)]


def test_a_gift_card_pays_a_part_and_does_not_change_the_cost():
    amounts = {Amount.SUBTOTAL: usd(5800), Amount.TAX: usd(479), Amount.GIFT_CARD: usd(-2500), Amount.GRAND_TOTAL: usd(3779)}
    page = Item(asin="A", quantity=1, unit_price=usd(5800))
    found = order(item("A", 1), payments=(Payment(method="Visa", last4="1234"),))
    (entry,) = books(replace(found, items=(page,), amounts=amounts)).entries
    assert (entry.gross, entry.parts.goods, entry.parts.tax) == (6279, 5800, 479)
    assert [(paid.instrument, paid.amount) for paid in entry.paid] == [("gift_card", 2500), ("card", 3779)]


def test_a_balance_reload_is_a_top_up_and_an_egift_card_a_purchase():
    kinds = []
    for title in ("Amazon.com Gift Card Balance Reload", "Amazon.com eGift Card for Sam"):
        found = replace(order(item("A", 6000)), items=(replace(item("A", 6000), title=title),))
        kinds.append(books(found).entries[0].kind)
    assert kinds == [EntryKind.TOP_UP, EntryKind.PURCHASE]


def test_a_coupon_is_shared_by_value_and_equal_remainders_go_to_the_earlier_line():
    page = tuple(Item(asin=asin, quantity=1, unit_price=usd(1000)) for asin in "ABC")
    amounts = {Amount.SUBTOTAL: usd(3000), Amount.COUPON: usd(-100), Amount.GRAND_TOTAL: usd(2900)}
    entries = books(replace(order(), items=page, amounts=amounts)).entries
    assert [entry.gross for entry in entries] == [966, 967, 967]
    assert {entry.certainty for entry in entries} == {Certainty.ESTIMATED}


def test_an_order_without_items_is_one_entry():
    found = replace(order(), amounts={Amount.GRAND_TOTAL: usd(7138)})
    assert told(found) == [(None, MARCH, 7138)]


def test_a_fee_that_only_the_page_prints_is_a_fee():
    found = order(item("A", 7000, 578))
    amounts = {Amount.SUBTOTAL: usd(7000), Amount.FEE: usd(28), Amount.TAX: usd(578), Amount.GRAND_TOTAL: usd(7606)}
    (entry,) = books(replace(found, amounts=amounts)).entries
    assert (entry.parts.goods, entry.parts.fee, entry.parts.tax) == (7000, 28, 578)


def test_a_printed_discount_of_a_german_row_excludes_its_tax():
    line = item("A", 10000, 1900, discount=-1190, unit="EUR")
    (entry,) = books(order(line, unit="EUR", marketplace="amazon.de")).entries
    assert (entry.parts.goods, entry.parts.discount, entry.parts.tax) == (10000, -1000, 1710)
    assert [(tax.code, tax.rate, tax.amount) for tax in entry.taxes] == [("vat", Decimal("0.19"), 1710)]


def test_two_tax_rates_on_a_page_are_solved_when_one_choice_fits():
    page = (Item(asin="A", quantity=1, unit_price=Money(15470, "EUR")), Item(asin="B", quantity=1, unit_price=Money(3210, "EUR")))
    amounts = {Amount.TAX: Money(2680, "EUR"), Amount.GRAND_TOTAL: Money(18680, "EUR")}
    entries = books(replace(order(unit="EUR", marketplace="amazon.de"), items=page, amounts=amounts)).entries
    assert [(entry.parts.goods, entry.parts.tax, entry.taxes[0].rate) for entry in entries] == [
        (13000, 2470, Decimal("0.19")),
        (3000, 210, Decimal("0.07")),
    ]


def test_prices_whose_taxes_are_solved_from_the_rates_are_derived():
    page = tuple(Item(asin=asin, quantity=1, unit_price=Money(minor, "EUR")) for asin, minor in (("A", 5950), ("B", 2140)))
    amounts = {Amount.SUBTOTAL: Money(7000, "EUR"), Amount.TAX: Money(1090, "EUR"), Amount.GRAND_TOTAL: Money(8090, "EUR")}
    entries = books(replace(order(unit="EUR", marketplace="amazon.de"), items=page, amounts=amounts)).entries
    assert [(entry.parts.goods, entry.parts.tax, entry.certainty) for entry in entries] == [
        (5000, 950, Certainty.DERIVED),
        (2000, 140, Certainty.DERIVED),
    ]


def test_a_refund_goes_to_the_gift_card_that_paid_everything_not_to_the_card_on_file():
    payments, amounts = (Payment(method="Visa", last4="1234"),), {Amount.GIFT_CARD: usd(-1000), Amount.GRAND_TOTAL: usd(1000)}
    found = order(item("A", 1000), payments=payments, amounts=amounts, refunds=(back(400, 20),))
    purchase, refund = books(found).entries
    assert [share.instrument for share in (*purchase.paid, *refund.paid)] == ["gift_card", "gift_card"]


def test_gst_and_qst_are_two_taxes():
    amounts = {Amount.GRAND_TOTAL: Money(9198, "CAD"), Amount.TAX: Money(1198, "CAD")}
    amounts |= {Amount.GST: Money(400, "CAD"), Amount.PST: Money(798, "CAD")}
    page = (Item(asin="A", quantity=1, unit_price=Money(8000, "CAD")),)
    found = replace(order(unit="CAD", marketplace="amazon.ca"), items=page, amounts=amounts, recipient=Recipient(address="Montréal, QC"))
    (entry,) = books(found).entries
    assert [(tax.code, tax.amount) for tax in entry.taxes] == [("gst", 400), ("qst", 798)]


def canadian(price, tax, address, *, quantity=1):
    found = order(
        item("A", price, tax, quantity=quantity, unit="CAD"), unit="CAD", marketplace="amazon.ca", recipient=Recipient(address=address)
    )
    (entry,) = books(found).entries
    return [(tax.code, tax.amount) for tax in entry.taxes]


def test_a_sum_of_canadian_taxes_is_split_by_the_province():
    assert canadian(4000, 599, "5 rue du Test, Montréal, QC H2X 1Y4, Canada") == [("gst", 200), ("qst", 399)]
    assert canadian(4000, 600, "5 Test Road, Halifax, NS B3J 1S9, Canada") == [("hst", 600)]
    assert canadian(100, 12, "5 Test Road, Victoria BC Canada") == [("gst", 5), ("pst", 7)]
    assert canadian(100, 13, "5 Test Road, Ottawa ON K1A 0B1") == [("hst", 13)]
    assert canadian(4000, 200, "5 rue du Test, Montréal, QC H2X 1Y4, Canada") == [("gst", 200)]


def test_rounding_per_unit_does_not_change_which_canadian_taxes_a_sum_is():
    assert canadian(1000, 150, "5 rue du Test, Québec QC G1R 4S9", quantity=20) == [("gst", 1000), ("qst", 2000)]
    assert canadian(10000, 1300, None) == [("hst", 1300)]


def test_a_refund_goes_to_the_refunded_units():
    found = order(item("A", 1400, 116, quantity=3), item("B", 9000, 743), refunds=(back(1516, 20),))
    (entry,) = [entry for entry in books(found).entries if entry.kind is EntryKind.REFUND]
    assert (entry.item, entry.parts.goods, entry.parts.tax, entry.quantity) == (0, -1400, -116, 1)


def test_a_refund_of_only_the_shipping_is_shipping():
    found = order(item("A", 3200, shipping=649), item("B", 900), refunds=(back(649, 12),))
    (entry,) = [entry for entry in books(found).entries if entry.kind is EntryKind.REFUND]
    assert (entry.item, entry.parts.shipping) == (0, -649)


def test_a_refund_that_fits_several_sets_is_estimated_and_flagged():
    found = books(order(item("A", 1000), item("B", 1000), refunds=(back(1000, 12),)))
    assert [entry.gross for entry in found.entries] == [1000, 1000, -500, -500]
    assert [doubt.code for doubt in found.doubts] == [QuestionCode.ESTIMATED_REFUND]


def test_equal_refunds_of_a_day_cover_equal_lines_one_by_one():
    lines = item("A", 1000), item("B", 1000)
    found = books(order(*lines, refunds=(back(1000, 12), back(1000, 12))))
    assert [(entry.item, entry.gross) for entry in found.entries if entry.kind is EntryKind.REFUND] == [(0, -1000), (1, -1000)]
    assert not found.doubts
    apart = books(order(*lines, refunds=(back(1000, 12), back(1000, 30))))
    assert [doubt.code for doubt in apart.doubts] == [QuestionCode.ESTIMATED_REFUND]


def test_one_of_two_lines_of_the_same_product_needs_no_question():
    found = books(order(item("A", 1000), item("A", 1000), item("B", 1700), refunds=(back(1000, 12),)))
    assert [(entry.item, entry.gross) for entry in found.entries if entry.kind is EntryKind.REFUND] == [(0, -1000)]
    assert not found.doubts


def test_a_refund_of_an_order_that_no_source_describes_is_a_question():
    found = books(Order(number="111-0000001-0000001", refunds=(back(1000, 12), back(500, 12))))
    assert not found.entries
    assert [doubt.minor for doubt in found.doubts if doubt.code is QuestionCode.UNMATCHED_CHARGE] == [1000, 500]


def test_a_returned_line_is_chosen_if_two_lines_fit_a_refund():
    lines = (item("A", 1000), item("B", 1000, returned=1))
    assert told(order(*lines, refunds=(back(1000, 12),)), EntryKind.REFUND) == [(1, date(2025, 3, 12), -1000)]


def test_the_first_refund_that_would_exceed_the_cost_is_left_out_completely():
    found = books(order(item("A", 1000), refunds=(back(700, 12), back(700, 14), back(300, 16))))
    assert [entry.gross for entry in found.entries] == [1000, -700, -300]
    assert [(doubt.code, doubt.minor) for doubt in found.doubts] == [(QuestionCode.REFUND_EXCEEDS_COST, 700)]


def test_a_refund_total_above_the_known_refunds_is_flagged():
    found = order(item("A", 5413), refunds=(back(1000, 12),))
    found = books(replace(found, amounts={**found.amounts, Amount.REFUND_TOTAL: usd(5413)}))
    assert [(doubt.code, doubt.minor) for doubt in found.doubts] == [(QuestionCode.REFUND_EXPECTED, 4413)]
    assert found.refunded == 1000


def test_a_corrected_lower_total_counts_as_a_discount():
    found = replace(order(item("A", 1000), item("B", 3000)), amounts={Amount.GRAND_TOTAL: usd(3600)})
    entries = books(found, corrected=frozenset({"amounts.grand_total"})).entries
    assert [(entry.parts.discount, entry.certainty) for entry in entries] == [(-100, Certainty.ESTIMATED), (-300, Certainty.ESTIMATED)]


LINES = st.lists(
    st.builds(
        item,
        st.sampled_from("ABCDE"),
        st.integers(1, 50_000),
        st.integers(0, 5_000),
        quantity=st.integers(1, 4),
        shipping=st.integers(0, 900),
        cancelled=st.sampled_from([None, None, None, True]),
        pending=st.sampled_from([None, None, True]),
    ),
    max_size=5,
)
EXTRAS = st.dictionaries(st.sampled_from([Amount.FEE, Amount.TIP, Amount.GIFT_WRAP, Amount.COUPON, Amount.POINTS]), st.integers(0, 900))
PAYMENTS = st.lists(
    st.builds(
        lambda minor, day: Payment(last4="1234", amount=usd(minor), charged_on=date(2025, 4, day)),
        st.integers(1, 90_000),
        st.integers(1, 9),
    ),
    max_size=3,
)
BACKS = st.lists(st.builds(back, st.integers(1, 90_000), st.integers(1, 28), item=st.sampled_from([None, None, 0, 1])), max_size=4)


@given(LINES, st.tuples(EXTRAS, st.integers(-2000, 2000)), PAYMENTS, BACKS, st.booleans())
def test_entries_of_every_order_add_up_and_refunds_never_exceed_its_cost(lines, beyond, payments, backs, as_page):
    extras, off = beyond
    found = order(*lines, payments=tuple(payments), refunds=tuple(backs))
    if Amount.GRAND_TOTAL in found.amounts:
        more = {name: usd(-minor if name in (Amount.COUPON, Amount.POINTS) else minor) for name, minor in extras.items()}
        total = found.amounts[Amount.GRAND_TOTAL].minor + sum(money.minor for money in more.values()) + off
        found = replace(found, amounts={**more, Amount.GRAND_TOTAL: usd(max(0, total))})
    if as_page:
        found = replace(found, items=tuple(replace(entry, total=None, unit_tax=None, shipping=None) for entry in found.items))
    found = books(found)
    assert all(sum(entry.parts) == entry.gross != 0 for entry in found.entries)
    assert found.refunded <= found.cost or not found.entries
    aside = sum(doubt.minor for doubt in found.doubts if doubt.code is QuestionCode.REFUND_EXCEEDS_COST)
    assert found.refunded + aside == sum(refund.amount.minor for refund in backs) or not found.entries
    assert all((entry.gross < 0) == (entry.kind is EntryKind.REFUND) for entry in found.entries if entry.kind is EntryKind.REFUND)
    for entry in found.entries:
        assert sum(tax.amount for tax in entry.taxes) in (0, entry.parts.tax)
        assert sum(paid.amount for paid in entry.paid) in (0, entry.gross)
        left = shares_of(entry.gross, [SplitPart(purpose="a", percent=3333), SplitPart(purpose="b", percent=1)], "c", 0)
        assert sum(share.gross for share in left) == entry.gross
