"""Taking web addresses apart that strangers wrote."""

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts_of(url: str | None) -> SplitResult:
    """Return the parts of an address, all of them empty where it is none ("https://[", a host that no name can be)."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return _NONE
