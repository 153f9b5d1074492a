"""Importing a stream of documents: each is stored completely or not at all."""

import threading
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import LedgerBusy, Problem
from assistant.domain.filters import Filter
from assistant.domain.languages.sentences import Sentence
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_path
from assistant.importers.sandbox.parent import Arriving, Stopped
from assistant.services.imports import import_files
from assistant.services.imports.import_files import together
from tests.importers.export_files import invented_rows, write_export
from tests.purchases import LAMP, bought, export_of


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


def test_a_dry_run_of_files_that_overlap_counts_each_order_once(services, tmp_path):
    services.accounts.add("Kim")
    services.accounts.add("Robin")
    files = [
        export_of(tmp_path / f"{at}.zip", *(bought(number, date(2026, 3, number), LAMP) for number in numbers))
        for at, numbers in enumerate(((1, 2), (2, 3), (1, 3)))
    ]
    looked_at = services.imports.take_paths(files, account="kim", dry_run=True)
    assert [(result.new, result.changed, result.same) for result in looked_at] == [(2, 0, 0), (1, 0, 1), (0, 0, 2)]
    assert (together(looked_at).new, together(looked_at).same) == (3, 0)
    services.imports.take_paths(files[:1], account="kim")
    again = services.imports.take_paths(files, account="kim", dry_run=True)
    assert (together(again).new, together(again).changed, together(again).same) == (1, 0, 2)
    other = services.imports.take_paths(files, account="robin", dry_run=True)
    assert together(other).new == 3


def test_an_import_waits_for_another_one_that_is_being_stored(services, tmp_path, monkeypatch, orders):
    # So that the test takes no five seconds.
    database = services.database
    monkeypatch.setattr(database, "_writer", database._writer.execution_options(patience=100))
    arriving(monkeypatch, orders[:5], orders[5:])
    storing, done = threading.Event(), threading.Event()

    def store():
        with database.writing() as work:
            work.session.connection()
            storing.set()
            done.wait(10)

    other = threading.Thread(target=store)
    other.start()
    storing.wait(10)
    with pytest.raises(LedgerBusy):
        services.imports.take_paths([tmp_path / "export.csv"], account="Me", new_account=True, tries=2)
    threading.Timer(0.3, done.set).start()
    (result,) = services.imports.take_paths([tmp_path / "export.csv"], account="Me", new_account=True, tries=50)
    other.join()
    assert result.new == services.ledger.orders(Filter()).total == len(orders)
