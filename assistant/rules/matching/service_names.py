"""Formats the names of memberships for comparing and for display."""

import re

from assistant.domain.text import fold

_WORD = re.compile(r"[^\W_]+")


def service_name(service: str | None) -> str:
    """Return a service in the spelling used for comparing: "Music Unlimited" is "music-unlimited"; "" for nothing."""
    return "-".join(_WORD.findall(fold(service or "")))


def shown_service(service: str) -> str:
    """Return a service as people write it: "music-unlimited" is "Music Unlimited"."""
    return " ".join(word.capitalize() for word in service.split("-"))
