"""DATEV EXTF 700, Buchungsstapel version 13: 125 columns, CP1252, semicolons, decimal commas; account numbers of SKR03.

Source: field list of DATEV's format description, version 13. A date in it has no year, so a file holds one calendar year.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.errors import Conflict
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from assistant.exports.base import BooksView
from assistant.exports.charges import Movement, category_of, in_one_currency, paid_movements, title_of

_FIRST = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz", "Konto",
    "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext", "Postensperre",
    "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt", "Zinssperre", "Beleglink",
)  # fmt: skip
_MIDDLE = (
    "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "EU-Land u. UStID (Bestimmung)", "EU-Steuersatz (Bestimmung)",
    "Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L", "BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer",
    "BU 49 Funktionsergänzung",
)  # fmt: skip
_LAST = (
    "Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp", "Auftragsnummer",
    "Buchungstyp", "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)", "Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)",
    "Erlöskonto (Anzahlungen)", "Herkunft-Kz", "Buchungs GUID", "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername",
    "Beteiligtennummer", "Identifikationsnummer", "Zeichnernummer", "Postensperre bis", "Bezeichnung SoBil-Sachverhalt",
    "Kennzeichen SoBil-Buchung", "Festschreibung", "Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit", "Generalumkehr (GU)",
    "Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position", "EU-Land u. UStID (Ursprung)", "EU-Steuersatz (Ursprung)",
    "Abw. Skontokonto",
)  # fmt: skip
COLUMNS = (
    *_FIRST,
    *(f"Beleginfo - {kind} {number}" for number in range(1, 9) for kind in ("Art", "Inhalt")),
    *_MIDDLE,
    *(f"Zusatzinformation - {kind} {number}" for number in range(1, 21) for kind in ("Art", "Inhalt")),
    *_LAST,
)
"""The 125 column headings."""

_ACCOUNTS = {"office": "4930", "books": "4940"}
_OTHER, _PAID_FROM, _GOODS = "4980", "1200", "3400"
_KEYS = {Decimal("0.19"): "9", Decimal("0.07"): "8"}
_ADVISER, _CLIENT = "1001", "1"
_LONGEST_TEXT, _LONGEST_NUMBER = 60, 36
_NUMBER_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$&%*+-/")


class Datev:
    """Writes a Buchungsstapel, one row per item."""

    name = "datev"
    description = to_translate("DATEV Buchungsstapel (EXTF 700, version 13), SKR03")
    audience = to_translate("German tax advisers with DATEV")
    keeps = to_translate("items, order numbers, German input tax by rate")
    loses = to_translate(
        "currencies other than EUR, years (one per file, or --split month), letters beyond Western European ones, texts beyond 60, "
        "assets (booked as expenses), cards: adviser 1001, client 1, bank 1200 are placeholders"
    )
    suffix = ".csv"
    with_top_ups = False

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write header, headings and rows. Raises Conflict for another currency or several years."""
        found = in_one_currency(paid_movements(view), "DATEV")
        if found and found[0].currency != "EUR":
            raise Conflict(
                translated(
                    "DATEV takes euros, and these entries are in {currency}. Choose those in euros with cur:EUR.",
                    currency=found[0].currency,
                )
            )
        years = sorted({each.on.year for each in found})
        if len(years) > 1:
            text = to_translate(
                "A DATEV file holds one year, and these entries run from {first} to {last}. Write several: --split month or year."
            )
            raise Conflict(translated(text, first=years[0], last=years[-1]))
        lines = [_extf_header(found), ";".join(COLUMNS)]
        lines += [row for each in found for row in _item_rows(each)]
        stream.write(("\r\n".join(lines) + "\r\n").encode("cp1252", "replace"))


def _extf_header(found: Sequence[Movement]) -> str:
    days = [each.on for each in found]
    year = days[0].year if days else 2000
    first, last = (f"{day:%Y%m%d}" if day else "" for day in ((min(days), max(days)) if days else (None, None)))
    made = f"{last or '20000101'}120000000"
    named = f'"EXTF";700;21;"Buchungsstapel";13;{made};;"RE";"";"";{_ADVISER};{_CLIENT};{year}0101;4;{first};{last};"Amazon";"";1;0;0;"EUR"'
    return f'{named};;"";;;"03";;;"";""'


def _item_rows(found: Movement) -> Iterator[str]:
    for entry in found.entries:
        minor = found.part_of(entry)
        if not minor:
            continue
        account, key = _account(entry)
        cells = {
            "Umsatz (ohne Soll/Haben-Kz)": Money(abs(minor), "EUR").decimal.replace(".", ","),
            "Soll/Haben-Kennzeichen": _quoted("S" if minor > 0 else "H"),
            "WKZ Umsatz": _quoted("EUR"),
            "Konto": account,
            "Gegenkonto (ohne BU-Schlüssel)": _PAID_FROM,
            "BU-Schlüssel": _quoted(key),
            "Belegdatum": f"{found.on:%d%m}",
            "Belegfeld 1": _quoted("".join(sign for sign in found.number if sign in _NUMBER_SIGNS)[:_LONGEST_NUMBER]),
            "Buchungstext": _quoted(f"{found.payee} {title_of(entry)}"),
            "Festschreibung": "0",
        }
        yield ";".join(cells.get(name, "") for name in COLUMNS)


def _account(entry: Entry) -> tuple[str, str]:
    """Return the account and the tax key. The account of goods contains 19 % by itself."""
    rates = {tax.rate for tax in entry.taxes if tax.code == "vat"}
    rate = rates.pop() if len(rates) == 1 else None
    if category_of(entry) == "resale" and rate == Decimal("0.19"):
        return _GOODS, ""
    return _ACCOUNTS.get(category_of(entry), _OTHER), _KEYS.get(rate or Decimal(0), "")


def _quoted(text: str) -> str:
    kept = " ".join(text.encode("cp1252", "replace").decode("cp1252").split())[:_LONGEST_TEXT].strip()
    return '"{}"'.format(kept.replace('"', '""'))
