"""Which account a page belongs to, and which marketplace: told by ids in the page's own scripts, never by names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, attribute, first, first_text
from assistant.amazon.labels.greeting import greeted_name, organization_name, says_sign_in
from assistant.amazon.marketplaces import MARKETPLACES, Marketplace, by_id
from assistant.domain.pages.visit import PageAccount

_ID = re.compile(r"A[A-Z0-9]{8,24}")
_NAV = ("#nav-link-accountList", "#nav-link-yourAccount")
_NAV_LINKS = "[data-nav-ref], a"
_GREETINGS = ("#nav-link-accountList-nav-line-1", ".nav-shortened-name", "#nav-link-accountList .nav-line-1")
_BUSINESS = (
    '.abnav-accountfor, [aria-label="Amazon Business"], [data-nav-ref^="abn_"], [data-csa-c-content-id^="abn_"], a[href*="ref_=abn_"]'
)
_BUSINESS_ORDERS = 'select[name=selectedB2BGroupKey] option[value^="B2B:"], #ab-your-orders-anticsrf-token'
_BY_NAME = {entry.name: entry for entry in MARKETPLACES}
# Where a page without identifying scripts names its marketplace, the surest place first. Amazon's footers link to other countries'
# shops, so a place counts only where it names one marketplace and no other.
_SHOP = re.compile(r"\A(?:https?:)?//www\.(amazon\.[a-z.]{2,6})(?=[/:?#]|\Z)", re.IGNORECASE)
_PAY = re.compile(r"\A(?:https?:)?//(?:pay|music|read|smile|business)\.(amazon\.[a-z.]{2,6})(?=[/:?#]|\Z)", re.IGNORECASE)
_LINKS = (
    ("link[rel=canonical]", _SHOP),
    ("base[href]", _SHOP),
    ('a[href*="marketplaceId="]', re.compile(r"[?&]marketplaceId=([A-Z0-9]{10,16})")),
    ('img[src*="/batch/1/OP/"]', re.compile(r"/batch/1/OP/([A-Z0-9]{10,16})")),
    ('form[action*="//www.amazon."]', _SHOP),
    ('a[href*="//www.amazon."], link[href*="//www.amazon."]', _SHOP),
    ('a[href*=".amazon."]', _PAY),
)

_CUSTOMER_NAME = "customerI"
# What stands between a name in a script and its value: quotes, also escaped ones, colon or equals sign.
_VALUE = re.compile(r"""(?P<quoted>\\*["'])?\s*[:=]\s*\\*["'](?P<value>[A-Za-z0-9]{0,40})\\*["']""")
_CUSTOMER = re.compile(rf"(?P<spelling>[dD])(?:{_VALUE.pattern})")
_FLAG = re.compile(r"""\\*["']?\s*[:=,]\s*\\*["']?(?P<value>true|false|0|1)\b""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose page it is. `contradiction` is set where the page holds the ids of two accounts and so proves neither."""

    account: PageAccount
    marketplace: Marketplace | None = None
    contradiction: bool = False


def identify(trees: Sequence[LexborHTMLParser], scripts: Sequence[str], marketplace: Marketplace | None = None) -> Identity:
    """Say whose page it is, from pieces of the page (header first) and the texts of its scripts.

    `marketplace` is the one that the page's address names, where that is known; else the page is searched for it.
    """
    telling = [script for script in scripts if _CUSTOMER_NAME in script]
    strong, weak = _customer_ids(trees, telling)
    # Where the header names the customer, also as nobody, ids in other data are somebody else's.
    ids = {value for value in strong or weak if value}
    empty = not ids and (bool(strong) or bool(weak))
    roots = [tree.root for tree in trees if tree.root is not None]
    found = [first(root, _NAV) for root in roots]
    entries = [entry for entry in found if entry is not None]
    headers = [_header(root, entry) for root, entry in zip(roots, found, strict=True)]
    greeting_text = _first(headers, _GREETINGS)
    signed_in = _signed_in(entries, scripts, has_id=bool(ids), empty=empty, greeting=greeting_text)
    contradiction = signed_in is not False and len(ids) > 1
    business = _business(trees, headers, telling, known=bool(entries))
    return Identity(
        account=PageAccount(
            signed_in=signed_in,
            customer_id=next(iter(ids)) if len(ids) == 1 and signed_in is not False else None,
            greeting=greeted_name(greeting_text) if signed_in is not False else None,
            business=business,
            organization=organization_name(_first(headers, (".abnav-accountfor",))) if business else None,
        ),
        marketplace=marketplace or _marketplace(trees, scripts),
        contradiction=contradiction,
    )


def scripts_of(tree: LexborHTMLParser) -> list[str]:
    """Return the texts of a page's own scripts (not of data kept in script elements for later)."""
    kept = (script for script in tree.css("script") if script.attributes.get("type") != "text/template")
    return [text for text in (script.text() for script in kept) if text]


def _header(root: LexborNode, entry: LexborNode | None) -> LexborNode:
    """The outermost box of the navigation's around the account's entry; the whole, where that is a piece of a page."""
    around = [above for above in ancestors(entry) if attribute(above, "id").startswith("nav")] if entry is not None else []
    return around[-1] if around else root


def _first(roots: Sequence[LexborNode], selectors: tuple[str, ...]) -> str:
    return next((text for text in (first_text(root, selectors) for root in roots) if text), "")


def _customer_ids(trees: Sequence[LexborHTMLParser], scripts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Ids from the places that name the signed-in customer, and ids from data that may be somebody else's."""
    strong = [attribute(nav, "data-raw-id") for tree in trees for nav in tree.css("nav[data-raw-id]")]
    weak: list[str] = []
    for match in _after(scripts, _CUSTOMER_NAME, _CUSTOMER):
        value = match["value"]
        if value and not _ID.fullmatch(value):
            continue
        # {"customerID": "A…"} is the header's own configuration; a bare customerId: is Amazon's code, a quoted one is data.
        own = match["spelling"] == "D" or match["quoted"] is None
        (strong if own else weak).append(value)
    return strong, weak


def _after(scripts: Iterable[str], name: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for script in scripts:
        start = script.find(name)
        while start >= 0:
            end = start + len(name)
            match = pattern.match(script, end, end + 120)
            if match is not None:
                yield match
            start = script.find(name, end)


def _flag(scripts: Iterable[str], name: str) -> bool | None:
    values = {match["value"] in ("true", "1") for match in _after(scripts, name, _FLAG)}
    return values.pop() if len(values) == 1 else None


def _signed_in(entries: Iterable[LexborNode], scripts: Iterable[str], *, has_id: bool, empty: bool, greeting: str) -> bool | None:
    refs = {attribute(link, name) for entry in entries for link in (entry, *entry.css(_NAV_LINKS)) for name in ("data-nav-ref", "href")}
    if any("nav_ya_signin" in ref for ref in refs):
        return False
    if has_id:
        return True
    if empty or says_sign_in(greeting):
        return False
    if any("nav_youraccount_btn" in ref for ref in refs):
        return True
    return False if _flag(scripts, "isRecognized") is False else None


def _business(trees: Sequence[LexborHTMLParser], headers: Sequence[LexborNode], scripts: Iterable[str], *, known: bool) -> bool | None:
    """`scripts` are those that name the customer: the one that says for which kind of account a search is does. No header, no answer."""
    if any(header.css_first(_BUSINESS) is not None for header in headers):
        return True
    if any(tree.css_first(_BUSINESS_ORDERS) is not None for tree in trees):
        return True
    if any(match["value"] == "1" for match in _after(scripts, ", b2b", _FLAG)):
        return True
    return False if known else None


def _marketplace(trees: Sequence[LexborHTMLParser], scripts: Iterable[str]) -> Marketplace | None:
    for name in ("ue_mid", "marketplaceID", "obfuscatedMarketId", "marketplaceId"):
        found = {by_id(match["value"]) for match in _after(scripts, name, _VALUE)} - {None}
        if len(found) == 1:
            return found.pop()
    for selector, pattern in _LINKS:
        nodes = [node for tree in trees for node in tree.css(selector)]
        linked = {_linked(node, pattern) for node in nodes} - {None}
        if len(linked) == 1:
            return linked.pop()
    return None


def _linked(node: LexborNode, pattern: re.Pattern[str]) -> Marketplace | None:
    address = next((attribute(node, name) for name in ("href", "src", "action") if attribute(node, name)), "")
    found = pattern.search(address[:2000])
    return (by_id(found[1]) or _BY_NAME.get(found[1].lower())) if found else None
