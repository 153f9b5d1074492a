"""Every golden file gives the result stored beside it."""

import json
from pathlib import Path

import pytest

from assistant.importers.reading import IMPORTERS, read_path
from assistant.wire.imports import ExtractionJson
from assistant.wire.shape import builtins

GOLDEN = Path(__file__).parents[1] / "golden" / "importers"
PAIRS = sorted(GOLDEN.glob("*.expected.json"))


@pytest.mark.parametrize("expected", PAIRS, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_a_file_gives_its_golden_result(expected):
    found = builtins(ExtractionJson.of(read_path(expected.with_name(expected.name.removesuffix(".expected.json")))))
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_importer_has_a_golden_pair():
    sources = [json.loads(path.read_text(encoding="utf-8"))["source"] for path in PAIRS]
    assert {(importer.kind.value, importer.layout) for importer in IMPORTERS} <= {(source["kind"], source["layout"]) for source in sources}
