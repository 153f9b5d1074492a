"""Orders as JSON: decimals with one currency, extra keys only if a source has them, and orders of old ledgers."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from assistant.domain.categories import CategorySource, Filed
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.order_view import Charge, FieldSources, OrderView
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment, Transaction
from assistant.wire.orders import OrderJson, OrderViewJson, TransactionJson
from assistant.wire.shape import builtins, decode, encode

BARE = Order(number="112-1234567-1234567")
FULL = Order(
    number="113-1234567-1234567",
    placed_on=date(2025, 3, 1),
    placed_at=datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    status=OrderStatus.DELIVERED,
    currency="EUR",
    marketplace="amazon.de",
    recipient=Recipient(name="Robin", address="Hauptstr. 1, Berlin"),
    purchase_order="PO-1",
    amounts={Amount.TAX: Money(310, "EUR"), Amount.GRAND_TOTAL: Money(-1949, "EUR"), Amount.FEE: Money(25, "EUR")},
    items=(
        Item(asin="B000000001", title="Tinte “XL”", quantity=2, unit_price=Money(950, "EUR"), tax_rate=Decimal("0.19"), pending=True),
        Item(gift=False, unit_tax=Money(1, "EUR"), brand="Acme", returned=1),
    ),
    shipments=(Shipment(status="Zugestellt", items=(0, 1), shipped_at=datetime(2025, 3, 2, tzinfo=UTC)), Shipment(tracking="1Z")),
    payments=(Payment(method="Visa", last4="1234", items=(1,)), Payment(amount=Money(1949, "EUR"), charged_on=date(2025, 3, 2))),
    refunds=(
        Refund(amount=Money(500, "EUR"), refunded_on=date(2025, 3, 20), item=0, key="R1", tax=Money(80, "EUR"), quantity=1),
        Refund(amount=Money(500, "EUR"), refunded_on=date(2025, 3, 20), last4="1234"),
    ),
)


@pytest.mark.parametrize("order", [BARE, FULL, replace(FULL, currency="JPY", amounts={Amount.TAX: Money(310, "JPY")}, items=())])
def test_an_order_survives_a_round_trip(order):
    order = replace(order, refunds=(), payments=()) if order.currency == "JPY" else order
    assert decode(encode(OrderJson.of(order)), OrderJson).to_domain() == order


def test_usual_keys_are_always_present_and_extra_keys_only_if_a_source_has_them():
    bare, full = builtins(OrderJson.of(BARE)), builtins(OrderJson.of(FULL))
    assert set(bare) == {
        "order_id", "kind", "placed_on", "placed_at", "status", "cancelled", "currency", "marketplace", "recipient", "amounts",
        "items", "shipments", "payments", "refunds",
    }  # fmt: skip  # a table reads better in rows
    assert set(full) - set(bare) == {"purchase_order"}
    assert set(bare["amounts"].values()) == {None}
    assert {name: text for name, text in full["amounts"].items() if text} == {"tax": "3.10", "grand_total": "-19.49", "fee": "0.25"}
    first, second = full["items"]
    assert set(first) - set(second) == {"tax_rate", "pending"}
    assert set(second) - set(first) == {"unit_tax", "brand", "returned"}
    assert (first["tax_rate"], second["unit_tax"]) == ("0.19", "0.01")
    assert ["key" in refund for refund in full["refunds"]] == [True, False]
    assert ["shipped_at" in shipment for shipment in full["shipments"]] == [True, False]
    assert ["items" in payment for payment in full["payments"]] == [True, False]


def test_an_order_of_an_early_ledger_is_read():
    stored = builtins(OrderJson.of(FULL))
    del stored["placed_at"], stored["marketplace"], stored["purchase_order"]
    for shipment in stored["shipments"]:
        del shipment["shipped_on"]
    found = decode(json.dumps(stored), OrderJson).to_domain()
    assert found == replace(FULL, placed_at=None, marketplace=None, purchase_order=None)


@pytest.mark.parametrize("change", [{"status": "lost"}, {"items": [{}]}, {"amounts": []}, {"placed_on": "March"}, {"order_id": None}])
def test_anything_but_an_order_is_refused(change):
    with pytest.raises(msgspec.ValidationError):
        decode(json.dumps(builtins(OrderJson.of(FULL)) | change), OrderJson)


@pytest.mark.parametrize(
    "entry",
    [
        Transaction(),
        Transaction(on=date(2025, 3, 2), amount=Money(-1949, "USD"), order_numbers=("112-1", "112-2"), descriptor="AMZN"),
        Transaction(amount=Money(500, "JPY"), method="Visa", last4="1234"),
    ],
)
def test_a_transaction_survives_a_round_trip(entry):
    assert decode(encode(TransactionJson.of(entry)), TransactionJson).to_domain() == entry


def test_a_full_order_survives_a_round_trip():
    entry = Transaction(on=date(2025, 3, 2), amount=Money(-3000, "EUR"), order_numbers=(FULL.number, BARE.number))
    view = OrderView(
        account="me",
        order=FULL,
        purposes=("business", "personal"),
        categories=("office", None),
        filed=(Filed(category="office", source=CategorySource.GUESS, confidence=83), None),
        sources={"amounts.tax": "orders.csv", "items[0].title": "a page"},
        conflicts=(Problem(where="amounts.tax", code="conflict", said=Sentence("…")),),
        quarantine=(Problem(where="items", code="sum", said=Sentence("…")), Problem(where="amounts", code="sum", said=Sentence("…"))),
        told=(FieldSources(field="amounts.tax", name="tax", said=("3.10 EUR from orders.csv", "3.00 EUR from a page")),),
        charges=(Charge(entry=entry, share=Money(-1949, "EUR")), Charge(entry=entry, share=None)),
    )
    assert decode(encode(OrderViewJson.of(view)), OrderViewJson).to_domain() == view
    assert set(builtins(OrderViewJson.of(view))) >= set(builtins(OrderJson.of(FULL)))
