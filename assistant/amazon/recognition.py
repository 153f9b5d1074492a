"""Recognises the kind of a page by its address and by marks in its HTML. Saved pages often have no address, and an address can be wrong."""

import re
from dataclasses import dataclass
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.marketplaces import Marketplace, by_host, by_url
from assistant.amazon.page_kinds import page_kind, page_table
from assistant.domain.pages.kinds import SourceKind

_INVOICE_TITLE = re.compile(r"(?P<name>Amazon\.[a-z.]{2,6})\s*[-–]\s*[^\d|]{1,30}\s?(?:[A-Z0-9]{3}-\d{7}-\d{7})")
# The steps after the password: a code, a device to send it to, a puzzle. A form that leads to them may be on any page of the account.
_SIGN_IN_STEPS = "#auth-mfa-form, #auth-select-device-form, .cvf-widget-form"
_SIGN_IN_FORMS = "form[action*='/ap/'], form[action*='/ax/']"
_TRANSACTIONS_DATA = re.compile(r'"transactions?List"\s*:')


@dataclass(frozen=True, slots=True)
class Recognised:
    """The reader to use and the purpose of a page. A cart under a checkout's address is read as a cart; its purpose is checkout."""

    kind: SourceKind = SourceKind.OTHER
    page: SourceKind = SourceKind.OTHER


def recognise(tree: LexborHTMLParser, url: str | None) -> Recognised:
    """Return what a page is. `url` is its own address if known; a page of another host is not recognised."""
    if is_foreign(url):
        return Recognised()
    addressed, content = page_kind(url) if url else SourceKind.OTHER, kind_by_content(tree)
    marked = page_by_content(tree) if content in (SourceKind.OTHER, SourceKind.PRODUCT) else SourceKind.OTHER
    if content is SourceKind.OTHER and marked is SourceKind.OTHER and _is_sign_in_step(tree, url):
        content = SourceKind.SIGN_IN
    if marked is SourceKind.PRIME_INTERSTITIAL:
        return Recognised(SourceKind.OTHER, marked)
    kind = settled_kind(addressed, content)
    return Recognised(kind, _purpose(addressed, kind, marked))


def _is_sign_in_step(tree: LexborHTMLParser, url: str | None) -> bool:
    """Return whether this is a step of signing in. A form alone proves it only on a page without an address."""
    return tree.css_first(_SIGN_IN_STEPS) is not None or (not url and tree.css_first(_SIGN_IN_FORMS) is not None)


def is_foreign(url: str | None) -> bool:
    """Return whether the address is known and not Amazon's."""
    return url is not None and url.startswith(("http://", "https://")) and by_url(url) is None


def kind_by_content(tree: LexborHTMLParser) -> SourceKind:
    """Return what to read the page as, by its marks; OTHER if it has none."""
    for kind, selector in _marks_of_sources():
        if tree.css_first(selector) is not None:
            return kind
    title = tree.css_first("title")
    if title is not None and _INVOICE_TITLE.search(title.text()):
        return SourceKind.INVOICE
    data = tree.css_first("script#__NEXT_DATA__")
    if data is not None and _TRANSACTIONS_DATA.search(data.text() or ""):
        return SourceKind.TRANSACTIONS
    return SourceKind.OTHER


@cache
def _marks_of_sources() -> tuple[tuple[SourceKind, str], ...]:
    table = page_table()
    return tuple((kind, selector) for kind, selector in table.selectors() if table.source_of(kind) is kind)


def marketplace_in_title(tree: LexborHTMLParser) -> Marketplace | None:
    """Return the marketplace that the title of a printable summary names. Summaries from before 2023 name it nowhere else."""
    title = tree.css_first("title")
    found = _INVOICE_TITLE.search(title.text()) if title is not None else None
    return by_host(found["name"]) if found else None


def page_by_content(tree: LexborHTMLParser) -> SourceKind:
    """Return which of the pages around buying this is, by its marks; OTHER if it has none."""
    table = page_table()
    around = ((kind, selector) for kind, selector in table.selectors() if table.source_of(kind) is SourceKind.OTHER)
    return next((kind for kind, selector in around if tree.css_first(selector) is not None), SourceKind.OTHER)


def settled_kind(by_address: SourceKind, by_content: SourceKind) -> SourceKind:
    """Return the kind to read a page as: what its content says, or else its address.

    So a sign-in form at the address of another page is a sign-in form. A printable summary looks like order details; only its
    address tells them apart.
    """
    addressed = page_table().source_of(by_address)
    if by_content is SourceKind.OTHER:
        return addressed
    if addressed is SourceKind.INVOICE and by_content is SourceKind.ORDER_DETAILS:
        return SourceKind.INVOICE
    return by_content


def _purpose(addressed: SourceKind, kind: SourceKind, marked: SourceKind) -> SourceKind:
    """Return what a page is for: its address says so, unless a sign-in form took its place or the address is weak or unknown."""
    table = page_table()
    strong = addressed in table.kinds and not table.kinds[addressed].weak
    if strong and kind not in (SourceKind.SIGN_IN, SourceKind.ACCOUNT_SWITCHER):
        return addressed
    if marked is not SourceKind.OTHER:
        return marked
    return addressed if kind in (table.source_of(addressed), SourceKind.OTHER) else kind
