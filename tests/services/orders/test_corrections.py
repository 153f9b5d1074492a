"""A correction wins over every source, settles conflicts, survives later imports, and can be reverted."""

from datetime import date

import pytest

from assistant.domain.errors import InvalidInput, NotFound, Problem
from assistant.domain.filters import Filter
from assistant.domain.languages.language import speaking
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, OrderStatus, Refund
from assistant.domain.pages.kinds import SourceKind
from assistant.services.imports.store_document import take
from tests.services.imports.test_many_sources import DOUBT, FREE, LAMP, NOW, ONE, document, order, usd

PLAIN = order(items=(LAMP, LAMP, FREE))
DETAILS = document("details", SourceKind.ORDER_DETAILS, PLAIN)
ROW = Item(asin="B0LAMP0001", title="Lamp, reworded", quantity=2, total=usd("21.00"))
EXPORT = document("export", SourceKind.RETAIL_EXPORT, order(total="21.00", items=(ROW,)))


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per")
    return services


@pytest.fixture
def known(household):
    bring(household, DETAILS)
    return household


def bring(services, arrival) -> None:
    with services.database.writing() as work:
        take(work, arrival, "per", NOW)
        work.commit()


def test_a_correction_wins_and_the_statements_of_the_sources_stay(known):
    view = known.ledger.correct("per", ONE, {"total": "29.99"})
    assert view.order.total == usd("29.99")
    assert view.sources["amounts.grand_total"].startswith("you, ")
    (told,) = (entry for entry in view.told if entry.name == "total")
    assert told.said == (f"29.99 USD from {view.sources['amounts.grand_total']}", "19.49 USD from order page")
    assert known.ledger.expenses(Filter()).items[0].spent == usd("29.99")


def test_a_correction_survives_later_imports_and_settles_conflicts(known):
    known.ledger.correct("per", ONE, {"total": "29.99"})
    bring(known, EXPORT)
    view = known.ledger.order("per", ONE)
    assert view.order.total == usd("29.99")
    assert [conflict for conflict in view.conflicts if conflict.where == "amounts.grand_total"] == []
    back = known.ledger.correct("per", ONE, {"total": None})
    assert back.order.total == usd("19.49")
    assert [conflict.where for conflict in back.conflicts if "amounts" in conflict.where] == ["amounts.grand_total"]
    assert not any(source.startswith("you") for source in back.sources.values())


def test_every_field_can_be_corrected_together_and_reverted_alone(known):
    words = {
        "date": "2026-04-01",
        "status": "returned",
        "recipient": "Robin Example",
        "address": "12 Fern Street",
        "tax": "1.20",
        "item2.title": "Another lamp",
        "item2.quantity": "3",
        "item2.price": "8.50",
    }
    found = known.ledger.correct("per", ONE, words).order
    assert (found.placed_on, found.status) == (date(2026, 4, 1), OrderStatus.RETURNED)
    assert (found.recipient.name, found.recipient.address) == ("Robin Example", "12 Fern Street")
    assert found.amounts[Amount.TAX] == usd("1.20")
    assert [(item.title, item.quantity, item.unit_price) for item in found.items[:2]] == [
        ("Desk lamp", 1, usd("9.00")),
        ("Another lamp", 3, usd("8.50")),
    ]
    for word in words:
        known.ledger.correct("per", ONE, {word: ""})
    plain = known.ledger.order("per", ONE)
    assert plain.order == PLAIN
    assert not any(source.startswith("you") for source in plain.sources.values())


def test_an_order_can_be_corrected_to_cancelled_and_back(known):
    assert known.ledger.correct("per", ONE, {"status": "cancelled"}).order.cancelled
    bring(known, document("list", SourceKind.ORDER_LIST, order(cancelled=True, status=OrderStatus.CANCELLED)))
    assert not known.ledger.correct("per", ONE, {"status": "delivered"}).order.cancelled


