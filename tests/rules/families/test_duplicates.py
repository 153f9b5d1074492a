"""Duplicate purchases."""

import pytest

from tests.rules.situations import codes, item, order, verdict


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([order("lee", "2026-11-09", state="shipping")], {"DUP_CROSS_ACCOUNT": "warn"}),
        ([order("lee", "2026-11-23", state="placed")], {"DUP_CROSS_ACCOUNT": "warn"}),
        ([order("lee", "2026-11-08", state="shipping")], {}),
        ([order("biz", "2026-11-22", state="placed")], {"DUP_CROSS_ACCOUNT": "warn"}),
        ([order("far", "2026-11-22", state="shipping")], {}),
        ([order("lee", "2026-11-22", state="cancelled")], {}),
        ([order("lee", "2026-11-22", state="returned")], {}),
        ([order("per", "2026-11-22", state="shipping")], {"DUP_SAME_ACCOUNT": "notice"}),
        ([order("lee", "2026-11-22", asin="B0OTHER001")], {}),
    ],
)
def test_a_recent_order_of_the_person_or_household_is_a_duplicate(history, expected):
    assert codes({}, history=history) == expected


def test_consumables_give_only_a_note():
    found = codes({"items": [item(category="consumable")]}, history=[order("lee", "2026-11-22")])
    assert found == {"DUP_CROSS_ACCOUNT": "notice"}


@pytest.mark.parametrize(
    ("here", "before", "level"),
    [("Grocery", None, "notice"), (None, "consumable", "notice"), ("home", "consumable", "warn"), (None, None, "warn")],
)
def test_an_uncategorised_item_takes_the_category_of_the_earlier_order(here, before, level):
    found = codes({"items": [item(category=here)]}, history=[order("lee", "2026-11-22", category=before)])
    assert found == {"DUP_CROSS_ACCOUNT": level}


def test_a_muted_warning_stays_muted_for_its_item_and_account():
    mute = {"type": "mute", "code": "DUP_CROSS_ACCOUNT", "asin": "B0THING001"}
    history = [order("lee", "2026-11-22")]
    assert codes({}, history=history, rules=[mute]) == {}
    assert codes({}, history=history, rules=[{**mute, "account": "biz"}]) == {"DUP_CROSS_ACCOUNT": "warn"}
    assert codes({}, history=history, rules=[{**mute, "asin": "B0OTHER001"}]) == {"DUP_CROSS_ACCOUNT": "warn"}


def test_a_private_order_is_a_hint_or_silent_for_others_and_full_for_its_owner():
    private = {"type": "private", "account": "lee", "order_id": "1-1", "reveal": "hint"}
    history = [order("lee", "2026-11-22", order_id="1-1")]
    hint = verdict({}, history=history, rules=[private])
    assert [reason.code for reason in hint.reasons] == ["DUP_PRIVATE"]
    assert "Lee" not in str(hint)
    assert codes({}, history=history, rules=[{**private, "reveal": "never"}]) == {}
    own = [order("biz", "2026-11-22", order_id="1-1")]
    assert codes({}, history=own, rules=[{**private, "account": "biz"}]) == {"DUP_CROSS_ACCOUNT": "warn"}


@pytest.mark.parametrize(("due", "expected"), [("2026-12-03", {"DUP_SNS_OVERLAP": "warn"}), ("2026-12-04", {}), ("2026-11-22", {})])
def test_a_subscription_that_delivers_soon_is_mentioned(due, expected):
    assert codes({}, history=[{"type": "subscription", "account": "lee", "asin": "B0THING001", "next_delivery": due}]) == expected


def test_titles_that_differ_in_a_detail_are_not_similar():
    def alike(title, other, price=100, paid=100):
        history = [order("lee", "2026-11-22", asin="B0OTHER001", title=other, price=paid)]
        return "DUP_SIMILAR" in codes({"items": [item(title=title, price=price)]}, history=history)

    assert alike("Mesh router system X20 3-pack white 2026", "Mesh router system X20, 3-pack, white")
    assert not alike("Rain jacket, men, L, blue", "Rain jacket, women, S, blue")
    assert not alike("USB stick 32GB metal", "USB stick 64GB metal")
    assert not alike("Mesh router X20 white", "Mesh router X20 white", price=100, paid=150)


