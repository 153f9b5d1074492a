"""Receipts that attach themselves: out of folders, mails and mailboxes, and out of kept pages, printed."""

import io
from email.message import EmailMessage

import pytest
from pypdf import PdfReader

from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import Filter
from tests.exports.taxes.receipt_files import encrypted, pdf

FIRST, SECOND, OTHER = "112-0000002-0000001", "112-0000003-0000001", "112-0000001-0000001"


def mail(subject, *attachments):
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = "seller@example.com", "me@example.com", "Thu, 1 May 2025 10:00:00 +0000"
    message["Subject"] = subject
    message.set_content("Your invoice is attached.")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def listed(services):
    return {(each.receipt.number, each.receipt.name) for each in services.receipts.all()}


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "invoices"
    (found / "2025").mkdir(parents=True)
    (found / f"{FIRST} invoice.pdf").write_bytes(pdf("Invoice"))
    (found / "2025" / "by text.pdf").write_bytes(pdf(f"Rechnung zur Bestellung {SECOND}"))
    (found / "locked.pdf").write_bytes(encrypted(pdf(FIRST), "password"))
    (found / "two.txt").write_text(f"{FIRST} and {SECOND}")
    (found / "stranger.txt").write_text("order 112-9999999-9999999")
    (found / "notes.doc").write_bytes(b"notes")
    return found


def test_a_folder_is_attached_by_the_order_numbers_in_names_and_texts_and_the_rest_is_named_with_its_reason(studio, folder):
    found = studio.receipt_sources.collect([folder])
    assert listed(studio) == {(FIRST, f"{FIRST} invoice.pdf"), (SECOND, "by text.pdf")}
    left = {each.name: each.why for each in found.left}
    assert set(left) == {"locked.pdf", "two.txt", "stranger.txt", "notes.doc"}
    assert "password" in left["locked.pdf"]
    assert SECOND in left["two.txt"]
    assert "112-9999999-9999999" in left["stranger.txt"]
    again = studio.receipt_sources.collect([folder])
    assert (again.attached, again.known) == ((), 2)
    studio.journal.undo()
    assert listed(studio) == set()
    with pytest.raises(InvalidInput, match="neither"):
        studio.receipt_sources.collect([folder / "missing"])


def test_invoices_are_taken_out_of_a_mailbox_and_a_mail_without_one_is_a_receipt_itself(studio, tmp_path):
    letters = [mail(f"Order {FIRST}", ("a.pdf", pdf("A")), ("b.pdf", pdf(f"credit note {SECOND}"))), mail("Hello", ("c.pdf", pdf("C")))]
    box = b"".join(b"From a@example.com Thu May  1 10:00:00 2025\n" + letter.rstrip(b"\n") + b"\n\n" for letter in letters)
    (tmp_path / "box.mbox").write_bytes(box)
    (tmp_path / "single.eml").write_bytes(mail(f"Your order {SECOND}"))
    found = studio.receipt_sources.collect([tmp_path / "box.mbox", tmp_path / "single.eml"])
    assert listed(studio) == {(FIRST, "a.pdf"), (SECOND, "b.pdf"), (SECOND, "single.eml")}
    assert [each.name for each in found.left] == ["c.pdf"]
    (tmp_path / "box.mbox").unlink()
    assert {each.state.value for each in studio.receipts.all()} == {"there"}


def details(number, title):
    return (
        f'<html lang="en"><body><div id="navbar">Hello, Kim</div><script>alert(1)</script><img src="https://m.media-amazon.com/x.png">'
        f'<div id="orderDetails"><h1>Order Details</h1><span>Ordered on May 1, 2025</span> <span>Order# <bdi>{number}</bdi></span>'
        f'<div class="shipment"><a href="/gp/product/B0PAPER001">{title}</a> $20.00</div>'
        f'<div id="od-subtotals"><div class="a-row"><span>Grand Total:</span> <span class="a-text-right">$20.00</span></div></div>'
        f"</div></body></html>"
    ).encode()


def test_kept_pages_of_two_orders_are_printed_once_without_network_and_again_only_when_they_changed(studio, tmp_path):
    for number, title in ((FIRST, "Copy paper"), (OTHER, "Größe 万年筆")):
        file = tmp_path / f"order-details-{number}.html"
        file.write_bytes(details(number, title))
        studio.imports.take_paths([file], account="studio")
    counted = studio.receipts.count(Filter())
    assert (counted.orders, {each.number for each in counted.missing if each.page_kept}) == (3, {FIRST, OTHER})
    assert "3 of 3 business orders have no receipt: 55.00 USD" in counted.said
    steps = []
    found = studio.receipt_sources.print_pages(progress=lambda *counts: steps.append(counts))
    assert ({each.number for each in found.attached}, steps) == ({FIRST, OTHER}, [(1, 2), (2, 2)])
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(found.attached[0].path.read_bytes())).pages)
    assert "Order Details" in text
    assert "Printed by Shopper" in text
    assert not any(word in text for word in ("Hello, Kim", "alert"))
    assert [each.number for each in studio.receipts.count(Filter()).missing] == [SECOND]
    assert studio.receipt_sources.print_pages().known == 2
    with pytest.raises(NotFound, match=SECOND):
        studio.receipt_sources.print_pages([SECOND])
    changed = tmp_path / f"order-details-{FIRST}.html"
    changed.write_bytes(details(FIRST, "Copy paper, refunded"))
    studio.imports.take_paths([changed], account="studio")
    assert [each.number for each in studio.receipt_sources.print_pages([FIRST]).attached] == [FIRST]


def test_what_came_with_imported_mails_is_attached_or_named_and_never_an_error(studio, tmp_path, monkeypatch):
    letters = [tmp_path / f"{number}.eml" for number in (1, 2)]
    letters[0].write_bytes(mail(f"Order {FIRST}", ("a.pdf", pdf("A"))))
    letters[1].write_bytes(mail("Hello", ("c.pdf", pdf("C"))))
    attached, left = studio.receipt_sources.collect_from_mails(letters)
    assert attached == 1
    assert [text.startswith("Not attached: c.pdf names no order") for text in left] == [True]

    def full(*_, **__):
        raise InvalidInput("The receipt cannot be kept: No space left on device.")

    monkeypatch.setattr(type(studio.receipt_sources), "collect", full)
    assert studio.receipt_sources.collect_from_mails(letters)[1][0].endswith("Try again: shopper receipts collect PATH")
