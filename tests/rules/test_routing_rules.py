"""Things that belong on another account."""

from tests.rules.situations import codes, order, thing, verdict

TONER = {"type": "route", "match": {"words": ["toner"], "category": ["office"]}, "to": "biz", "strength": "hard"}


def test_words_and_category_must_both_fit():
    assert codes({"items": [thing(title="Black toner", category="office")]}, rules=[TONER]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm"}
    assert codes({"items": [thing(title="Facial toner", category="beauty")]}, rules=[TONER]) == {}
    assert codes({"items": [thing(title="Stapler", category="office")]}, rules=[TONER]) == {}


def test_a_soft_rule_warns_and_names_the_account():
    found = verdict({"items": [thing(title="Toners, 2", category="office")]}, rules=[{**TONER, "strength": "soft"}])
    assert (found.level.value, found.suggest) == ("warn", "biz")


def test_on_the_right_account_nothing_is_said():
    assert codes({"account": "biz", "items": [thing(title="Black toner", category="office")]}, rules=[TONER]) == {}


def test_a_rule_to_an_account_that_is_gone_is_ignored():
    assert codes({"items": [thing(title="Black toner", category="office")]}, rules=[{**TONER, "to": "nobody"}]) == {}


def test_three_purchases_on_one_other_account_are_a_habit():
    history = [order("biz", f"2026-0{month}-01") for month in (1, 2, 3)]
    assert codes({}, history=history) == {"WRONG_ACCOUNT_HISTORY": "warn"}
    assert codes({}, history=history[:2]) == {}
    assert codes({}, history=[*history, order("per", "2026-04-01")]) == {}
    assert codes({}, history=[*history[:2], order("biz", "2026-04-01", state="returned")]) == {}
    assert codes({}, history=[*history[:2], order("biz", "2026-04-01", state="cancelled")]) == {}


def test_somebody_elses_habit_is_none():
    assert codes({}, history=[order("lee", f"2026-0{month}-01") for month in (1, 2, 3)]) == {}


def test_private_orders_make_no_habit():
    history = [order("biz", f"2026-0{month}-01", order_id=f"1-{month}") for month in (1, 2, 3)]
    assert codes({}, history=history, rules=[{"type": "private", "account": "biz", "order_id": "1-3", "reveal": "never"}]) == {}


def test_a_cart_that_ends_on_two_accounts_is_mixed():
    items = [thing(title="Black toner", category="office"), thing("B0OTHER001", "Socks", "clothing")]
    assert codes({"page": "cart", "items": items}, rules=[TONER]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm", "MIXED_CART": "warn"}
    assert "MIXED_CART" not in codes({"page": "cart", "items": items[:1]}, rules=[TONER])


def test_personal_things_on_a_business_account():
    toy = {"account": "biz", "items": [thing(title="Wooden train", category="toys")]}
    assert codes(toy) == {"BUSINESS_PERSONAL_USE": "notice"}
    assert codes(toy, rules=[{"type": "purpose", "account": "biz", "business_categories": ["toys"]}]) == {}
    assert codes(toy, rules=[{"type": "purpose", "account": "biz", "business_words": ["train"]}]) == {}
    to_private = {"type": "route", "match": {"category": ["toys"]}, "to": "per", "strength": "soft"}
    assert codes(toy, rules=[to_private]) == {"WRONG_ACCOUNT_ROUTE": "warn", "BUSINESS_PERSONAL_USE": "warn"}
    assert codes(toy, rules=[{**to_private, "to": "biz"}]) == {}
    assert codes({**toy, "account": "per"}) == {}
