"""Matching of statement lines to charges: exact amounts, the one best combination, ties left open."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.card_charges import CardCharge, LineState
from assistant.domain.books.statements.matching import match
from assistant.domain.books.statements.statement_lines import StatementDays, StatementLine, distinct_lines
from assistant.domain.money import Money

MARCH = date(2025, 3, 1)
CARD = "visa/1234"
SPAN = (StatementDays(card=CARD, since=date(2025, 1, 1), until=date(2025, 12, 31)),)


def line(day, minor, text="AMZN Mktp US*2K", **more):
    return StatementLine(on=MARCH + timedelta(days=day), amount=Money(minor, "USD"), text=text, **more)


def charge(number, item, day, minor, *, last4="1234", basis=DateBasis.CHARGED, refund=0, **more):
    return CardCharge(
        entry=f"{number}.{item}.{refund}.0",
        number=f"112-{number}",
        account="biz",
        on=MARCH + timedelta(days=day),
        basis=DateBasis.REFUNDED if refund else basis,
        amount=minor,
        currency=more.pop("currency", "USD"),
        network="visa" if last4 else None,
        last4=last4,
        refund=refund,
        **more,
    )


def matched(lines, charges, decisions=None, card=CARD):
    return match(distinct_lines(card, [lines]), charges, SPAN, decisions or {})


def entries(found):
    return [sorted(charge.entry for charge in entry.match.charges) if entry.match else entry.state.value for entry in found.lines]


def test_a_line_pays_for_all_items_that_were_charged_on_its_day():
    charges = [charge(1, 1, 0, 4330), charge(1, 2, 0, 1624), charge(1, 3, 4, 5411)]
    found = matched([line(1, -5954), line(6, -5411)], charges)
    assert entries(found) == [["1.1.0.0", "1.2.0.0"], ["1.3.0.0"]]
    assert found.lines[0].match.reasons == ("exact amount", "its charge of one day", "1 day after the charge", "paid with the card 1234")


def test_two_refunds_on_one_day_are_one_line_or_two():
    charges = [charge(1, 1, 0, -2165, refund=1), charge(1, 2, 0, -3248, refund=2), charge(2, 1, 0, -1000, refund=1)]
    assert entries(matched([line(2, 5413)], charges)) == [["1.1.1.0", "1.2.2.0"]]
    assert entries(matched([line(2, 2165), line(2, 3248)], charges)) == [["1.1.1.0"], ["1.2.2.0"]]


def test_equal_lines_and_equal_orders_of_one_day_stay_open():
    charges = [charge(1, 1, 0, 999), charge(2, 1, 0, 999)]
    found = matched([line(1, -999), line(1, -999)], charges)
    assert [entry.state for entry in found.lines] == [LineState.TIED, LineState.TIED]
    assert [len(entry.candidates) for entry in found.lines] == [2, 2]
    decided = matched([line(1, -999), line(1, -999)], charges, {found.lines[0].entry.id: ("2.1.0.0",)})
    assert entries(decided) == [["2.1.0.0"], ["1.1.0.0"]]


def test_one_line_between_two_equal_charges_of_neighbouring_days_stays_open():
    assert entries(matched([line(5, -999)], [charge(1, 1, 2, 999), charge(2, 1, 3, 999)])) == ["tied"]


def test_the_day_decides_between_equal_amounts():
    charges = [charge(1, 1, 0, 999), charge(2, 1, 4, 999)]
    assert entries(matched([line(1, -999), line(5, -999)], charges)) == [["1.1.0.0"], ["2.1.0.0"]]


def test_a_charge_of_several_orders_is_one_line():
    charges = [charge(1, 1, 0, 1000), charge(2, 1, 0, 2000), charge(3, 1, 1, 700)]
    assert entries(matched([line(1, -3000), line(2, -700)], charges)) == [["1.1.0.0", "2.1.0.0"], ["3.1.0.0"]]


def test_some_items_of_an_order_are_found_by_their_sum():
    charges = [charge(1, item, 0, minor, basis=DateBasis.SHIPPED) for item, minor in enumerate((1000, 2300, 4100, 5000), 1)]
    assert entries(matched([line(1, -7300), line(3, -5100)], charges)) == [["1.2.0.0", "1.4.0.0"], ["1.1.0.0", "1.3.0.0"]]


def test_several_lines_pay_for_one_item():
    found = matched([line(1, -6000), line(4, -4000)], [charge(1, 1, 0, 10000), charge(2, 1, 0, 5500)])
    assert entries(found) == [["1.1.0.0"], ["1.1.0.0"]]
    assert len(found.lines[0].match.lines) == 2


def test_a_tip_is_charged_with_the_order_or_later():
    charges = [charge(1, 1, 0, 4500), charge(1, 1, 0, 500, is_tip=True)]
    assert entries(matched([line(1, -5000)], charges)) == [["1.1.0.0", "1.1.0.0"]]
    assert entries(matched([line(1, -4500), line(3, -500)], charges)) == [["1.1.0.0"], ["1.1.0.0"]]


def test_a_charge_of_another_card_or_currency_never_fits():
    assert entries(matched([line(1, -999)], [charge(1, 1, 0, 999, last4="5678"), charge(2, 1, 0, 999, currency="EUR")])) == ["unmatched"]


def test_a_line_with_the_amount_in_the_currency_of_the_purchase_matches_its_charge():
    found = matched(
        [line(1, -1840, original=Money(-1999, "EUR"))], [charge(1, 1, 0, 1999, currency="EUR"), charge(2, 1, 0, 1840, last4="5678")]
    )
    assert entries(found) == [["1.1.0.0"]]


def test_a_charge_missing_from_its_statement_is_reported_once_it_is_due():
    charges = [charge(1, 1, 0, 999), charge(2, 1, 0, 500, last4=None), charge(3, 1, 303, 700)]
    assert [entry.number for entry in matched([line(40, -1)], charges).missing] == ["112-1"]


def test_overlapping_statements_count_once_in_any_format():
    first = [line(1, -999), line(1, -999), line(2, -500)]
    again = [line(1, -999, "AMZN MKTP"), line(1, -999, reference="A"), line(2, -500, reference="B"), line(3, -100, reference="C")]
    assert len(distinct_lines(CARD, [first, again])) == 4
    assert distinct_lines(CARD, [first, again]) == distinct_lines(CARD, [first, again, first, again])
    with_numbers = [[line(1, -999, reference="A")], [line(1, -999, reference="B"), line(1, -999, reference="A")]]
    assert len(distinct_lines(CARD, with_numbers)) == 2


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 6), st.sampled_from((500, 999, 1000, 1499))), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from((500, 999, 1000, 1499, 1999, 2498))), max_size=10),
)
def test_no_charge_is_paid_twice_and_every_match_adds_up(bought, booked):
    charges = [charge(number, item, day, minor) for item, (number, day, minor) in enumerate(bought)]
    found = matched([line(day, -minor) for day, minor in booked], charges)
    together = {entry.match.lines: entry.match.charges for entry in found.lines if entry.match}
    used = [part.key for parts in together.values() for part in parts]
    assert len(used) == len(set(used))
    amounts = {entry.entry.id: entry.entry.line.amount.minor for entry in found.lines}
    for lines, parts in together.items():
        assert sum(part.amount for part in parts) == -sum(amounts[name] for name in lines)
    assert {part.key for part in found.missing}.isdisjoint(used)
