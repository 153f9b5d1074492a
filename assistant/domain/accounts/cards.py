"""Payment cards as people name them: network and last four digits, like "visa/1111"."""

import re

from assistant.domain.text import fold

_NETWORKS = {
    "visa": "visa",
    "mastercard": "mc",
    "master card": "mc",
    "mc": "mc",
    "american express": "amex",
    "americanexpress": "amex",
    "amex": "amex",
    "discover": "discover",
    "diners": "diners",
    "jcb": "jcb",
    "maestro": "maestro",
    "unionpay": "unionpay",
    "rupay": "rupay",
}

_LAST = 4


def card_name(method: str | None, last4: str | None) -> str | None:
    """Return "network/last4", or None if either is unknown: neither identifies a card alone."""
    if not method or not last4:
        return None
    words = fold(method)
    network = next((short for name, short in _NETWORKS.items() if name in words), words.split()[0] if words.split() else "card")
    return f"{network}/{last4}"


def same_spelling(card: str) -> str:
    """Normalise a card that a person wrote or pasted ("Mastercard/4242", "Visa ending in 4242") for comparison."""
    network, stroke, last4 = card.partition("/")
    if not stroke and (found := read_card(card)):
        return found
    return card_name(network.strip(), last4.strip()) or fold(card).strip()


def read_card(text: str) -> str | None:
    """Return "network/last4" of what a person typed or pasted: "visa/1234", "Visa ending in 1234", "Mastercard •••• 1234".

    None if the network or the last four digits are missing, or with more than four digits: whole card numbers are never kept.
    """
    groups = re.findall(r"[0-9]+", text)
    words = fold(re.sub(r"[0-9]+", " ", text))
    network = next((short for name, short in _NETWORKS.items() if re.search(rf"\b{name}\b", words)), None)
    if network is None:
        written = re.fullmatch(r"\s*([a-z][a-z ]*?)\s*/\s*", words)
        network = written[1] if written else None
    return f"{network}/{groups[0]}" if network and len(groups) == 1 and len(groups[0]) == _LAST else None
