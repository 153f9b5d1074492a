"""What the tests of the rules share."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask last what needs the word lists of a shop's language, which take long to load: most mutants are noticed before."""
    items.sort(key=lambda item: HERE in item.path.parents and "site" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget earlier answers: mutants are tried in a process that asked before, and what it remembers would hide what they change."""
    for name, module in list(sys.modules.items()):
        for held in vars(module).values() if name.startswith("assistant.rules.") else ():
            if hasattr(held, "cache_clear"):
                held.cache_clear()
