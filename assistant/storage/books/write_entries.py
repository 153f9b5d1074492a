"""Writes entries as rows: derived when a merged order is written, and again when a decision changes them."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, select
from sqlmodel import Session, col

from assistant.domain.books.derive import derived
from assistant.domain.books.entries import BookEntry, OrderBooks, PurseShare, TaxShare
from assistant.domain.books.shares import SplitPart, shares_of
from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Item, Order
from assistant.storage.books.tables import PURCHASE, WHOLE_ORDER, BookStateRow, DoubtRow, EntryRow, EntryShareRow, SplitRow, SplitRuleRow
from assistant.storage.tables import AccountRow

Rows = dict[Any, list[dict[str, Any]]]


class OrderKeys(NamedTuple):
    """The keys of an order's items and refunds, by position: they identify the same item or refund after every merge."""

    items: Sequence[int]
    refunds: Sequence[int]


def zone_setting(session: Session) -> str | None:
    """Return the user's time zone for all days, None for each marketplace's own."""
    row = session.get(BookStateRow, 1)
    return row.zone or None if row else None


def books_of(session: Session, merged: Merged, *, held: bool, zone: str | None = None) -> OrderBooks:
    """Return the entries of an order; an order in quarantine has none."""
    if held:
        return OrderBooks(currency=merged.order.currency)
    return derived(merged, zone if zone is not None else zone_setting(session))


def entry_rows(rows: Rows, order_id: int, order: Order, books: OrderBooks, keys: OrderKeys) -> None:
    """Add the rows of an order's entries and doubts to `rows`, by table."""
    occurrences = _occurrences(order)
    entries = rows.setdefault(EntryRow, [])
    for entry in books.entries:
        entries.append(_values(order_id, entry, books.currency or "", keys, occurrences))
    doubts = rows.setdefault(DoubtRow, [])
    for doubt in books.doubts:
        doubts.append(
            {
                "order_id": order_id,
                "code": doubt.code.value,
                "line": doubt.item,
                "amount": doubt.minor,
                "currency": books.currency,
                "on": doubt.on.isoformat() if doubt.on else None,
                "text": doubt.text,
            }
        )


def _occurrences(order: Order) -> Sequence[int]:
    """Return for each item which of the order's equal products it is, from 1."""
    if len(order.items) == 1:
        return (1,)
    seen: dict[str, int] = {}
    found = []
    for item in order.items:
        name = item.asin or item.title or ""
        seen[name] = seen.get(name, 0) + 1
        found.append(seen[name])
    return found


def _values(order_id: int, entry: BookEntry, currency: str, keys: OrderKeys, occurrences: Sequence[int]) -> dict[str, Any]:
    kind, on, basis, item, parts, certainty, refund, nth, quantity, taxes, paid = entry
    goods, shipping, gift_wrap, tip, fee, discount, points, tax = parts
    return {
        "order_id": order_id,
        "item": WHOLE_ORDER if item is None else keys.items[item],
        "refund": PURCHASE if refund is None else keys.refunds[refund],
        "nth": nth,
        "line": item,
        "occurrence": 1 if item is None else occurrences[item],
        "kind": kind.value,
        "on": on.isoformat(),
        "basis": basis.value,
        "currency": currency,
        "gross": sum(parts),
        "goods": goods,
        "shipping": shipping,
        "gift_wrap": gift_wrap,
        "tip": tip,
        "fee": fee,
        "discount": discount,
        "points": points,
        "tax": tax,
        "certainty": certainty.value,
        "quantity": quantity,
        "taxes": _taxes_text(taxes) if taxes else None,
        "paid": _paid_text(paid) if paid else None,
    }


@lru_cache(maxsize=4096)
def _taxes_text(taxes: tuple[TaxShare, ...]) -> str:
    return json.dumps(
        [[tax.code, str(tax.rate) if tax.rate is not None else None, tax.base, tax.amount, tax.certainty.value] for tax in taxes]
    )


@lru_cache(maxsize=4096)
def _paid_text(paid: tuple[PurseShare, ...]) -> str:
    return json.dumps([[each.instrument, each.network, each.last4, each.amount] for each in paid])


def taxes_of(text: str | None) -> list[tuple[str, Decimal | None, int, int, str]]:
    """Return code, rate, base, amount and certainty of each tax that a row holds."""
    found = _DECODE_TAXES(text) if text else []
    return [(code, _rate(rate) if rate is not None else None, base, amount, certainty) for code, rate, base, amount, certainty in found]


_rate = lru_cache(maxsize=1024)(Decimal)


