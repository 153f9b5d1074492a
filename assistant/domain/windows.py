"""Browser windows that each belong to one account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWindow:
    """The profile of an account's window. `key` and `label` are the account's, `size` is in bytes."""

    key: str
    label: str
    folder: str
    size: int
    used_at: datetime
    running: bool
    paired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowResult:
    """What opening a window did. `paired`: its extension is paired with the server; `extension_missing`: it must be added by hand."""

    key: str
    label: str
    browser: str
    reused: bool
    paired: bool
    extension_missing: bool
    without_sandbox: bool
