"""Finds order numbers in all their forms, only in places with the page's own number."""

import re
from datetime import date
from urllib.parse import parse_qs

from assistant.amazon.labels.fields import Header, header_names
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern, plain, western_digits
from assistant.amazon.values.web_address import parts_of

# Retail and digital, the twelve-digit form of the nineties, the grocery UUID, and the nineteen digits of the payment history.
NUMBER = re.compile(
    r"(?<![A-Z0-9-])(?:[A-Z0-9]{3}-\d{7}-\d{7}|\d{4}-\d{6}-\d{7}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{19})(?![A-Z0-9-])",
    re.IGNORECASE,
)

_MOST_TEXT = 20_000
_NUMBER_WORDS = (
    r"(?:order|bestell|commande|ordine|pedido|encomenda|bestel|zamowienia|siparis|注文)[a-z]{0,8}\s?"
    r"(?:#|no\.?|nr\.?|number|id|nummer|n[°º.]|n\.[°º]|番号)"
)
_DAY_WORDS = (
    r"digital order|digitale bestellung|commande numerique|ordine digitale|pedido digital|purchased(?: on)?|placed on|"
    r"aufgegeben am|bestelldatum|commande (?:passee|du)(?: le)?|date de (?:la )?commande|"
    r"ordinato il|data (?:dell')?ordine|fecha del pedido|data do pedido|data da encomenda|encomenda efetuada em|besteld op|besteldatum|"
    r"^effectuee le|^effettuato il|^realizado e[lm]|"
    r"bestelling geplaatst op|bestallningsdatum|orderdatum|bestalld den|data zamowienia|(?:zlozono|zlozone)(?: dnia)?"
)


def _label(line: Header, words: str) -> re.Pattern[str]:
    """Return a pattern for the labels before a value in running text, including those of mails and old pages.

    A participle alone ("ordered") is left out: it can be a column's heading, but in a sentence any day may follow it.
    """
    names = "|".join(re.escape(name) for name in header_names(line) if line is Header.NUMBER or " " in name or not name.isascii())
    return re.compile(rf"(?:{names}|{pattern(words).pattern})(?: am| le| il| el| em)?\s?[:#：]?\s?")


_NUMBER_LABEL = _label(Header.NUMBER, _NUMBER_WORDS)
_DAY_LABEL = _label(Header.PLACED, _DAY_WORDS)


def number_in(text: str) -> str | None:
    """Return the order number in a text; None for placeholders ("000-…")."""
    found = NUMBER.search(western_digits(text))
    if found is None or found[0].startswith("000-"):
        return None
    return found[0].upper() if found[0][:1].isalpha() and found[0][3:4] == "-" else found[0]


def labelled_number(text: str) -> str | None:
    """Return the number that follows a label like "Order #" in a page's text."""
    for label in _NUMBER_LABEL.finditer(plain(western_digits(text[:_MOST_TEXT]))):
        found = NUMBER.match(label.string, label.end())
        if found is not None and not found[0].startswith("000-"):
            return number_in(found[0].upper() if found[0].count("-") == 2 else found[0])  # noqa: PLR2004  # ddd-ddddddd-ddddddd
    return None


def labelled_day(text: str) -> date | None:
    """Return the day that follows a label like "Order placed" in a page's text."""
    folded = plain(text[:_MOST_TEXT])
    days = (read_day(folded[label.end() : label.end() + 40]) for label in _DAY_LABEL.finditer(folded))
    return next((day for day in days if day is not None), None)


def number_in_address(url: str | None) -> str | None:
    """Return the order that a page's own address asks for."""
    if not url:
        return None
    parts = parts_of(url)
    asked = {name.lower(): values[0] for name, values in parse_qs(parts.query[:4000]).items()}
    return number_in(asked.get("orderid", "") or (parts.path if "/order" in parts.path else ""))
