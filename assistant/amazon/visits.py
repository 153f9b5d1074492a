"""A page that a browser reports: whose it is and what stands in it."""

from dataclasses import dataclass

from assistant.amazon.dom import MOST_BYTES, parsed, too_deep, too_tangled
from assistant.amazon.identity import identify, scripts_of
from assistant.amazon.marketplaces import Marketplace, by_url
from assistant.amazon.pages import page_kind
from assistant.amazon.reading import read_tree
from assistant.amazon.recognition import PAGE_TO_SOURCE, SOURCE_TO_PAGE
from assistant.domain.documents import Extraction, Problem, Source, SourceKind
from assistant.domain.visits import PageAccount, PageKind, Visit

_READ = frozenset(
    {SourceKind.ORDER_LIST, SourceKind.ORDER_DETAILS, SourceKind.CART, SourceKind.CHECKOUT, SourceKind.TRANSACTIONS, SourceKind.INVOICE}
)

_WEAK_ADDRESSES = frozenset({PageKind.OTHER, PageKind.HOME, PageKind.ORDER_LIST, PageKind.ORDER_DETAILS, PageKind.INVOICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """What an opened page is, whose it is, and what it says (an empty extraction for pages that are not read)."""

    kind: PageKind
    marketplace: Marketplace | None
    account: PageAccount
    extraction: Extraction


def read_visit(visit: Visit) -> SeenPage:
    """Read an opened page. Never raises; a page outside Amazon is kind OTHER with nothing known."""
    marketplace = by_url(visit.url)
    if marketplace is None:
        return SeenPage(kind=PageKind.OTHER, marketplace=None, account=PageAccount(), extraction=Extraction(source=Source(name=visit.url)))
    try:
        return _seen(visit, marketplace)
    except Exception as error:  # noqa: BLE001  # a page from strangers must never stop the server
        text = f"The page could not be read ({type(error).__name__})."
        extraction = Extraction(source=Source(name=visit.url), problems=(Problem(where="page", code="unreadable", text=text),))
        return SeenPage(kind=page_kind(visit.url), marketplace=marketplace, account=PageAccount(), extraction=extraction)


def _seen(visit: Visit, marketplace: Marketplace) -> SeenPage:
    page = "" if too_tangled(visit.html) else visit.html[:MOST_BYTES]
    tree, header = parsed(page), parsed("" if too_tangled(visit.nav) else visit.nav[:MOST_BYTES])
    if too_deep(tree):
        page, tree = "", parsed("")
    identity = identify([header, tree], [*visit.scripts, *scripts_of(tree)], marketplace)
    extraction = read_tree(tree, identity, name=visit.url, url=visit.url) if page.strip() else None
    found = extraction.source.kind if extraction else SourceKind.OTHER
    if extraction is None or found not in _READ:
        language = extraction.source.language if extraction else None
        source = Source(name=visit.url, kind=found, marketplace=marketplace.name, language=language)
        extraction = Extraction(source=source, account=identity.account)
    return SeenPage(kind=_kind(page_kind(visit.url), found), marketplace=marketplace, account=identity.account, extraction=extraction)


def _kind(by_address: PageKind, found: SourceKind) -> PageKind:
    """The address tells what a page is for, unless a sign-in form stands in its place or the address is of no known page."""
    if found is SourceKind.OTHER or found is PAGE_TO_SOURCE.get(by_address):
        return by_address
    if found in (SourceKind.SIGN_IN, SourceKind.ACCOUNT_SWITCHER) or by_address in _WEAK_ADDRESSES:
        return SOURCE_TO_PAGE.get(found, by_address)
    return by_address
