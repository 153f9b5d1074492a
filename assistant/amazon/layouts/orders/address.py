"""Postal addresses: the first line is the recipient, the rest is the address."""

from collections.abc import Sequence

from assistant.domain.orders.order import Recipient


def recipient_from(lines: Sequence[str]) -> Recipient:
    """Return the recipient of printed address lines. The address is one text, its lines joined with ", "; a repeated line counts once."""
    kept = list(dict.fromkeys(line.strip(" ,") for line in lines if line.strip(" ,")))
    if not kept:
        return Recipient()
    return Recipient(name=kept[0], address=", ".join(kept[1:]) or None)
