"""The filter language on lists that are not orders."""

from datetime import date

import pytest

from assistant.domain.errors import InvalidInput
from assistant.domain.filter_language import parse_filter
from assistant.domain.money import Money
from assistant.domain.rows.row_filter import AMOUNTS, RowFacts, check_keys, matches

TONER = RowFacts(words="Black toner, open", accounts=("biz", "per"), day=date(2026, 11, 20), amount=Money(-4114, "USD"))
RICE = RowFacts(words="Rice 10 kg", accounts=("home",), categories={"grocery"}, day=date(2026, 10, 2), amount=Money(900, "EUR"))


@pytest.mark.parametrize(
    ("text", "finds_toner", "finds_rice"),
    [
        ("", True, True),
        ("toner", True, False),
        ("-toner", False, True),
        ("account:per", True, False),
        ("account:biz or account:home", True, True),
        ("date:2026-11", True, False),
        (">40", True, False),
        ("<10 cur:EUR", False, True),
        ("cat:Grocery", False, True),
        ("rice -account:home", False, False),
    ],
)
def test_rows_are_found_as_orders_are(text, finds_toner, finds_rice):
    found = parse_filter(text)
    assert (matches(found, TONER), matches(found, RICE)) == (finds_toner, finds_rice)


def test_a_key_that_a_list_does_not_know_is_refused_with_those_that_it_knows():
    with pytest.raises(InvalidInput, match=r"The history cannot be filtered by 'cat:'. Use words, or person:, date:."):
        check_keys(parse_filter("date:2026 or -cat:office"), ("person", "date"), "the history")
    with pytest.raises(InvalidInput, match=r"Terms cannot be filtered by amounts. Use words, or account:."):
        check_keys(parse_filter(">5"), ("account",), "terms")
    check_keys(parse_filter("date:2026 >5 toner"), ("date", AMOUNTS), "claims")
