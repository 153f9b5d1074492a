"""A page that a browser reports: whose it is and what stands in it."""

from dataclasses import dataclass

from assistant.amazon.dom import MOST_BYTES, parsed
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
    tree, header = parsed(visit.html[:MOST_BYTES]), parsed(visit.nav[:MOST_BYTES])
    identity = identify([header, tree], [*visit.scripts, *scripts_of(tree)])
    by_address = page_kind(visit.url)
    extraction = read_tree(tree, identity, name=visit.url, url=visit.url) if visit.html else Extraction(source=Source(name=visit.url))
    found = extraction.source.kind
    kind = by_address
    if found is not SourceKind.OTHER and found is not PAGE_TO_SOURCE.get(by_address):
        # The content contradicts the address: a sign-in form, or an address we do not know yet.
        kind = SOURCE_TO_PAGE.get(found, by_address) if by_address in (PageKind.OTHER, PageKind.HOME, *PAGE_TO_SOURCE) else by_address
    if found not in _READ:
        source = Source(name=visit.url, kind=found, marketplace=marketplace.name, language=extraction.source.language)
        extraction = Extraction(source=source, account=identity.account)
    return SeenPage(kind=kind, marketplace=marketplace, account=identity.account, extraction=extraction)
