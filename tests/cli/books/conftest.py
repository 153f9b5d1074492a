"""Two accounts with purchases on two cards, and statements of these cards."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.cli import app as cli
from tests.purchases import DESK, LAMP, RULER, bought, export_of


@pytest.fixture(scope="session")
def books_home(new_home, tmp_path_factory) -> Path:
    """A data folder that tests copy. Business: three orders on visa/1111, two alike; private: one on visa/2222 and one in euros."""
    folder = tmp_path_factory.mktemp("books")
    home = shutil.copytree(new_home, folder / "home")
    orders = {
        "biz": (
            bought(1, date(2025, 3, 1), DESK, LAMP, refund=5500),
            bought(2, date(2025, 3, 10), RULER),
            bought(3, date(2025, 3, 10), RULER),
        ),
        "per": (
            bought(4, date(2025, 3, 5), LAMP, card="Visa - 2222"),
            bought(5, date(2025, 4, 2), LAMP, currency="EUR", card="Visa - 2222"),
        ),
    }
    for key, purpose in (("biz", "business"), ("per", "personal")):
        file = export_of(folder / f"{key}.zip", *orders[key])
        assert cli.run(["--home", str(home), "accounts", "add", key, "--purpose", purpose]) == 0
        assert cli.run(["--home", str(home), "import", str(file), "--account", key]) in {0, 1}
    return home


@pytest.fixture
def household(shopper, home, books_home):
    """Run commands on a copy of `books_home`."""
    shutil.copytree(books_home, home)
    return shopper


@pytest.fixture
def statement(tmp_path):
    """Write a CSV statement of lines like ("2025-03-02", "-19.99", "AMZN Mktp US")."""

    def write(name, *lines):
        file = tmp_path / name
        rows = ["Date,Amount,Description,Currency", *(f"{on},{amount},{words},USD" for on, amount, words in lines)]
        file.write_text("\n".join(rows) + "\n")
        return file

    return write
