"""`shopper statements`: import, match, decide, close months, undo."""

MARCH = (
    ("2025-03-02", "-275.00", "AMZN Mktp US*2K3AB"),
    ("2025-03-11", "-11.00", "AMZN Mktp US*A"),
    ("2025-03-11", "-11.00", "AMZN Mktp US*B"),
    ("2025-03-22", "55.00", "Amazon.com*RT"),
    ("2025-03-25", "-80.00", "GROCER"),
)
APRIL = ("2025-04-03", "-1.00", "GROCER")


def states(shopper):
    return {(line["date"], line["amount"]): line["state"] for line in shopper("statements", "match", "--json").json}


def test_a_statement_is_matched_and_undecided_lines_stay_open(household, statement):
    ran = household("statements", "import", statement("march.csv", *MARCH, APRIL), "--card", "visa/1111", "--json")
    assert (ran.code, ran.json["lines"], ran.json["new"], ran.json["others"]) == (1, 4, 4, 2)
    assert (ran.json["matched"], ran.json["tied"], ran.json["unmatched"]) == (2, 2, 0)
    assert states(household) == {("2025-03-02", "-275.00"): "matched", ("2025-03-11", "-11.00"): "tied", ("2025-03-22", "55.00"): "matched"}
    open_ = household("statements", "unmatched", "--json")
    assert (open_.code, len(open_.json["lines"]), len(open_.json["charges"])) == (1, 2, 2)
    assert {len(line["candidates"]) for line in open_.json["lines"]} == {2}


def test_a_decision_completes_the_month_and_the_month_is_closed(household, statement):
    household("statements", "import", statement("march.csv", *MARCH, APRIL), "--card", "visa/1111")
    first = household("statements", "unmatched", "--json").json["lines"][0]
    entry = first["candidates"][1]["charges"][0]["entry"]
    assert household("statements", "match", first["id"], "1.1.0.0").code == 2
    ran = household("statements", "match", first["id"], entry)
    assert "2025-03 of visa/1111 is reconciled and closed" in ran.out
    assert [month["state"] for month in household("statements", "--json").json if month["month"] == "2025-03"] == ["closed"]
    assert household("statements", "unmatched").code == 0


def test_an_open_month_says_what_it_waits_for(household, statement):
    household("statements", "import", statement("march.csv", *MARCH), "--card", "visa/1111")
    month = household("statements", "--json").json[0]
    assert month["waits_for"][0] == "2 lines fit several charges."
    assert month["waits_for"][-1] == "The newest statement of this card ends on 2025-03-25. Import one that covers 2025-03-31."
    assert "2025-03 of visa/1111 is open: 2 lines fit several charges." in household("statements").out
    household("statements", "import", statement("april.csv", *MARCH, APRIL), "--card", "visa/1111")
    assert all("ends on" not in text for text in household("statements", "--json").json[0]["waits_for"])


def test_the_history_names_the_line_that_was_decided_by_its_amount_and_day(household, statement):
    household("statements", "import", statement("march.csv", *MARCH, APRIL), "--card", "visa/1111")
    for line, decision in zip(household("statements", "unmatched", "--json").json["lines"], ("--ignore", "--ignore"), strict=True):
        household("statements", "match", line["id"], decision)
    told = [step["what"] for step in household("history", "--json").json["items"]]
    assert told.count("Decided that the line of -11.00 USD on 2025-03-11 of visa/1111 is no purchase") == 2


def test_a_change_in_a_closed_month_is_reported_and_undo_reopens_the_month(household, statement):
    household("statements", "import", statement("march.csv", *MARCH, APRIL), "--card", "visa/1111")
    lines = household("statements", "unmatched", "--json").json["lines"]
    household("statements", "match", lines[0]["id"], lines[0]["candidates"][0]["charges"][0]["entry"])
    household("order", "112-0000001-0000001", "--account", "biz", "--set", "total=280.00")
    ran = household("statements")
    assert ran.code == 1
    assert "2025-03 of visa/1111 changed since it was closed: The line of -275.00 USD on 2025-03-02 has lost its charges." in ran.out
    assert household("statements", "close", "visa/1111", "2025-03").code == household("statements").code == 0
    household("undo")
    assert household("statements").code == 1
    household("undo")
    assert household("statements").code == 0
    household("undo")
    (month,) = household("statements", "--json").json
    assert month["state"] == "open"


def test_a_closed_month_reports_what_an_undone_import_removed(household, statement):
    household("statements", "import", statement("march.csv", ("2025-03-06", "-55.00", "AMZN Mktp US"), APRIL), "--card", "visa/2222")
    assert "2025-03 of visa/2222 is reconciled and closed" in household("statements", "match").out
    (document,) = [found["id"] for found in household("imports", "--json").json["items"] if found["account"] == "per"]
    assert household("imports", "remove", document).code == 0
    ran = household("statements")
    assert (ran.code, "The line of -55.00 USD on 2025-03-06 has lost its charges." in ran.out) == (1, True)
    asked = [entry for entry in household("questions", "--json").json if "changed since it was closed" in entry["text"]]
    assert [entry["fix"] for entry in asked] == ["shopper statements close visa/2222 2025-03"]
    household("undo")
    assert household("statements").code == 0
    # Undoing the import of the statement keeps the closed month and reports the missing lines.
    imported = next(step["id"] for step in household("history", "--json").json["items"] if "Imported the statement" in step["what"])
    assert household("undo", imported).code == 0
    ran = household("statements")
    assert (ran.code, "is no longer in any statement" in ran.out) == (1, True)


