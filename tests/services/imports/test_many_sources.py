"""One order from many documents: any subset, sequence and repetition gives the same ledger."""

from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.categories import CategorySource
from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import Problem
from assistant.domain.filters import Filter
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Payment, Refund, Transaction
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import PageAccount
from assistant.services.imports.store_document import Arrival, take

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ONE, TWO = "112-0000001-0000001", "112-0000002-0000002"


def usd(text: str) -> Money:
    return Money.of(text, "USD")


def order(number: str = ONE, total: str | None = "19.49", **more) -> Order:
    amounts = {} if total is None else {Amount.GRAND_TOTAL: usd(total)}
    fields = {"placed_on": date(2026, 3, 2), "currency": "USD", "status": OrderStatus.DELIVERED, "amounts": amounts}
    return Order(number=number, **{**fields, **more})


def line(on: date, amount: str, *numbers: str, status: str = "completed", last4: str | None = "1111", method: str = "Visa") -> Transaction:
    return Transaction(on=on, amount=usd(amount), method=method, last4=last4, status=status, order_numbers=numbers, descriptor="AMZN")


LAMP = Item(asin="B0LAMP0001", title="Desk lamp", quantity=1, unit_price=usd("9.00"))
FREE = Item(asin="B0GIFT0001", title="Free sample", quantity=1, unit_price=usd("0.00"))
DOUBT = Problem(
    where="orders[0].amounts.grand_total", code="arithmetic", said=Sentence("The lines add up to 18.00 USD, but the page prints 19.49.")
)


def document(name: str, kind: SourceKind, *orders: Order, transactions=(), problems=()) -> Arrival:
    source = Source(name=name, kind=kind)
    found = Extraction(source=source, orders=orders, transactions=tuple(transactions), problems=tuple(problems))
    return Arrival(extraction=found, digest=name, name=name)


DOCUMENTS = (
    document("list", SourceKind.ORDER_LIST, order(items=(LAMP,)), order(TWO, "30.00", items=(FREE,), status=OrderStatus.PLACED)),
    document("shipping", SourceKind.ORDER_DETAILS, order(items=(LAMP, LAMP), status=OrderStatus.SHIPPING), problems=[DOUBT]),
    document("details", SourceKind.ORDER_DETAILS, order(items=(LAMP, LAMP, FREE), payments=(Payment(method="Visa", last4="1111"),))),
    document("other price", SourceKind.ORDER_DETAILS, order(TWO, "31.00", items=(FREE,)), problems=[DOUBT]),
    document(
        "export",
        SourceKind.RETAIL_EXPORT,
        order(items=(Item(asin="B0LAMP0001", title="Lamp, reworded", quantity=1, total=usd("9.75")),) * 2),
    ),
    document("refunds", SourceKind.REFUND_EXPORT, order(total=None, placed_on=None, refunds=(Refund(amount=usd("5.00")),))),
    document("mail", SourceKind.EMAIL, order(TWO, "30.00")),
    document(
        "payments",
        SourceKind.TRANSACTIONS,
        transactions=[
            line(date(2026, 3, 3), "-19.49", ONE, status="pending"),
            line(date(2026, 3, 3), "-10.00", TWO),
            line(date(2026, 3, 3), "-10.00", TWO),
            line(date(2026, 3, 9), "-49.49", ONE, TWO),
        ],
    ),
    document(
        "payments later",
        SourceKind.TRANSACTIONS,
        transactions=[
            line(date(2026, 3, 4), "-19.49", ONE),
            line(date(2026, 3, 3), "-10.00", TWO),
            line(date(2026, 3, 20), "5.00", ONE),
            line(date(2026, 3, 21), "4.00", TWO),
        ],
    ),
)


def bring(services, arrivals, account: str) -> None:
    with services.ledger._database.writing() as work:  # documents as readers return them, without a file for each
        for arrival in arrivals:
            take(work, arrival, account, NOW, new_account=True)
        work.commit()


def told(services, account: str) -> list[str]:
    """Return everything that the ledger shows of an account's orders, except the names of documents."""
    views = [services.ledger.order(account, row.number) for row in services.ledger.orders(Filter(accounts=(account,))).items]
    parts = [
        (view.order, sorted(map(repr, view.order.payments)), view.conflicts, view.quarantine, view.told, view.charges, view.purposes)
        for view in views
    ]
    return sorted(map(repr, parts))


