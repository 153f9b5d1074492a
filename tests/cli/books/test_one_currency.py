"""`--in CURRENCY`: sums over currencies only on request, with every rate and its day."""

from decimal import Decimal


def test_without_in_every_currency_keeps_its_own_sums(household):
    rows = household("expenses", "--account", "per", "--json").json["items"]
    assert {(row["currency"], row["net"]) for row in rows} == {("USD", "55.00"), ("EUR", "55.00")}


def test_expenses_and_books_agree_in_one_currency_and_show_rate_and_day(household):
    sums = household("expenses", "--in", "usd", "--json").json["items"]
    entries = household("books", "--in", "usd", "--json").json["items"]
    assert sum(Decimal(row["net"]) for row in sums) == sum(Decimal(entry["in"]["amount"]) for entry in entries)
    (foreign,) = [entry for entry in entries if entry["currency"] == "EUR"]
    assert (foreign["gross"], foreign["in"]["rate"]["day"], foreign["in"]["rate"]["currency"]) == ("55.00", "2025-04-02", "EUR")
    assert [row["rates"][0]["day"] for row in sums if row["rates"]] == ["2025-04-02"]
    shown = household("expenses", "--in", "USD").out
    assert "1 EUR = 1.0803" in shown
    assert "2025-04-02, ECB" in shown
    assert "2025-04-02" in household("books", "--in", "USD").out


def test_in_needs_a_currency_with_rates(household):
    for command in ("books", "expenses"):
        ran = household(command, "--in", "dollars")
        assert (ran.code, "no rates of 'dollars'" in ran.err) == (2, True)
