"""The payment history: the form page (T0), the page with embedded data (T1), and Amazon's JSON answers."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, attribute, lines_of, text_of
from assistant.amazon.layouts.orders.order_numbers import NUMBER
from assistant.amazon.layouts.orders.payments import LAST4, METHOD, split_method
from assistant.amazon.layouts.table import Boxes, Field, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern
from assistant.amazon.values.folding import plain as folded
from assistant.amazon.values.money import read_money
from assistant.amazon.values.web_address import parts_of
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.orders.order import Transaction
from assistant.domain.text import clean_text

FORM = Boxes(anchors=("form:has(input[name=ppw-widgetState])",))
HEADS = Boxes(anchors=(".apx-transactions-sleeve-header-container",))
DAYS = Boxes(anchors=(".apx-transaction-date-container",))
ROWS = Boxes(anchors=(".apx-transactions-line-item-component-container",))
DATA = Boxes(anchors=("script#__NEXT_DATA__",))
DRAWN = Boxes(anchors=("[data-testid=transaction-link]",))
FORM_AMOUNT = Field(anchors=(".a-text-right .a-text-bold", ".a-text-right"), read=text_or_none)
FORM_BOLD = Field(anchors=(".a-text-bold",), read=text_or_none)
FORM_PLAIN = Field(anchors=("span.a-size-base:not(.a-text-bold)",), read=text_or_none)
DRAWN_TEXT = Field(anchors=("[data-testid=text]",), read=lambda text: text if text != "·" else None)
_PARTS = f"{HEADS.selector}, {DAYS.selector}, {ROWS.selector}"
_PENDING = pattern(
    r"pending|in progress|in bearbeitung|ausstehend|in corso|in sospeso|en cours|en attente|pendiente|en curso|pendente|em andamento|"
    r"in behandeling|vantande|pagaende|oczekuj|w toku|beklemede|devam ed|処理中|保留"
)
_COMPLETED = pattern(r"complete|abgeschlossen|termine|completat|completad|concluid|voltooid|slutford|zakonczon|tamamland|完了")
_MOST_PARTS = 3000
_ORDER_ID = re.compile(r"#\s*([A-Z0-9][A-Z0-9-]{5,40})", re.IGNORECASE)
_SIGNED = re.compile(r"[+\u2212-]")
_LONGEST_DAY = 40


def read_transactions(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...]:
    """Read the payment history: the data in the page, else the rows it has drawn, else the form page."""
    embedded = _read_embedded(tree, notes)
    if embedded is not None:
        return embedded
    return _read_form_page(tree, notes) if DRAWN.first(tree) is None else _read_drawn(tree, notes)


def _read_form_page(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...]:
    """Read the rows of the form page. The group's heading says whether they are still pending."""
    rows: list[Transaction] = []
    status: str | None = "completed"
    day = ""
    parts = tree.css(_PARTS)[:_MOST_PARTS]
    wrappers = {above.mem_id for node in parts if node.css_matches(ROWS.selector) for above in ancestors(node)}
    for node in parts:
        if node.css_matches(HEADS.selector):
            status = group_status(text_of(node))
        elif node.css_matches(DAYS.selector):
            day = text_of(node)
        elif node.mem_id not in wrappers and text_of(node):
            rows.append(_form_row(node, day, status, notes, f"transactions[{len(rows)}]"))
    _check_form(tree, sum(node.css_matches(DAYS.selector) for node in parts), len(rows), notes)
    return tuple(rows)


def _check_form(tree: LexborHTMLParser, days: int, rows: int, notes: Notes) -> None:
    """Compare the result with the lines of the form. A missed day heading would put its rows under the day before."""
    lines = lines_of(FORM.first(tree))
    shown = sum(len(line) < _LONGEST_DAY and read_day(line) is not None for line in lines)
    if shown > days:
        notes.problem(
            "transactions",
            "count",
            sentence_of("The page shows {shown} days, but only {days} could be read as headings.", shown=shown, days=days),
        )
    _check_rows(lines, rows, notes)


def _check_rows(texts: Iterable[str], rows: int, notes: Notes) -> None:
    shown = sum(_is_charge(text, notes.currency) for text in texts)
    if shown != rows:
        notes.problem(
            "transactions",
            "count",
            sentence_of("The page shows {shown} charges and refunds, but {rows} could be read.", shown=shown, rows=rows),
        )


def _is_charge(text: str, currency: str | None) -> bool:
    """Return whether a line is an amount with a sign (before or after the currency) or a zero amount, which has no sign."""
    amount = read_money(text, currency) if any(sign.isdigit() for sign in text[:_LONGEST_DAY]) else None
    return amount is not None and (amount.minor == 0 or _SIGNED.search(text) is not None)


def _form_row(node: LexborNode, day: str, status: str | None, notes: Notes, where: str) -> Transaction:
    amount = FORM_AMOUNT.first(node) or ""
    method, last4 = split_method(next((text for text in FORM_BOLD.all(node) if text != amount), ""))
    plain = list(FORM_PLAIN.all(node))
    waiting = [text for text in plain if _PENDING.search(folded(text))]
    others = [text for text in plain if text not in waiting]
    return Transaction(
        on=_noted_day(day, notes, where),
        amount=_amount(amount, notes, where),
        method=method,
        last4=last4,
        status="pending" if waiting else status,
        order_numbers=_numbers((text_of(link), attribute(link, "href")) for link in node.css("a")),
        descriptor=others[-1] if others else None,
    )


