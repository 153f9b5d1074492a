"""`shopper expenses` of one purpose, where some items are shared and others are not."""


def test_expenses_of_a_purpose_sum_its_shares_only(household):
    household("split", "112-0000001-0000001", "--account", "biz", "--item", "1", "personal=25%")
    rows = household("expenses", "--purpose", "personal", "--json").json["items"]
    assert {(row["account"], row["currency"], row["spent"]) for row in rows} == {
        ("biz", "USD", "55.00"),
        ("per", "USD", "55.00"),
        ("per", "EUR", "55.00"),
    }
    business = household("expenses", "--purpose", "business", "--json").json["items"]
    assert [(row["spent"], row["refunded"]) for row in business] == [("242.00", "55.00")]