def test_the_window_can_be_set_and_counts_civil_days_as_written():
    history = [order("lee", "2026-11-13T23:50:00-08:00")]
    assert codes({"at": "2026-11-27T00:10:00+09:00"}, history=history) == {"DUP_CROSS_ACCOUNT": "warn"}
    assert codes({"at": "2026-11-28T00:10:00+09:00"}, history=history) == {}
    assert codes({}, history=history, defaults={"dup_window_days": 3}) == {}
    assert codes({}, history=[order("lee", "2026-11-24")]) == {}


def test_two_units_within_a_stated_limit_are_allowed():
    limit = {"scope": "customer", "max": 2}
    assert codes({"items": [item(limit=limit)]}, history=[order("biz", "2026-11-20", limit=limit)]) == {}
    assert codes({"items": [item(limit=limit)]}, history=[order("lee", "2026-11-20", limit=limit)]) == {"DUP_CROSS_ACCOUNT": "warn"}


@pytest.mark.parametrize(
    ("limit", "here", "before", "expected"),
    [
        ({"scope": "household", "max": 2}, 1, [("lee", None)], {}),
        ({"scope": "household", "max": 2}, None, [("lee", 1)], {}),
        ({"scope": "household", "max": 4}, 2, [("lee", 1), ("biz", 1)], {}),
        ({"scope": "customer", "max": 4}, 2, [("biz", 1), ("lee", 1)], {"DUP_CROSS_ACCOUNT": "warn"}),
        ({"scope": "account", "max": 1}, 1, [("biz", 0)], {"DUP_CROSS_ACCOUNT": "warn"}),
        ({"scope": "account", "max": 3}, 2, [("biz", 2)], {"DUP_CROSS_ACCOUNT": "warn"}),
        ({"scope": "account", "max": 4}, 2, [("biz", 2)], {}),
    ],
)
def test_all_units_together_can_stay_within_the_limit_of_the_page(limit, here, before, expected):
    history = [order(account, "2026-11-20", qty=units) for account, units in before]
    assert codes({"items": [item(qty=here, limit=limit)]}, history=history) == expected


def test_a_subscription_overlaps_only_with_a_running_one_for_the_same_item_nearby():
    due = {"type": "subscription", "account": "lee", "asin": "B0THING001", "next_delivery": "2026-11-23"}
    assert codes({}, history=[due]) == {"DUP_SNS_OVERLAP": "warn"}
    assert codes({}, history=[{**due, "account": "per"}]) == {}
    assert codes({}, history=[{**due, "account": "far"}]) == {}
    assert codes({}, history=[{**due, "state": "cancelled"}]) == {}
    assert codes({}, history=[{**due, "asin": "B0OTHER001"}]) == {}
    others = [{**due, **change} for change in ({"account": "per"}, {"state": "ended"}, {"asin": None}, {"next_delivery": None})]
    assert codes({"items": [item(None), item()]}, history=[*others, due]) == {"DUP_SNS_OVERLAP": "warn"}
    assert codes({"items": [item(None)]}, history=others) == {}
    private = {"type": "private", "account": "lee", "reveal": "hint"}
    assert codes({}, history=[due], rules=[private]) == {}


