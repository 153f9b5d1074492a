"""Invented terms that the tests of the terminal app show."""

from datetime import date, timedelta

from assistant.domain.terms import Term, TermKind
from tests.tui.household import NOON

_TEXT = "Limited to one promotional code per customer."
TERMS = (
    Term(id=6, kind=TermKind.PROMOTION, what="STUDIO10", details={"scope": "customer", "limit": 1, "text": _TEXT}, seen_at=NOON),
    Term(
        id=5,
        kind=TermKind.PROMO_USED,
        account="per",
        what="STUDIO10",
        on=date(2026, 11, 3),
        details={"order_id": "112-0000042-0000294"},
        seen_at=NOON - timedelta(days=1),
    ),
    Term(
        id=4,
        kind=TermKind.MEMBERSHIP,
        account="home",
        what="audible",
        on=date(2026, 11, 3),
        until=date(2026, 12, 3),
        details={"plan": "trial", "auto_renew": True},
        by_hand=True,
    ),
    Term(id=3, kind=TermKind.LIMIT, what="B0INVENT07", details={"scope": "household", "limit": 2}, seen_at=NOON - timedelta(days=2)),
    Term(id=2, kind=TermKind.REVIEW, account="biz", what="B0INVENT04", on=date(2026, 10, 9), details={"title": "Thermos bottle 0.7 l"}),
)