def test_another_currency_keeps_the_figures(known):
    bring(known, document("refunds", SourceKind.REFUND_EXPORT, order(total=None, refunds=(Refund(amount=usd("5.00")),))))
    found = known.ledger.correct("per", ONE, {"currency": "eur"}).order
    assert (found.currency, found.total, found.items[0].unit_price) == ("EUR", Money(1949, "EUR"), Money(900, "EUR"))
    assert found.refunds[0].amount == Money(500, "EUR")
    assert known.ledger.correct("per", ONE, {"currency": None}).order.total == usd("19.49")


@pytest.mark.parametrize(("where", "word"), [("amounts.grand_total", "total"), ("amounts.grand_total", "tax"), ("items", "item1.price")])
def test_corrected_amounts_release_an_order_and_reverting_holds_it_again(household, where, word):
    doubt = Problem(where=f"orders[0].{where}", code=DOUBT.code, said=DOUBT.said)
    bring(household, document("page", SourceKind.ORDER_DETAILS, order(items=(LAMP,)), problems=[doubt]))
    assert household.ledger.order("per", ONE).quarantine
    assert household.ledger.correct("per", ONE, {"recipient": "Robin Example"}).quarantine
    assert not household.ledger.correct("per", ONE, {word: "18.00"}).quarantine
    assert household.ledger.expenses(Filter()).items
    assert household.ledger.correct("per", ONE, {word: None}).quarantine


def test_each_reader_gets_doubts_and_contradictions_in_their_language(household):
    said = sentence_of(
        "The lines add up to {found} {currency}, but the page prints {printed}.", found="18.00", currency="USD", printed="19.49"
    )
    doubt = Problem(where="orders[0].amounts.grand_total", code=DOUBT.code, said=said)
    with speaking("de"):
        bring(household, document("page", SourceKind.ORDER_DETAILS, order(), problems=[doubt]))
        bring(household, document("mail", SourceKind.EMAIL, order(total="21.00")))
        view = household.ledger.order("per", ONE)
        assert [each.text for each in view.quarantine] == ["Die Zeilen ergeben 18.00 USD, die Seite nennt aber 19.49."]
        assert [each.text for each in view.conflicts] == [
            "Die Quellen sind sich nicht einig (Summe): 19.49 USD (Bestellseite), 21.00 USD (E-Mail)."
        ]
    view = household.ledger.order("per", ONE)
    assert [each.text for each in view.quarantine] == ["The lines add up to 18.00 USD, but the page prints 19.49."]
    assert [each.text for each in view.conflicts] == ["The sources differ on the total: 19.49 USD from order page, 21.00 USD from e-mail."]
    household.quarantine.confirm(ONE)
    with speaking("es"):
        (question,) = [each for each in household.books.questions(Filter()) if each.code.value == "sources_disagree"]
        assert question.text == "Las fuentes no coinciden (total): 19.49 USD (página del pedido), 21.00 USD (correo)."


def test_an_unreadable_value_can_be_entered_by_hand(household):
    unread = Problem(where="orders[0].amounts.grand_total", code="unreadable", said=Sentence("The total cannot be read."))
    bring(household, document("page", SourceKind.ORDER_DETAILS, order(total=None, currency=None), problems=[unread]))
    with pytest.raises(InvalidInput, match="currency=USD"):
        household.ledger.correct("per", ONE, {"total": "18.00"})
    view = household.ledger.correct("per", ONE, {"total": "18.00", "currency": "USD"})
    assert (view.order.total, view.quarantine) == (usd("18.00"), ())


def test_a_corrected_line_follows_its_product_when_a_better_source_reorders_them(household):
    bring(household, document("list", SourceKind.ORDER_LIST, order(items=(FREE, LAMP))))
    household.ledger.correct("per", ONE, {"item2.quantity": "4"})
    bring(household, DETAILS)
    assert [item.quantity for item in household.ledger.order("per", ONE).order.items] == [4, 1, 1]


def test_a_line_without_a_product_number_is_found_under_its_corrected_title(household):
    bring(household, document("list", SourceKind.ORDER_LIST, order(items=(Item(title="Lmap"), Item(title="Cable")))))
    household.ledger.correct("per", ONE, {"item1.title": "Lamp"})
    view = household.ledger.correct("per", ONE, {"item1.quantity": "2"})
    assert [(item.title, item.quantity) for item in view.order.items] == [("Lamp", 2), ("Cable", None)]
    back = household.ledger.correct("per", ONE, {"item1.title": None, "item1.quantity": None})
    assert [item.title for item in back.order.items] == ["Lmap", "Cable"]


