"""Finds the account and marketplace of a page, from ids in Amazon's own scripts and never from names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, attribute, first, first_text
from assistant.amazon.labels.greeting import greeted_name, organization_name, says_sign_in
from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.page_marketplace import page_marketplace
from assistant.amazon.script_values import FLAG, flag, values_after
from assistant.domain.pages.visit import PageAccount

_ID = re.compile(r"A[A-Z0-9]{8,24}")
_NAV = ("#nav-link-accountList", "#nav-link-yourAccount")
_NAV_LINKS = "[data-nav-ref], a"
_GREETINGS = ("#nav-link-accountList-nav-line-1", ".nav-shortened-name", "#nav-link-accountList .nav-line-1")
_BUSINESS = (
    '.abnav-accountfor, [aria-label="Amazon Business"], [data-nav-ref^="abn_"], [data-csa-c-content-id^="abn_"], a[href*="ref_=abn_"]'
)
_BUSINESS_ORDERS = 'select[name=selectedB2BGroupKey] option[value^="B2B:"], #ab-your-orders-anticsrf-token'
_CUSTOMER_NAME = "customerI"
_CUSTOMER = re.compile(r"""customerI[dD](?P<quote>["'])?\s*[:=]\s*(?P<open>["'])(?P<value>[A-Za-z0-9]{0,40})(?P=open)""")
_DECLARED = re.compile(r"""\$Nav\.declare\(\s*["']config[\w.]*["']\s*,\s*\{""")
# The parts of a script that are not code: comments, strings, regular expressions. Text from users is always in a string.
_NOT_CODE = re.compile(
    r"""["'`/](?:
    (?<=") [^"\\\n]*(?:\\.[^"\\\n]*)* " | (?<=') [^'\\\n]*(?:\\.[^'\\\n]*)* ' | (?<=`) [^`\\]*(?:\\.[^`\\]*)* (?:`|\Z)
    | (?<=/) (?: /[^\n]* | \*.*?(?:\*/|\Z)
        | (?:(?<=[(,=:\[!&|?{};]/) | (?<=[(,=:\[!&|?{};]\s/)) [^/\\\n\[*]*(?:(?:\\. | \[[^\]\\\n]*(?:\\.[^\]\\\n]*)*\])[^/\\\n\[]*)* / )
    )""",
    re.DOTALL | re.VERBOSE,
)
_LONGEST_VALUE, _LONGEST_KEPT = 120, 60
_TELLING = re.compile(r"customerI[dD]|config[\w.]*|[A-Za-z0-9]{0,40}")
# Script types that contain code. All others contain data, which may belong to another person.
_CODE = frozenset({"", "module", "text/javascript", "application/javascript", "application/x-javascript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageIdentity:
    """The account and marketplace of a page. `contradiction` is set if it has the ids of two accounts and so proves neither."""

    account: PageAccount
    marketplace: Marketplace | None = None
    contradiction: bool = False


@dataclass(frozen=True, slots=True)
class PageScripts:
    """The texts of a page's script elements, separated into code and data."""

    code: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


def identify(
    trees: Sequence[LexborHTMLParser], scripts: PageScripts, marketplace: Marketplace | None = None, *, data_counts: bool = False
) -> PageIdentity:
    """Return the identity of a page from its fragments (header first) and its scripts.

    Only Amazon's own code proves an account: anyone may have written the content of a string, a list or a comment.
    `data_counts` accepts an id in other data if the code names no account. That suits a saved page that its owner imports.
    `marketplace` is the one in the page's address, if known. Otherwise the page is searched for it.
    """
    texts = (*scripts.code, *scripts.data)
    naming = PageScripts(*(tuple(text for text in part if _CUSTOMER_NAME in text) for part in (scripts.code, scripts.data)))
    named = _customer_ids(trees, naming, data_counts=data_counts)
    ids = {value for value in named if value}
    empty = bool(named) and not ids
    roots = [tree.root for tree in trees if tree.root is not None]
    found = [first(root, _NAV) for root in roots]
    entries = [entry for entry in found if entry is not None]
    headers = [_header(root, entry) for root, entry in zip(roots, found, strict=True)]
    greeting_text = _first(headers, _GREETINGS)
    signed_in = _signed_in(entries, texts, has_id=bool(ids), empty=empty, greeting=greeting_text)
    contradiction = signed_in is not False and len(ids) > 1
    business = _business(trees, headers, (*naming.code, *naming.data), known=bool(entries))
    return PageIdentity(
        account=PageAccount(
            signed_in=signed_in,
            customer_id=next(iter(ids)) if len(ids) == 1 and signed_in is not False else None,
            greeting=greeted_name(greeting_text) if signed_in is not False else None,
            business=business,
            organization=organization_name(_first(headers, (".abnav-accountfor",))) if business else None,
            contradicted=contradiction,
        ),
        marketplace=marketplace or page_marketplace(trees, texts),
        contradiction=contradiction,
    )


def scripts_of(tree: LexborHTMLParser) -> PageScripts:
    """Return the texts of a page's scripts; templates are not scripts."""
    code: list[str] = []
    data: list[str] = []
    for script in tree.css("script"):
        kind = (script.attributes.get("type") or "").strip().lower()
        text = script.text()
        if text and kind != "text/template":
            (code if kind in _CODE else data).append(text)
    return PageScripts(tuple(code), tuple(data))


def _header(root: LexborNode, entry: LexborNode | None) -> LexborNode:
    """Return the outermost navigation box around the account's entry, or `root` if there is no such box."""
    around = [above for above in ancestors(entry) if attribute(above, "id").startswith("nav")] if entry is not None else []
    return around[-1] if around else root


def _first(roots: Sequence[LexborNode], selectors: tuple[str, ...]) -> str:
    """Return the first text in any root. One query for all selectors together skips roots without any match quickly."""
    found = (first_text(root, selectors) for root in roots if root.css_first(", ".join(selectors)) is not None)
    return next(filter(None, found), "")


def _customer_ids(trees: Sequence[LexborHTMLParser], naming: PageScripts, *, data_counts: bool) -> set[str]:
    """Return the ids that prove the account ("" means signed out), or else the ids in other data if `data_counts`.

    `naming` are the scripts that name a customer.
    """
    proofs = {attribute(nav, "data-raw-id") for tree in trees for nav in tree.css("nav[data-raw-id]")}
    hints: set[str] = set()
    for script in sorted(naming.code, key=len):
        # Most scripts repeat the id of a short one. They prove nothing new, so the slow search in their code is skipped.
        if not proofs or not proofs.issuperset(match["value"] for match in _CUSTOMER.finditer(script)):
            for value, proves in _named_customers(script):
                (proofs if proves else hints).add(value)
    if proofs or not data_counts:
        return proofs
    return hints.union(value for script in naming.data for value, _ in _named_customers(script))


def _named_customers(script: str) -> Iterator[tuple[str, bool]]:
    """Yield each customer id outside a script's strings, and whether it proves the account.

    An id is proof if its key is code (`customerId: "A…"`, no quotes around the key) or in the header's own declaration
    (`$Nav.declare('config.…', {"customerID": "A…"})`), and not in a list. Other quoted keys are data.
    """
    ends = [match.end() for match in _CUSTOMER.finditer(script)]
    if not ends:
        return
    code = _NOT_CODE.sub(_without_text, script[: ends[-1] + _LONGEST_VALUE])
    for match in _CUSTOMER.finditer(code):
        value, before = match["value"], code[: match.start()]
        if not value or _ID.fullmatch(value):
            yield value, before.count("[") == before.count("]") and (match["quote"] is None or _is_declared(before))


def _without_text(match: re.Match[str]) -> str:
    """Return a string unchanged if it may be a key or an id, otherwise empty. Comments and patterns become a blank."""
    whole = match[0]
    quote = whole[0]
    if quote in "`/":
        return " "
    return whole if len(whole) <= _LONGEST_KEPT and _TELLING.fullmatch(whole, 1, len(whole) - 1) else quote + quote


def _is_declared(before: str) -> bool:
    """Return whether this part of a script ends inside a declaration of the header's configuration."""
    start = before.rfind("$Nav.declare(")
    declared = _DECLARED.match(before, max(start, 0))
    return declared is not None and ")" not in before[declared.end() :]


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
    return False if flag(scripts, "isRecognized") is False else None


def _business(trees: Sequence[LexborHTMLParser], headers: Sequence[LexborNode], scripts: Iterable[str], *, known: bool) -> bool | None:
    """Return whether this is a business account, None without a header. `scripts` are those that name a customer."""
    if any(header.css_first(_BUSINESS) is not None for header in headers):
        return True
    if any(tree.css_first(_BUSINESS_ORDERS) is not None for tree in trees):
        return True
    if any(match["value"] == "1" for match in values_after(scripts, ", b2b", FLAG)):
        return True
    return False if known else None
