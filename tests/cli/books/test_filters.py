"""A filter selects the same entries in every list of the command line."""


def found(shopper, *words):
    return {entry["order_id"].split("-")[1][-1] for entry in shopper("orders", "--json", *words).json["items"]}


def test_sellers_titles_states_ranges_exclusions_and_alternatives_select_the_same_in_every_list(household):
    assert found(household, "is:refunded") == {"1"}
    assert found(household, "item:ruler") == {"2", "3"}
    assert found(household, "date:2025-03-05..10", "or", "cur:EUR") == {"2", "3", "4", "5"}
    assert found(household, "account:per -cur:EUR") == {"4"}
    assert found(household, "--", "-item:lamp", "-desk") == {"2", "3"}
    assert found(household, "lamp <80 or ruler") == found(household, "item:ruler") | found(household, "item:lamp", "<80")
    books = household("books", "item:lamp or item:ruler", "--json").json["items"]
    assert {entry["line"]["title"] for entry in books} == {"Desk lamp", "Steel ruler"}
    (row,) = household("expenses", "is:refunded", "item:lamp", "--json").json["items"]
    assert (row["account"], row["spent"], row["refunded"]) == ("biz", "55.00", "55.00")


def test_an_alternative_by_purpose_counts_only_its_own_shares(household):
    household("split", "112-0000002-0000001", "business=60%", "personal=40%")
    both = household("expenses", "item:ruler", "purpose:personal or item:nothing", "--json").json["items"]
    assert both == household("expenses", "item:ruler", "purpose:personal", "--json").json["items"]
    without = household("expenses", "item:ruler", "--", "-purpose:personal").out
    assert "personal" not in without


def test_a_mistyped_word_is_refused_with_the_nearest_one_and_its_place(household):
    for words, near in (
        ("acount:biz", "Did you mean account:?"),
        ("is:refundet", "Did you mean refunded"),
        ("cat:ofice", "Did you mean office"),
        ("cat:off", "Did you mean office"),
        ("account:bizz", "biz"),
    ):
        refused = household("orders", words)
        assert refused.code in {2, 3}
        assert near in refused.err
    assert "(at character 7)" in household("orders", "toner", "acount:biz").err


def test_a_quoted_argument_is_a_phrase_unless_it_is_a_filter(household):
    assert found(household, "desk lamp") == {"1", "4", "5"}
    assert found(household, "account:biz >50") == found(household, "account:biz", ">50")