def test_overlapping_and_repeated_statements_count_once_and_each_can_be_undone(household, statement):
    first, second = statement("first.csv", *MARCH[:2]), statement("second.csv", *MARCH[1:])
    household("statements", "import", first, "--card", "visa/1111")
    assert household("statements", "import", first, "--card", "visa/1111", "--json").json["again"]
    assert household("statements", "import", second, "--card", "visa/1111", "--json").json["new"] == 2
    assert len(household("statements", "match", "--json").json) == 4
    household("undo")
    assert len(household("statements", "match", "--json").json) == 2
    household("undo")
    assert household("statements", "match", "--json").json == []
    assert household("undo", household("history", "--json").json["items"][0]["id"]).code == 0
    assert len(household("statements", "match", "--json").json) == 2


def test_a_statement_of_another_card_is_refused(household, statement):
    march = statement("march.csv", *MARCH)
    ran = household("statements", "import", march, "--card", "visa/2222")
    assert (ran.code, "charges of the card ending in 1111, not of visa/2222" in ran.err) == (2, True)
    unsaid = household("statements", "import", march)
    assert (unsaid.code, "like visa/1234 (--card in the command)" in unsaid.err, "visa/1111, visa/2222" in unsaid.err) == (2, True, True)
    march.write_text(march.read_text().replace("Currency", "Currency,Card no.").replace(",USD", ",USD,9999"))
    assert "card ending in 9999, not of visa/1111" in household("statements", "import", march, "--card", "visa/1111").err
    assert household("statements").out.startswith("No statements")


def test_columns_are_named_once_and_remembered(household, statement):
    file = statement("march.csv", *MARCH)
    file.write_text(file.read_text().replace("Date,Amount,Description,Currency", "When,Sum,What,Unit"))
    ran = household("statements", "import", file, "--card", "visa/1111")
    assert (ran.code, "no known column for the date" in ran.err, "statement/columns" in ran.err) == (2, True, True)
    named = [word for part in ("date=When", "amount=Sum", "text=What", "currency=Unit") for word in ("--columns", part)]
    assert household("statements", "import", file, "--card", "visa/1111", *named).code == 1
    later = statement("april.csv", *MARCH[3:], APRIL)
    later.write_text(later.read_text().replace("Date,Amount,Description,Currency", "When,Sum,What,Unit"))
    assert household("statements", "import", later, "--card", "visa/1111", "--json").json["new"] == 0


def test_lines_without_a_charge_are_questions(household, statement):
    household(
        "statements",
        "import",
        statement("may.csv", ("2025-03-02", "-275.00", "Amazon"), ("2025-05-02", "-33.00", "AMZN")),
        "--card",
        "visa/1111",
    )
    asked = [entry for entry in household("questions", "--json").json if entry["code"] == "unmatched_charge"]
    assert {(entry["amount"], entry["order_id"]) for entry in asked} == {
        ("33.00", None),
        ("11.00", "112-0000002-0000001"),
        ("11.00", "112-0000003-0000001"),
        ("55.00", "112-0000001-0000001"),
    }
    line = next(entry["id"] for entry in household("statements", "match", "--json").json if entry["amount"] == "-33.00")
    household("statements", "match", line, "--ignore")
    assert "33.00" not in {entry["amount"] for entry in household("questions", "--json").json}
    household("statements", "match", line, "--take-back")
    assert "33.00" in {entry["amount"] for entry in household("questions", "--json").json}


def test_a_statement_without_a_currency_is_read_in_the_currency_of_the_matching_charges(household, statement):
    file = statement("march.csv", *MARCH, APRIL)
    file.write_text(file.read_text().replace(",Currency", ",Type").replace(",USD", ",Sale"))
    ran = household("statements", "import", file, "--card", "visa/1111", "--json")
    assert (ran.code, ran.json["lines"], ran.json["matched"]) == (1, 4, 2)
    assert {line["currency"] for line in household("statements", "match", "--json").json} == {"USD"}
    other = statement("foreign.csv", ("2025-03-02", "-253.11", "AMZN Mktp DE"), ("2025-03-11", "-10.12", "AMZN Mktp DE"))
    other.write_text(other.read_text().replace(",Currency", ",Type").replace(",USD", ",Sale"))
    refused = household("statements", "import", other, "--card", "visa/2222")
    assert (refused.code, "like EUR (--currency in the command)" in refused.err) == (2, True)


def test_a_dry_run_says_what_a_statement_would_bring_and_stores_nothing(household, statement):
    ran = household("statements", "import", statement("march.csv", *MARCH), "--card", "visa/1111", "--dry-run")
    assert "Nothing was stored." in ran.out
    assert household("statements", "--json").json == []
    kept = household("statements", "import", statement("march.csv", *MARCH), "--card", "visa/1111")
    assert kept.out.splitlines()[:2] == ran.out.splitlines()[:2]