def test_a_corrected_price_outweighs_the_line_total_of_a_file(household):
    bring(household, EXPORT)
    (item,) = household.ledger.correct("per", ONE, {"item1.price": "9.00"}).order.items
    assert (item.unit_price, item.total) == (usd("9.00"), None)


def test_a_correction_is_not_listed_as_an_import_and_completes_no_month(known):
    before = known.imports.imports().total
    known.ledger.correct("per", ONE, {"total": "29.99"})
    assert known.imports.imports().total == before
    (month,) = (entry for entry in known.coverage.months(Filter()).items if entry.orders)
    assert month.gaps == ("1 order known only from pages that were opened",)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"colour": "red"}, "'colour' cannot be corrected"),
        ({"total": "a lot"}, "is not an amount of money"),
        ({"total": "NaN"}, "is not an amount of money"),
        ({"total": "1e400"}, "is not an amount of money"),
        ({"date": "2026-13-01"}, "is not a day"),
        ({"status": "unknown"}, "is not a status"),
        ({"currency": "dollars"}, "is not a currency"),
        ({"item4.price": "1.00"}, "The order has 3 items"),
        ({"item0.price": "1.00"}, "cannot be corrected"),
        ({"item1.quantity": "-1"}, "is not a quantity"),
        ({"item1.quantity": "1.5"}, "is not a quantity"),
    ],
)
def test_an_invalid_value_is_reported_and_changes_nothing(known, words, said):
    with pytest.raises(InvalidInput, match=said):
        known.ledger.correct("per", ONE, {"recipient": "Nobody", **words})
    assert known.ledger.order("per", ONE).order == PLAIN


def test_an_empty_correction_and_an_unknown_order_are_refused(known):
    with pytest.raises(InvalidInput, match="nothing to correct"):
        known.ledger.correct("per", ONE, {})
    with pytest.raises(NotFound):
        known.ledger.correct("per", "112-0000009-0000009", {"total": "1.00"})


def test_a_corrected_item_of_a_refund_follows_its_product_when_a_better_source_reorders_the_items(household):
    backs = (Refund(amount=usd("2.00"), refunded_on=date(2026, 4, 1)), Refund(amount=usd("3.00"), refunded_on=date(2026, 4, 1)))
    bring(household, document("list", SourceKind.ORDER_LIST, order(items=(FREE, LAMP))))
    bring(household, document("refunds", SourceKind.REFUND_EXPORT, order(total=None, refunds=backs)))
    corrected = household.ledger.correct("per", ONE, {"refund1.item": "2", "refund2.item": "1"})
    assert [refund.item for refund in corrected.order.refunds] == [1, 0]
    bring(household, DETAILS)
    view = household.ledger.order("per", ONE)
    assert [view.order.items[refund.item].asin for refund in view.order.refunds] == [LAMP.asin, FREE.asin]
    plain = household.ledger.correct("per", ONE, {"refund1.item": None, "refund2.item": None})
    assert [refund.item for refund in plain.order.refunds] == [None, None]
    assert not any(source.startswith("you") for source in plain.sources.values())


def test_a_corrected_item_of_a_refund_stays_when_a_later_source_adds_product_numbers(household):
    back = (Refund(amount=usd("2.00"), refunded_on=date(2026, 4, 1)),)
    named = (Item(title=FREE.title), Item(title=LAMP.title))
    bring(household, document("mail", SourceKind.EMAIL, order(items=named, refunds=back)))
    household.ledger.correct("per", ONE, {"refund1.item": "2"})
    bring(household, document("details", SourceKind.ORDER_DETAILS, order(items=(LAMP, FREE))))
    view = household.ledger.order("per", ONE)
    assert [view.order.items[refund.item].asin for refund in view.order.refunds] == [LAMP.asin]
