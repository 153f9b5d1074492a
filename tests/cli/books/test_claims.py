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


def test_a_claim_that_is_paid_in_parts_stays_open_with_the_rest(household):
    for number in ("112-0000002-0000001", "112-0000005-0000001"):
        household("split", number, "business=100%" if number.startswith("112-0000005") else "personal=100%")
    before = {claim["id"]: claim for claim in household("claims", "--json").json}
    claim = next(claim for claim in before.values() if claim["currency"] == "EUR")
    assert "paid 20.00 EUR" in household("claims", "settle", claim["id"], "--amount", "20.00").out
    household("claims", "settle", claim["id"], "--amount", "5")
    states = [(one["state"], one["amount"]) for one in household("claims", "--json").json if one["order_id"] == claim["order_id"]]
    assert sorted(states) == [("open", "30.00"), ("settled", "20.00"), ("settled", "5.00")]
    for refused in ("30.01", "0", "-1", "much"):
        assert household("claims", "settle", claim["id"], "--amount", refused).code == 2
    assert household("claims", "settle", *before, "--amount", "1.00").code == 2
    assert household("claims", "settle", "--month", "2025-04", "--amount", "1.00").code == 2
    household("undo")
    assert next(one for one in household("claims", "--json").json if one["id"] == claim["id"])["amount"] == "35.00"


def test_a_month_is_settled_in_one_step_and_undone_in_one(household):
    household("order", "112-0000002-0000001", "--set", "item1.purpose=personal")
    household("order", "112-0000004-0000001", "--set", "item1.purpose=business")
    assert household("claims", "settle", "--month", "2025-03").out.count("paid") == 2
    assert household("claims", "months").out.startswith("No open claims")
    assert household("claims", "settle", "--month", "2025-03").code == 3
    household("undo")
    assert household("claims", "months", "--json").json[0]["amount"] == "44.00"
    assert household("claims", "settle").code == 2
