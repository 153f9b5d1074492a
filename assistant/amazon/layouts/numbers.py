"""Order numbers in all their forms, taken only from places that hold the page's own number."""

import re

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import text_of

# Retail and digital, the twelve-digit form of the nineties, the grocery UUID, and the nineteen digits of the payment history.
NUMBER = re.compile(
    r"(?<![A-Z0-9-])(?:[A-Z0-9]{3}-\d{7}-\d{7}|\d{4}-\d{6}-\d{7}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{19})(?![A-Z0-9-])",
    re.IGNORECASE,
)


def number_in(text: str) -> str | None:
    """Return the order number in a text; placeholders ("000-…") are none."""
    found = NUMBER.search(text)
    if found is None or found[0].startswith("000-"):
        return None
    return found[0].upper() if found[0][:1].isalpha() and found[0][3:4] == "-" else found[0]


def order_number(root: LexborNode, selectors: str) -> str | None:
    """Return the first order number among the texts that the selectors find."""
    return next((number for number in (number_in(text_of(node)) for node in root.css(selectors)) if number is not None), None)
