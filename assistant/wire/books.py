"""Book entries as JSON, as the README of `services/books` describes them."""

from typing import Any

from assistant.domain.books.entries import Parts
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
        "taxes": [
            {
                "code": tax.code,
                "rate": None if tax.rate is None else str(tax.rate),
                "base": _amount(tax.base, unit),
                "amount": _amount(tax.amount, unit),
                "certainty": tax.certainty.value,
            }
            for tax in entry.taxes
        ],
        "paid": [
            {
                "instrument": paid.instrument,
                **({"network": paid.network} if paid.network else {}),
                **({"last4": paid.last4} if paid.last4 else {}),
                "amount": _amount(paid.amount, unit),
            }
            for paid in entry.paid
        ],
        "shares": [
            {
                "purpose": share.purpose,
                "share": f"{share.share:.2f}" if share.share == 1 else str(share.share),
                "amount": _amount(share.gross, unit),
            }
            for share in entry.shares
        ],
    }


def _amount(minor: int, unit: str) -> str:
    return Money(minor, unit).decimal
