"""What rules count in a year is counted by the days of the entries: two accounts, two currencies, a refund in the year of another order."""

from datetime import date
from decimal import Decimal

from assistant.domain.filters import Filter
from assistant.services.judging.page_history import spent_in_a_year
from assistant.storage.accounts.register import account_keys

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status,Ship Date\n"
ROWS = (
    "112-0000001-0000001,2024-12-30,USD,100.00,100.00,B000000001,1,Desk,Closed,2025-03-05T18:00:00Z\n"
    "112-0000002-0000001,2024-02-01,USD,30.00,30.00,B000000002,1,Lamp,Closed,2024-02-02T18:00:00Z\n"
    "112-0000003-0000001,2025-06-01,EUR,7.00,7.00,B000000003,1,Pens,Closed,2025-06-02T18:00:00Z\n"
)
REFUND = (
    "Order ID,Reversal ID,Refund Completion Date,Currency,Amount Refunded,Status,Disbursement Type\n"
    "112-0000002-0000001,R1,2025-07-20T18:00:00Z,USD,12.00,Completed,Refund\n"
)
TODAY = date(2026, 3, 1)


def test_the_year_of_a_rule_asks_the_day_of_the_money_and_refunds_count_on_theirs(household):
    household.imports.take_bytes("Retail.OrderHistory.1.csv", (HEAD + ROWS).encode(), account="per")
    household.imports.take_bytes("Retail.OrdersReturned.Payments.1.csv", REFUND.encode(), account="per")
    new = HEAD + "112-0000004-0000001,2025-12-01,USD,50.00,50.00,B000000004,1,Bag,Closed,2025-12-02T18:00:00Z\n"
    household.imports.take_bytes("Retail.OrderHistory.2.csv", new.encode(), account="biz")
    with household.database.reading() as session:
        found = spent_in_a_year(session, account_keys(session), TODAY)
    # The desk was ordered more than a year ago and paid within it. Of the business account less than a year is known.
    assert [(spent.account, spent.amount, spent.currency) for spent in found] == [("per", Decimal(7), "EUR"), ("per", Decimal(88), "USD")]
    entries = household.books.each(Filter(accounts=("per",), currency="USD", since=date(2025, 3, 1), until=TODAY))
    assert sum(entry.gross.minor for entry in entries) == 8800
