"""The help of the command line in other languages."""

import subprocess
import sys
from pathlib import Path

import pytest

SHOPPER = Path(sys.executable).parent / "shopper"


def help_of(language: str, *command: str, home: Path) -> str:
    environment = {"SHOPPER_HOME": str(home), "SHOPPER_LANGUAGE": language, "COLUMNS": "100", "PYTHONUTF8": "1"}
    done = subprocess.run([SHOPPER, *command, "--help"], env=environment, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.replace("│", " ").split())


@pytest.mark.parametrize(
    ("language", "about", "options"),
    [("en", "List orders, newest first.", "Options"), ("de", "Listet Bestellungen auf, Neues zuerst.", "Optionen")],
)
def test_help_speaks_the_language_that_is_set(tmp_path, language, about, options):
    shown = help_of(language, "orders", home=tmp_path)
    assert about in shown
    assert f" {options} " in shown


def test_japanese_help_is_not_cut_where_it_has_no_spaces(tmp_path):
    shown = help_of("ja", "orders", home=tmp_path)
    assert "このアカウントだけ" in shown
    assert "…" not in shown.replace("...", "")


def test_the_language_of_the_data_folder_that_is_named_counts(tmp_path):
    (tmp_path / "settings.toml").write_text('language = "fr"\n', "utf-8")
    done = subprocess.run(
        [SHOPPER, "orders", "--help", "--home", str(tmp_path)], env={"LANG": "de_DE.UTF-8"}, capture_output=True, text=True, check=True
    )
    assert "Liste les commandes" in done.stdout
