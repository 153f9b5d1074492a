"""Wording of offers in the languages of Amazon's marketplaces: limits, new customers, trials, intervals, departments."""

from datetime import date

import pytest

from assistant.amazon.labels.departments import category_of
from assistant.amazon.labels.offer_limits import read_limit, read_terms
from assistant.amazon.labels.programmes import Happens, amount_in, announces_delivery, happens, interval_in, service_of, speaks_of_trial
from assistant.domain.money import Money


@pytest.mark.parametrize(
    ("text", "scope", "limit"),
    [
        ("Limit 3 per customer", "customer", 3),
        ("Offer limited to one promotional code per customer.", "customer", 1),
        ("One use per account.", "account", 1),
        ("Limit two per Amazon customer account", "account", 2),
        ("Limit 1 per customer/household/address", "household", 1),
        ("Maximal 2 Stück pro Kunde", "customer", 2),
        ("Nur einmal pro Kundenkonto einlösbar.", "account", 1),
        ("Begrenzt auf 4 pro Haushalt.", "household", 4),
        ("Limité à 2 exemplaires par client", "customer", 2),
        ("Une seule fois par compte Amazon", "account", 1),
        ("Limite d'un article par foyer : maximum 1", "household", 1),
        ("Limitato a 1 pezzo per cliente", "customer", 1),
        ("Limitado a 3 unidades por cliente", "customer", 3),
        ("Máximo 2 por hogar", "household", 2),
        ("Limite de 2 unidades por cliente", "customer", 2),
        ("Beperkt tot 2 per klant", "customer", 2),
        ("Max 2 per kund", "customer", 2),
        ("Limit 2 sztuki na klienta", "customer", 2),
        ("Müşteri başına en fazla 2 adet", "customer", 2),
        ("Hesap başına bir kez", "account", 1),
        ("お一人様3点まで", "customer", 3),
        ("1アカウント1回限り", "account", 1),
    ],
)
def test_a_printed_limit_gives_its_number_and_scope(text: str, scope: str, limit: int):
    terms = read_limit([text])
    assert terms is not None
    assert (terms.scope, terms.limit, terms.text) == (scope, limit, text)


@pytest.mark.parametrize(
    "text",
    [
        "Only 3 left in stock.",
        "Limited time deal for Prime customers",
        "Limited 3 pack edition, blue",
        "Nur noch 2 auf Lager",
        "Free delivery for customers in Germany",
        "Customers also bought 2 of these",
        "Ships within 2 days",
        "Limit 10 per order",
        "Maximal 3 Stück pro Bestellung",
    ],
)
def test_text_that_only_mentions_numbers_or_customers_sets_no_limit(text: str):
    assert read_limit([f"In stock. {text}"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "New customers only. First order.",
        "10 dollars off your first order.",
        "Nur für Neukunden.",
        "Bei Ihrer ersten Bestellung",
        "Offre réservée aux nouveaux clients",
        "Sul tuo primo ordine",
        "Solo para nuevos clientes",
        "Na sua primeira compra",
        "Alleen voor nieuwe klanten",
        "Gäller nya kunder",
        "Tylko dla nowych klientów",
        "Yeni müşteriler için",
        "初回注文限定",
    ],
)
def test_offers_for_new_customers_are_recognised(text: str):
    terms = read_terms(text)
    assert terms is not None
    assert terms.new_customer is True


@pytest.mark.parametrize(
    "text",
    ["Save 20% on your first Subscribe & Save order.", "For new and existing customers.", "Not limited to new customers.", "Save 5%"],
)
def test_other_first_time_offers_are_not_new_customer_offers(text: str):
    terms = read_terms(text)
    assert terms is not None
    assert terms.new_customer is None


def test_terms_give_their_end_date_and_whether_a_code_is_transferable():
    german = read_terms("Nicht übertragbar. Gültig bis 31. Dezember 2026.")
    english = read_terms("Valid only for the account that received this email. Offer ends December 3.", near=date(2026, 11, 25))
    assert german is not None
    assert english is not None
    assert (german.transferable, german.ends_on) == (False, date(2026, 12, 31))
    assert (english.transferable, english.ends_on) == (False, date(2026, 12, 3))
    assert read_terms("  ") is None


def test_only_the_limiting_sentences_of_long_terms_are_kept():
    terms = read_terms("Fine print about this and that. " * 40 + "Limit one per household. " + "More fine print. " * 40)
    assert terms is not None
    assert (terms.scope, terms.limit, terms.text) == ("household", 1, "Limit one per household.")


@pytest.mark.parametrize(
    "text",
    [
        "Start your 30-day free trial",
        "30 Tage kostenlos testen",
        "Essai gratuit de 30 jours",
        "Inizia la prova gratuita",
        "Prueba gratis",
        "Teste gratuito",
        "Gratis proefperiode",
        "Kostnadsfri provperiod",
        "Bezpłatny okres próbny",
        "Ücretsiz dene",
        "30日間の無料体験",
    ],
)
def test_trials_are_recognised_in_every_language(text: str):
    assert speaks_of_trial(text)


def test_membership_services_and_dates_are_recognised():
    assert [service_of(text) for text in ("Business Prime", "Amazon Prime", "Audible", "Amazon Music Unlimited", "Mug")] == [
        "business-prime",
        "prime",
        "audible",
        "music-unlimited",
        None,
    ]
    assert happens("Renews on January 4, 2027") is Happens.RENEWS
    assert happens("Ihre Mitgliedschaft wird nicht verlängert, sie endet am 4. Januar") is Happens.ENDS
    assert happens("次回請求日 2027年1月4日") is Happens.RENEWS
    assert happens("Read a million books") is None


@pytest.mark.parametrize(
    "text",
    [
        "Every 2 months",
        "Alle 2 Monate",
        "Jeden Monat",
        "Tous les 3 mois",
        "Ogni 2 mesi",
        "Cada mes",
        "Todos os meses",
        "Elke 2 maanden",
        "Var 3:e månad",
        "Co 2 miesiące",
        "Her 2 ayda bir",
        "2か月ごと",
    ],
)
def test_delivery_intervals_are_read_in_every_language(text: str):
    assert interval_in(text) == text


def test_the_next_delivery_and_an_amount_are_found_in_a_sentence():
    assert announces_delivery("Nächste Lieferung: 4. Dezember")
    assert not announces_delivery("Delivered last week")
    assert amount_in("$14.99/month after that", "USD") == Money(1499, "USD")
    assert amount_in("59 kr/mån", "SEK") == Money(5900, "SEK")
    assert amount_in("30 days free", "USD") is None


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("Office Products > Printer Ink & Toner", "office"),
        ("Bürobedarf & Schreibwaren", "office"),
        ("Toys & Games > Games", "toys"),
        ("Video Games > PC", "games"),
        ("Home & Kitchen > Kitchen & Dining", "kitchen"),
        ("Home & Kitchen > Bedding", "home"),
        ("Clothing, Shoes & Jewelry > Women > Jewelry", "jewelry"),
        ("Health & Household > Medical Supplies & Equipment", "medical"),
        ("Jeux et Jouets", "toys"),
        ("Casa e cucina > Tessili", "home"),
        ("Dom i kuchnia", "home"),
        ("ペット用品", "pet"),
        ("Industrial & Scientific > Beauty tools", "beauty"),
        ("Gift Cards", None),
    ],
)
def test_departments_map_to_categories_and_broad_ones_to_none(path: str, category: str | None):
    assert category_of(path.split(" > ")) == category
