"""Damage a page on purpose, one change at a time, and check what is read afterwards."""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.reading import read_page
from assistant.amazon.values.folding import western_digits
from assistant.domain.documents import Document, Extraction
from assistant.domain.money import Money
from assistant.domain.orders.order import Item, Order, OrderStatus
from tests.amazon.languages import LANGUAGES

CURRENCIES = {
    "$": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "zł": "PLN", "kr": "SEK", "₺": "TRY", "￥": "JPY",
    "R$": "BRL", "₹": "INR", "AED": "AED",
}  # fmt: skip  # a table reads better in rows
_SIGN = re.compile(r"(?<![A-Za-z])(?:R\$|EUR|AED|zł|kr|[$€£₺￥₹])(?![a-z])")
_AMOUNT = re.compile(r"\d")
_NAMES = ("class", "id", "data-component", "data-testid", "data-csa-c-slot-id")


@dataclass(frozen=True)
class Mutation:
    """A damaged page. `piece` is the markup that was removed or doubled, `sign` the currency printed now."""

    kind: str
    html: str
    piece: str = ""
    sign: str = ""


def mutated(html: str, chance: random.Random) -> Mutation:
    """Damage a page in one random way."""
    kind = chance.choice((*_WAYS, "cut"))
    if kind == "cut":
        return Mutation(kind, html[: chance.randrange(len(html) // 3, len(html) - len("</html>"))])
    tree = LexborHTMLParser(html)
    piece, sign = _WAYS[kind](tree, chance)
    return Mutation(kind, tree.html or "", piece, sign)


def _nodes(tree: LexborHTMLParser) -> list[LexborNode]:
    return [node for node in tree.css("body *") if node.tag not in ("script", "style")]


def _rename(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    marked = [(node, name) for node in _nodes(tree) for name in _NAMES if node.attributes.get(name)]
    node, name = chance.choice(marked)
    word = chance.choice((node.attributes[name] or "x").split() or ["x"])
    everywhere = chance.random() < 0.5
    for other, attribute in marked if everywhere else [(node, name)]:
        words = (other.attributes[attribute] or "").split()
        if attribute == name and word in words:
            other.attrs[attribute] = " ".join(f"{old}-renamed" if old == word else old for old in words)
    return "", ""


def _drop(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    node = chance.choice(_nodes(tree))
    piece = node.html or ""
    node.decompose()
    return piece, ""


def _double(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    node = chance.choice(_nodes(tree))
    piece = node.html or ""
    node.insert_after(node.clone())
    return piece, ""


def _reorder(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    parents = [node for node in _nodes(tree) if len(list(node.iter())) > 1]
    if parents:
        first, second = sorted(chance.sample(range(len(list((parent := chance.choice(parents)).iter()))), 2))
        children = list(parent.iter())
        _swap(children[first], children[second])
    return "", ""


def _swap(first: LexborNode, second: LexborNode) -> None:
    copies = first.clone(), second.clone()
    first.replace_with(copies[1])
    second.replace_with(copies[0])


def _exchange(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    """Swap two printed texts of one small part of the page: a label and its value, or two values."""
    parts = [leaves for node in _nodes(tree) if 2 <= len(leaves := _leaves(node)) <= 8]
    if parts:
        leaves = chance.choice(parts)
        _swap(*chance.sample(leaves, 2))
    return "", ""


def _leaves(node: LexborNode) -> list[LexborNode]:
    return [leaf for leaf in node.css("*") if leaf.mem_id != node.mem_id and leaf.child is not None and not list(leaf.iter())]


def _change_currency(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    texts = [node for node in tree.root.traverse(include_text=True) if node.is_text_node and _priced(node)] if tree.root else []
    sign = chance.choice(tuple(CURRENCIES))
    if texts:
        for node in texts if chance.random() < 0.5 else [chance.choice(texts)]:
            node.replace_with(_SIGN.sub(lambda _: sign, node.text()))
    return "", sign


def _priced(node: LexborNode) -> bool:
    text = node.text()
    parent = node.parent
    return len(text) < 40 and bool(_SIGN.search(text) and _AMOUNT.search(text)) and parent is not None and parent.tag != "script"


def _translate(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    source = (
        next((language for language in LANGUAGES if language.placed_on[0] in tree.body.text()), LANGUAGES[0]) if tree.body else LANGUAGES[0]
    )
    target = chance.choice(LANGUAGES)
    words = dict(zip((source.placed_on[0], source.total, source.number, *source.lines), _labels(target), strict=True))
    root = tree.css_first("html")
    if root is not None and chance.random() < 0.5:
        root.attrs["lang"] = target.lang
    for node in list(tree.root.traverse(include_text=True)) if tree.root else []:
        if node.is_text_node and node.text().strip() in words:
            node.replace_with(words[node.text().strip()])
    return "", ""


def _labels(language: object) -> tuple[str, ...]:
    return (language.placed_on[0], language.total, language.number, *language.lines)  # type: ignore[attr-defined]  # a Language


_SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९")
_BLANKS = ("\u00a0", "\u202f", "\u2009", "\u200c ")
_DATE_OR_MONEY = re.compile(r"\d")


def _digits(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    """Print the digits of short texts in another script: amounts, days, card numbers; titles keep theirs."""
    table = str.maketrans("0123456789", chance.choice(_SCRIPTS))
    for node in _short_texts(tree):
        node.replace_with(node.text().translate(table))
    return "", ""


def _blanks(tree: LexborHTMLParser, chance: random.Random) -> tuple[str, str]:
    blank = chance.choice(_BLANKS)
    for node in _short_texts(tree):
        node.replace_with(node.text().replace(" ", blank))
    return "", ""


def _short_texts(tree: LexborHTMLParser) -> list[LexborNode]:
    texts = [node for node in tree.root.traverse(include_text=True) if node.is_text_node] if tree.root else []
    kept = ("script", "style", "a", "title")
    return [
        node for node in texts
        if len(node.text()) < 40 and _DATE_OR_MONEY.search(node.text()) and node.parent is not None and node.parent.tag not in kept
    ]  # fmt: skip


_WAYS = {
    "rename": _rename, "drop": _drop, "double": _double, "reorder": _reorder, "exchange": _exchange, "currency": _change_currency,
    "translate": _translate, "digits": _digits, "blanks": _blanks,
}  # fmt: skip  # a table reads better in rows


def read_html(html: str, url: str | None) -> Extraction:
    """Read a page as a saved file."""
    return read_page(Document(name="page.html", content=html.encode(), url=url))


def survey(pages: Sequence[tuple[str, str, str | None]], count: int) -> dict[str, list[str]]:
    """Damage pages (name, HTML, address) in turn, each with its own seed, and return wrong values that no problem reports."""
    wrong = {}
    before = [read_html(html, url) for _, html, url in pages]
    for seed in range(count):
        place = seed % len(pages)
        name, html, url = pages[place]
        mutation = mutated(html, random.Random(seed))
        found = unflagged(before[place], html, mutation, read_html(mutation.html, url))
        if found:
            wrong[f"{name}, seed {seed}, {mutation.kind}"] = found
    return wrong


def unflagged(before: Extraction, source: str, mutation: Mutation, after: Extraction) -> list[str]:
    """Return every required value that is wrong or missing without a problem: number, date, total, currency, item count."""
    known = {order.number: order for order in before.orders}
    whole = _whole_items(before, source, mutation.piece)
    wrong = []
    if mutation.kind == "cut":
        # Only a whole page can be truncated: a fragment has no </html> that could be missing.
        return [] if after.problems or "</html>" not in source else ["the page is truncated and no problem says so"]
    for place, order in enumerate(after.orders):
        if any(problem.where.startswith(f"orders[{place}]") or problem.where == "orders" for problem in after.problems):
            continue
        base = known.get(order.number)
        wrong += [f"order {order.number} is not on the page"] if base is None else _wrong(base, order, whole, mutation)
        if base is not None and mutation.kind not in _CHANGE_VALUES:
            wrong += list(_new_values(base, order, in_order=mutation.kind != "reorder"))
    lost = {number for number in known.keys() - {order.number for order in after.orders} if number in mutation.html}
    return wrong + ([f"lost {sorted(lost)}"] if lost and not after.problems else [])


_ITEM = ("asin", "title", "quantity", "unit_price", "seller", "condition", "return_by", "return_closed_on")
_CHANGE_VALUES = ("exchange", "currency")
"""After this damage the page really prints other values: two texts changed places, or amounts got another currency."""


def _new_values(base: Order, order: Order, *, in_order: bool) -> Iterator[str]:
    """Yield every value that was not read before the damage: texts, prices, counts, cards, dates.

    Statuses and addresses are skipped if two elements were reordered: the page then really prints the new ones.
    """
    for item in order.items:
        same = [known for known in base.items if item.asin is None or known.asin in (item.asin, None)]
        yield from _values_not_in("item", _ITEM, item, same)
    for shipment in order.shipments:
        yield from _values_not_in("shipment", ("status", "delivered_on") if in_order else ("delivered_on",), shipment, base.shipments)
    for payment in order.payments:
        yield from _values_not_in("payment", ("method", "last4", "amount", "charged_on"), payment, base.payments)
    if in_order:
        yield from _values_not_in("recipient", ("name", "address"), order.recipient, [base.recipient])
    yield from (f"amount {name} {amount}" for name, amount in order.amounts.items() if amount != base.amounts.get(name))
    if len(order.shipments) == len(base.shipments) and order.status not in (base.status, OrderStatus.UNKNOWN):
        yield f"status {order.status}"


def _values_not_in(what: str, names: tuple[str, ...], value: object, known: Iterable[object]) -> Iterator[str]:
    said = {name: {_plain(getattr(each, name)) for each in known} for name in names}
    for name in names:
        found = _plain(getattr(value, name))
        if found is not None and found not in said[name]:
            yield f"{what} {name} {found!r}"


def _plain(value: object) -> object:
    """Return a text with western digits and single spaces, any other value unchanged."""
    return " ".join(unicodedata.normalize("NFKC", western_digits(value)).replace("\u200c", "").split()) if isinstance(value, str) else value


def _wrong(base: Order, order: Order, whole: int, mutation: Mutation) -> list[str]:
    found = []
    if order.placed_on != base.placed_on:
        found.append(f"day {order.placed_on}, not {base.placed_on}")
    if order.total != base.total and not _as_printed(base.total, order.total, mutation):
        found.append(f"total {order.total}, not {base.total}")
    if order.total is not None and order.currency != order.total.currency:
        found.append(f"currency {order.currency}")
    fewer, more = whole if mutation.kind == "drop" else 0, whole if mutation.kind == "double" else 0
    if not len(base.items) - fewer <= len(order.items) <= len(base.items) + more:
        found.append(f"{len(order.items)} items, not {len(base.items)}")
    return found


def _as_printed(base: Money | None, total: Money | None, mutation: Mutation) -> bool:
    """Return whether the page really prints the other currency."""
    if mutation.sign and base is not None and total is not None:
        return total.currency == CURRENCIES[mutation.sign] and total.decimal.rstrip("0.") == base.decimal.rstrip("0.")
    return False


def _whole_items(before: Extraction, source: str, piece: str) -> int:
    """Return how many whole items a piece of the page contains: that many were removed or doubled."""
    names = Counter(_name(item) for order in before.orders for item in order.items)
    return sum(len(re.findall(name, piece)) * count // max(1, len(re.findall(name, source))) for name, count in names.items() if name)


def _name(item: Item) -> str:
    """Return a pattern that matches only in the markup of this item: its product link, or its title."""
    return rf"/(?:dp|gp/product|gp/aw/d)/{item.asin}" if item.asin else re.escape(item.title or "")
