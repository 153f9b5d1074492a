"""Payment cards as people name them: network and last four digits, like "visa/1111"."""

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


def card_name(method: str | None, last4: str | None) -> str | None:
    """Return "network/last4", or None where the last four digits are not known: they alone never decide, nor does a network."""
    if not method or not last4:
        return None
    words = fold(method)
    network = next((short for name, short in _NETWORKS.items() if name in words), words.split()[0] if words.split() else "card")
    return f"{network}/{last4}"


def same_spelling(card: str) -> str:
    """Return a card that a person wrote ("Mastercard/4242") in the one spelling used for comparing."""
    network, _, last4 = card.partition("/")
    return card_name(network.strip(), last4.strip()) or fold(card).strip()
