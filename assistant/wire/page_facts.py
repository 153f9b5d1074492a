"""What a page around buying says, as JSON beside the contract's own keys: names as in the domain, what is unknown left out."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from assistant.domain.money import Money
from assistant.domain.pages.facts import PageFacts
from assistant.domain.pages.visit import OfferTerms


def facts_json(facts: PageFacts) -> dict[str, Any]:
    """Return the facts of a page."""
    return dict(_plain(facts))


def conditions_json(terms: OfferTerms | None) -> Mapping[str, Any] | None:
    """Return an offer's conditions: scope, limit and text always, the rest where it is said."""
    return None if terms is None else {"scope": terms.scope, "limit": terms.limit, "text": terms.text, **_plain(terms)}


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {"amount": value.decimal, "currency": value.currency}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if is_dataclass(value):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _plain(part) for name, part in parts if part is not None and part != ()}
    return value
