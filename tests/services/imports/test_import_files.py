"""Importing a stream of documents: each is stored completely or not at all."""

from pathlib import Path

import pytest

from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import Problem
from assistant.domain.filters import Filter
from assistant.domain.languages.sentences import Sentence
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_path
from assistant.importers.sandbox.parent import Arriving, Stopped
from assistant.services.imports import import_files
from tests.importers.export_files import invented_rows, write_export


@pytest.fixture
def orders(tmp_path):
    return read_path(write_export(tmp_path / "export.csv", invented_rows(40))).orders


def arriving(monkeypatch, *chunks):
    def come():
        for chunk in chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield list(chunk)

    source = Source(name="export.csv", kind=SourceKind.RETAIL_EXPORT)
    count = sum(len(chunk) for chunk in chunks if not isinstance(chunk, Exception))
    monkeypatch.setattr(
        import_files, "read_each", lambda *_: (each for each in [Arriving(Path("export.csv"), Extraction(source=source), count, come())])
    )


def test_a_document_that_fails_halfway_stores_nothing(services, tmp_path, monkeypatch, orders):
    stopped = Extraction(
        source=Source(name="export.csv"), problems=(Problem(where="export.csv", code="too-much", said=Sentence("Stopped.")),)
    )
    arriving(monkeypatch, orders[:5], orders[5:9], Stopped(stopped))
    (result,) = services.imports.take_paths([tmp_path / "export.csv"], account="Me", new_account=True)
    assert (result.state, [problem.code for problem in result.problems]) == ("failed", ["too-much"])
    assert services.ledger.orders(Filter()).total == 0
    assert not services.accounts.all()


def test_each_part_is_reported_before_it_is_stored(services, tmp_path, monkeypatch, orders):
    arriving(monkeypatch, orders[:5], orders[5:])
    steps = []
    (result,) = services.imports.take_paths([tmp_path / "export.csv"], account="Me", new_account=True, watch=steps.append)
    assert [(step.stored, step.count, step.kept) for step in steps] == [
        (0, len(orders), False),
        (5, len(orders), False),
        (len(orders), len(orders), True),
    ]
    assert result.new == services.ledger.orders(Filter()).total == len(orders)
