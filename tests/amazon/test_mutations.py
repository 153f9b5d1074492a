"""Golden pages damaged on purpose: what is read afterwards is right, or a problem reports it."""

from pathlib import Path

from tests.amazon.golden import goldens
from tests.amazon.golden_kinds import rarer_goldens
from tests.amazon.mutations import read_html, survey

COUNT = 300


def test_damage_to_a_golden_page_never_changes_a_value_silently():
    pages = [(golden.name, golden.html, golden.url) for golden in (*goldens(), *rarer_goldens()) if golden.orders]
    assert survey(pages, COUNT) == {}


def test_damage_to_a_sample_page_never_changes_a_value_silently(samples: Path):
    files = [(file.name, file.read_text(encoding="utf-8"), None) for file in sorted(samples.rglob("*.html"))]
    assert survey([file for file in files if read_html(file[1], None).orders], COUNT) == {}
