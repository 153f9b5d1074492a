"""`shopper questions` asks for purposes of private items and invoices of large purchases."""

from datetime import date

from assistant.demo.catalogue import CatalogueProduct
from tests.purchases import bought, export_of

SERVER = CatalogueProduct("B0SERVER01", "Rack server", 300_000, "electronics", 1)


def asked(shopper, code):
    return {(entry["order_id"], entry["amount"]) for entry in shopper("questions", "--json").json if entry["code"] == code}


def test_a_private_item_on_a_business_account_is_a_question_until_its_purpose_is_set(household):
    assert asked(household, "missing_purpose") == set()
    household("categorize", "ruler", "--as", "toys", "--yes")
    assert asked(household, "missing_purpose") == {("112-0000002-0000001", "11.00"), ("112-0000003-0000001", "11.00")}
    household("order", "112-0000002-0000001", "--set", "item1.purpose=business")
    household("split", "112-0000003-0000001", "--account", "biz", "--item", "1", "personal=40%")
    assert asked(household, "missing_purpose") == set()


def test_a_large_business_purchase_needs_an_invoice(household, tmp_path):
    assert asked(household, "missing_receipt") == set()
    file = export_of(tmp_path / "server.zip", bought(7, date(2025, 5, 1), SERVER), bought(8, date(2025, 5, 2), SERVER))
    household("import", file, "--account", "biz")
    assert asked(household, "missing_receipt") == {("112-0000007-0000001", "3300.00"), ("112-0000008-0000001", "3300.00")}
    household("categorize", "server", "--for", "personal", "--yes")
    assert asked(household, "missing_receipt") == set()


def test_a_word_of_a_question_and_the_label_of_an_account_find_it(household):
    household("categorize", "ruler", "--as", "toys", "--yes")
    household("accounts", "edit", "biz", "--label", "Studio")
    assert len(household("questions", "missing_purpose", "--json").json) == 2
    assert len(household("questions", "missing purpose", "--json").json) == 2
    assert len(household("questions", "missing_purpose", "--account", "Studio", "--json").json) == 2
    assert household("questions", "missing_purpose", ">50", "--json").json == []
