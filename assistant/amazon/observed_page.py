"""Reads a page that a browser reports: its account and its content."""

from dataclasses import dataclass, replace

from assistant.amazon.dom import MOST_BYTES, has_crowded_tag, parsed, too_deep, too_tangled
from assistant.amazon.identity import PageScripts, identify, scripts_of
from assistant.amazon.marketplaces import Marketplace, by_url
from assistant.amazon.page_kinds import page_kind
from assistant.amazon.reading import read_tree
from assistant.amazon.recognition import recognise
from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import PageAccount, Visit

_TOLD_BY_ADDRESS = frozenset({SourceKind.RETURN_FORM, SourceKind.REVIEW_FORM, SourceKind.REVIEW_DONE})
"""Pages whose address identifies them."""
_UNREAD = frozenset({SourceKind.OTHER, SourceKind.SIGN_IN})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """The kind, account and content of an opened page. The extraction is empty for pages that are not read."""

    kind: SourceKind
    marketplace: Marketplace | None
    account: PageAccount
    extraction: Extraction


def read_visit(visit: Visit) -> SeenPage:
    """Read an opened page. Never raises; a page outside Amazon is kind OTHER with nothing known."""
    marketplace = by_url(visit.url)
    if marketplace is None:
        return SeenPage(
            kind=SourceKind.OTHER, marketplace=None, account=PageAccount(), extraction=Extraction(source=Source(name=visit.url))
        )
    try:
        return _seen(visit, marketplace)
    except Exception as error:  # noqa: BLE001  # a page from strangers must never stop the server
        text = sentence_of("The page could not be read ({error}).", error=type(error).__name__)
        extraction = Extraction(source=Source(name=visit.url), problems=(Problem(where="page", code="unreadable", said=text),))
        return SeenPage(kind=page_kind(visit.url), marketplace=marketplace, account=PageAccount(), extraction=extraction)


def _is_hostile(page: str) -> bool:
    """Return whether parsing could take seconds, during which the server answers no other page."""
    return too_tangled(page) or has_crowded_tag(page)


def _seen(visit: Visit, marketplace: Marketplace) -> SeenPage:
    page = "" if _is_hostile(visit.html) else visit.html[:MOST_BYTES]
    tree = parsed(page)
    headers = [] if not visit.nav or _is_hostile(visit.nav) else [parsed(visit.nav[:MOST_BYTES])]
    if too_deep(tree):
        page, tree = "", parsed("")
    own = scripts_of(tree)
    scripts = PageScripts((*visit.scripts, *own.code), own.data)
    identity = identify([*headers, tree], scripts, marketplace)
    if not page.strip() and page_kind(visit.url) not in _TOLD_BY_ADDRESS:
        source = Source(name=visit.url, marketplace=marketplace.name)
        empty = Extraction(source=source, account=identity.account)
        return SeenPage(kind=page_kind(visit.url), marketplace=marketplace, account=identity.account, extraction=empty)
    recognised = recognise(tree, visit.url)
    extraction = read_tree(tree, identity, recognised, name=visit.url, url=visit.url, today=visit.at.date())
    if recognised.kind in _UNREAD and extraction.facts is None:
        # Ignore problems on pages that nobody asked to read.
        extraction = replace(extraction, problems=())
    return SeenPage(kind=recognised.page, marketplace=marketplace, account=identity.account, extraction=extraction)
