"""One order from many sources: merging what several documents say, deterministically and without losing any of it."""
