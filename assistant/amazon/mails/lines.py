"""Turns the body of a mail into printed lines, each with the item that its links lead to. Links are never opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, has_class, parsed, too_deep, too_tangled
from assistant.amazon.layouts.orders.item import ASIN
from assistant.amazon.layouts.orders.order_numbers import number_in_address
from assistant.amazon.marketplaces import by_url
from assistant.amazon.values.web_address import parts_of
from assistant.domain.text import clean_text

MOST_LINES = 3000
_LONGEST_TEXT = 1 << 20
_LONGEST_LINK = 4000
_DEEPEST_LINK = 3
_BLOCK_NAMES = """
address article blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section
table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(("head", "script", "style", "template", "title", "noscript", "#comment", "-comment"))
_HIDDEN = re.compile(r"display\s*:\s*none|max-height\s*:\s*0(?:px)?\s*(?:;|!|\Z)|visibility\s*:\s*hidden", re.IGNORECASE)
# Numbers are printed with hyphens that do not break.
_HYPHEN = re.compile(r"(?<=\d)[\u2010\u2011](?=\d)")
_ADDRESS = re.compile(r"[<(\[]?(https?://[^\s<>\])]{4,4000})[>)\]]?")
# Raised cents ("$10" and a small "99") must not be read as more dollars.
_RAISED = "^"
_MARKS = re.compile(r"^(?:>\s?)+")


@dataclass(frozen=True, slots=True)
class MailLine:
    """One printed line. `block` numbers its paragraph or cell; `order` is an order number in one of its links."""

    text: str
    block: int
    asin: str | None = None
    order: str | None = None
    linked: bool = False
    picture: str = ""


@dataclass(slots=True)
class _LineDraft:
    """A line while its pieces are collected."""

    block: int = 0
    asin: str | None = None
    order: str | None = None
    linked: bool = False
    picture: str = ""

    def link(self, address: str) -> None:
        self.linked = True
        for target in _targets(address, _DEEPEST_LINK):
            article = ASIN.search(parts_of(target).path)
            self.asin = self.asin or (article[1] if article else None)
            self.order = self.order or number_in_address(target)


def tree_of(html: str) -> LexborHTMLParser | None:
    """Parse a body; None if it is too nested for a genuine mail."""
    if not html or too_tangled(html):
        return None
    tree = parsed(html)
    return None if too_deep(tree) else tree


def lines_of_tree(tree: LexborHTMLParser) -> list[MailLine]:
    """Return the lines of an HTML body: cells, paragraphs and breaks end one."""
    lines: list[MailLine] = []
    draft, pieces = _LineDraft(), list[str]()
    for node in _walk(tree):
        if len(lines) >= MOST_LINES:
            break
        if isinstance(node, LexborNode):
            if node.tag == "a":
                draft.link(attribute(node, "href"))
            elif node.tag == "img":
                draft.picture = draft.picture or clean_text(attribute(node, "alt"))
            else:
                pieces.append(_RAISED if _is_raised(node) else node.text(deep=False))
            continue
        _close(lines, draft, pieces)
        draft, pieces = _LineDraft(block=draft.block + node), []
    _close(lines, draft, pieces)
    return lines


def lines_of_text(text: str) -> list[MailLine]:
    """Return the lines of a plain text body without quotation marks (">"). Empty lines separate paragraphs."""
    lines: list[MailLine] = []
    block = 0
    for printed in text[:_LONGEST_TEXT].splitlines()[:MOST_LINES]:
        bare = _MARKS.sub("", printed)
        if not bare.strip():
            block += 1
            continue
        draft = _LineDraft(block=block)
        for address in _ADDRESS.findall(bare):
            draft.link(address)
        _close(lines, draft, [_ADDRESS.sub(" ", bare)])
    return lines


def _close(lines: list[MailLine], draft: _LineDraft, pieces: list[str]) -> None:
    text = _HYPHEN.sub("-", clean_text("".join(pieces)))
    if text or draft.asin or draft.order:
        lines.append(MailLine(text, draft.block, draft.asin, draft.order, draft.linked, draft.picture))


def _walk(tree: LexborHTMLParser) -> Iterator[LexborNode | int]:
    """Yield texts, links and pictures in the order of the page; 1 where a block begins or ends, 0 where only the line does."""
    stack: list[tuple[LexborNode, bool]] = [(tree.body, False)] if tree.body is not None else []
    while stack:
        node, leaving = stack.pop()
        tag = node.tag or ""
        if leaving:
            yield 1
        elif tag in _UNSEEN or _HIDDEN.search(attribute(node, "style")):
            continue
        elif tag == "br":
            yield 0
        else:
            if tag in _BLOCKS:
                yield 1
                stack.append((node, True))
            elif tag in ("a", "img", "-text") or _is_raised(node):
                yield node
            stack += [(child, False) for child in reversed(list(node.iter(include_text=True)))]


def _is_raised(node: LexborNode) -> bool:
    return (node.tag == "sup" or (node.tag == "span" and has_class(node, "a-price-fraction"))) and node.text().strip().isdecimal()


def _targets(address: str, depth: int) -> Iterator[str]:
    """Yield the Amazon addresses in a link: its own, and those inside a redirecting service's address."""
    if not depth or len(address) > _LONGEST_LINK:
        return
    if by_url(address) is not None:
        yield address
    try:
        query = parse_qsl(parts_of(address).query, max_num_fields=60)
    except ValueError:
        return
    for _, value in query:
        if value.startswith(("http://", "https://")):
            yield from _targets(value, depth - 1)
