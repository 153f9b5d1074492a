"""The shop's words and numbers in English and German, as its hosts print them."""

from dataclasses import dataclass
from datetime import date

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.shop.household import ShopItem

_MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "de": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
}
_GERMAN = {
    "Hello, {}": "Hallo, {}",
    "Hello, sign in": "Hallo, anmelden",
    "Account & Lists": "Konto und Listen",
    "Orders": "Bestellungen",
    "Cart": "Einkaufswagen",
    "Deliver to": "Liefern an",
    "Switch accounts": "Konten wechseln",
    "Sign out": "Abmelden",
    "Sign in": "Anmelden",
    "Account for {}": "Konto für {}",
    "Add to cart": "In den Einkaufswagen",
    "Buy Now": "Jetzt kaufen",
    "In stock": "Auf Lager",
    "Your Cart": "Ihr Einkaufswagen",
    "Your cart is empty.": "Ihr Einkaufswagen ist leer.",
    "Subtotal": "Summe",
    "Proceed to checkout": "Zur Kasse gehen",
    "Qty:": "Menge:",
    "Remove": "Entfernen",
    "Review your order": "Bestellung prüfen",
    "Delivering to {}": "Lieferung an {}",
    "Paying with {} {}": "Zahlung mit {} {}",
    "Change": "Ändern",
    "Items:": "Artikel:",
    "Shipping & handling:": "Verpackung & Versand:",
    "Estimated tax to be collected:": "Geschätzte USt.:",
    "Order total:": "Gesamtbetrag:",
    "Place your order": "Jetzt kaufen",
    "Use a gift card, voucher, or promo code": "Gutschein oder Aktionscode einlösen",
    "Apply": "Einlösen",
    "Order placed, thank you!": "Bestellung aufgegeben, vielen Dank!",
    "Your Orders": "Ihre Bestellungen",
    "{} orders": "{} Bestellungen",
    "Order placed": "Bestellung aufgegeben",
    "Total": "Summe",
    "Ship to": "Versandadresse",
    "Order #": "Bestellnr.",
    "View order details": "Bestelldetails anzeigen",
    "Delivered {}": "Zugestellt: {}",
    "Arriving {}": "Zustellung: {}",
    "Order Details": "Bestelldetails",
    "Payment method": "Zahlungsart",
    "Order Summary": "Bestellübersicht",
    "Item(s) Subtotal:": "Zwischensumme:",
    "Shipping & Handling:": "Verpackung & Versand:",
    "Total before tax:": "Gesamt vor USt.:",
    "Grand Total:": "Gesamtsumme:",
    "Sold by: {}": "Verkauf durch: {}",
    "Condition: New": "Zustand: Neu",
    "Promotion Applied:": "Aktion angewendet:",
    "Return or replace items: Eligible through {}": "Zeitraum für Rückgabe endet am {}",
    "{} ending in {}": "{} endet auf {}",
    "Switch account": "Konto wechseln",
    "Nothing is sold here: this shop and its goods are invented.": "Hier wird nichts verkauft: Laden und Waren sind erfunden.",
    "This code is not known here.": "Dieser Code ist hier nicht bekannt.",
    "Limit {} per customer": "Maximal {} pro Kunde",
    "Your subscriptions": "Ihre Spar-Abos",
    "Every 2 months": "Alle 2 Monate",
    "Next delivery: {}": "Nächste Lieferung: {}",
    "Start your 30-day free trial": "30 Tage kostenlos testen",
    "{} per month after that": "danach {} pro Monat",
    "Return items": "Artikel zurücksenden",
    "Coupons": "Coupons",
    "Clip coupon": "Coupon aktivieren",
    "Your Amazon Family": "Ihre Amazon-Familie",
    "Your gift list": "Ihr Wunschzettel",
    "Share the list": "Wunschzettel teilen",
    "Done": "Erledigt",
    "Continue": "Weiter",
    "Create review": "Rezension verfassen",
    "Submit": "Absenden",
    "Review submitted, thank you!": "Rezension abgesendet, vielen Dank!",
    "Redeem a gift card": "Gutschein einlösen",
    "The gift card was added to your balance.": "Der Gutschein wurde Ihrem Guthaben hinzugefügt.",
    "Subscribe": "Spar-Abo",
    "Set up now": "Jetzt einrichten",
    "Close your account": "Ihr Konto schließen",
    "You asked for it.": "Sie haben darum gebeten.",
    "Choose": "Auswählen",
    "Business": "Business",
    "Personal": "Privat",
}


@dataclass(frozen=True, slots=True)
class Sums:
    """An order's amounts in minor units; `items` is the printed subtotal, `discount` is zero or negative."""

    items: int
    shipping: int
    discount: int
    tax: int

    @property
    def before_tax(self) -> int:
        """The total before tax."""
        return self.items + self.shipping + self.discount

    @property
    def total(self) -> int:
        """The total to pay."""
        return self.before_tax + self.tax


@dataclass(frozen=True, slots=True)
class Words:
    """The language of one host: `language` "en" or "de", `currency` its ISO code."""

    language: str
    currency: str

    def __call__(self, text: str, *parts: str) -> str:
        """Return the text in this language with its gaps filled."""
        return (_GERMAN.get(text, text) if self.language == "de" else text).format(*parts)

    def money(self, minor: int) -> str:
        """Print an amount: "$1,234.56", "1.234,56 €"."""
        whole, cents = divmod(abs(minor), 100)
        sign = "-" if minor < 0 else ""
        if self.language == "de":
            return f"{sign}{whole:,}".replace(",", ".") + f",{cents:02d}\N{NO-BREAK SPACE}€"
        return f"{sign}${whole:,}.{cents:02d}"

    def day(self, day: date, *, year: bool = True) -> str:
        """Print a day: "March 2, 2026", "2. März 2026"."""
        month = _MONTHS[self.language][day.month - 1]
        if self.language == "de":
            return f"{day.day}. {month}" + (f" {day.year}" if year else "")
        return f"{month} {day.day}" + (f", {day.year}" if year else "")

    def price(self, product: CatalogueProduct) -> int:
        """Return the printed unit price in minor units: with tax where shops print it so."""
        return product.price + (product.price * 19 // 100 if self.language == "de" else 0)

    def sums(self, lines: tuple[ShopItem, ...], *, promoted: bool = False) -> Sums:
        """Add up an order; the subtotal never holds the tax."""
        items = sum(line.product.price * line.quantity for line in lines)
        gross = sum(self.price(line.product) * line.quantity for line in lines)
        shipping = 0 if items >= 2500 or not items else 499  # noqa: PLR2004  # free delivery above 25
        return Sums(items=items, shipping=shipping, discount=-(items // 10) if promoted else 0, tax=gross - items)
