"""Waiting for something visible."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 20.0

_T = TypeVar("_T")


def until(look: Callable[[], _T], what: str, patience: float = PATIENCE) -> _T:
    """Wait until a condition is true and return its value."""
    end = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < end, f"waited too long for {what}"
        time.sleep(0.05)
    return found
