"""Addresses as people name them: a label and a postcode, like "home/78704"."""

import re
from collections.abc import Iterable

from assistant.domain.text import fold

_SIGNS = re.compile(r"[^a-z0-9]+")


def known_address(text: str, addresses: Iterable[str]) -> str | None:
    """Return the first of these "label/postcode" whose postcode stands in an address as a word of its own."""
    words = f" {_SIGNS.sub(' ', fold(text)).strip()} "
    for address in addresses:
        postcode = _SIGNS.sub(" ", fold(address.rpartition("/")[2])).strip()
        if postcode and f" {postcode} " in words:
            return address
    return None
