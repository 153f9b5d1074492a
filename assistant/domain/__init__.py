"""The domain: frozen values and pure functions. Standard library only, no I/O, time is passed in."""
