"""The payment history: the form page (T0), the page with embedded data (T1), and Amazon's JSON answers."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, attribute, text_of
from assistant.amazon.folding import pattern
from assistant.amazon.folding import plain as folded
from assistant.amazon.layouts.numbers import NUMBER
from assistant.amazon.layouts.payments import split_method
from assistant.amazon.notes import Notes
from assistant.domain.orders import Transaction
from assistant.domain.text import clean_text

_HEAD, _DAY, _ROW = (
    "apx-transactions-sleeve-header-container",
    "apx-transaction-date-container",
    "apx-transactions-line-item-component-container",
)
_PARTS = f".{_HEAD}, .{_DAY}, .{_ROW}"
_PENDING = pattern(
    r"pending|in progress|in bearbeitung|ausstehend|in corso|in sospeso|en cours|en attente|pendiente|en curso|pendente|em andamento|"
    r"in behandeling|vantande|pagaende|oczekuj|w toku|beklemede|devam ed|処理中|保留"
)
_COMPLETED = pattern(r"complete|abgeschlossen|termine|completat|completad|concluid|voltooid|slutford|zakonczon|tamamland|完了")
_MOST_PARTS = 3000
_ORDER_ID = re.compile(r"#\s*([A-Z0-9][A-Z0-9-]{5,40})", re.IGNORECASE)
_MARKED = re.compile(r"\A[+]")


def read_form_page(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...]:
    """Read the rows of the form page. The group's heading says whether they are still pending."""
    rows: list[Transaction] = []
    status: str | None = "completed"
    day = ""
    parts = tree.css(_PARTS)[:_MOST_PARTS]
    wrappers = {above.mem_id for node in parts for above in ancestors(node) if _ROW in attribute(above, "class")}
    for node in parts:
        name = attribute(node, "class")
        if _HEAD in name:
            heading = text_of(node)
            status = _status(heading) if _PENDING.search(folded(heading)) or _COMPLETED.search(folded(heading)) else None
        elif _DAY in name:
            day = text_of(node)
        elif node.mem_id not in wrappers and text_of(node):
            rows.append(_form_row(node, day, status, notes, f"transactions[{len(rows)}]"))
    return tuple(rows)


def _form_row(node: LexborNode, day: str, status: str | None, notes: Notes, where: str) -> Transaction:
    bold = [text for text in map(text_of, node.css(".a-text-bold")) if text]
    amount = next((text for text in map(text_of, node.css(".a-text-right .a-text-bold, .a-text-right")) if text), "")
    method, last4 = split_method(next((text for text in bold if text != amount), ""))
    plain = [text for text in map(text_of, node.css("span.a-size-base:not(.a-text-bold)")) if text]
    waiting = [text for text in plain if _PENDING.search(folded(text))]
    others = [text for text in plain if text not in waiting]
    return Transaction(
        on=notes.day(day, f"{where}.on"),
        amount=notes.money(_MARKED.sub("", amount), f"{where}.amount"),
        method=method,
        last4=last4,
        status="pending" if waiting else status,
        order_numbers=_numbers((text_of(link), attribute(link, "href")) for link in node.css("a")),
        descriptor=others[-1] if others else None,
    )


def read_embedded(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...] | None:
    """Read the data embedded in the newer page, all rows of it; None where the page holds no such data."""
    for script in tree.css("script#__NEXT_DATA__"):
        try:
            data = json.loads(script.text() or "")
        except (ValueError, RecursionError):
            notes.problem("transactions", "unreadable", "The page's own list of transactions is damaged.")
            continue
        entries = _entries(data)
        if entries is not None:
            return _rows(entries, notes)
    return None


def read_answer(text: str, notes: Notes) -> tuple[Transaction, ...] | None:
    """Read one of Amazon's JSON answers; None where it is no such answer."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    entries = _entries(data)
    return None if entries is None else _rows(entries, notes)


def _entries(data: Any) -> list[Any] | None:
    """The list of transactions, wherever Amazon keeps it this year."""
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
            notes.problem(f"transactions[{index}]", "unreadable", "A transaction could not be read and was left out.")
    return tuple(rows)


def _embedded_row(entry: dict[str, Any], notes: Notes, where: str) -> Transaction:
    shown = _part(entry, "paymentMethodDisplayStringData")
    state = _part(entry, "statusInfo")
    orders = entry.get("orderData")
    linked = [order for order in orders if isinstance(order, dict)] if isinstance(orders, list) else []
    digits = _text(_part(shown, "paymentMethodNumber"), "lastDigits")
    return Transaction(
        on=notes.day(_text(entry, "formattedDate"), f"{where}.on"),
        amount=notes.money(_text(entry, "formattedAmount"), f"{where}.amount"),
        method=_text(shown, "paymentMethodName") or None,
        last4=digits if re.fullmatch(r"\d{4}", digits) else None,
        status=_status(f"{_text(state, 'status')} {_text(state, 'label')}"),
        order_numbers=_numbers((_text(order, "orderDisplayString"), _text(order, "orderDetailsUrl")) for order in linked),
        descriptor=_text(entry, "statementDescriptor") or None,
    )


def read_drawn(tree: LexborHTMLParser, notes: Notes) -> tuple[Transaction, ...]:
    """Read the rows that the newer page has drawn, where its data was not kept."""
    return tuple(_drawn_row(link, notes, f"transactions[{index}]") for index, link in enumerate(tree.css("[data-testid=transaction-link]")))


def _drawn_row(link: LexborNode, notes: Notes, where: str) -> Transaction:
    texts = [text for text in map(text_of, link.css("[data-testid=text]")) if text and text != "·"]
    numbered = [text for text in texts if NUMBER.search(text)]
    after = texts[texts.index(numbered[-1]) + 1 :] if numbered else texts[-2:]
    before = texts[: texts.index(numbered[0])] if numbered else texts[:-2]
    digits = text_of(link.css_first("[data-testid=method-details-number]"))
    return Transaction(
        on=notes.day(before[0] if before else "", f"{where}.on"),
        amount=notes.money(after[0] if after else "", f"{where}.amount"),
        method=text_of(link.css_first("[data-testid=method-details-name]")) or None,
        last4=digits if re.fullmatch(r"\d{4}", digits) else None,
        status=_status(after[1]) if len(after) > 1 else "completed",
        order_numbers=_numbers((text, "") for text in numbered),
        descriptor=before[1] if len(before) > 1 else None,
    )


def _status(text: str) -> str:
    return "pending" if _PENDING.search(folded(text)) else "completed"


def _numbers(links: Iterator[tuple[str, str]]) -> tuple[str, ...]:
    """The order numbers as printed; where the text holds none, the one in its link."""
    found: dict[str, None] = {}
    for text, href in links:
        printed = NUMBER.search(text) or _ORDER_ID.search(text)
        if printed:
            found[printed[printed.lastindex or 0]] = None
            continue
        named = parse_qs(urlsplit(href).query).get("orderID", []) if len(href) < 4000 else []  # noqa: PLR2004  # no address is longer
        found.update(dict.fromkeys(number for number in named if NUMBER.search(number)))
    return tuple(found)


def _part(data: dict[str, Any], key: str) -> dict[str, Any]:
    inner = data.get(key)
    return inner if isinstance(inner, dict) else {}


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return clean_text(value) if isinstance(value, str) else ""
