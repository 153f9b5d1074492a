"""Splits untrusted web addresses."""

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts_of(url: str | None) -> SplitResult:
    """Return the parts of an address. All parts are empty for None and for invalid addresses ("https://[")."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return _NONE
