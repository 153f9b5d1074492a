"""Pages damaged in a thousand ways: what is read afterwards is right, or a problem stands on it."""

import os
import random
from pathlib import Path

from assistant.amazon.reading import read_page
from assistant.domain.documents import Document, Extraction
from tests.amazon.golden import goldens
from tests.amazon.golden_kinds import rarer_goldens
from tests.amazon.mutations import mutated, unflagged

COUNT = int(os.environ.get("MUTATIONS", "300"))
"""How many mutations are made. The full run: `MUTATIONS=1000 pytest tests/amazon/test_mutations.py --samples DIR`."""


def _read(html: str, url: str | None) -> Extraction:
    return read_page(Document(name="page.html", content=html.encode(), url=url))


def _survey(pages: list[tuple[str, str, str | None]], count: int) -> dict[str, list[str]]:
    """Damage pages in turn, with a seed each, and return what was stored wrong and unflagged."""
    wrong = {}
    before = [_read(html, url) for _, html, url in pages]
    for seed in range(count):
        place = seed % len(pages)
        name, html, url = pages[place]
        mutation = mutated(html, random.Random(seed))
        found = unflagged(before[place], html, mutation, _read(mutation.html, url))
        if found:
            wrong[f"{name}, seed {seed}, {mutation.kind}"] = found
    return wrong


def test_no_damage_to_a_golden_page_stores_a_wrong_value_without_a_problem():
    pages = [(golden.name, golden.html, golden.url) for golden in (*goldens(), *rarer_goldens()) if golden.orders]
    assert _survey(pages, COUNT) == {}


def test_no_damage_to_a_sample_page_stores_a_wrong_value_without_a_problem(samples: Path):
    files = [file for file in sorted(samples.rglob("*.html")) if _read(file.read_text(encoding="utf-8"), None).orders]
    assert _survey([(file.name, file.read_text(encoding="utf-8"), None) for file in files], COUNT) == {}