def _noted_day(text: str, notes: Notes, where: str) -> date | None:
    if not text:
        notes.problem(f"{where}.on", "missing", sentence_of("The day of the charge was not found."))
    return notes.day(text, f"{where}.on")


def _amount(text: str, notes: Notes, where: str) -> Money | None:
    if not text:
        notes.problem(f"{where}.amount", "missing", sentence_of("The amount of the charge was not found."))
    return notes.money(text.removeprefix("+"), f"{where}.amount")


def _read_embedded(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...] | None:
    """Read all rows of the data embedded in the newer page; None if the page has no such data."""
    for script in tree.css(DATA.selector):
        try:
            data = json.loads(script.text() or "")
        except (ValueError, RecursionError):
            notes.problem("transactions", "unreadable", sentence_of("The page's own list of transactions is damaged."))
            continue
        entries = _entries(data)
        if entries is not None:
            return _rows(entries, notes)
    return None


def read_answer(text: str, notes: Notes) -> tuple[Transaction, ...] | None:
    """Read one of Amazon's JSON answers; None for other JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    entries = _entries(data)
    return None if entries is None else _rows(entries, notes)


def _entries(data: Any) -> list[Any] | None:
    """Return the list of transactions. Amazon has moved it between keys over the years."""
    waiting = [data]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            for key in ("transactionList", "transactionsList"):
                if isinstance(current.get(key), list):
                    return list(current[key])
            waiting.extend(reversed(current.values()))
        elif isinstance(current, list):
            waiting.extend(reversed(current))
    return None


def _rows(entries: Sequence[Any], notes: Notes) -> tuple[Transaction, ...]:
    rows: list[Transaction] = []
    for index, entry in enumerate(entries):
        if isinstance(entry, dict):
            rows.append(_embedded_row(entry, notes, f"transactions[{len(rows)}]"))
        else:
            notes.problem(f"transactions[{index}]", "unreadable", sentence_of("A transaction could not be read and was left out."))
    return tuple(rows)


def _embedded_row(entry: dict[str, Any], notes: Notes, where: str) -> Transaction:
    shown = _part(entry, "paymentMethodDisplayStringData")
    state = _part(entry, "statusInfo")
    orders = entry.get("orderData")
    linked = [order for order in orders if isinstance(order, dict)] if isinstance(orders, list) else []
    digits = _text(_part(shown, "paymentMethodNumber"), "lastDigits")
    return Transaction(
        on=_noted_day(_text(entry, "formattedDate"), notes, where),
        amount=_amount(_text(entry, "formattedAmount"), notes, where),
        method=_text(shown, "paymentMethodName") or None,
        last4=digits if re.fullmatch(r"\d{4}", digits) else None,
        status=_status(f"{_text(state, 'status')} {_text(state, 'label')}"),
        order_numbers=_numbers((_text(order, "orderDisplayString"), _text(order, "orderDetailsUrl")) for order in linked),
        descriptor=_text(entry, "statementDescriptor") or None,
    )


def _read_drawn(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...]:
    """Read the rows that the newer page has drawn, for saved pages without its data."""
    links = tree.css(DRAWN.selector)[:_MOST_PARTS]
    _check_rows(DRAWN_TEXT.all(tree.root) if tree.root is not None else (), len(links), notes)
    return tuple(_drawn_row(link, notes, f"transactions[{index}]") for index, link in enumerate(links))


def _drawn_row(link: LexborNode, notes: Notes, where: str) -> Transaction:
    texts = [text for text in DRAWN_TEXT.all(link) if text]
    numbered = [text for text in texts if NUMBER.search(text)]
    after = texts[texts.index(numbered[-1]) + 1 :] if numbered else texts[-2:]
    before = texts[: texts.index(numbered[0])] if numbered else texts[:-2]
    return Transaction(
        on=_noted_day(before[0] if before else "", notes, where),
        amount=_amount(after[0] if after else "", notes, where),
        method=METHOD.first(link),
        last4=LAST4.first(link),
        status=_status(after[1]) if len(after) > 1 else "completed",
        order_numbers=_numbers((text, "") for text in numbered),
        descriptor=before[1] if len(before) > 1 else None,
    )


def group_status(heading: str) -> str | None:
    """Return the state that a group's heading gives its rows, None for any other text."""
    known = _PENDING.search(folded(heading)) or _COMPLETED.search(folded(heading))
    return _status(heading) if known else None


def _status(text: str) -> str:
    return "pending" if _PENDING.search(folded(text)) else "completed"


def _numbers(links: Iterator[tuple[str, str]]) -> tuple[str, ...]:
    """Return the printed order numbers, or else the one in the link."""
    found: dict[str, None] = {}
    for text, href in links:
        printed = NUMBER.search(text) or _ORDER_ID.search(text)
        if printed:
            found[printed[printed.lastindex or 0]] = None
            continue
        named = parse_qs(parts_of(href).query).get("orderID", []) if len(href) < 4000 else []  # noqa: PLR2004  # no address is longer
        found.update(dict.fromkeys(number for number in named if NUMBER.search(number)))
    return tuple(found)


def _part(data: dict[str, Any], key: str) -> dict[str, Any]:
    inner = data.get(key)
    return inner if isinstance(inner, dict) else {}


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return clean_text(value) if isinstance(value, str) else ""
