"""Fixtures of the tests of the rules."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that load word lists last, because loading takes long and most mutants are noticed before."""
    items.sort(key=lambda item: HERE in item.path.parents and "site" in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def cleared_caches() -> None:
    """Clear all caches: mutants run in a process that has cached answers, which would hide their changes."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("assistant.rules.") else ():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
