"""Fixtures: the app and its client over an invented household."""

import pytest

from tests.tui.looking import Opener
from tests.tui.memory_client import MemoryClient


@pytest.fixture
def opened() -> Opener:
    return Opener()


@pytest.fixture
def client() -> MemoryClient:
    return MemoryClient()
