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


def test_labels_are_typed_and_shown_in_the_users_language_and_stored_in_english(household):
    german = {"SHOPPER_LANGUAGE": "de"}
    assert labels(household, "cat:office")
    assert household("categorize", "lamp", "--as", "Küche", "--for", "privat", "--yes", **german).code == 0
    assert labels(household, "cat:kitchen", "purpose:personal")
    found = household("books", "cat:küche", "purpose:privat", "--json", **german).json["items"]
    assert {entry["line"]["title"] for entry in found} == {"Desk lamp"}
    assert "privat" in household("books", "cat:küche", **german).out
    assert "  Küche" in household("categories", **german).out
    assert "Kategorie Küche, Zweck privat" in household("history", **german).out
    assert "category kitchen, purpose personal" in household("history").out
    refused = household("orders", "cat:Schmuk", **german)
    assert (refused.code, "Schmuck" in refused.err) == (3, True)
    assert household("categories", "add", "Büro", **german).code == 3  # it is there


def test_an_account_gets_a_built_in_purpose_in_the_users_language(household):
    added = household("accounts", "add", "Studio", "--purpose", "Azienda", "--json", SHOPPER_LANGUAGE="it")
    assert added.json["purpose"] == "business"
    assert household("accounts", "edit", "studio", "--purpose", "casa", "--json", SHOPPER_LANGUAGE="it").json["purpose"] == "household"
    assert "azienda" in household("accounts", "list", SHOPPER_LANGUAGE="it").out


def test_a_filter_is_saved_in_english_but_for_words_of_the_users_own(household):
    german = {"SHOPPER_LANGUAGE": "de"}
    household("categories", "add", "Bücher-Ecke")
    set_ = household("settings", "set", "filters.x", "lampe -cat:büro purpose:geschäftlich is:erstattet cat:Bücher-Ecke", **german)
    assert set_.code == 0
    saved = household("settings", "list", "--json").json["filters"]
    assert saved == {"x": "lampe -cat:office purpose:business is:refunded cat:Bücher-Ecke"}
