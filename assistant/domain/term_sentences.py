"""Terms as text: the names of kinds, their usual details, and how a detail is written and parsed."""

from collections.abc import Mapping
from typing import Any

from assistant.domain.languages.translating import to_translate
from assistant.domain.terms import Term, TermKind

KINDS: Mapping[TermKind, str] = {
    TermKind.PROMOTION: to_translate("a promotion and its terms"),
    TermKind.PROMO_USED: to_translate("a promotion was used"),
    TermKind.PROMO_ISSUED: to_translate("a code was given to an account"),
    TermKind.COUPON_CLIPPED: to_translate("a coupon was clipped"),
    TermKind.COUPON_USED: to_translate("a coupon was used"),
    TermKind.LIMIT: to_translate("a limit on how many may be bought"),
    TermKind.PRODUCT: to_translate("a product that was viewed"),
    TermKind.MEMBERSHIP: to_translate("a membership or trial"),
    TermKind.SUBSCRIPTION: to_translate("a subscription"),
    TermKind.FAMILY_LEFT: to_translate("an account left a family"),
    TermKind.REVIEW: to_translate("a review was written"),
    TermKind.NOTE: to_translate("something was offered for a review"),
    TermKind.GIFT_CARD: to_translate("a gift card was redeemed"),
    TermKind.INSTALMENT: to_translate("an instalment is due"),
}
DETAILS: Mapping[TermKind, tuple[str, ...]] = {
    TermKind.PROMOTION: ("scope", "limit", "new_customer", "transferable", "text"),
    TermKind.PROMO_USED: ("order_id", "scope", "limit", "text"),
    TermKind.PROMO_ISSUED: ("transferable", "text"),
    TermKind.COUPON_CLIPPED: ("text",),
    TermKind.COUPON_USED: ("order_id", "text"),
    TermKind.LIMIT: ("limit", "scope", "text"),
    TermKind.MEMBERSHIP: ("plan", "auto_renew"),
    TermKind.SUBSCRIPTION: ("title", "every"),
    TermKind.REVIEW: ("title", "review_id"),
    TermKind.NOTE: ("compensation",),
}
"""The details that forms ask for; a term may have others."""

_WORDS: Mapping[str, bool | None] = {"yes": True, "true": True, "no": False, "false": False, "": None}
_LONGEST_NUMBER = 10


def detail_of(text: str) -> str | int | bool | None:
    """Parse a detail: yes and no become booleans, whole numbers become numbers, an empty text None."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST_NUMBER else text


def written(detail: Any) -> str:
    """Return a detail as text, the inverse of `detail_of`."""
    if isinstance(detail, bool):
        return "yes" if detail else "no"
    if isinstance(detail, list | tuple):
        return ", ".join(map(written, detail))
    return "" if detail is None else str(detail)


def says(term: Term) -> str:
    """Return a short description of a term: its plan, limit and text."""
    limit = term.details.get("limit")
    scope = f"{limit} per {term.details.get('scope') or '?'}" if limit else None
    words = term.details.get("text") or term.details.get("title")
    return "; ".join(str(part) for part in (term.details.get("plan"), scope, words) if part)
