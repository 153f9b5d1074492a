"""Real saved pages against their labels; collected only where the samples are."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.amazon.reading import read_page
from assistant.domain.documents import Document
from assistant.wire.imports import ExtractionJson
from assistant.wire.shape import builtins

FOLDERS = (
    "amazon-orders-de/orders",
    "amazon-orders/de/orders",
    "amazon-orders-de/transactions",
    "amazon-orders/transactions",
    "amazon-orders/orders",
)
MONEY = frozenset({"unit_price", "amount"})
METHODS = {"americanexpress": "amex"}


def same(path: tuple[Any, ...], want: Any, got: Any) -> bool:
    """Money by value, addresses without commas, card names and intervals by meaning, all else exactly."""
    name = path[-1]
    if want is None or isinstance(want, (bool, int)):
        return bool(want == got)
    if name in MONEY or "amounts" in path:
        return got is not None and Decimal(want) == Decimal(got)
    if name == "address":
        return re.sub(r"[\s,]", "", want) == re.sub(r"[\s,]", "", got or "")
    if name == "method":
        plain = [re.sub(r"[\s-]| (?:used|balance)$", "", str(text).lower()) for text in (want, got)]
        return METHODS.get(plain[0], plain[0]) == METHODS.get(plain[1], plain[1])
    return " ".join(str(want).split()) == " ".join(str(got).split())


def differences(want: Any, got: Any, path: tuple[Any, ...] = ()) -> list[str]:
    if isinstance(want, dict):
        given = got if isinstance(got, dict) else {}
        return [line for key, value in want.items() if not key.startswith("_") for line in differences(value, given.get(key), (*path, key))]
    if isinstance(want, list) and not (want and isinstance(want[0], (int, str))):
        given = got or []
        wrong = [f"{path}: {len(given)} entries, not {len(want)}"] if len(given) != len(want) else []
        return wrong + [
            line
            for index, value in enumerate(want)
            for line in differences(value, given[index] if index < len(given) else None, (*path, index))
        ]
    matches = (want == got) if isinstance(want, list) else same(path, want, got)
    return [] if matches else [f"{path}: {got!r}, not {want!r}"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_labelled_value_is_read(samples: Path, folder: str):
    labels = sorted((samples / folder).glob("*.html.expected.json"))
    assert labels
    wrong = {}
    for label in labels:
        file = label.with_name(label.name.removesuffix(".expected.json"))
        found = builtins(ExtractionJson.of(read_page(Document(name=file.name, content=file.read_bytes()))))
        lines = differences(json.loads(label.read_text(encoding="utf-8")), found)
        if lines:
            wrong[file.name] = lines
    assert wrong == {}
