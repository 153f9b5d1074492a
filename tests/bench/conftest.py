"""A ledger of a million rows, imported once for all benches that need one."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bench.test_import import export, most_memory

MILLION = 1_000_000


class Million(NamedTuple):
    """The data folder of the ledger, and how much memory the import of its one file took, in megabytes."""

    home: Path
    megabytes: int


@pytest.fixture(scope="session")
def million(tmp_path_factory) -> Million:
    folder = tmp_path_factory.mktemp("million")
    export(folder / "export.zip", MILLION)
    importing = ["--home", folder / "home", "import", folder / "export.zip", "--account", "Me", "--new-account"]
    return Million(folder / "home", most_memory(importing))
