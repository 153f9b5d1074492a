"""Whom to believe: for each field of an order the kinds of source, the most trustworthy first. The one place that says so.

A kind that is not listed comes last, and the payments page, which knows charges only, after all others.
Status goes by progress (what was delivered is not on its way any more); charges and refunds are united, because each
source may know of some only.
"""

from collections.abc import Mapping

from assistant.domain.pages.kinds import SourceKind

Ranks = tuple[tuple[SourceKind, ...], ...]

EXPORTS = (SourceKind.PRIVACY_ZIP, SourceKind.RETAIL_EXPORT, SourceKind.DIGITAL_EXPORT)
"""Amazon's own data export, as a whole or file by file."""
FILES = frozenset({*EXPORTS, SourceKind.BUSINESS_REPORT})
"""Files of one kind may each hold a part of an order: their lines are united. A page shows the whole order."""
PAGES = frozenset({SourceKind.ORDER_DETAILS, SourceKind.INVOICE, SourceKind.ORDER_LIST})
"""Pages that print orders: what two of them call by one name is the same thing."""

_PEERS = (SourceKind.JSON_ORDERS, SourceKind.ORDERS_CSV)
PRECEDENCE: Mapping[str, Ranks] = {
    # What the user corrected by hand; the page that shows one order in full, then files with a row per item, then lists,
    # other tools' files and mail.
    "usual": (
        (SourceKind.USER,),
        (SourceKind.ORDER_DETAILS,),
        (SourceKind.INVOICE,),
        (SourceKind.BUSINESS_REPORT,),
        EXPORTS,
        (SourceKind.ORDER_LIST,),
        _PEERS,
        (SourceKind.EMAIL,),
    ),
    # A page prints the civil day of the order; an export tells an instant in UTC, where the day may be the next one already.
    "placed_on": (
        (SourceKind.USER,),
        (SourceKind.ORDER_DETAILS,),
        (SourceKind.INVOICE,),
        (SourceKind.ORDER_LIST,),
        (SourceKind.BUSINESS_REPORT,),
        EXPORTS,
        _PEERS,
        (SourceKind.EMAIL,),
    ),
    # Whom a parcel goes to stands on every card of a list; files only know where it goes.
    "recipient": (
        (SourceKind.USER,),
        (SourceKind.ORDER_DETAILS,),
        (SourceKind.INVOICE,),
        (SourceKind.ORDER_LIST,),
        (SourceKind.BUSINESS_REPORT,),
        EXPORTS,
    ),
}
SPOKEN: Mapping[SourceKind, str] = {
    SourceKind.USER: "you",
    SourceKind.ORDER_DETAILS: "order page",
    SourceKind.ORDER_LIST: "order list",
    SourceKind.TRANSACTIONS: "payments page",
    SourceKind.RETAIL_EXPORT: "export",
    SourceKind.DIGITAL_EXPORT: "export",
    SourceKind.PRIVACY_ZIP: "export",
    SourceKind.REFUND_EXPORT: "refund file",
    SourceKind.RETURNS_EXPORT: "returns file",
    SourceKind.EMAIL: "e-mail",
    SourceKind.ORDERS_CSV: "another tool's file",
    SourceKind.JSON_ORDERS: "another tool's file",
    SourceKind.OTHER: "files",
}
"""What people call a source, where its name alone would not do."""

_LAST = 99
_PLACES = {field: {kind: place for place, kinds in enumerate(ranks) for kind in kinds} for field, ranks in PRECEDENCE.items()}


def rank(kind: SourceKind, field: str = "usual") -> int:
    """Return how late a kind of source is believed about a field; 0 is first."""
    return _PLACES[field].get(kind, _LAST) + (kind is SourceKind.TRANSACTIONS)


def spoken(kind: SourceKind) -> str:
    """Return what people call this kind of source."""
    return SPOKEN.get(kind, kind.value.replace("_", " "))
