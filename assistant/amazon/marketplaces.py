"""Amazon's 23 marketplaces: host, id, currency and the languages they are shown in. Hosts match exactly or not at all."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.amazon.values.web_address import parts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """One of Amazon's marketplaces. `name` is what exports and people call it ("amazon.de"), `languages` start with its own.

    `zone` is its time zone. If the country has several, it is the one that the marketplace's own pages use.
    """

    host: str
    name: str
    id: str
    currency: str
    zone: str
    languages: tuple[str, ...]


_TABLE = """
com     ATVPDKIKX0DER   USD  America/Los_Angeles  en es
ca      A2EUQ1WTGCTBG2  CAD  America/Toronto      en fr
com.mx  A1AM78C64UM0Y8  MXN  America/Mexico_City  es
com.br  A2Q3Y263D00KWC  BRL  America/Sao_Paulo    pt
co.uk   A1F83G8C2ARO7P  GBP  Europe/London        en
ie      A28R8C7NBKEWEA  EUR  Europe/Dublin        en
de      A1PA6795UKMFR9  EUR  Europe/Berlin        de en nl pl tr cs
fr      A13V1IB3VIYZZH  EUR  Europe/Paris         fr en
it      APJ6JRA9NG5V4   EUR  Europe/Rome          it en
es      A1RKKUPIHCS9HS  EUR  Europe/Madrid        es en pt
nl      A1805IZSGTT6HS  EUR  Europe/Amsterdam     nl en
com.be  AMEN7PMS3EDWL   EUR  Europe/Brussels      fr nl en
se      A2NODRKZP88ZB9  SEK  Europe/Stockholm     sv en
pl      A1C3SOZRARQ6R3  PLN  Europe/Warsaw        pl
com.tr  A33AVAJ2PDY3EV  TRY  Europe/Istanbul      tr
ae      A2VIGQ35RCS4UG  AED  Asia/Dubai           en ar
sa      A17E79C6D8DWNP  SAR  Asia/Riyadh          ar en
eg      ARBP9OOSHTCHU   EGP  Africa/Cairo         ar en
co.za   AE08WJ6YKNBMC   ZAR  Africa/Johannesburg  en
in      A21TJRUUN4KGV   INR  Asia/Kolkata         en hi
co.jp   A1VC38T7YXB528  JPY  Asia/Tokyo           ja en zh
com.au  A39IBJ37TRP1C6  AUD  Australia/Sydney     en
sg      A19VAU5U5O7RUS  SGD  Asia/Singapore       en
"""


def _marketplace(line: str) -> Marketplace:
    suffix, number, currency, zone, *languages = line.split()
    name = f"amazon.{suffix}"
    return Marketplace(host=f"www.{name}", name=name, id=number, currency=currency, zone=zone, languages=tuple(languages))


MARKETPLACES: tuple[Marketplace, ...] = tuple(_marketplace(line) for line in _TABLE.strip().splitlines())

_BY_HOST = {f"{prefix}{entry.name}": entry for entry in MARKETPLACES for prefix in ("www.", "smile.", "")}
_BY_ID = {entry.id: entry for entry in MARKETPLACES}


def by_host(host: str) -> Marketplace | None:
    """Return the marketplace of a host name: `www.`, `smile.` or no prefix. None for all others, such as "amazon.com.evil.tld"."""
    return _BY_HOST.get(host.lower().removesuffix("."))


def by_id(marketplace_id: str) -> Marketplace | None:
    """Return the marketplace with this id ("ATVPDKIKX0DER")."""
    return _BY_ID.get(marketplace_id)


@lru_cache(maxsize=64)  # cached, because one page looks up its own address several times
def by_url(url: str) -> Marketplace | None:
    """Return the marketplace of a web address; None for other hosts and for schemes other than http and https."""
    parts = parts_of(url)
    return by_host(parts.hostname or "") if parts.scheme in ("http", "https") else None
