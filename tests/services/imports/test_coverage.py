"""How complete each month of the ledger is, and why it may be incomplete."""

from datetime import UTC, date, datetime

import pytest

from assistant.domain.coverage import Cover
from assistant.domain.documents import Extraction, Listing, Source
from assistant.domain.errors import NotFound
from assistant.domain.filter_language import parse_filter
from assistant.domain.filters import Filter
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Order, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.services.imports.store_document import Arrival, take

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def ledger(services, clock):
    clock.now = NOW
    services.accounts.add("Personal", "personal", key="per")
    return services


def order(number: int, on: date, total: str | None = "10.00") -> Order:
    amounts = {} if total is None else {Amount.GRAND_TOTAL: Money.of(total, "USD")}
    return Order(number=f"112-{number:07d}-0000001", placed_on=on, currency="USD", status=OrderStatus.DELIVERED, amounts=amounts)


def bring(services, kind: SourceKind, *orders: Order, listing: Listing | None = None, at: datetime = NOW, account: str = "per") -> None:
    name = f"{kind} {[entry.number for entry in orders]} {listing} {at}"
    found = Extraction(source=Source(name=name, kind=kind), orders=orders, listing=listing)
    with services.ledger._database.writing() as work:  # documents as readers return them, without a file for each
        take(work, Arrival(extraction=found, digest=name, name=name), account, at)
        work.commit()


def known(services, text: str = "") -> dict[str, tuple[Cover, tuple[str, ...]]]:
    return {row.month: (row.cover, row.gaps) for row in services.coverage.months(parse_filter(text)).items}


def test_an_export_covers_until_its_last_order_and_later_months_are_unknown(ledger):
    bring(ledger, SourceKind.RETAIL_EXPORT, order(1, date(2026, 8, 1)), order(2, date(2026, 10, 12)))
    assert known(ledger) == {
        "2026-08": (Cover.COMPLETE, ()),
        "2026-09": (Cover.COMPLETE, ()),
        "2026-10": (Cover.PARTIAL, ("the export covers until 12 Oct", "1 order known only from export")),
        "2026-11": (Cover.NEVER, ("nothing was seen for this month",)),
    }


def test_orders_known_only_from_mail_or_single_pages_are_marked(ledger):
    bring(ledger, SourceKind.EMAIL, order(1, date(2026, 9, 3)), order(2, date(2026, 9, 8)))
    bring(ledger, SourceKind.ORDER_DETAILS, order(3, date(2026, 9, 9)))
    assert known(ledger, "date:2026-09") == {
        "2026-09": (Cover.PARTIAL, ("2 orders known only from e-mail", "1 order known only from pages that were opened"))
    }
    assert known(ledger, "date:2026-10") == {"2026-10": (Cover.NEVER, ("nothing was seen for this month",))}


def test_a_year_is_complete_when_as_many_orders_were_seen_as_the_list_counts(ledger):
    first = [order(number, date(2026, 2, 1)) for number in range(10)]
    second = [order(number, date(2026, 1, 5)) for number in range(10, 12)]
    bring(ledger, SourceKind.ORDER_LIST, *first, listing=Listing(period="year-2026", start=0, shown=12))
    cover, gaps = known(ledger)["2026-02"]
    assert (cover, gaps[0]) == (Cover.PARTIAL, "10 of the 12 orders of the list were seen")
    bring(ledger, SourceKind.ORDER_LIST, *second, listing=Listing(period="year-2026", start=10, shown=12))
    assert set(known(ledger).values()) == {(Cover.COMPLETE, ())}
    assert len(known(ledger)) == 11


def test_a_list_seen_in_june_proves_nothing_about_july(ledger):
    june = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
    bring(ledger, SourceKind.ORDER_LIST, order(1, date(2026, 5, 1)), listing=Listing(period="year-2026", shown=1), at=june)
    months = known(ledger)
    assert months["2026-05"] == (Cover.COMPLETE, ())
    assert months["2026-06"] == (Cover.PARTIAL, ("the list covers until 10 Jun",))
    assert months["2026-07"][0] is Cover.NEVER


def test_a_year_without_orders_is_complete_and_empty(ledger):
    bring(ledger, SourceKind.ORDER_LIST, listing=Listing(period="year-2025", shown=0))
    assert known(ledger, "date:2025-03") == {"2025-03": (Cover.COMPLETE, ())}


def test_a_search_or_a_filter_proves_nothing(ledger):
    bring(ledger, SourceKind.ORDER_LIST, order(1, date(2026, 5, 1)), listing=Listing(period="year-2026", shown=1, filtered=True))
    bring(ledger, SourceKind.ORDER_LIST, order(2, date(2026, 5, 1)), listing=Listing(shown=1))
    assert known(ledger)["2026-05"] == (Cover.PARTIAL, ("2 orders known only from pages that were opened",))


def test_the_last_thirty_days_end_on_the_day_they_were_seen(ledger):
    bring(ledger, SourceKind.ORDER_LIST, order(1, date(2026, 11, 1)), listing=Listing(period="last30", shown=1))
    months = known(ledger)
    assert months["2026-11"] == (Cover.COMPLETE, ())
    assert months["2026-10"][0] is Cover.PARTIAL


def test_an_order_without_a_total_makes_a_covered_month_partial(ledger):
    bring(ledger, SourceKind.RETAIL_EXPORT, order(1, date(2026, 9, 1)), order(2, date(2026, 9, 5), None), order(3, date(2026, 10, 1)))
    assert known(ledger)["2026-09"] == (Cover.PARTIAL, ("1 order without a total",))


def test_missing_coverage_is_shown_beside_every_total(ledger):
    bring(ledger, SourceKind.RETAIL_EXPORT, order(1, date(2026, 9, 1)), order(2, date(2026, 10, 31)))
    bring(ledger, SourceKind.EMAIL, order(3, date(2026, 11, 3)))
    rows = {row.month: row.gaps for row in ledger.ledger.expenses(Filter()).items}
    assert rows == {"2026-09": (), "2026-10": (), "2026-11": ("1 order known only from e-mail",)}
    (overview,) = ledger.ledger.overview(NOW.date())
    assert overview.gaps == ("Nov 2026: 1 order known only from e-mail",)


def test_each_account_has_its_own_coverage_and_an_unknown_one_is_reported(ledger):
    ledger.accounts.add("Ortiz Design", "business", key="biz")
    bring(ledger, SourceKind.RETAIL_EXPORT, order(1, date(2026, 11, 25)))
    bring(ledger, SourceKind.EMAIL, order(1, date(2026, 11, 3)), account="biz")
    rows = {row.account: row.cover for row in ledger.coverage.months(Filter()).items}
    assert rows == {"per": Cover.PARTIAL, "biz": Cover.PARTIAL}
    assert [row.account for row in ledger.coverage.months(Filter(accounts=("Ortiz Design",))).items] == ["biz"]
    with pytest.raises(NotFound):
        ledger.coverage.months(Filter(accounts=("nobody",)))