def sums(services) -> list[str]:
    """Return what the whole household spent: an order that two accounts know counts once."""
    return sorted(repr((row.month, row.spent, row.refunded, row.orders)) for row in services.ledger.expenses(Filter()).items)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    subset=st.sets(st.sampled_from(range(len(DOCUMENTS))), min_size=1),
    chance=st.randoms(use_true_random=False),
    again=st.lists(st.sampled_from(range(len(DOCUMENTS))), max_size=4),
)
def test_documents_in_any_sequence_and_repetition_give_the_same_ledger(services, subset, chance, again):
    number = len(services.accounts.all())
    straight = sorted(subset)
    shuffled = [*straight, *(place for place in again if place in subset)]
    chance.shuffle(shuffled)
    bring(services, [DOCUMENTS[place] for place in straight], f"straight {number}")
    before = sums(services)
    bring(services, [DOCUMENTS[place] for place in shuffled], f"shuffled {number}")
    assert sums(services) == before
    assert told(services, f"straight {number}") == told(services, f"shuffled {number}")


def test_each_source_stays_visible_and_a_difference_shows_both_values(services):
    bring(services, DOCUMENTS, "Personal")
    view = services.ledger.order("Personal", ONE)
    total = next(entry for entry in view.told if entry.field == "amounts.grand_total")
    assert total.name == "total"
    assert total.said[0] == "19.49 USD from order page"
    assert "19.49 USD from export" in total.said
    assert view.conflicts == ()
    (problem,) = services.ledger.order("Personal", TWO).conflicts
    assert problem.where == "amounts.grand_total"
    assert "31.00 USD from order page" in problem.text
    assert "30.00 USD from order list" in problem.text


def test_identical_lines_stay_two_and_a_line_without_a_price_survives(services):
    bring(services, DOCUMENTS, "Personal")
    items = services.ledger.order("Personal", ONE).order.items
    assert [item.title for item in items] == ["Desk lamp", "Desk lamp", "Free sample"]


def test_a_category_set_for_one_of_two_identical_lines_stays_on_that_line(services):
    bring(services, DOCUMENTS[2:3], "Personal")
    services.ledger.set_item("Personal", ONE, 1, purpose="business", category="office")
    bring(services, DOCUMENTS, "Personal")
    view = services.ledger.order("Personal", ONE)
    assert view.purposes == ("personal", "business", "personal")
    assert [filed and (filed.category, filed.source) for filed in view.filed] == [
        ("office", CategorySource.KNOWN),
        ("office", CategorySource.YOURS),
        None,
    ]


def test_the_payment_history_adds_charges_and_refunds_to_orders(services):
    bring(services, DOCUMENTS, "Personal")
    one, two = services.ledger.order("Personal", ONE), services.ledger.order("Personal", TWO)
    assert [(charge.entry.on, charge.entry.status) for charge in one.charges if charge.entry.amount == usd("-19.49")] == [
        (date(2026, 3, 4), "completed")
    ]
    assert sorted(str(payment.charged_on) for payment in two.order.payments if payment.amount == usd("10.00")) == ["2026-03-03"] * 2
    # The refund file reports the five dollars too; the four are only in the payment history.
    assert [refund.amount for refund in one.order.refunds] == [usd("5.00")]
    assert [refund.amount for refund in two.order.refunds] == [usd("4.00")]


def test_a_charge_for_several_orders_is_split_only_where_their_totals_add_up(services):
    both = line(date(2026, 3, 9), "-49.49", ONE, TWO)
    payments = document("payments", SourceKind.TRANSACTIONS, transactions=[both])
    bring(services, [payments, document("list", SourceKind.ORDER_LIST, order(), order(TWO, "30.00"))], "Personal")
    assert [charge.share for charge in services.ledger.order("Personal", TWO).charges] == [usd("-30.00")]
    bring(services, [payments, document("list", SourceKind.ORDER_LIST, order(), order(TWO, "31.00"))], "Other")
    assert [charge.share for charge in services.ledger.order("Other", TWO).charges] == [None]


def test_a_waiting_page_brings_its_problems_and_payments_to_its_account(services):
    source = Source(name="details", kind=SourceKind.ORDER_DETAILS)
    stranger = PageAccount(customer_id="A1STRANGER0003")
    found = Extraction(
        source=source,
        account=stranger,
        orders=(order(items=(LAMP,)),),
        transactions=(line(date(2026, 3, 3), "-19.49", ONE),),
        problems=(DOUBT,),
    )
    services.accounts.add("Personal", "personal", key="per")
    with services.ledger._database.writing() as work:  # as in `bring`
        assert take(work, Arrival(extraction=found, digest="x", name="details"), None, NOW).state == "parked"
        work.commit()
    services.accounts.link("per", "A1STRANGER0003")
    view = services.ledger.order("per", ONE)
    assert [doubt.code for doubt in view.quarantine] == ["arithmetic"]
    assert [payment.amount for payment in view.order.payments] == [usd("19.49")]
