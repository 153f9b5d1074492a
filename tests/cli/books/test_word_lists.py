"""Closed lists that suggest similar words, the tree of categories, and labelling many items at once; all can be undone."""

import pytest


def labels(shopper, *words):
    return {(entry["order_id"], entry["line"]["title"]) for entry in shopper("books", *words, "--json").json["items"]}


def test_an_unknown_word_is_refused_with_similar_ones(household):
    for word, near in (("item1.category=ofice", "office"), ("item1.purpose=bus", "business"), ("item1.person=nobody", "There are")):
        ran = household("order", "112-0000002-0000001", "--set", word)
        assert (ran.code, near in ran.err, "not-found" in ran.err) == (3, True, True)
    made = household("order", "112-0000002-0000001", "--set", "item1.category=rulers", "--set", "item1.person=Maya", "--new")
    assert made.code == 0
    assert "rulers" in household("categories").out
    assert "Maya" in household("persons").out
    assert labels(household, "person:maya") == {("112-0000002-0000001", "Steel ruler")}
    assert labels(household, "cat:rulers") == {("112-0000002-0000001", "Steel ruler"), ("112-0000003-0000001", "Steel ruler")}
    assert household("books", "person:maya", "--json").json["items"][0]["line"]["person"] == "Maya"


def test_the_advice_for_an_unknown_word_names_only_flags_that_the_command_has(household):
    order = household("orders", "--json").json["items"][0]["order_id"]
    refused = household("split", order, "bus=60%")
    assert "Did you mean business? 'shopper purposes add' makes one, and so does --new-purpose." in refused.err
    removed = household("purposes", "remove", "bus")
    assert removed.err.startswith("There is no purpose 'bus'. Did you mean business? 'shopper purposes add' makes one. ")


def test_a_filter_for_a_category_means_everything_below_it(household):
    household("categories", "add", "rulers", "--under", "office")
    household("categorize", "steel", "--as", "rulers", "--yes")
    rulers = labels(household, "cat:rulers")
    assert len(rulers) == 2
    assert rulers < labels(household, "cat:supplies")
    household("categories", "move", "rulers", "--under", "leisure")
    assert not rulers & labels(household, "cat:supplies")
    household("undo")
    assert rulers < labels(household, "cat:supplies")
    assert household("categories", "move", "office", "--under", "rulers").code == 3


def test_a_filter_for_a_category_counts_only_the_items_that_have_it(household):
    household("categorize", "lamp", "--account", "biz", "--as", "home", "--yes")
    assert {title for _, title in labels(household, "cat:home")} == {"Desk lamp"}
    (row,) = household("expenses", "cat:home", "--account", "biz", "--json").json["items"]
    assert (row["spent"], row["refunded"]) == ("55.00", "55.00")


def test_labelling_many_items_shows_them_first_and_is_one_step(household):
    before = household("history", "--json").json["total"]
    shown = household("categorize", "steel", "--as", "office", "--for", "personal")
    assert (shown.code, "2 items would change" in shown.out, "add --yes" in shown.out) == (0, True, True)
    assert household("history", "--json").json["total"] == before
    done = household("categorize", "steel", "--as", "office", "--for", "personal", "--person", "Robin", "--new", "--yes", "--json").json
    assert (done["changed"], done["total"]) == (True, 2)
    assert done["items"][0]["after"] == {"category": "office", "purpose": "personal", "person": "Robin"}
    assert household("history", "--json").json["total"] == before + 1
    assert {entry["shares"][0]["purpose"] for entry in household("books", "steel", "--json").json["items"]} == {"personal"}
    assert "Nothing to change" in household("categorize", "steel", "--as", "office", "--yes").out
    household("undo")
    assert {entry["shares"][0]["purpose"] for entry in household("books", "steel", "--json").json["items"]} == {"business"}
    assert "Robin" not in household("persons").out


@pytest.mark.parametrize(("kind", "word"), [("categories", "rulers"), ("purposes", "club"), ("persons", "Maya")])
def test_words_are_added_and_removed_while_no_item_has_them(household, kind, word):
    assert household(kind, "add", word).code == 0
    assert household(kind, "add", word.upper()).code == 3
    flag = {"categories": "--as", "purposes": "--for", "persons": "--person"}[kind]
    household("categorize", "steel", flag, word, "--yes")
    used = household(kind, "remove", word)
    assert (used.code, "2 items have" in used.err) == (3, True)
    household("undo")
    assert household(kind, "remove", word).code == 0
    assert word not in household(kind).out
    household("undo")
    assert word in household(kind).out


def test_built_in_words_cannot_be_removed(household):
    for kind, word in (("categories", "office"), ("purposes", "business")):
        assert household(kind, "remove", word).code == 3
    assert household("categorize", "steel", "--as", "a=b", "--new").code == 2
    assert household("categorize", "steel").code == 2
