"""How completely a month is known: what order lists prove, and why a month may be incomplete."""

from datetime import date

from assistant.domain.coverage import Cover, MonthCounts, SeenList, ShortList, Span, covered, is_whole, months_between, proven
from assistant.domain.documents import Listing
from assistant.domain.pages.kinds import SourceKind

TODAY = date(2026, 11, 25)


def page(period, shown, *numbers, on=TODAY, filtered=False):
    return SeenList(listing=Listing(period=period, shown=shown, filtered=filtered), seen_on=on, numbers=frozenset(numbers))


def test_two_pages_of_a_year_prove_it_together_and_one_alone_does_not():
    first, second = page("year-2025", 3, "1", "2"), page("year-2025", 3, "3", on=date(2026, 3, 1))
    whole = Span(date(2025, 1, 1), date(2025, 12, 31), "list")
    assert proven([first, second]) == ([whole], [])
    assert proven([first]) == ([], [ShortList(whole.first, whole.last, 2, 3)])


def test_the_last_30_days_of_two_days_are_two_lists():
    spans, short = proven([page("last30", 2, "1"), page("last30", 2, "2", on=date(2026, 10, 1))])
    assert (spans, [(entry.first, entry.seen) for entry in short]) == ([], [(date(2026, 10, 26), 1), (date(2026, 9, 1), 1)])


def test_a_search_or_a_list_without_a_count_proves_nothing():
    assert proven([page("year-2025", 1, "1", filtered=True), page("year-2024", None, "1"), page(None, 1, "1")]) == ([], [])


def test_months_are_complete_partial_or_never_seen_and_say_why():
    export = Span(date(2026, 9, 1), date(2026, 10, 12), "export")
    counts = {
        "2026-09": MonthCounts(orders=2),
        "2026-10": MonthCounts(orders=3, held=1, unpriced=2, only_from={SourceKind.ORDER_LIST: 2}),
    }
    months = covered("per", ["2026-09", "2026-10", "2026-11"], counts, ([export], []), TODAY)
    assert [(month.month, month.cover) for month in months] == [
        ("2026-09", Cover.COMPLETE),
        ("2026-10", Cover.PARTIAL),
        ("2026-11", Cover.NEVER),
    ]
    assert months[1].gaps == (
        "the export covers until 12 Oct",
        "2 orders known only from pages that were opened",
        "1 order in quarantine, not counted",
        "2 orders without a total",
    )


def test_a_month_is_complete_once_every_past_day_is_proven():
    spans = [Span(date(2026, 11, 10), date(2026, 11, 25), "list"), Span(date(2026, 10, 20), date(2026, 11, 9), "export")]
    assert is_whole("2026-11", spans, TODAY)
    assert not is_whole("2026-11", spans[:1], TODAY)
    assert not is_whole("2026-10", spans, TODAY)


def test_months_between_two_days_continue_over_the_end_of_a_year():
    assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_between(date(2026, 2, 1), date(2025, 11, 30)) == []
