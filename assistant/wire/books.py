"""Book entries as JSON, as the README of `services/books` describes them."""

from typing import Any

from assistant.domain.books.entries import Parts, PurseShare, TaxShare
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.money import Money


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return one entry; parts that are nought are left out."""
    unit, item = entry.currency, entry.item
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "date": entry.on.isoformat(),
        "date_basis": entry.basis.value,
        "account": entry.account,
        "order_id": entry.order.number,
        "line": {"asin": item.asin, "title": item.title, "nth": item.nth, "quantity": item.quantity} if item else None,
        "parts": {name: _amount(minor, unit) for name, minor in zip(Parts._fields, entry.parts, strict=True) if minor},
        "gross": entry.gross.decimal,
        "currency": unit,
        "certainty": entry.certainty.value,
        "taxes": [_tax_json(tax, unit) for tax in entry.taxes],
        "paid": [_paid_json(paid, unit) for paid in entry.paid],
        "shares": [{"purpose": share.purpose, "share": str(share.share), "amount": _amount(share.gross, unit)} for share in entry.shares],
    }


def _tax_json(tax: TaxShare, unit: str) -> dict[str, Any]:
    return {
        "code": tax.code,
        "rate": None if tax.rate is None else str(tax.rate),
        "base": _amount(tax.base, unit),
        "amount": _amount(tax.amount, unit),
        "certainty": tax.certainty.value,
    }


def _paid_json(paid: PurseShare, unit: str) -> dict[str, Any]:
    named = {name: value for name, value in (("network", paid.network), ("last4", paid.last4)) if value}
    return {"instrument": paid.instrument, **named, "amount": _amount(paid.amount, unit)}


def _amount(minor: int, unit: str) -> str:
    return Money(minor, unit).decimal
