"""Cards on a details page, in every layout of its payment box."""

import pytest

from tests.amazon.markup import component, detail_box, detail_item, details, line, page, reading

LOGO = '<img class="pmts-payment-credit-card-instrument-logo" alt="{0}" src="x.png">'
NAME, DIGITS = '<span data-testid="method-details-name">{0}</span>', '<span data-testid="method-details-number">{0}</span>'


def cards(payment: str):
    summary = line("Item(s) Subtotal:", "$5.00") + line("Grand Total:", "$5.00")
    box = detail_box("Delivered January 2", detail_item("B0EXAMPLE1", "Mug", "$5.00"))
    html = details(number="113-0000001-0000001", placed="December 30, 2024", lines=summary, boxes=box, extra=payment)
    found = reading(page(html))
    assert found.problems == ()
    return [(entry.method, entry.last4) for entry in found.orders[0].payments]


@pytest.mark.parametrize(
    ("box", "named"),
    [
        (f"<div>{NAME.format('Visa')}<i></i>{DIGITS.format('1234')}</div>", [("Visa", "1234")]),
        (
            f"<p>{NAME.format('Gift Card')}</p><p><b>{NAME.format('Visa')}</b><b>{DIGITS.format('1234')}</b></p>",
            [("Gift Card", None), ("Visa", "1234")],
        ),
        (f"<p>{LOGO.format('Visa')} <span>ending in 1234</span></p>", [("Visa", "1234")]),
        ("<h5>Payment method</h5><p>Visa ending in 1234</p><p>Earns points</p>", [("Visa", "1234")]),
        ("<h5>Payment method</h5>", []),
    ],
)
def test_a_card_is_read_with_or_without_its_own_box(box, named):
    assert cards(component("viewPaymentPlanSummaryWidget", box)) == named
