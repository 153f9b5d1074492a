"""Small queries on a parsed page: clean texts, ancestors, outermost matches."""

import codecs
import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.domain.text import clean_text

MOST_BYTES = 8 << 20
"""Only this much of a page is read; Amazon's largest pages are under 2 MiB."""

_HARMLESS, _LARGE = 200_000, 2_000_000
_WINDOW, _WINDOWS, _BUSY = 8192, 12, 200
_MOST_TAGS, _MOST_UNCLOSED, _MOST_NODES, _DEEPEST = 150_000, 20_000, 6_000, 400

# As HTML reads a start tag: a name, then attributes with or without a quoted value. Possessive, so that it never looks back.
_ATTRIBUTE = r"[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|))?"
_START_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,1000}}+(?P<further>{_ATTRIBUTE})?+")

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_CUT = "\x1f"
_BLOCK = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)>|</?(?:br|hr|t[dhr]|table|tbody|div|p|ul|ol|li|h\d|center|form|dl|dt|dd)\b(?:\"[^\"]*\"|[^\">])*>",
    re.IGNORECASE | re.DOTALL,
)
# Raised cents ("$10" and a small "99") must not be read as more dollars, so they are written "$10^99".
_RAISED = re.compile(r"<(?:sup|span class=\"a-price-fraction\")\b[^>]{0,200}>(?=\s*\d)", re.IGNORECASE)
_CLIMB = 40

# glibc returns a parsed page's memory to the system and requests it again for the next page, which costs as much as parsing.
# Once a block of some size was freed it keeps twice as much (mallopt(3), M_TRIM_THRESHOLD). Elsewhere this does nothing.
_KEPT_FREE = 8 << 20
bytes(_KEPT_FREE)


def decoded(content: bytes) -> bytes | str:
    """Return the page in a form that the parser reads correctly: UTF-8 bytes unchanged, anything else as text."""
    content = content[:MOST_BYTES]
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if b"\0" in content[:2]:
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    named = _CHARSET.search(content[:4096])
    name = named[1].decode().lower() if named else ""
    if name in ("utf-8", "utf8") or content.isascii():
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode(name or "cp1252", "replace")
        except LookupError:
            return content.decode("utf-8", "replace")
    return content


