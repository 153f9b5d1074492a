"""Reads memberships, with the day they renew or end, and the pages that offer one."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, first, lines_of, text_of
from assistant.amazon.labels.programmes import Happens, amount_in, happens, is_not_renewed, service_of, speaks_of_trial
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.web_address import parts_of
from assistant.domain.money import Money
from assistant.domain.pages.facts import Membership, MembershipOffer

SELECTORS: dict[str, tuple[str, ...]] = {
    "list": ("#memberships-and-subscriptions", "[data-testid=memberships]", ".mcx-menu", "#primeCentral", "main", "#a-page", "body"),
    "heading": ("h1", "h2", "title"),
    "button": ("input[type=submit]", "button", ".a-button-text", "#prime-interstitial-nothanks-button", "#prime-declineCTA"),
    "price": ("[data-testid=plan-price]", ".plan-price", "#plan-price", ".a-price", "p", "li"),
}

# A sign-up page advertises many services; its address names the one it is for.
_PATHS = (
    (re.compile(r"/business/prime"), "business-prime"),
    (re.compile(r"audible"), "audible"),
    (re.compile(r"/(?:d?music)/"), "music-unlimited"),
    (re.compile(r"kindle"), "kindle-unlimited"),
    (re.compile(r"/video/"), "prime-video"),
    (re.compile(r"prime"), "prime"),
)
_LONGEST_HEADING = 60


@dataclass(slots=True)
class _Entry:
    """One membership while its lines are read."""

    service: str
    lines: list[str] = field(default_factory=list)


def read_memberships(tree: LexborHTMLParser, notes: Notes, url: str | None) -> tuple[Membership, ...]:
    """Return the memberships that renew or end on a day. A service without such a day is only advertised."""
    root = tree.root
    place = first(root, SELECTORS["list"]) if root is not None else None
    usual = _by_address(url)
    entries = [_Entry(usual)] if usual else []
    for line in lines_of(place):
        # The page of one membership advertises the others too.
        named = service_of(line) if usual is None and len(line) <= _LONGEST_HEADING and happens(line) is None else None
        if named is not None and (not entries or entries[-1].service != named):
            entries.append(_Entry(named))
        if entries:
            entries[-1].lines.append(line)
    found = [membership for entry in entries if (membership := _membership(entry, notes)) is not None]
    return tuple({(one.service, one.plan): one for one in found}.values())


def read_offer(tree: LexborHTMLParser, notes: Notes, url: str | None) -> MembershipOffer | None:
    """Return what a sign-up page offers; None if neither the page nor its address names a service."""
    root = tree.root
    if root is None:
        return None
    headings = [text_of(node) for selector in SELECTORS["heading"] for node in root.css(selector)]
    buttons = [text for selector in SELECTORS["button"] for node in root.css(selector) if (text := _label(node))]
    told = [*headings, *buttons]
    service = _by_address(url) or next((found for text in told if (found := service_of(text))), None)
    if service is None:
        return None
    return MembershipOffer(service=service, trial=any(map(speaks_of_trial, told)), price=_price(root, notes))


def _by_address(url: str | None) -> str | None:
    path = parts_of(url).path.lower()
    return next((service for pattern, service in _PATHS if pattern.search(path)), None)


def _label(node: LexborNode) -> str:
    return attribute(node, "value") or text_of(node)


def _price(root: LexborNode, notes: Notes) -> Money | None:
    texts = (text_of(node) for selector in SELECTORS["price"] for node in root.css(selector))
    amounts = (amount_in(text, notes.currency) for text in texts)
    return next((amount for amount in amounts if amount is not None and amount.minor > 0), None)


def _membership(entry: _Entry, notes: Notes) -> Membership | None:
    """Return the membership in some lines; None if no line says that it renews or ends."""
    trial = any(speaks_of_trial(line) for line in entry.lines)
    stops = any(is_not_renewed(line) for line in entry.lines)
    dated = [(what, day) for line in entry.lines if (what := happens(line)) and (day := read_day(line, near=notes.today))]
    if not dated:
        return None
    renewing = next((day for what, day in dated if what is Happens.RENEWS), None)
    ending = next((day for what, day in dated if what is Happens.ENDS), None)
    price = next((amount for line in entry.lines if (amount := amount_in(line, notes.currency)) and amount.minor > 0), None)
    if trial:
        return Membership(service=entry.service, plan="trial", ends_on=ending or renewing, renews=not stops, price=price)
    if renewing is None or stops:
        return Membership(service=entry.service, plan="paid", ends_on=ending or renewing, renews=False, price=price)
    return Membership(service=entry.service, plan="paid", renews_on=renewing, renews=True, price=price)
