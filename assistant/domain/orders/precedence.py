"""Which source to trust: for each field of an order the kinds of source, the most trusted first. Defined only here.

Unlisted kinds come last, and the payments page, which only has charges, after all others.
The most advanced status wins (a delivered order is not shipping any more); charges and refunds are combined, because each
source may have only some of them.
"""

from collections.abc import Mapping

from assistant.domain.languages.translating import to_translate
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
    SourceKind.USER: to_translate("you"),
    SourceKind.ORDER_DETAILS: to_translate("order page"),
    SourceKind.ORDER_LIST: to_translate("order list"),
    SourceKind.TRANSACTIONS: to_translate("payments page"),
    SourceKind.RETAIL_EXPORT: to_translate("export"),
    SourceKind.DIGITAL_EXPORT: to_translate("export"),
    SourceKind.PRIVACY_ZIP: to_translate("export"),
    SourceKind.REFUND_EXPORT: to_translate("refund file"),
    SourceKind.RETURNS_EXPORT: to_translate("returns file"),
    SourceKind.EMAIL: to_translate("e-mail"),
    SourceKind.ORDERS_CSV: to_translate("another tool's file"),
    SourceKind.JSON_ORDERS: to_translate("another tool's file"),
    SourceKind.INVOICE: to_translate("invoice"),
    SourceKind.BUSINESS_REPORT: to_translate("business report"),
    SourceKind.OTHER: to_translate("files"),
}
"""Names of sources for people."""

_LAST = 99
_PLACES = {field: {kind: place for place, kinds in enumerate(ranks) for kind in kinds} for field, ranks in PRECEDENCE.items()}


def rank(kind: SourceKind, field: str = "usual") -> int:
    """Return the trust rank of a kind of source for a field; 0 is the most trusted."""
    return _PLACES[field].get(kind, _LAST) + (kind is SourceKind.TRANSACTIONS)


def spoken(kind: SourceKind) -> str:
    """Return the name of this kind of source for people."""
    return SPOKEN.get(kind, kind.value.replace("_", " "))