def too_tangled(content: bytes | str) -> bool:
    """Return whether the markup is too nested for a genuine page, so that parsing could take minutes.

    Samples a few windows first. The whole page is only counted if a window opens many tags and closes few.
    """
    page = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if len(page) < _HARMLESS:
        return False
    windows = (page[start : start + _WINDOW] for start in range(0, len(page), max(_WINDOW, len(page) // _WINDOWS)))
    if not any(window.count(b"<") > _BUSY and window.count(b"</") * 20 < window.count(b"<") for window in windows):
        return page.count(b"<") > _MOST_TAGS if len(page) > _LARGE else False
    signs, ends = page.count(b"<"), page.count(b"</")
    return signs > _MOST_TAGS or signs - 2 * ends > _MOST_UNCLOSED


def has_crowded_tag(page: str) -> bool:
    """Return whether a tag has more than 1,000 attributes. A parser compares each with all others, so 20,000 take seconds.

    This costs as much as parsing the page, so call it only where nothing else limits the time.
    """
    return any(tag["further"] is not None for tag in _START_TAG.finditer(page))


def too_deep(tree: LexborHTMLParser) -> bool:
    """Return whether a parsed page is nested far deeper than any Amazon layout, so that queries could take minutes."""
    root = tree.root
    if root is None or len(tree.css("*")) < _MOST_NODES:
        return False
    depths: dict[int, int] = {}
    for node in root.traverse():
        above = node.parent
        depth = depths[node.mem_id] = depths.get(above.mem_id, 0) + 1 if above is not None else 0
        if depth > _DEEPEST:
            return True
    return False


def parsed(content: bytes | str) -> LexborHTMLParser:
    """Parse a page."""
    return LexborHTMLParser(content)


def piece(page: LexborNode, markup: str) -> LexborNode:
    """Parse markup that a page contains as text, within the same document but outside its tree, which is cheaper than a second parser."""
    box = page.parser.create_node("div")
    box.inner_html = markup
    return box


def text_of(node: LexborNode | None) -> str:
    """Return all text below a node in one line, "" for no node."""
    return clean_text(_in_one_line(node.text(separator=" "))) if node is not None else ""


def text_once(node: LexborNode | None) -> str:
    """Return the text below a node, only once if it is printed twice side by side."""
    current = node
    while current is not None and len(children := elements(current)) == 1:
        current = children[0]
    text = text_of(node)
    if current is None or len(children) < 2 or text[: len(text) // 2].strip() != text[len(text) // 2 :].strip():  # noqa: PLR2004  # twice
        return text
    return text_of(children[0]) if len({text_of(child) for child in children}) == 1 else text


def lines_of(node: LexborNode | None) -> list[str]:
    """Return the text below a node, one entry per printed line or element, empty ones left out."""
    return _cut_lines(node.text(separator=_CUT)[:20_000]) if node is not None else []


def _cut_lines(text: str) -> list[str]:
    # Most pieces are the white space between two elements.
    pieces = (piece for piece in text.split(_CUT) if piece and not piece.isspace())
    return [line for line in map(clean_text, map(_in_one_line, pieces)) if line]


def _in_one_line(text: str) -> str:
    """Return the text with white space collapsed; most texts are clean after that."""
    return " ".join(text.split())


def printed_lines(node: LexborNode | None) -> list[str]:
    """Return the text below a node with its visible line breaks: breaks, cells and blocks end a line, inline elements do not."""
    if node is None:
        return []
    markup = _RAISED.sub("^", _BLOCK.sub(_CUT, node.html or ""))
    return _cut_lines(piece(node, markup).text(separator="")[:200_000])


def price_text(node: LexborNode | None) -> str:
    """Return the text of a price: the copy for screen readers where there is one, because prices are printed twice."""
    if node is None:
        return ""
    return text_of(node.css_first(".a-offscreen")) or text_of(node)


def first_text(node: LexborNode, selectors: Iterable[str]) -> str:
    """Return the first text that the selectors find, trying them in order; "" if there is none."""
    for selector in selectors:
        for found in node.css(selector):
            text = text_of(found)
            if text:
                return text
    return ""


def first_price(node: LexborNode, selectors: Iterable[str]) -> str:
    """Return the text of the first price that any of the selectors finds, in their order; "" if there is none."""
    prices = (price_text(found) for selector in selectors for found in node.css(selector))
    return next((text for text in prices if text), "")


def first(node: LexborNode, selectors: Iterable[str]) -> LexborNode | None:
    """Return the first node that any of the selectors finds, in their order."""
    return next((found for selector in selectors if (found := node.css_first(selector)) is not None), None)


def found_by(node: LexborNode, selectors: Iterable[str]) -> list[LexborNode]:
    """Return all nodes of the first selector that finds any, outermost ones only."""
    return next((outermost(found) for selector in selectors if (found := node.css(selector))), [])


def attribute(node: LexborNode | None, name: str) -> str:
    """Return an attribute's value, "" if it is missing or empty."""
    return (node.attributes.get(name) or "") if node is not None else ""


def has_class(node: LexborNode, name: str) -> bool:
    """Return whether the node has this class."""
    names = node.attributes.get("class")
    return names is not None and name in names and name in names.split()


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the node's ancestors, nearest first, at most as many as any Amazon layout nests."""
    current = node.parent
    for _ in range(_CLIMB):
        if current is None:
            return
        yield current
        current = current.parent


def closest(node: LexborNode, class_name: str) -> LexborNode | None:
    """Return the nearest ancestor of this class."""
    return next((above for above in ancestors(node) if has_class(above, class_name)), None)


def outermost(nodes: Iterable[LexborNode], top: LexborNode | None = None) -> list[LexborNode]:
    """Return the nodes that are not inside any of the others, in page order. `top`, if known, contains them all."""
    kept: list[LexborNode] = []
    known: set[int] = set()
    stop = top.mem_id if top is not None else 0
    for node in nodes:
        number = node.mem_id
        if number not in known and not _below(node, known, stop):
            kept.append(node)
        known.add(number)
    return kept


def _below(node: LexborNode, known: set[int], stop: int) -> bool:
    if not known:
        return False
    above = node.parent
    for _ in range(_CLIMB):
        if above is None or above.mem_id == stop:
            return False
        if above.mem_id in known:
            return True
        above = above.parent
    return False


def elements(node: LexborNode) -> list[LexborNode]:
    """Return the node's children that are elements."""
    return list(node.iter())
