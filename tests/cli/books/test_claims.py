"""`shopper claims months` and `settle --month`: a household settles up once a month."""


def test_claims_both_ways_are_set_off_against_each_other_month_by_month(household):
    household("order", "112-0000002-0000001", "--set", "item1.purpose=personal")
    household("order", "112-0000004-0000001", "--set", "item1.purpose=business")
    household("order", "112-0000005-0000001", "--set", "item1.purpose=business")
    found = household("claims", "months", "--json").json
    assert [(entry["month"], entry["from"], entry["to"], entry["amount"], entry["currency"]) for entry in found] == [
        ("2025-04", "biz", "per", "55.00", "EUR"),
        ("2025-03", "biz", "per", "44.00", "USD"),
    ]
    assert len(found[1]["claims"]) == 2
    assert "44.00 USD" in household("claims", "months").out


def test_a_month_is_settled_in_one_step_and_undone_in_one(household):
    household("order", "112-0000002-0000001", "--set", "item1.purpose=personal")
    household("order", "112-0000004-0000001", "--set", "item1.purpose=business")
    assert household("claims", "settle", "--month", "2025-03").out.count("paid") == 2
    assert household("claims", "months").out.startswith("No open claims")
    assert household("claims", "settle", "--month", "2025-03").code == 3
    household("undo")
    assert household("claims", "months", "--json").json[0]["amount"] == "44.00"
    assert household("claims", "settle").code == 2
