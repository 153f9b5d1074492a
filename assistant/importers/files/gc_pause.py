"""The garbage collector's pause while a file becomes a great many objects that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Pause the collector: it would look at every order again and again and find nothing to free."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # All that was made goes to the oldest generation at once, without being looked at.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
