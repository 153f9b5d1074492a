"""Which refunds of several sources are the same refund."""

from datetime import date
from itertools import permutations

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import Item, Refund
from assistant.domain.orders.refund_matching import united
from assistant.domain.pages.kinds import SourceKind

EXPORT, REPORT, PAGE = SourceKind.PRIVACY_ZIP, SourceKind.BUSINESS_REPORT, SourceKind.ORDER_DETAILS
MAIL, CARD = SourceKind.EMAIL, SourceKind.TRANSACTIONS
ITEMS = (Item(asin="B0LAMP", quantity=1), Item(asin="B0DESK", quantity=1), Item(asin="B0HUBS", quantity=3))


def refund(minor, day, *, item=None, key=None, unit="USD"):
    on = date(2025, 3, day) if day else None
    return Refund(amount=Money(minor, unit), refunded_on=on, item=item, key=key)


def matched(*reports):
    return sorted((entry.amount.minor, entry.refunded_on, entry.item) for entry in united(reports, ITEMS))


def test_two_refunds_of_one_day_from_an_export_and_two_mails_stay_two():
    mails = [refund(2598, 10, item=0), refund(4114, 10, item=1)]
    export = [refund(2598, 10), refund(4114, 10)]
    assert matched((EXPORT, export), (MAIL, mails)) == [(2598, date(2025, 3, 10), 0), (4114, date(2025, 3, 10), 1)]


def test_one_export_sum_matches_two_refunds_from_mails():
    found = matched((EXPORT, [refund(7902, 20)]), (MAIL, [refund(6928, 18, item=0), refund(974, 19, item=1)]))
    assert found == [(974, date(2025, 3, 20), 1), (6928, date(2025, 3, 20), 0)]


def test_one_refund_paid_to_two_cards_stays_one_refund():
    found = matched((EXPORT, [refund(7902, 20, item=0)]), (CARD, [refund(5000, 22), refund(2902, 22)]))
    assert found == [(7902, date(2025, 3, 22), 0)]


def test_one_refund_paid_on_two_days_is_a_refund_on_each_day():
    found = matched((EXPORT, [refund(3000, 20, item=2)]), (CARD, [refund(2000, 21), refund(1000, 24)]))
    assert found == [(1000, date(2025, 3, 24), 2), (2000, date(2025, 3, 21), 2)]


@pytest.mark.parametrize(("days", "count"), [((1, 1), 1), ((1, 2), 2)])
def test_refunds_of_two_exports_match_only_on_the_same_day(days, count):
    assert len(matched((EXPORT, [refund(1000, days[0])]), (EXPORT, [refund(1000, days[1])]))) == count


def test_an_older_and_a_newer_export_keep_two_equal_refunds_of_a_day():
    both = [refund(1000, 1), refund(1000, 1)]
    assert len(matched((EXPORT, both[:1]), (EXPORT, both))) == 2


def test_one_refund_reported_five_times_is_one():
    reports = [
        (EXPORT, [refund(2598, 12)]),
        (PAGE, [refund(2598, 12)]),
        (MAIL, [refund(2598, 9, item=0)]),
        (MAIL, [refund(2598, 11, item=0)]),
        (CARD, [refund(2598, 14)]),
    ]
    assert matched(*reports) == [(2598, date(2025, 3, 14), 0)]


def test_mails_about_two_of_three_equal_units_are_two_refunds():
    assert len(matched((MAIL, [refund(1516, 9, item=2)]), (MAIL, [refund(1516, 11, item=2)]))) == 2


def test_a_shared_key_joins_refunds_on_any_dates():
    found = united(((EXPORT, [refund(500, 1, key="R1")]), (REPORT, [refund(500, 28, key="R1")])), ITEMS)
    assert len(found) == 1


def test_different_items_and_currencies_are_different_refunds():
    assert len(matched((MAIL, [refund(500, 1, item=0)]), (PAGE, [refund(500, 1, item=1)]))) == 2
    assert len(matched((MAIL, [refund(500, 1)]), (PAGE, [refund(500, 1, unit="EUR")]))) == 2


def test_an_undated_report_gets_the_date_of_a_dated_one():
    assert matched((EXPORT, [refund(500, None)]), (MAIL, [refund(500, 4)])) == [(500, date(2025, 3, 4), None)]


def test_the_order_of_documents_does_not_matter():
    reports = [
        (EXPORT, [refund(7902, 20), refund(1000, 3)]),
        (MAIL, [refund(6928, 18, item=0), refund(974, 19, item=1)]),
        (CARD, [refund(7902, 21), refund(1000, 5)]),
    ]
    assert len({tuple(matched(*each)) for each in permutations(reports)}) == 1
