"""Decides who sent a mail, only by the host of its address. Anyone can choose a display name, and signatures are not checked."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum

from assistant.amazon.marketplaces import MARKETPLACES, Marketplace

_BY_NAME = {entry.name: entry for entry in MARKETPLACES}
# Messages from sellers to buyers come from these hosts. They are not from Amazon.
_SELLERS = "marketplace"
# Amazon's own hosts that are not marketplaces.
_OTHER_SERVICES = ("amazonaws.com", "amazonses.com", "amazon.jobs")
# Services that forward mail under their own address but keep the sender's name.
_RELAYS = ("privaterelay.appleid.com", "icloud.com", "duck.com", "simplelogin.com", "simplelogin.co", "mozmail.com", "anonaddy.me")
# Characters that look like Latin letters; removing accents does not change Cyrillic and Greek ones.
_DRAWN_ALIKE = str.maketrans(
    {
        "0": "o", "1": "l", "3": "e", "4": "a", "@": "a", "2": "z", "а": "a", "о": "o", "м": "m", "α": "a", "ο": "o", "ν": "n",
        "ɑ": "a", "ո": "n", "օ": "o", "п": "n", "ᴀ": "a", "ı": "i",
    }
)  # fmt: skip  # a table reads better in rows


class Sender(Enum):
    """How far a mail can be trusted."""

    AMAZON = "amazon"  # sent from the address of a marketplace
    CLAIMED = "claimed"  # forwarded: it may be Amazon's, but nothing proves it
    IMPOSTOR = "impostor"  # pretends to be Amazon, from another host
    STRANGER = "stranger"


def trust_in(senders: Sequence[tuple[str, str]]) -> tuple[Sender, Marketplace | None]:
    """Return the trust in a From line with these names and addresses, and the marketplace that its address names, if any."""
    told = [_trust(name, address) for name, address in senders]
    if not told:
        return Sender.CLAIMED, None
    kinds = {kind for kind, _ in told}
    # Amazon is always the only sender. With others in the line, it is an impostor.
    return told[0] if len(kinds) == 1 else (Sender.IMPOSTOR, None)


def _trust(name: str, address: str) -> tuple[Sender, Marketplace | None]:
    host = address.rpartition("@")[2].lower().rstrip(".")
    marketplace = _marketplace(host)
    if marketplace is not None:
        return Sender.AMAZON, marketplace
    if _is_below(host, _OTHER_SERVICES) or _SELLERS in host.split("."):
        return Sender.STRANGER, None
    if _is_below(host, _RELAYS):
        return Sender.CLAIMED, None
    if _says_amazon(host) or _says_amazon(name):
        return Sender.IMPOSTOR, None
    return Sender.STRANGER, None


def _marketplace(host: str) -> Marketplace | None:
    labels = host.split(".")
    if _SELLERS in labels or "amazon" not in labels:
        return None
    return _BY_NAME.get(".".join(labels[len(labels) - 1 - labels[::-1].index("amazon") :]))


def _is_below(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _says_amazon(text: str) -> bool:
    """Return whether a text looks like "amazon", in any script."""
    labels = (_shown(label) for label in text.lower().split("."))
    folded = unicodedata.normalize("NFKD", ".".join(labels)).translate(_DRAWN_ALIKE).replace("rn", "m").replace("vv", "w")
    return "amazon" in re.sub(r"[^a-z]", "", folded)


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label
