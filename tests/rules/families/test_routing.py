"""Items that belong on another account."""

from tests.rules.situations import BIZ, FAR, PER, codes, item, order, verdict

TONER = {"type": "route", "match": {"words": ["toner"], "category": ["office"]}, "to": "biz", "strength": "hard"}


def test_words_and_category_must_both_match():
    assert codes({"items": [item(title="Black toner", category="office")]}, rules=[TONER]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm"}
    assert codes({"items": [item(title="Facial toner", category="beauty")]}, rules=[TONER]) == {}
    assert codes({"items": [item(title="Stapler", category="office")]}, rules=[TONER]) == {}


def test_a_soft_rule_warns_and_names_the_account():
    found = verdict({"items": [item(title="Toners, 2", category="office")]}, rules=[{**TONER, "strength": "soft"}])
    assert (found.level.value, found.suggest) == ("warn", "biz")


def test_the_right_account_gets_no_warning():
    assert codes({"account": "biz", "items": [item(title="Black toner", category="office")]}, rules=[TONER]) == {}


def test_a_rule_for_a_removed_account_is_ignored():
    assert codes({"items": [item(title="Black toner", category="office")]}, rules=[{**TONER, "to": "nobody"}]) == {}


def test_three_purchases_on_one_other_account_are_a_habit():
    history = [order("biz", f"2026-0{month}-01") for month in (1, 2, 3)]
    assert codes({}, history=history) == {"WRONG_ACCOUNT_HISTORY": "warn"}
    assert codes({}, history=history[:2]) == {}
    assert codes({}, history=[*history, order("per", "2026-04-01")]) == {}
    assert codes({}, history=[order("per", f"2026-0{month}-01") for month in (1, 2, 3)]) == {}
    mixed = {"items": [item(), item("B0OTHER001", "Kettle")]}
    assert set(codes(mixed, history=history)) == {"WRONG_ACCOUNT_HISTORY", "MIXED_CART"}
    for asin, quiet in (("B0THING001", True), (None, True), ("B0OTHER001", False)):
        mute = {"type": "mute", "code": "WRONG_ACCOUNT_HISTORY", "asin": asin}
        assert ("MIXED_CART" not in codes(mixed, history=history, rules=[mute])) is quiet
    assert codes({}, history=[*history[:2], order("biz", "2026-04-01", state="returned")]) == {}
    assert codes({}, history=[*history[:2], order("biz", "2026-04-01", state="cancelled")]) == {}


def test_purchases_of_another_person_are_not_a_habit():
    assert codes({}, history=[order("lee", f"2026-0{month}-01") for month in (1, 2, 3)]) == {}


def test_private_orders_are_not_a_habit():
    history = [order("biz", f"2026-0{month}-01", order_id=f"1-{month}") for month in (1, 2, 3)]
    assert codes({}, history=history, rules=[{"type": "private", "account": "biz", "order_id": "1-3", "reveal": "never"}]) == {}


def test_a_cart_that_belongs_to_two_accounts_is_mixed():
    items = [item(title="Black toner", category="office"), item("B0OTHER001", "Socks", "clothing")]
    assert codes({"page": "cart", "items": items}, rules=[TONER]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm", "MIXED_CART": "warn"}
    assert "MIXED_CART" not in codes({"page": "cart", "items": items[:1]}, rules=[TONER])


def test_personal_items_on_a_business_account_are_warned_about():
    toy = {"account": "biz", "items": [item(title="Wooden train", category="toys")]}
    assert codes(toy) == {"BUSINESS_PERSONAL_USE": "notice"}
    assert codes(toy, rules=[{"type": "purpose", "account": "biz", "business_categories": ["toys"]}]) == {}
    assert codes(toy, rules=[{"type": "purpose", "account": "biz", "business_words": ["train"]}]) == {}
    to_private = {"type": "route", "match": {"category": ["toys"]}, "to": "per", "strength": "soft"}
    assert codes(toy, rules=[to_private]) == {"WRONG_ACCOUNT_ROUTE": "warn", "BUSINESS_PERSONAL_USE": "warn"}
    assert codes(toy, rules=[{**to_private, "to": "biz"}]) == {}
    assert codes({**toy, "account": "per"}) == {}


def test_the_closer_rule_decides_and_a_hard_one_wins_over_a_soft_one():
    office = {"type": "route", "match": {"category": ["office"]}, "to": "biz", "strength": "soft"}
    school = {"type": "route", "match": {"words": ["school"]}, "to": "per", "strength": "soft"}
    items = [item(title="School notebook", category="office")]
    assert codes({"items": items}, rules=[office, school]) == {}
    assert codes({"items": items}, rules=[{**office, "strength": "hard"}, school]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm"}


def test_a_rule_and_an_agreeing_habit_are_both_given_and_outweigh_another_habit():
    history = [order("biz", f"2026-0{month}-01") for month in (1, 2, 3)]
    lamp = {"type": "route", "match": {"words": ["lamp"]}, "to": "biz", "strength": "soft"}
    assert codes({}, history=history, rules=[lamp]) == {"WRONG_ACCOUNT_ROUTE": "warn", "WRONG_ACCOUNT_HISTORY": "warn"}
    assert codes({}, history=history, rules=[{**lamp, "to": "per"}]) == {}


def test_a_habit_is_on_one_account_and_counts_each_order_once():
    third = {**FAR, "owner": "kim"}
    history = [order("biz", f"2026-0{month}-01") for month in (1, 2, 3)]
    assert codes({}, history=[*history, order("far", "2026-04-01")], accounts=[PER, BIZ, third]) == {}
    assert codes({}, history=[*history, order("far", "2026-04-01", state="returned")], accounts=[PER, BIZ, third]) != {}
    assert codes({}, history=[*history, order("lee", "2026-04-01")]) == {"WRONG_ACCOUNT_HISTORY": "warn"}
    assert codes({}, history=[order("biz", "2026-01-01", order_id="1-1")] * 3) == {}
    assert codes({}, history=history[:2], defaults={"history_route_min": 2}) == {"WRONG_ACCOUNT_HISTORY": "warn"}


def test_habits_can_make_a_cart_mixed_or_wrong_as_a_whole():
    habit = [order("biz", f"2026-0{month}-01") for month in (1, 2, 3)]
    items = [item(), item("B0OTHER001", "Socks", "clothing")]
    assert set(codes({"items": items}, history=habit)) == {"WRONG_ACCOUNT_HISTORY", "MIXED_CART"}
    everything = {"type": "route", "match": {"category": ["home", "clothing"]}, "to": "biz", "strength": "soft"}
    assert codes({"items": items}, rules=[everything]) == {"WRONG_ACCOUNT_ROUTE": "warn"}
    assert codes({"items": items, "page": "buy_now"}, history=habit) == {"WRONG_ACCOUNT_HISTORY": "warn"}
    toys = [item(title="Wooden train", category="toys"), item("B0OTHER001", "Stapler", "office")]
    assert codes({"account": "biz", "page": "cart", "items": toys}) == {"BUSINESS_PERSONAL_USE": "notice"}


def test_the_most_severe_personal_item_decides_and_five_are_listed():
    toys = [item(f"B0TOY{number}", "Wooden train", "toys") for number in range(6)]
    ball = item("B0BALL", "Ball", "sports")
    rules = [{"type": "route", "match": {"words": ["ball"]}, "to": "per"}]
    found = {reason.code: reason for reason in verdict({"account": "biz", "items": [*toys, ball]}, rules=rules).reasons}
    assert found["BUSINESS_PERSONAL_USE"].level.value == "warn"
    assert found["BUSINESS_PERSONAL_USE"].evidence == ("category toys",) * 5


def test_a_rule_to_any_business_account_makes_a_toy_a_business_item():
    studio = {**FAR, "owner": "kim", "amazon_business": True}
    toy = {"account": "biz", "items": [item(title="Wooden train", category="toys")]}
    rules = [{"type": "route", "match": {"category": ["toys"]}, "to": "far", "strength": "soft"}]
    assert codes(toy, rules=rules, accounts=[PER, BIZ, studio]) == {"WRONG_ACCOUNT_ROUTE": "warn"}
    assert codes(toy, rules=[{"type": "purpose", "account": "far", "business_categories": ["toys"]}]) == {"BUSINESS_PERSONAL_USE": "notice"}


def test_browsing_is_not_buying():
    assert codes({"page": "product", "items": [item(title="Black toner", category="office")]}, rules=[TONER]) == {}
