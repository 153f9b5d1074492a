"""Finds the marketplace of a page from its content: ids in scripts, links, the title, or language and currency together."""

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, lines_of
from assistant.amazon.labels.languages import language_in, language_of
from assistant.amazon.marketplaces import MARKETPLACES, Marketplace, by_id
from assistant.amazon.script_values import VALUE, values_after
from assistant.amazon.values.folding import plain
from assistant.amazon.values.money import CURRENCY_SIGNS

_BY_NAME = {entry.name: entry for entry in MARKETPLACES}
# Where a page without identifying scripts names its marketplace, most reliable place first. Amazon's footers link to other countries'
# marketplaces, so a place counts only if it names one and no other.
_STORE = re.compile(r"\A(?:https?:)?//www\.(amazon\.[a-z.]{2,6})(?=[/:?#]|\Z)", re.IGNORECASE)
_SERVICE = re.compile(r"\A(?:https?:)?//(?:pay|music|read|smile|business)\.(amazon\.[a-z.]{2,6})(?=[/:?#]|\Z)", re.IGNORECASE)
_LINKS = (
    ("link[rel=canonical]", _STORE),
    ("base[href]", _STORE),
    ('a[href*="marketplaceId="]', re.compile(r"[?&]marketplaceId=([A-Z0-9]{10,16})")),
    ('img[src*="/batch/1/OP/"]', re.compile(r"/batch/1/OP/([A-Z0-9]{10,16})")),
    ('form[action*="//www.amazon."]', _STORE),
    ('a[href*="//www.amazon."], link[href*="//www.amazon."]', _STORE),
    ('a[href*=".amazon."]', _SERVICE),
)
_IN_TITLE = re.compile(r"(?<![\w.])(amazon\.(?:com?\.)?[a-z]{2,3})(?![\w.])", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_]([a-z]{2}))?(?![a-z])")
_COUNTRY_OF = {"com": "us", "co.uk": "gb", "co.jp": "jp", "co.za": "za"}
_DOLLARS = frozenset({"USD", "CAD", "AUD", "SGD", "MXN"})
_SIGN_CURRENCIES = {sign: frozenset((currency,)) for sign, currency in CURRENCY_SIGNS.items()} | {
    "$": _DOLLARS,
    "kr": frozenset({"SEK"}),
    "zł": frozenset({"PLN"}),
    "￥": frozenset({"JPY"}),
    **{entry.currency: frozenset({entry.currency}) for entry in MARKETPLACES},
}
_ANY_SIGN = "|".join(map(re.escape, sorted(_SIGN_CURRENCIES, key=len, reverse=True)))
_SIGN = re.compile(rf"(?<![A-Za-z])(?:{_ANY_SIGN})(?=\s?\d)|(?<=\d)\s?(?:€|zł|kr|TL|円|\$)(?![A-Za-z])")
_LONGEST_TEXT = 200_000
_ADDRESSES = ".displayAddressDiv, [data-component=shippingAddress], [data-component=rawShippingAddress], .od-shipping-address-container"
_COUNTRY_NAMES = {
    "united states": "us", "canada": "ca", "australia": "au", "singapore": "sg", "mexico": "mx", "brasil": "br", "brazil": "br",
    "united kingdom": "gb", "ireland": "ie", "deutschland": "de", "germany": "de", "france": "fr", "italia": "it", "italy": "it",
    "espana": "es", "spain": "es", "nederland": "nl", "netherlands": "nl", "belgie": "be", "belgique": "be", "belgium": "be",
    "sverige": "se", "sweden": "se", "polska": "pl", "poland": "pl", "turkiye": "tr", "india": "in", "日本": "jp", "japan": "jp",
}  # fmt: skip  # a table reads better in rows


