"""`shopper receipts`: attach, check and detach on the command line."""

from tests.exports.taxes.receipt_files import pdf


def test_a_receipt_is_attached_checked_and_detached(shopper, export, tmp_path):
    shopper("import", export, "--account", "Me", "--new-account")
    number = shopper("orders", "--json", "--limit", "1").json["items"][0]["order_id"]
    files = [tmp_path / "invoice.pdf", tmp_path / "credit.pdf"]
    for file in files:
        file.write_bytes(pdf(file.name))
    assert shopper("receipts", "add", number, *files).code == 0
    listed = shopper("receipts", "list", "--json")
    assert (listed.code, {(row["name"], row["state"]) for row in listed.json}) == (0, {("invoice.pdf", "there"), ("credit.pdf", "there")})
    files[0].unlink()
    assert shopper("receipts", "list").code == 1
    gone = next(row["sha256"] for row in listed.json if row["name"] == "invoice.pdf")
    assert shopper("receipts", "remove", number, gone[:12]).code == 0
    assert shopper("receipts", "list").code == 0
    assert shopper("receipts", "remove", number, "ffff").code == 3
    assert shopper("receipts", "add", number, tmp_path / "missing.pdf").code == 2
    assert shopper("receipts", "purpose", "office", "paper for client drafts").code == 0
