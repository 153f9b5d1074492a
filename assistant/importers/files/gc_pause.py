"""Pauses the garbage collector while a file becomes many objects that all stay alive."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Pause the collector: it would scan every order repeatedly and find nothing to free."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # All new objects go to the oldest generation at once, without a scan.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
