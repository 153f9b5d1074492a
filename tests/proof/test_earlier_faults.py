"""The table of faults of earlier versions names tests that exist."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = Path(__file__).with_name("FAULTS.md")


def test_every_fault_of_an_earlier_version_names_a_test_that_exists() -> None:
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 1
    named = [re.findall(r"`([\w/.]+\.py)::(\w+)`", row) for row in rows]
    assert [row for row, tests in zip(rows, named, strict=True) if not tests] == []
    pairs = [pair for tests in named for pair in tests]
    assert [f"{file}::{name}" for file, name in pairs if not re.search(rf"^(?:async )?def {name}\(", _text(file), re.MULTILINE)] == []


def _text(file: str) -> str:
    return (TESTS / file).read_text(encoding="utf-8")