def paid_of(text: str | None) -> list[tuple[str, str | None, str | None, int]]:
    """Return instrument, network, last digits and amount of each purse that a row holds."""
    return _DECODE_PAID(text) if text else []


_DECODE_TAXES = msgspec.json.Decoder(list[tuple[str, str | None, int, int, str]]).decode
_DECODE_PAID = msgspec.json.Decoder(list[tuple[str, str | None, str | None, int]]).decode


def delete_entries(session: Session, order_ids: Sequence[int]) -> None:
    """Delete the entries of orders, their shares and doubts."""
    for table in (EntryShareRow, EntryRow, DoubtRow):
        session.execute(delete(table).where(col(table.order_id).in_(order_ids)))


def share_rows(session: Session, rows: Rows, account_id: int, orders: Mapping[int, tuple[Order, OrderKeys, Sequence[str | None]]]) -> None:
    """Add the shares of entries that do not entirely serve their account's purpose, for orders with keys and their lines' purposes."""
    rows.setdefault(EntryShareRow, [])
    rules = _rules(session)
    split = _splits(session, list(orders))
    if not rules and not split and not any(any(purposes) for _, _, purposes in orders.values()):
        return
    purpose = session.scalar(select(col(AccountRow.purpose)).where(col(AccountRow.id) == account_id)) or ""
    costs: dict[tuple[int, int], int] = {}
    for entry in rows.get(EntryRow, ()):
        if entry["refund"] == PURCHASE:
            for item in (entry["item"], -1):
                costs[entry["order_id"], item] = costs.get((entry["order_id"], item), 0) + entry["gross"]
    for entry in rows.get(EntryRow, ()):
        found = orders.get(entry["order_id"])
        if found is None:
            continue
        parts, base = _split_parts(entry, found, split.get(entry["order_id"], {}), rules, costs)
        if not parts:
            continue
        line = entry["line"]
        rest = (found[2][line] if line is not None else None) or purpose
        for position, share in enumerate(shares_of(entry["gross"], parts, rest, base)):
            rows[EntryShareRow].append(
                {
                    **{name: entry[name] for name in ("order_id", "item", "refund", "nth")},
                    "position": position,
                    "purpose": share.purpose,
                    "share": str(share.share),
                    "gross": share.gross,
                }
            )


def _split_parts(
    entry: Mapping[str, Any],
    found: tuple[Order, OrderKeys, Sequence[str | None]],
    split: Mapping[int, list[SplitPart]],
    rules: Sequence[SplitRuleRow],
    costs: Mapping[tuple[int, int], int],
) -> tuple[Sequence[SplitPart], int]:
    """Return the parts of an entry and the amount they split: the item's own, its purpose, the order's, or a rule's."""
    order, _, purposes = found
    own, line = entry["item"], entry["line"]
    if split.get(own):
        return split[own], costs.get((entry["order_id"], own), 0)
    if line is not None and purposes[line]:
        return [SplitPart(purpose=purposes[line] or "", percent=10_000)], 0
    if split.get(WHOLE_ORDER):
        return split[WHOLE_ORDER], costs.get((entry["order_id"], -1), 0)
    rule = _rule_for(order.items[line], rules) if line is not None else None
    return ([SplitPart(**part) for part in rule.shares], 0) if rule else ((), 0)


def _rule_for(item: Item, rules: Sequence[SplitRuleRow]) -> SplitRuleRow | None:
    for rule in rules:
        if (rule.asin and rule.asin == item.asin) or (rule.seller and item.seller and rule.seller == item.seller.casefold()):
            return rule
    return None


def _rules(session: Session) -> list[SplitRuleRow]:
    """Return the rules, those for one product before those for a seller, the newest first."""
    rules = session.scalars(select(SplitRuleRow).order_by(col(SplitRuleRow.id).desc())).all()
    return sorted(rules, key=lambda rule: rule.asin is None)


def _splits(session: Session, order_ids: Sequence[int]) -> dict[int, dict[int, list[SplitPart]]]:
    """Return splits by order and item key."""
    found: dict[int, dict[int, list[SplitPart]]] = {}
    if session.scalar(select(col(SplitRow.order_id)).limit(1)) is None:
        return found
    query = select(SplitRow).where(col(SplitRow.order_id).in_(order_ids)).order_by(col(SplitRow.position))
    for row in session.scalars(query):
        part = SplitPart(purpose=row.purpose, percent=row.percent, amount=row.amount)
        found.setdefault(row.order_id, {}).setdefault(row.item, []).append(part)
    return found
