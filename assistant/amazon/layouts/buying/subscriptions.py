"""Reads the list of Subscribe & Save subscriptions: item, interval, next delivery and discount."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, attribute, first_price, first_text, found_by, lines_of
from assistant.amazon.labels.programmes import announces_delivery, interval_in, percent_in
from assistant.amazon.layouts.orders.item import ASIN
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.pages.facts import Subscription

SELECTORS: dict[str, tuple[str, ...]] = {
    "card": ("[data-subscription-id]", ".subscription-card", "[id^=subscription-card]", ".delivery-card [data-asin]"),
    "link": ("a[href*='/dp/']", "a[href*='/gp/product/']"),
    "title": (".subscription-title", "[data-testid=subscription-title]", "a[href*='/dp/']", "a[href*='/gp/product/']"),
    "price": ("[data-testid=subscription-price]", ".subscription-price", ".a-price"),
}

_CLIMB = 8


def read_subscriptions(tree: LexborHTMLParser, notes: Notes) -> tuple[Subscription, ...]:
    """Return every subscription with an interval or a next delivery. Other products on the page are advertisements."""
    root = tree.root
    if root is None:
        return ()
    cards = found_by(root, SELECTORS["card"])
    found: dict[str, Subscription] = {}
    for card in cards or _boxes(root):
        asin = attribute(card, "data-asin") or _linked(card)
        if not asin:
            notes.problem("subscriptions", "unreadable", sentence_of("A subscription does not say which product it is for."))
            continue
        lines = lines_of(card)
        every = next((interval for line in lines if (interval := interval_in(line))), None)
        due = _due(lines, notes) or (_due_above(card, notes) if cards else None)
        if every is None and due is None:
            continue
        found[asin] = Subscription(
            asin=asin,
            title=first_text(card, SELECTORS["title"]) or None,
            every=every,
            next_delivery=due,
            discount=next((percent for line in lines if (percent := percent_in(line))), None),
            price=notes.money(first_price(card, SELECTORS["price"]), f"subscriptions.{asin}.price"),
        )
    return tuple(found.values())


def _linked(node: LexborNode) -> str | None:
    links = (attribute(link, "href") for link in node.css(", ".join(SELECTORS["link"])))
    return next((match[1] for link in links if (match := ASIN.search(link))), None)


def _boxes(root: LexborNode) -> Iterator[LexborNode]:
    """Yield the widest box around each product link without another product, for pages whose cards have no mark."""
    seen: set[str] = set()
    for link in root.css(", ".join(SELECTORS["link"])):
        match = ASIN.search(attribute(link, "href"))
        if match is None or match[1] in seen:
            continue
        seen.add(match[1])
        yield _box(link, match[1])


def _box(link: LexborNode, asin: str) -> LexborNode:
    box = link
    for above in list(ancestors(link))[:_CLIMB]:
        hrefs = [attribute(other, "href") for other in above.css(", ".join(SELECTORS["link"]))]
        if above.tag in ("body", "main") or any(found[1] != asin for href in hrefs if (found := ASIN.search(href))):
            break
        box = above
    return box


def _due(lines: list[str], notes: Notes) -> date | None:
    """Return the day of the next delivery; label and day may be on two lines."""
    for line, following in pairwise([*lines, ""]):
        if announces_delivery(line):
            found = read_day(line, near=notes.today) or read_day(following, near=notes.today)
            if found is not None:
                return found
    return None


def _due_above(card: LexborNode, notes: Notes) -> date | None:
    """Return the day of the delivery that the card is listed under, if exactly one day is named around it."""
    for above in list(ancestors(card))[:_CLIMB]:
        lines = lines_of(above)
        days = {day for line in lines if announces_delivery(line) and (day := read_day(line, near=notes.today))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None
