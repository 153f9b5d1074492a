"""Browser windows that each belong to one account."""

from typing import Annotated

from msgspec import Meta, Struct

from assistant.domain.windows import StoredWindow, WindowResult
from assistant.wire.shape import Count, InstantText, JsonShape, Short


class WindowBody(Struct):
    """The window to open: its account, and a page or "" for the account's marketplace."""

    account: Short
    url: Annotated[str, Meta(max_length=2000, pattern="^(https://[^\\u0000\\s]+)?$")] = ""


class WindowJson(JsonShape[StoredWindow]):
    """The profile of an account's window."""

    key: str
    label: str
    folder: str
    size: Count
    used_at: InstantText
    running: bool
    paired: bool


class WindowResultJson(JsonShape[WindowResult]):
    """What opening a window did."""

    key: str
    label: str
    browser: str
    reused: bool
    paired: bool
    extension_missing: bool
    without_sandbox: bool
