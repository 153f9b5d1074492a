"""Messages between the worker and its parent: complete, typed and limited in size."""

import io
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest

from assistant.domain.documents import Extraction, Listing, Source
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment, Transaction
from assistant.domain.pages.facts import PageFacts, Product
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Basket, BasketLine, OfferTerms, PageAccount, Promotion
from assistant.importers.sandbox import protocol
from assistant.importers.sandbox.protocol import BrokenMessage, Label, receive_extraction, receive_label, send_extraction, send_label

DOLLARS, YEN = Money(1949, "USD"), Money(-500, "JPY")
ORDER = Order(
    number="112-1234567-1234567",
    placed_on=date(2025, 3, 1),
    placed_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    status=OrderStatus.DELIVERED,
    currency="USD",
    recipient=Recipient(name="Robin", address="1 Main St, Austin"),
    amounts={Amount.TAX: YEN, Amount.GRAND_TOTAL: DOLLARS},
    items=(Item(asin="B000000001", title="印刷用紙", quantity=2, unit_price=DOLLARS, return_by=date(2025, 4, 1)), Item(gift=True)),
    shipments=(Shipment(status="Delivered", items=(0, 1)), Shipment(tracking="1Z")),
    payments=(Payment(method="Visa", last4="1234"), Payment(amount=DOLLARS, charged_on=date(2025, 3, 2))),
    refunds=(Refund(amount=DOLLARS, item=0), Refund(refunded_on=date(2025, 3, 9))),
)
LIMIT = OfferTerms(scope="customer", limit=1, ends_on=date(2025, 12, 31))
LINE = BasketLine(asin="B000000001", price=DOLLARS, limit=LIMIT)
BASKET = Basket(
    lines=(LINE, BasketLine(title="Ink")), total=DOLLARS, promotions=(Promotion(name="SAVE5", terms=LIMIT), Promotion(name="X"))
)
EVERYTHING = Extraction(
    source=Source(name="orders.html", kind=SourceKind.ORDER_LIST, marketplace="amazon.com"),
    account=PageAccount(signed_in=True, customer_id="A1B2C3"),
    orders=(ORDER, replace(ORDER, number="113-1234567-1234567", currency=None, placed_at=None)),
    transactions=(Transaction(on=date(2025, 3, 2), amount=DOLLARS, order_numbers=("112-1234567-1234567", "113-1")), Transaction()),
    cart=BASKET,
    checkout=replace(BASKET, gift=True),
    facts=PageFacts(product=Product(line=LINE, path=("Office", "Paper"))),
    listing=Listing(period="year-2025", shown=2),
    problems=(Problem(where="orders[1]", code="unreadable", said=Sentence("…")), Problem(where="", code="x", said=Sentence("y"))),
)


def sent(extraction):
    stream = io.BytesIO()
    send_extraction(stream, extraction)
    return stream.getvalue()


def received(content):
    found = receive_extraction(io.BytesIO(content))
    if found is None:
        return None
    extraction, count, chunks = found
    orders = tuple(order for chunk in chunks for order in chunk)
    assert len(orders) == count
    return replace(extraction, orders=orders)


def frame(message):
    packed = msgspec.msgpack.encode(message)
    return len(packed).to_bytes(4, "big") + packed


def test_an_extraction_arrives_as_it_was_sent():
    assert received(sent(EVERYTHING)) == EVERYTHING
    assert received(sent(None)) is None


def test_more_orders_than_one_frame_holds_arrive_in_order(monkeypatch):
    monkeypatch.setattr(protocol, "_ORDERS_PER_FRAME", 2)
    many = replace(EVERYTHING, orders=tuple(replace(ORDER, number=str(number)) for number in range(5)))
    assert received(sent(many)) == many


def test_labels_arrive_as_they_were_sent():
    stream = io.BytesIO()
    labels = [Label("a.html", b"<p>\xff"), Label("b.csv"), None]
    for label in labels:
        send_label(stream, label)
    stream.seek(0)
    assert [receive_label(stream) for _ in labels] == labels


def test_unpaired_surrogates_are_replaced():
    stream = io.BytesIO()
    send_label(stream, Label("B\udcfccher.zip", b"\xff\xd8"))
    stream.seek(0)
    assert receive_label(stream) == Label("B\ufffdcher.zip", b"\xff\xd8")
    strange = replace(EVERYTHING, orders=(replace(ORDER, buyer="\ud83d"), ORDER))
    assert received(sent(strange)) == replace(strange, orders=(replace(ORDER, buyer="\ufffd"), ORDER))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"rubbish",
        pickle.dumps(EVERYTHING),
        frame(7),
        frame([]),
        frame({"extraction": {}, "orders": 1}),
        frame({"extraction": {"source": {"name": 7}}, "orders": 0}),
        frame({"extraction": {"source": {"name": "x", "kind": "os.system"}}, "orders": 0}),
        (9).to_bytes(4, "big") + b"\xc1" * 9,
        (4).to_bytes(4, "big") + b"\xdd\xff\xff\xff",
        (100_000).to_bytes(4, "big") + b"\x91" * 100_000,
    ],
)
def test_anything_but_an_extraction_is_refused(content):
    with pytest.raises(BrokenMessage):
        received(content)


@pytest.mark.parametrize("orders", [[7], ["order"], [{"number": 7}], [{"number": "1", "amounts": {"x": 1}}], {"number": "1"}])
def test_anything_but_orders_is_refused_after_the_extraction(orders):
    head = frame({"extraction": {"source": {"name": "x"}}, "orders": 1})
    with pytest.raises(BrokenMessage):
        received(head + frame(orders))


def test_a_message_truncated_anywhere_is_refused():
    content = sent(EVERYTHING)
    for cut in range(0, len(content), 211):
        with pytest.raises(BrokenMessage):
            received(content[:cut])


def test_an_oversized_frame_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(protocol, "LARGEST_FRAME", 1000)

    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            self.asked += size
            return b"\xff" * size

    stream = Endless()
    with pytest.raises(BrokenMessage, match="too large"):
        receive_label(stream)
    assert stream.asked == 4
