"""`shopper order --set refund1.item=2`: the user's correction of a refund's item and day overrides every source, and can be undone."""

ORDER = "112-0000001-0000001"


def refunds(shopper):
    found = shopper("books", "--account", "biz", "--json").json["items"]
    return [(entry["date"], entry["line"]["title"], entry["gross"]) for entry in found if entry["kind"] == "refund"]


def test_the_user_moves_a_refund_to_another_item_and_another_day(household):
    assert refunds(household) == [("2025-03-21", "Desk lamp", "-55.00")]
    assert "refund 1: 55.00 USD on 2025-03-21" in household("order", ORDER, "--account", "biz").out
    assert household("order", ORDER, "--set", "refund1.item=1", "--set", "refund1.date=2026-01-03").code == 0
    assert refunds(household) == [("2026-01-03", "Standing desk", "-55.00")]
    household("order", ORDER, "--take-back", "refund1.item")
    assert refunds(household) == [("2026-01-03", "Desk lamp", "-55.00")]
    household("undo")
    household("undo")
    assert refunds(household) == [("2025-03-21", "Desk lamp", "-55.00")]


def test_the_user_adds_a_refund_that_no_source_reports(household):
    added = ("--set", "refund2.amount=20.00", "--set", "refund2.date=2025-04-01", "--set", "refund2.item=1")
    assert household("order", ORDER, *added).code == 0
    assert refunds(household) == [("2025-03-21", "Desk lamp", "-55.00"), ("2025-04-01", "Standing desk", "-20.00")]
    (row,) = [row for row in household("expenses", "--account", "biz", "--json").json["items"] if row["month"] == "2025-04"]
    assert (row["spent"], row["refunded"]) == ("0.00", "20.00")
    for word in ("refund2.amount", "refund2.date"):
        household("order", ORDER, "--take-back", word)
    assert len(refunds(household)) == 1


def test_two_added_refunds_are_set_and_taken_back_in_one_command_in_any_order(household):
    first = ("--set", "refund2.amount=20.00", "--set", "refund2.date=2025-04-01")
    second = ("--set", "refund3.amount=5.00", "--set", "refund3.date=2025-04-01")
    assert household("order", ORDER, *second, *first).code == 0
    assert len(refunds(household)) == 3
    words = [f"refund{number}.{word}" for number in (2, 3) for word in ("amount", "date")]
    assert household("order", ORDER, *[flag for word in words for flag in ("--take-back", word)]).code == 0
    assert len(refunds(household)) == 1


def test_a_refund_is_never_larger_than_the_cost(household):
    household("order", ORDER, "--set", "refund2.amount=300.00", "--set", "refund2.date=2025-04-01")
    assert len(refunds(household)) == 1
    assert [entry["amount"] for entry in household("questions", "--json").json if entry["code"] == "refund_exceeds_cost"] == ["300.00"]


def test_impossible_corrections_are_refused(household):
    for word, why in (
        ("refund1.item=7", "no item '7'"),
        ("refund7.item=1", "no refund 7"),
        ("refund2.item=1", "no refund 2"),
        ("refund1.amount=3", "cannot be corrected"),
        ("refund2.amount=-3", "above zero"),
    ):
        ran = household("order", ORDER, "--set", word)
        assert (ran.code, why in ran.err) == (2, True)
