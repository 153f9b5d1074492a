"""Removes personal data from a page: drops names, places and secrets, keeps the structure and the data of orders."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import MOST_BYTES, decoded, parsed, too_deep, too_tangled
from assistant.amazon.identity import identify, scripts_of

_GONE = (
    "script:not(#__NEXT_DATA__), style, svg, noscript, link, meta, iframe, video, audio, canvas, object, embed, body > header, footer, "
    "#navbar, #navFooter, [id^=nav-], #rhf, [id^=sp_], [class*=carousel], textarea"
)
_PEOPLE = (
    "[data-component=shippingAddress], [data-component=rawShippingAddress], [data-component=giftMessage], [data-component=giftcardsSender]",
    "[data-component=sharedOrderBuyer], .od-shipping-address-container, .displayAddressDiv, .yohtmlc-recipient, .recipient",
    "[id*=deliver-to], [id^=shipToInsertionNode], .gift-card-instance [class*=recipient]",
)
_KEPT_DATA = re.compile(
    r"data-(?:component|testid|test-id|csa-c-slot-id|asin|quantity|price|producttitle|isselected|removed|itemtype|name)\Z"
)
_KEPT = frozenset({"class", "id", "href", "alt", "title", "lang", "dir", "type", "name", "colspan", "rowspan", "selected", "checked"})
_KEPT_INPUTS = re.compile(r"(?:ASIN|asin\b.*|subtotalLineType|quantity(?:Box)?)\Z")
_TOLD_BY_ADDRESS = re.compile(r"\b(?:orderID|orderId|order_id|asin|timeFilter|orderFilter|startIndex|page)=[\w-]+")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")
_PHONE = re.compile(r"(?<![\w-])\+\d{1,3}[\d ()/.-]{6,16}\d(?![\w-])")
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "source", "track", "wbr"})
_LONGEST = 400
_SHORTEST_NAME = 3


def redacted(page: bytes | str, known: Iterable[str] = ()) -> str | None:
    """Return a copy of the page that is safe to keep and send, None if it is too large or too nested to parse.

    `known` are names, addresses and ids; they are masked wherever they appear.
    """
    text = decoded(page) if isinstance(page, bytes) else page[:MOST_BYTES]
    if too_tangled(text):
        return None
    tree = parsed(text)
    if tree.root is None or too_deep(tree):
        return None
    gone = {node.mem_id for node in tree.css(_GONE)}
    marketplace = identify([tree], scripts_of(tree)).marketplace
    head = f'<link rel="canonical" href="https://{marketplace.host}/">' if marketplace else ""
    people = {node.mem_id for place in tree.css(", ".join(_PEOPLE)) for node in place.traverse(include_text=True)}
    return head + _without("".join(_written(tree.root, gone, people)), known)


def _written(root: LexborNode, gone: set[int], people: set[int]) -> Iterator[str]:
    """Return the tree as redacted HTML. The tree itself is not changed."""
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            text = node.text_content or ""
            raw = node.parent is not None and node.parent.tag == "script"
            yield text if raw else escape(_blotted(text) if node.mem_id in people else text, quote=False)
        elif node.is_element_node and node.mem_id not in gone:
            yield f"<{node.tag}{''.join(_attributes(node))}>"
            if node.tag not in _VOID:
                waiting.append(f"</{node.tag}>")
                waiting.extend(reversed(list(node.iter(include_text=True))))


def _blotted(text: str) -> str:
    """Mask a text: letters become x and digits 0, so length and line breaks stay."""
    return "".join("0" if sign.isdigit() else "x" if sign.isalpha() else sign for sign in text)


def _attributes(node: LexborNode) -> Iterator[str]:
    given = node.attributes
    telling = node.tag == "option" or _KEPT_INPUTS.match(given.get("name") or "")
    for name, value in given.items():
        if name in _KEPT or _KEPT_DATA.match(name) or (name == "value" and telling):
            text = _address(value or "") if name == "href" else (value or "")[:_LONGEST]
            yield f' {name}="{escape(text)}"'


def _address(href: str) -> str:
    """Return an address with only its path and the parameters that name an order or a product. The rest may contain tokens."""
    path, _, query = href[:2000].partition("#")[0].partition("?")
    told = "&".join(_TOLD_BY_ADDRESS.findall(query))
    return f"{path}?{told}" if told else path


def _without(html: str, known: Iterable[str]) -> str:
    words = sorted({word.strip() for word in known if len(word.strip()) >= _SHORTEST_NAME}, key=len, reverse=True)
    if words:
        html = re.sub("|".join(map(re.escape, words)), lambda found: _blotted(found[0]), html, flags=re.IGNORECASE)
    return _PHONE.sub(lambda found: _blotted(found[0]), _MAIL.sub(lambda found: _blotted(found[0]), html))
