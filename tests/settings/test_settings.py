"""The data folder and the port: by flag, environment or default."""

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from assistant.domain.errors import InvalidInput
from assistant.settings import load


@pytest.mark.parametrize("folder", ["/x/100%41?x=1#y", "/x/a b", "/x/größe", "/x/plain"])
def test_a_folder_with_any_name_has_its_own_ledger(folder):
    assert make_url(load(home=Path(folder)).database_url).database == f"{folder}/ledger.sqlite"


def test_a_flag_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("SHOPPER_HOME", "/from/environment")
    monkeypatch.setenv("SHOPPER_PORT", "9000")
    assert (load().home, load().port) == (Path("/from/environment"), 9000)
    assert (load(home=Path("/flag"), port=1).home, load(port=1).port) == (Path("/flag"), 1)


@pytest.mark.parametrize("port", ["-1", "65536", "many"])
def test_an_impossible_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("SHOPPER_PORT", port)
    with pytest.raises(InvalidInput, match="to 65535"):
        load()