def page_marketplace(trees: Sequence[LexborHTMLParser], scripts: Sequence[str]) -> Marketplace | None:
    """Return the marketplace that pieces of a page and the texts of its scripts name, None if nothing proves one."""
    for name in ("ue_mid", "marketplaceID", "obfuscatedMarketId", "marketplaceId"):
        found = {by_id(match["value"]) for match in values_after(scripts, name, VALUE)} - {None}
        if len(found) == 1:
            return found.pop()
    for selector, pattern in _LINKS:
        nodes = [node for tree in trees for node in tree.css(selector)]
        linked = {_linked(node, pattern) for node in nodes} - {None}
        if len(linked) == 1:
            return linked.pop()
    titles = {_BY_NAME.get(name.lower()) for tree in trees for name in _IN_TITLE.findall(_title(tree))} - {None}
    if len(titles) == 1:
        return titles.pop()
    return next(filter(None, map(_by_language_and_currency, trees)), None)


def marketplace_in_text(text: str) -> Marketplace | None:
    """Return the one marketplace that a plain text names ("Amazon.de", "AMZN Mktp US"), or that has its language and currency."""
    named = {_BY_NAME.get(name.lower()) for name in _IN_TITLE.findall(text[:_LONGEST_TEXT])}
    named |= {_BY_COUNTRY.get(country.lower()) for country in _DESCRIPTOR.findall(text[:_LONGEST_TEXT])}
    named -= {None}
    if named:
        return named.pop() if len(named) == 1 else None
    language, currencies = language_in(text), _currencies(text)
    fitting = [entry for entry in MARKETPLACES if entry.currency in currencies and language in entry.languages]
    country = _only_country(text[:_LONGEST_TEXT].splitlines())
    there = [entry for entry in fitting if _country(entry) == country]
    return there[0] if len(there) == 1 else fitting[0] if len(fitting) == 1 else None


def _linked(node: LexborNode, pattern: re.Pattern[str]) -> Marketplace | None:
    address = next((attribute(node, name) for name in ("href", "src", "action") if attribute(node, name)), "")
    found = pattern.search(address[:2000])
    return (by_id(found[1]) or _BY_NAME.get(found[1].lower())) if found else None


def _title(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    return title.text()[:300] if title is not None else ""


def _by_language_and_currency(tree: LexborHTMLParser) -> Marketplace | None:
    """Return the one marketplace that has the page's language and every printed currency.

    Several countries share a language and a currency ("fr" and euros). Then the country of the declared language decides
    ("fr-BE"), or the delivery address on a page that declares no language.
    """
    if tree.body is None:
        return None
    declared = _LANGUAGE.match(attribute(tree.css_first("html"), "lang").lower())
    language, country = declared.groups() if declared else (language_of(tree), _delivery_country(tree))
    currencies = _currencies(tree.body.text(separator=" "))
    fitting = [entry for entry in MARKETPLACES if entry.currency in currencies and language in entry.languages]
    there = [entry for entry in fitting if _country(entry) == country]
    if len(there) == 1:
        return there[0]
    return fitting[0] if len(fitting) == 1 and declared else None


def _delivery_country(tree: LexborHTMLParser) -> str | None:
    return _only_country(line for address in tree.css(_ADDRESSES) for line in lines_of(address))


def _only_country(lines: Iterable[str]) -> str | None:
    found = {_COUNTRY_NAMES[line] for line in map(plain, map(str.strip, lines)) if line in _COUNTRY_NAMES}
    return found.pop() if len(found) == 1 else None


def _currencies(text: str) -> frozenset[str]:
    """Return the currencies that all printed signs have in common."""
    signs = {sign for found in _SIGN.findall(text[:_LONGEST_TEXT]) if (sign := found.strip()) in _SIGN_CURRENCIES}
    return frozenset.intersection(*(_SIGN_CURRENCIES[sign] for sign in signs)) if signs else frozenset()


def _country(entry: Marketplace) -> str:
    suffix = entry.name.removeprefix("amazon.")
    return _COUNTRY_OF.get(suffix, suffix.rpartition(".")[2])


_BY_COUNTRY = {_country(entry): entry for entry in MARKETPLACES} | {"uk": _BY_NAME["amazon.co.uk"]}
_DESCRIPTOR = re.compile(r"(?:AMZN|AMAZON) (?:Mktp|MKTPLACE|Marketplace|Digital) ([A-Z]{2})\b", re.IGNORECASE)
