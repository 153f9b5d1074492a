"""`shopper split` and other commands take amounts as the user's language shows them; data keeps the point."""

from decimal import Decimal

import pytest

from tui.dialogs.split_form import shares_in

ORDER = ("112-0000001-0000001", "--account", "biz")


@pytest.mark.parametrize(("language", "typed"), [("de", "1.219,49"), ("fr", "1 219,49"), ("en", "1,219.49"), ("it", "1219.49")])
def test_an_order_is_corrected_with_an_amount_of_the_language(household, language, typed):
    household("order", *ORDER, "--set", f"total={typed}", "--set", "item1.title=1.234", SHOPPER_LANGUAGE=language)
    order = household("order", *ORDER, "--json").json
    assert order["amounts"]["grand_total"] == "1219.49"
    assert order["items"][0]["title"] == "1.234"


def test_a_filter_finds_the_same_orders_in_german_and_english(household):
    german = household("orders", ">60,5", "--json", SHOPPER_LANGUAGE="de").json["items"]
    english = household("orders", ">60.5", "--json").json["items"]
    assert german == english
    assert german
    assert all(Decimal(row["amounts"]["grand_total"]) > Decimal("60.5") for row in german)


def test_english_does_not_guess_what_a_comma_means(household):
    assert household("order", *ORDER, "--set", "total=19,49").code == 2
    assert "like >1234.5" in household("orders", ">50,5").err


def test_a_share_a_rule_and_a_part_of_a_claim_are_typed_the_same(household):
    german = {"SHOPPER_LANGUAGE": "de"}
    assert household("split", *ORDER, "--item", "1", "privat=12,50", **german).code == 0
    (claim,) = household("claims", "--json").json
    assert claim["amount"] == "12.50"
    assert household("claims", "settle", claim["id"], "--amount", "2,25", **german).code == 0
    household("rules", "add", "budget", "account=biz", "month=1.600,50", "currency=USD", **german)
    rule = household("rules", "list", "--json").json["items"][-1]
    assert rule["month"] == "1600.50"
    household("rules", "edit", str(rule["id"]), "account=per", **german)
    rule = household("rules", "list", "--json").json["items"][-1]
    assert rule["month"] == "1600.50"


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("a=40%, b=10", ["a=40%", "b=10"]),
        ("a=40%,b=10", ["a=40%", "b=10"]),
        ("a=12.50 b=3", ["a=12.50", "b=3"]),
        ("a=1,234.50,b=3", ["a=1234.50", "b=3"]),
    ],
)
def test_a_comma_inside_a_number_does_not_separate_shares(text, shares):
    assert shares_in(text) == tuple(shares)
