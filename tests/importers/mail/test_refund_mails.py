"""Refund mails: the refund is the total after deductions, and an announcement is not a refund."""

import pytest

from assistant.domain.money import Money
from tests.importers.mail.test_orders import codes, only_order, read
from tests.importers.mail_files import BY_LANGUAGE, ENGLISH, NUMBER, mail

CARD = "<p>$41.20 refunded to your Visa ending in 4321</p>"


def body(*rows: tuple[str, str], says: str = "We have issued your refund.", card: str = CARD) -> str:
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    return f"<html><body><p>Hello Robin,</p><p>{says}</p><p>Order # {NUMBER}</p><table>{table}</table>{card}</body></html>"


SUBTOTAL, DEDUCTION, TOTAL = ("Refund subtotal", "$46.20"), ("Promo discount deduction:", "-$5.00"), ("Total refund", "$41.20^")


def test_the_refund_is_the_total_after_deductions():
    order = only_order(mail(ENGLISH, "refund", html=body(SUBTOTAL, DEDUCTION, TOTAL)))
    assert [refund.amount for refund in order.refunds] == [Money(4120, "USD")]
    assert [(payment.method, payment.last4) for payment in order.payments] == [("Visa", "4321")]


@pytest.mark.parametrize(
    ("language", "rows", "card", "minor"),
    [
        (
            "de",
            [("Zwischensumme der Erstattung", "35,98 €"), ("Abzug Werbeaktion", "-3,00 €"), ("Gesamterstattung", "32,98 €^")],
            "32,98 € auf deine Visa mit den Endziffern 4321 erstattet",
            3298,
        ),
        (
            "es",
            [("Subtotal del reembolso", "59,90 €"), ("Deducción por promoción", "-6,00 €"), ("Reembolso total", "53,90 €")],
            "53,90 € reembolsados en tu Visa que termina en 4321",
            5390,
        ),
    ],
)
def test_deductions_and_the_card_are_read_in_other_languages(language, rows, card, minor):
    order = only_order(mail(BY_LANGUAGE[language], "refund", html=body(*rows, card=f"<p>{card}</p>")))
    assert [refund.amount and refund.amount.minor for refund in order.refunds] == [minor]
    assert [(payment.method, payment.last4) for payment in order.payments] == [("Visa", "4321")]


@pytest.mark.parametrize(
    ("language", "label", "value", "minor"),
    [
        ("ja", "返金額合計", "￥1,280", 1280),
        ("ja", "返金総額", "￥980", 980),
        ("pl", "Całkowita kwota zwrotu", "153,90 zł", 15390),
        ("pl", "Zwrot pieniędzy łącznie", "53,90 zł", 5390),
        ("tr", "Toplam para iadesi", "1.053,90 TL", 105390),
        ("tr", "Para iadesi tutarı", "53,90 TL", 5390),
    ],
)
def test_totals_in_japanese_polish_and_turkish_are_found_under_their_labels(language, label, value, minor):
    order = only_order(mail(BY_LANGUAGE[language], "refund", html=body((label, value), card="")))
    assert [refund.amount and refund.amount.minor for refund in order.refunds] == [minor]


def test_a_subtotal_counts_only_without_deductions():
    alone = read(mail(ENGLISH, "refund", html=body(SUBTOTAL, card="")))
    assert [refund.amount for refund in alone.orders[0].refunds] == [Money(4620, "USD")]
    deducted = read(mail(ENGLISH, "refund", html=body(SUBTOTAL, DEDUCTION, card="")))
    assert (deducted.orders[0].refunds, codes(deducted)) == ((), ["missing"])


@pytest.mark.parametrize(
    "says",
    [
        "Refund issuance is delayed.",
        "Your refund is pending.",
        "Your refund will be issued once we receive your return.",
        "We'll process your refund when the item is back.",
        "Deine Erstattung verzögert sich.",
        "Votre remboursement est en attente.",
        "Il tuo rimborso è in ritardo.",
        "Tu reembolso está pendiente.",
    ],
)
def test_an_announced_refund_is_not_a_refund_yet(says):
    order = only_order(mail(ENGLISH, "refund", html=body(SUBTOTAL, DEDUCTION, TOTAL, says=says)))
    assert order.refunds == ()


def test_a_confirmation_without_a_readable_total_is_reported():
    html = f"<html lang=en><body><p>Thanks for your order!</p><p>Order # {NUMBER}</p><p>Quantity: 1</p></body></html>"
    found = read(mail(ENGLISH, "order", html=html))
    assert "orders[0].amounts.grand_total" in [problem.where for problem in found.problems if problem.code == "missing"]


def test_the_last_total_after_a_gift_card_is_what_was_paid():
    rows = [("Subtotal:", "$30.00"), ("Order Total:", "$30.00"), ("Gift Card Amount:", "-$10.00"), ("Grand Total:", "$20.00")]
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    html = f"<html lang=en><body><p>Thanks for your order!</p><p>Order # {NUMBER}</p><table>{table}</table></body></html>"
    found = read(mail(ENGLISH, "order", html=html))
    assert (found.orders[0].total, "contradiction" in codes(found)) == (Money(2000, "USD"), False)
