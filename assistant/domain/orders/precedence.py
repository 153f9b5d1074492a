"""Which source to trust: for each field of an order the kinds of source, the most trusted first. Defined only here.

Unlisted kinds come last, and the payments page, which only has charges, after all others.
The most advanced status wins (a delivered order is not shipping any more); charges and refunds are combined, because each
source may have only some of them.
"""

from collections.abc import Mapping

from assistant.domain.pages.kinds import SourceKind

Ranks = tuple[tuple[SourceKind, ...], ...]

EXPORTS = (SourceKind.PRIVACY_ZIP, SourceKind.RETAIL_EXPORT, SourceKind.DIGITAL_EXPORT)
"""Amazon's own data export, as a whole or file by file."""
FILES = frozenset({*EXPORTS, SourceKind.BUSINESS_REPORT})
"""Files of one kind may each have part of an order, so their lines are combined. A page shows the whole order."""
PAGES = frozenset({SourceKind.ORDER_DETAILS, SourceKind.INVOICE, SourceKind.ORDER_LIST})
"""Pages that print orders: the same label means the same amount on all of them."""

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
    # A page prints the civil day of the order; an export states an instant in UTC, which may be on the next day.
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
    # Every card of an order list names the recipient; files only have the address.
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
"""Names of sources for people, where the code name is unclear."""

_LAST = 99
_PLACES = {field: {kind: place for place, kinds in enumerate(ranks) for kind in kinds} for field, ranks in PRECEDENCE.items()}


def rank(kind: SourceKind, field: str = "usual") -> int:
    """Return the trust rank of a kind of source for a field; 0 is the most trusted."""
    return _PLACES[field].get(kind, _LAST) + (kind is SourceKind.TRANSACTIONS)


def spoken(kind: SourceKind) -> str:
    """Return the name of this kind of source for people."""
    return SPOKEN.get(kind, kind.value.replace("_", " "))
