"""The filter language is read, checked and completed."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.domain.errors import InvalidInput
from assistant.domain.filter_language import completed, completions, mistake_in, parse_filter
from assistant.domain.filters import Filter
from assistant.domain.languages.language import speaking


def test_every_filter_key_is_understood():
    found = parse_filter(
        'account:biz account:per cat:office purpose:business status:delivered cur:eur >50 <100.5 date:2025-Q1 "desk lamp" toner'
    )
    assert found == Filter(
        accounts=("biz", "per"),
        category="office",
        purpose="business",
        status="delivered",
        currency="EUR",
        since=date(2025, 1, 1),
        until=date(2025, 3, 31),
        above=Decimal(50),
        below=Decimal("100.5"),
        words=("desk lamp", "toner"),
    )


def test_a_value_with_spaces_is_quoted_and_a_kind_is_one_of_the_books():
    assert parse_filter('purpose:"my shop" kind:expense "3:2 hub"') == Filter(purpose="my shop", kind="expense", words=("3:2 hub",))


def test_words_with_a_colon_but_without_a_key_are_searched():
    assert parse_filter('3:2 12:30 "usb:c"').words == ("3:2", "12:30", "usb:c")


def test_sellers_titles_and_states_are_understood():
    found = parse_filter('seller:"acme gmbh" item:toner title:black is:Refunded is:held')
    assert found == Filter(seller="acme gmbh", items=("toner", "black"), states=("refunded", "held"))


def test_a_minus_leaves_out_words_phrases_and_keys():
    found = parse_filter('paper -toner -"desk lamp" -cat:toys ->50')
    left_out = (Filter(words=("toner",)), Filter(words=("desk lamp",)), Filter(category="toys"), Filter(above=Decimal(50)))
    assert found == Filter(words=("paper",), without=left_out)
    assert parse_filter("-").words == ("-",)


def test_or_separates_alternatives_that_may_have_several_words():
    either = (Filter(words=("toner",), accounts=("biz",)), Filter(words=("ink",), without=(Filter(words=("pen",)),)))
    assert parse_filter("account:biz toner or ink -pen") == Filter(either=(either,))


def test_saved_filters_are_read_by_name_and_may_name_each_other():
    saved = {"big": ">500", "office": "cat:office or cat:crafts", "both": "@big @Office"}
    group = (Filter(category="office"), Filter(category="crafts"))
    both = Filter(either=((Filter(above=Decimal(500)),), (Filter(either=(group,)),)))
    assert parse_filter("@both toner", saved) == Filter(words=("toner",), either=((both,),))
    with pytest.raises(InvalidInput, match="names itself"):
        parse_filter("@a", {"a": "@b", "b": "@a"})


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-01..03", (date(2025, 1, 1), date(2025, 3, 31))),
        ("2024-11..2025-02", (date(2024, 11, 1), date(2025, 2, 28))),
        ("2025-01-15", (date(2025, 1, 15), date(2025, 1, 15))),
        ("2025-01-15..2025-02-03", (date(2025, 1, 15), date(2025, 2, 3))),
        ("2025-01-15..20", (date(2025, 1, 15), date(2025, 1, 20))),
        ("2025-Q3..", (date(2025, 7, 1), None)),
        ("..2025-06", (None, date(2025, 6, 30))),
    ],
)
def test_days_and_ranges_are_read(text, days):
    found = parse_filter(f"date:{text}")
    assert (found.since, found.until) == days


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("toner acount:biz", 6, "Did you mean account:?"),
        ("is:refundd", 0, "Did you mean refunded"),
        ("status:delivred", 0, "Did you mean delivered?"),
        ("paper @bigg", 6, "Did you mean @big?"),
        ("date:2025-03..01", 0, "ends before it begins"),
        ("cat:", 0, "needs a value"),
        ('toner "desk', 6, "not closed"),
        ('purpose:"my shop', 0, "not closed"),
        ("toner or", 6, "both sides"),
        ("or toner", 0, "both sides"),
        ("http://example.com", 0, "quotation marks"),
    ],
)
def test_a_mistake_is_reported_with_its_place_and_the_nearest_word(text, start, words):
    found = mistake_in(text, {"big": ">500"})
    assert found is not None
    assert found.start == start
    assert words in found.text
    assert f"at character {start + 1}" in found.text
    with pytest.raises(InvalidInput):
        parse_filter(text, {"big": ">500"})


def test_the_last_word_is_completed_with_keys_values_and_saved_names():
    known = {"account": ["biz", "home"], "purpose": ["business", "my shop"], "@": ["big"]}
    assert completions("toner acc", known) == ["account:"]
    assert completions("toner account:", known) == ["account:biz", "account:home"]
    assert completions("-account:h", known) == ["-account:home"]
    assert completions('purpose:"my s', known) == ['purpose:"my shop"']
    assert completions("@b", known) == ["@big"]
    assert completions("toner ", known) == []
    assert completed("toner acc", "account:") == "toner account:"
    assert completed('x purpose:"my s', 'purpose:"my shop"') == 'x purpose:"my shop"'


@pytest.mark.parametrize(
    "text", ["date:2025-13", "kind:gift", "date:0000", "date:march", ">much", "<", ">NaN", "<sNaN", ">Infinity", ">1e999999", "<-1e16"]
)
def test_an_invalid_filter_is_named(text):
    with pytest.raises(InvalidInput):
        parse_filter(text)


def test_words_of_closed_lists_are_typed_in_the_users_language_too():
    with speaking("de"):
        assert parse_filter("is:erstattet status:zugestellt kind:Kauf") == parse_filter("is:refunded status:delivered kind:purchase")
        assert "erstattet" in str(mistake_in("is:erstatet").text)
    with speaking("fr"):
        assert parse_filter('is:"sans-catégorie"').states == ("uncategorized",)
