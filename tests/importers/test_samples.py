"""Labelled sample files: every labelled value is read, and nothing is invented."""

import json

import pytest

from assistant.importers.reading import read_path
from assistant.wire.imports import ExtractionJson
from assistant.wire.shape import builtins

LISTS = ("orders", "items", "shipments", "payments", "refunds")


def faults(label, found, where=""):
    """Return the places where the result differs from its label; keys that the label leaves out are not compared."""
    if isinstance(label, dict):
        return [
            fault
            for key, value in label.items()
            if not key.startswith("_")
            for fault in faults(value, found.get(key) if isinstance(found, dict) else None, f"{where}.{key}")
        ]
    if isinstance(label, list) and where.rsplit(".", 1)[-1] in LISTS:
        return list_faults(label, list(found or ()), where)
    if label in (None, "", [], {}):
        return [] if found in (None, "", [], {}) else [f"{where}: {found} is invented"]
    return [] if plain(where, label) == plain(where, found) else [f"{where}: {found} instead of {label}"]


def list_faults(label, found, where):
    missing = []
    for number, entry in enumerate(label):
        best = min(found, key=lambda other: len(faults(entry, other, where)), default=None)
        missing += faults(entry, best, f"{where}[{number}]")
        if best is not None:
            found.remove(best)
    return missing + [f"{where}: {entry} is invented" for entry in found]


def plain(where, value):
    if isinstance(value, str) and where.endswith(".address"):
        return "".join(value.replace(",", "").split())
    if isinstance(value, str) and (".amounts." in where or where.endswith((".amount", ".unit_price"))):
        return float(value)
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("pattern", ["synthetic/*.expected.json", "amazon-order-lens/*.expected.json"])
def test_every_labelled_export_is_read_exactly(samples, pattern):
    labels = sorted(samples.glob(pattern))
    assert labels
    for label_path in labels:
        label = json.loads(label_path.read_text(encoding="utf-8"))
        found = builtins(ExtractionJson.of(read_path(label_path.with_name(label_path.name.removesuffix(".expected.json")))))
        assert not faults(label, found), label_path.name
        assert not label.get("_expect_problem") or found["problems"], label_path.name
