"""Text copied from Amazon's pages."""

from datetime import date

from assistant.domain.orders.order import OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_bytes

HISTORY = """\
Overview Wallet Transactions Settings
Your Account › Your Payments › Transactions
Transactions
To see all your gift card transactions including refunds, view your gift card balance and activity.
In Progress
December 29, 2025
Visa ****4321 -$17.28
Pending
Order #112-1000004-2000004
Amazon.com
Completed
December 28, 2025
Visa ****4321 -$8.45
Order #112-1000005-2000005
AMZN Mktp US
Amazon Gift Card used -$18.18
Order #112-1000001-2000001
Order #112-1000002-2000002
Visa ****4321 +$5.00
Refund: Order #112-1000001-2000001
Amazon.com
December 20, 2025
December 17, 2025
Visa ****4321 -$10.21
Order #112-1000003-2000003
Amazon.com
"""
ORDER = """\
Order Details
Order placed March 2, 2025
Order # 112-1000001-2000001
View invoice
Ship to
Robin Example
12 Fern Street
Portland, OR 97205
United States
Payment method
Visa ending in 4321
Order Summary
Item(s) Subtotal:
$20.00
Shipping & Handling:
$0.00
Total before tax:
$20.00
Estimated tax to be collected:
$1.49
Grand Total:
$21.49
Delivered March 5
Your package was left near the front door or porch.
Blue desk lamp
Sold by: Acme Store
Return window closed on April 5, 2025
$20.00
Buy it again
Write a product review
"""
LIST = """\
Your Orders
2 orders placed in 2025
ORDER PLACED
March 2, 2025
TOTAL
$21.49
SHIP TO
Robin Example
ORDER # 112-1000001-2000001
View order details  View invoice
Delivered March 5
Blue desk lamp
Return window closed on April 5, 2025
Buy it again
View your item
ORDER PLACED
January 7, 2025
TOTAL
$9.99
SHIP TO
Robin Example
ORDER # 112-1000002-2000002
View order details  View invoice
Arriving tomorrow
Mug
Buy it again
Track package
"""


def test_a_copied_payment_history_is_read_row_by_row():
    found = read_bytes("transactions.txt", HISTORY.encode())
    assert (found.source.kind, found.source.marketplace, found.problems) == (SourceKind.TRANSACTIONS, "amazon.com", ())
    rows = [
        (row.on, row.amount and row.amount.decimal, row.last4, row.status, len(row.order_numbers), row.descriptor)
        for row in found.transactions
    ]
    assert rows == [
        (date(2025, 12, 29), "-17.28", "4321", "pending", 1, "Amazon.com"),
        (date(2025, 12, 28), "-8.45", "4321", "completed", 1, "AMZN Mktp US"),
        (date(2025, 12, 28), "-18.18", None, "completed", 2, None),
        (date(2025, 12, 28), "5.00", "4321", "completed", 1, "Amazon.com"),
        (date(2025, 12, 17), "-10.21", "4321", "completed", 1, "Amazon.com"),
    ]


def test_a_copied_order_is_read_with_its_total_items_and_address():
    found = read_bytes("order.txt", ORDER.encode())
    (order,) = found.orders
    assert (found.source.kind, found.source.marketplace, found.problems) == (SourceKind.ORDER_DETAILS, "amazon.com", ())
    assert (order.placed_on, order.status, order.total and order.total.decimal) == (date(2025, 3, 2), OrderStatus.DELIVERED, "21.49")
    assert (order.recipient.name, order.recipient.address) == ("Robin Example", "12 Fern Street, Portland, OR 97205, United States")
    (item,) = order.items
    assert (item.title, item.seller, item.return_closed_on) == ("Blue desk lamp", "Acme Store", date(2025, 4, 5))
    assert [(entry.method, entry.last4) for entry in order.payments] == [("Visa", "4321")]


def test_a_copied_list_has_one_order_for_each_date_label():
    found = read_bytes("orders.txt", LIST.replace("$", "US$").encode())
    assert found.source.kind is SourceKind.ORDER_LIST
    assert [(order.number, order.placed_on, order.status, order.items[0].title) for order in found.orders] == [
        ("112-1000001-2000001", date(2025, 3, 2), OrderStatus.DELIVERED, "Blue desk lamp"),
        ("112-1000002-2000002", date(2025, 1, 7), OrderStatus.SHIPPING, "Mug"),
    ]
    assert [order.total and order.total.decimal for order in found.orders] == ["21.49", "9.99"]


def test_a_bare_dollar_sign_in_copied_text_has_no_currency():
    found = read_bytes("orders.txt", LIST.encode())
    assert [order.total for order in found.orders] == [None, None]
    assert {problem.code for problem in found.problems} == {"missing"}


def test_a_text_without_an_order_number_is_not_a_copied_page():
    assert read_bytes("notes.txt", b"Buy milk\nOrder tape").source.kind is SourceKind.OTHER
