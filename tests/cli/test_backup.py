"""`shopper backup` and `shopper restore`, as a person runs them."""


def test_a_ledger_is_backed_up_and_restored(shopper, tmp_path, home):
    shopper("accounts", "add", "Personal")
    made = shopper("backup", tmp_path / "copy.sqlite", "--json")
    assert (made.code, made.json["orders"]) == (0, 0)
    shopper("accounts", "add", "Business")
    put = shopper("restore", tmp_path / "copy.sqlite", "--json")
    assert put.code == 0
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal"]
    assert put.json["replaced"].startswith(str(home / "backups"))
    back = shopper("restore", put.json["replaced"])
    assert "The previous one is kept" in back.out
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal", "business"]


def test_a_file_that_is_not_a_backup_is_refused_in_one_sentence(shopper, tmp_path):
    shopper("accounts", "add", "Personal")
    (tmp_path / "notes.txt").write_text("not a ledger")
    for file in (tmp_path / "notes.txt", tmp_path / "missing.sqlite"):
        refused = shopper("restore", file)
        assert refused.code == 3
        assert refused.err.count("\n") == 1
    assert shopper("accounts", "list", "--json").json["total"] == 1


def test_an_empty_home_folder_is_refused(shopper):
    assert shopper("--home", "", "accounts", "list").code == 2
