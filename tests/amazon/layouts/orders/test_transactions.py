"""The payment history in all its forms."""

import json
from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import codes, page, reading


def form_row(method: str, amount: str, *orders: str, pending: bool = False, descriptor: str = "SAMPLE SHOP") -> str:
    links = "".join(f'<a href="/gp/css/summary/edit.html?orderID={order}">Order #{order}</a>' for order in orders)
    waiting = '<span class="a-size-base">Pending</span>' if pending else ""
    said = f'<span class="a-size-base">{descriptor}</span>' if descriptor else ""
    return f"""<div class="apx-transactions-line-item-component-container"><div class="a-row">
      <span class="a-size-base a-text-bold">{method}</span>
      <div class="a-text-right"><span class="a-size-base-plus a-text-bold">{amount}</span></div></div>{waiting}{links}{said}</div>"""


def form_page(*groups: str) -> str:
    return page(f'<form action="/cpe/yourpayments/transactions"><input name="ppw-widgetState">{"".join(groups)}</form>')


def group(heading: str, day: str, *rows: str) -> str:
    return f"""<div class="apx-transactions-sleeve-header-container">{heading}</div><div class="apx-transaction-date-container">{day}</div>
      <div class="apx-transactions-line-item-component-container">{"".join(rows)}</div>"""


def test_form_rows_have_group_date_method_and_all_their_orders():
    found = reading(form_page(
        group("In Progress", "February 12, 2025", form_row("Sample Visa ****1111", "-$26.29", "234-0000001-0000001")),
        group("Completed", "February 7, 2025",
              form_row("Sample Visa ****1111", "+$43.94", "234-0000002-0000002", "234-0000003-0000003"),
              form_row("Amazon Gift Card used", "-$5.02", "0000000000000000001", descriptor="")),
    ))  # fmt: skip
    assert (found.source.kind, found.problems) == (SourceKind.TRANSACTIONS, ())
    first, second, third = found.transactions
    assert (first.on, first.amount, first.method, first.last4, first.status) == (
        date(2025, 2, 12),
        Money(-2629, "USD"),
        "Sample Visa",
        "1111",
        "pending",
    )
    assert (second.amount, second.status, second.descriptor) == (Money(4394, "USD"), "completed", "SAMPLE SHOP")
    assert second.order_numbers == ("234-0000002-0000002", "234-0000003-0000003")
    assert (third.method, third.last4, third.descriptor, third.order_numbers) == (
        "Amazon Gift Card used",
        None,
        None,
        ("0000000000000000001",),
    )


def entry(**change) -> dict:
    row = {
        "formattedAmount": "-€14.37", "formattedDate": "07 Sept 2026", "statementDescriptor": "SAMPLE DE",
        "orderData": [{"orderDisplayString": "Order #302-0000001-0000001", "orderDetailsUrl": "https://www.amazon.de/x"}],
        "statusInfo": {"status": "Pending", "label": "Ausstehend"},
        "paymentMethodDisplayStringData": {
            "paymentMethodName": "Sample Visa",
            "paymentMethodNumber": {"prefix": "••••", "lastDigits": "1234"},
        },
    }  # fmt: skip
    return row | change


def test_the_newer_page_is_read_from_its_embedded_data():
    data = {
        "props": {
            "pageProps": {"state": {"transactionList": [entry(), entry(statusInfo={"status": "Approved"}, statementDescriptor=None)]}}
        }
    }
    found = reading(page(f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>', mid="A1PA6795UKMFR9"))
    first, second = found.transactions
    assert (first.on, first.amount, first.status, first.last4) == (date(2026, 9, 7), Money(-1437, "EUR"), "pending", "1234")
    assert (second.status, second.descriptor, second.order_numbers) == ("completed", None, ("302-0000001-0000001",))


def test_a_damaged_row_of_a_json_answer_loses_only_itself():
    answer = {"displayResponse": {"transactionsList": [entry(), "nonsense", entry(formattedAmount="lots")]}}
    found = reading(json.dumps(answer), name="page-2.json")
    assert found.source.kind is SourceKind.TRANSACTIONS
    assert [row.amount for row in found.transactions] == [Money(-1437, "EUR"), None]
    assert set(codes(found).values()) == {"unreadable"}


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', "[" * 100_000])
def test_other_json_is_not_read_as_transactions(text):
    found = reading(text)
    assert (found.source.kind, found.transactions) == (SourceKind.OTHER, ())
    assert found.problems


def test_drawn_rows_are_read_when_the_embedded_data_is_missing():
    drawn = """<a data-testid="transaction-link"><span data-testid="text">07 Sept 2026</span><span data-testid="text">·</span>
      <span data-testid="text">SAMPLE DE</span><span data-testid="method-details-name">Sample Visa</span>
      <span data-testid="method-details-number">1234</span><div data-testid="text">Order #302-0000001-0000001</div>
      <div data-testid="text">-€14.37</div><div data-testid="text">Pending</div></a>"""
    row = reading(page(drawn, mid="A1PA6795UKMFR9")).transactions[0]
    assert (row.on, row.amount, row.method, row.last4, row.status) == (
        date(2026, 9, 7),
        Money(-1437, "EUR"),
        "Sample Visa",
        "1234",
        "pending",
    )
    assert (row.descriptor, row.order_numbers) == ("SAMPLE DE", ("302-0000001-0000001",))


@pytest.mark.parametrize(("mid", "amount", "minor"), [("ATVPDKIKX0DER", "$0.00", 0), ("A1805IZSGTT6HS", "€ -1.012,00", -101200)])
def test_a_zero_charge_and_a_trailing_minus_sign_are_read(mid, amount, minor):
    row = f"""<div class="apx-transactions-line-item-component-container"><span class="a-text-bold">Visa ****1234</span>
      <div class="a-text-right"><span class="a-text-bold">{amount}</span></div><a href="#">Order #112-0000001-0000001</a></div>"""
    day = '<div class="apx-transaction-date-container"><span>2026-09-07</span></div>'
    found = reading(page(f'<form><input name="ppw-widgetState" type="hidden">{day}{row}</form>', mid=mid))
    assert [entry.amount.minor for entry in found.transactions if entry.amount] == [minor]
    assert found.problems == ()


def test_an_empty_history_is_not_a_problem():
    found = reading(page('<span id="selectedHubMenuTab">Transactions</span>'))
    assert (found.source.kind, found.transactions, found.problems) == (SourceKind.TRANSACTIONS, (), ())
