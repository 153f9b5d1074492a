"""What the tests of the rules share."""

import sys

import pytest


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget the answers of an earlier run in this process: there is one where mutants are tried, and it would hide what they change."""
    for name, module in list(sys.modules.items()):
        for held in vars(module).values() if name.startswith("assistant.rules.") else ():
            if hasattr(held, "cache_clear"):
                held.cache_clear()