@pytest.mark.parametrize(
    ("title", "other", "paid", "found"),
    [
        ("Coffee maker programmable 12-cup glass", "Programmable coffee maker, 12-cup, glass", 95, True),
        ("Coffee maker programmable 12-cup glass", "Programmable coffee maker, 10-cup, glass", 100, False),
        ("Mesh router X20 white", "Mesh router X21 white", 100, False),
        ("Standing desk 120x60 cm oak", "Standing desk, 120 x 60cm, oak", 100, True),
        ("Kettle 1.7 L with thermometer, 2-pack", "Kettle 1,7L with thermometer 2 pack", 100, True),
        ("Portable drive 2 TB, slim", "Portable drive 2TB slim", 100, True),
        ("Portable drive 2 TB, slim", "Portable drive 1TB slim", 100, False),
        ("Kettle 1.7 L with thermometer", "Kettle 17 L with thermometer", 100, False),
        ("Wireless earbuds Wave Pro with case", "Wireless earbuds Wave with case", 100, False),
        ("Bottiglia termica acciaio 750 ml nera", "Bottiglia termica acciaio 750 ml bianca", 100, False),
        ("Desk lamp", "Desk lamp with USB port, wireless charger and clock", 100, False),
        ("Rain jacket hooded, blue", "Rain jacket hooded, green", 100, False),
        ("Coffee maker programmable glass", "Coffee maker programmable glass", 89, False),
        ("Coffee maker programmable glass", "Coffee maker programmable glass", 90, True),
        ("Coffee maker programmable glass", "Coffee maker programmable glass", None, False),
    ],
)
def test_a_nearly_identical_item_gives_a_note(title, other, paid, found):
    history = [order("lee", "2026-11-22", asin="B0OTHER001", title=other, price=paid)]
    assert codes({"items": [item(title=title, price=100)]}, history=history) == ({"DUP_SIMILAR": "notice"} if found else {})


def test_a_nearly_identical_item_is_found_among_many_at_other_prices():
    many = [order("lee", "2026-11-22", asin=f"B0OTHER{number:03}", price=400) for number in range(9)]
    alike = order("lee", "2026-11-22", asin="B0OTHER999", title="Desk lamps", price=40)
    assert codes({}, history=[*many, alike]) == {"DUP_SIMILAR": "notice"}
    assert codes({}, history=many) == {}
    assert codes({"items": [item(price=None), item(title=None)]}, history=[*many, alike]) == {}


def test_a_private_nearly_identical_item_gives_a_hint_and_another_currency_nothing():
    history = [order("lee", "2026-11-22", asin="B0OTHER001", price=40, order_id="1-1", currency="USD")]
    private = {"type": "private", "account": "lee", "order_id": "1-1", "reveal": "hint"}
    assert codes({}, history=history) == {"DUP_SIMILAR": "notice"}
    assert codes({}, history=history, rules=[private]) == {"DUP_PRIVATE": "notice"}
    assert codes({}, history=history, rules=[{**private, "reveal": "never"}]) == {}
    assert codes({"currency": "EUR"}, history=history) == {}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Cerradura de puerta, mano derecha, cromo", "Cerradura de puerta, mano izquierda, cromo", False),
        ("Kurtka robocza letnia, biała, rozmiar L", "Kurtka robocza letnia, czarna, rozmiar L", False),
        ("収納ボックス 折りたたみ ふた付き 白", "収納ボックス 折りたたみ ふた付き 黒", False),
        ("Space Saga collector edition III", "Space Saga collector edition II", False),
        ("Wall calendar 2027 with cats", "Wall calendar 2026 with cats", False),
        ("Mesh wifi system X20 with three units 2026", "Mesh wifi system X20 with three units", True),
        ("Water filter for kettles", "Water filters for kettles", True),
        ("Koszula robocza z długim rękawem, czarna", "Koszula robocza z długim rękawem", False),
        ("Sac de couchage trois saisons, gauche", "Sac de couchage trois saisons", False),
        ("Steam cleaner tank model X200", "Steam cleaner tank model X2000", False),
        ("Kaffeemaschine mit Timer und Glaskanne", "Kaffeemaschine, Timer und Glaskanne", True),
        ("Robot vacuum & mop S7, black", "Robot vacuum and mop S7 black", True),
    ],
)
def test_one_replaced_word_makes_another_variant_in_any_language(one, other, alike):
    history = [order("lee", "2026-11-22", asin="B0OTHER001", title=other, price=40, currency="USD")]
    assert ("DUP_SIMILAR" in codes({"items": [item(title=one, price=40)]}, history=[{**history[0], "title": other}])) is alike
