"""`shopper expenses`: of one purpose, where some items are shared and others are not, and by other words."""

from decimal import Decimal


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


def test_sums_by_every_word_tie_with_the_expenses_to_the_cent(household):
    household("split", "112-0000001-0000001", "--account", "biz", "--item", "1", "personal=25%")

    def sums(rows):
        found = {}
        for row in rows:
            key = row["month"], row["currency"]
            found[key] = found.get(key, Decimal(0)) + Decimal(row["net"])
        return {key: amount for key, amount in found.items() if amount}

    whole = sums(household("expenses", "--json").json["items"])
    for word in ("account", "purpose", "category", "seller", "card", "person"):
        assert sums(household("expenses", "--by", word, "--json").json["items"]) == whole
    purposes = {row["name"] for row in household("expenses", "--by", "purpose", "--json").json["items"]}
    assert {"business", "personal"} <= purposes
    part = household("expenses", "--by", "card", "--purpose", "personal", "--json").json["items"]
    assert sums(part) == sums(household("expenses", "--purpose", "personal", "--json").json["items"])


def test_a_year_is_compared_with_the_one_before_and_a_mistyped_word_is_explained(household):
    compared = household("expenses", "--by", "account", "--compare", "--year", "2025", "--json").json["items"]
    assert {row["name"] for row in compared} <= {"biz", "per"}
    assert all(set(row) == {"name", "currency", "net", "year_before", "change"} for row in compared)
    assert household("expenses", "--by", "categry").err.startswith("There are no sums by 'categry'. Did you mean category?")
    assert "needs days" in household("expenses", "--compare").err


def test_the_text_ends_with_what_each_account_spent_in_each_currency(household):
    household("split", "112-0000001-0000001", "--account", "biz", "--item", "1", "personal=25%")
    rows = household("expenses", "--json").json["items"]
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for row in rows:
        sums.setdefault((row["account"], row["currency"]), []).append(Decimal(row["spent"]))
    shown = [line.split() for line in household("expenses").out.splitlines() if " together " in line]
    assert {(line[0], line[2]): Decimal(line[3]) for line in shown} == {key: sum(each) for key, each in sums.items() if len(each) > 1}
    assert shown[0][0] == "biz"
