"""Reads a document. Never raises: a page that cannot be understood becomes kind `other` with a problem."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.dom import MOST_BYTES, attribute, decoded, parsed, too_deep, too_tangled
from assistant.amazon.identity import PageIdentity, identify, scripts_of
from assistant.amazon.labels.languages import language_of
from assistant.amazon.layouts.orders import order_details, order_list, transactions
from assistant.amazon.layouts.orders.list_header import read_listing
from assistant.amazon.layouts.readers import read_contents, read_facts
from assistant.amazon.marketplaces import Marketplace, by_url
from assistant.amazon.notes import Notes
from assistant.amazon.recognition import Recognised, is_foreign, marketplace_in_title, recognise
from assistant.domain.documents import Document, Extraction, Source
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.pages.kinds import SourceKind

_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s<>]{4,2000})")
_LONGEST_TAIL = 1 << 16
_LAYOUTS: dict[SourceKind, Callable[[LexborHTMLParser], str | None]] = {
    SourceKind.ORDER_LIST: order_list.layout_of,
    SourceKind.ORDER_DETAILS: order_details.layout_of,
    SourceKind.INVOICE: lambda tree: "I0" if order_details.MARKS.first(tree) is None else "I1",
}


def read_page(document: Document) -> Extraction:
    """Return what a page or one of Amazon's JSON answers says."""
    try:
        return _read(document)
    except Exception as error:  # noqa: BLE001  # a page from strangers must never stop the reading of the others
        text = sentence_of("The page could not be read ({error}). It was left out.", error=type(error).__name__)
        return Extraction(source=Source(name=document.name), problems=(Problem(where=document.name, code="unreadable", said=text),))


def _read(document: Document) -> Extraction:
    page = decoded(document.content)
    head = page[:4096] if isinstance(page, str) else page[:4096].decode("utf-8", "replace")
    if head.lstrip()[:1] in ("{", "["):
        return _answer(document, page if isinstance(page, str) else page.decode("utf-8", "replace"))
    if too_tangled(page):
        return _refused(document)
    tree = parsed(page)
    if too_deep(tree):
        return _refused(document)
    url = document.url or _saved_from(head) or _noted_address(tree)
    identity = identify([tree], scripts_of(tree), by_url(url or ""), data_counts=True)
    extraction = read_tree(tree, identity, recognise(tree, url), name=document.name, url=url, language=language_of(tree))
    if len(document.content) > MOST_BYTES:
        return _with_problem(extraction, document.name, sentence_of("The page is larger than 8 MiB; only its beginning was read."))
    if extraction.source.kind is not SourceKind.OTHER and _breaks_off(document.content, head):
        return _with_problem(extraction, "orders", sentence_of("The page is incomplete, so orders may be missing. Save it again."))
    return extraction


def _breaks_off(content: bytes, head: str) -> bool:
    """Return whether a whole page lacks its end tag. A fragment, which has no start tag either, does not count."""
    if content.rfind(b"</html>", -_LONGEST_TAIL) >= 0 or "<html" not in head.lower():
        return False
    return b"</html" not in content[-_LONGEST_TAIL:].replace(b"\0", b"").lower()


def _with_problem(extraction: Extraction, where: str, said: Sentence) -> Extraction:
    return replace(extraction, problems=(*extraction.problems, Problem(where=where, code="truncated", said=said)))


def _refused(document: Document) -> Extraction:
    text = sentence_of("The HTML is nested too deeply for an Amazon page, so it was skipped.")
    return Extraction(source=Source(name=document.name), problems=(Problem(where=document.name, code="too-much", said=text),))


def read_tree(
    tree: LexborHTMLParser,
    identity: PageIdentity,
    recognised: Recognised,
    *,
    name: str,
    url: str | None,
    language: str | None = None,
    today: date | None = None,
) -> Extraction:
    """Read a parsed page whose identity is known. `url` is its address and `today` the day it was open; None if unknown."""
    address = url or attribute(tree.css_first("link[rel=canonical]"), "href") or None
    foreign, kind = is_foreign(url), recognised.kind
    marketplace = by_url(address or "") or identity.marketplace or (marketplace_in_title(tree) if kind is SourceKind.INVOICE else None)
    notes = Notes(marketplace=marketplace, today=today)
    found = read_contents(kind, tree, notes, address)
    facts = read_facts(recognised.page, tree, notes, address)
    if kind is SourceKind.OTHER and facts is None:
        notes.problem(name, "unknown-page", _not_amazon(foreign=foreign))
    if identity.contradiction:
        notes.problem(
            "account.customer_id",
            "contradiction",
            sentence_of("The page contains the customer ids of two accounts, so its account is unknown."),
        )
    return Extraction(
        source=Source(
            name=name,
            kind=kind,
            marketplace=marketplace.name if marketplace and not foreign else None,
            language=language,
            layout=_LAYOUTS[kind](tree) if kind in _LAYOUTS else None,
        ),
        account=None if foreign else identity.account,
        orders=found.orders,
        transactions=found.transactions,
        cart=found.cart,
        checkout=found.checkout,
        facts=facts,
        listing=read_listing(tree, address) if kind is SourceKind.ORDER_LIST else None,
        problems=tuple(notes.problems),
    )


def _answer(document: Document, text: str) -> Extraction:
    notes = Notes(marketplace=_marketplace_in(text))
    rows = transactions.read_answer(text, notes)
    kind = SourceKind.TRANSACTIONS if rows is not None else SourceKind.OTHER
    if rows is None:
        notes.problem(document.name, "unknown-format", sentence_of("The file is not one of Amazon's JSON answers that can be read."))
    return Extraction(
        source=Source(name=document.name, kind=kind, marketplace=notes.marketplace.name if notes.marketplace else None),
        transactions=rows or (),
        problems=tuple(notes.problems),
    )


def _marketplace_in(text: str) -> Marketplace | None:
    found = {by_url(address) for address in re.findall(r"https://[a-z.]{4,40}(?=/)", text[:MOST_BYTES])} - {None}
    return found.pop() if len(found) == 1 else None


def _saved_from(head: str) -> str | None:
    found = _SAVED_FROM.search(head)
    return found[1] if found else None


def _noted_address(tree: LexborHTMLParser) -> str | None:
    """Return the address that page-saving extensions store in the page: Save Page WE in its head, WebScrapBook at its root."""
    meta = tree.head.css_first("meta[name=savepage-url]") if tree.head is not None else None
    noted = attribute(meta, "content") or attribute(tree.css_first("html"), "data-scrapbook-source")
    return noted if noted.startswith("http") else None


def _not_amazon(*, foreign: bool) -> Sentence:
    if foreign:
        return sentence_of("This page is not from Amazon. Only Amazon's own pages are read.")
    return sentence_of("This page was not recognised. Save Your Orders or an order's details from Amazon.")
