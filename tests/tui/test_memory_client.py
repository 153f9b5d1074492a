from pathlib import Path

import tui
from assistant.client import AssistantClient
from tests.tui.memory_client import MemoryClient


def calls(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))}


def test_the_memory_client_has_every_call_that_the_app_makes():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(tui.__file__).parent.rglob("*.py"))
    assert {name for name in calls(AssistantClient) - calls(MemoryClient) if f".client.{name}(" in source} == set()
