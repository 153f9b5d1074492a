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


@pytest.mark.parametrize(
    ("arguments", "german"),
    [
        (["orders", "--limit", "0"], ["Aufruf: shopper orders", "Ungültiger Wert für '--limit': Der Wert muss mindestens 1 sein."]),
        (["orders", "--limit", "x"], ["Ungültiger Wert für '--limit': Hier gehört eine ganze Zahl hin."]),
        (["orders", "--limt", "1"], ["Diese Option gibt es nicht: --limt (Möglich: --limit, --to)", "Hilfe gibt 'shopper orders -h'."]),
        (["order"], ["Es fehlt das Argument 'ORDER'."]),
        (["order", "1", "2"], ["Zu viele Argumente (2)"]),
        (["export", "xlsx", "-o"], ["Die Option '-o' braucht einen Wert."]),
        (["accounts", "lits"], ["Fehler", "Den Befehl 'lits' gibt es nicht. Meinten Sie 'list'?"]),
        (["statements", "import", "x", "--dates", "ymd"], ["Ungültiger Wert für '--dates': 'ymd' ist nicht dabei: 'dmy', 'mdy'."]),
        (["household", "gift", "biz", "1", "--until", "May"], ["'May' hat nicht die Form '%Y-%m-%d'."]),
    ],
)
def test_what_is_wrong_with_arguments_is_said_in_the_language_too(shopper, arguments, german):
    found = shopper(*arguments, SHOPPER_LANGUAGE="de")
    assert found.code == 2
    said = " ".join(found.err.replace("|", " ").split())
    # The terminal of this fixture knows ASCII only.
    for sentence in german:
        assert sentence.encode("ascii", "replace").decode() in said


def test_an_english_command_after_a_german_one_is_english_again(shopper):
    assert "Fehler" in shopper("accounts", "lits", SHOPPER_LANGUAGE="de").err
    assert "No such command 'lits'" in shopper("accounts", "lits", SHOPPER_LANGUAGE="en").err
    assert "Ihre Konten" in shopper("accounts", SHOPPER_LANGUAGE="de").out
    found = shopper("accounts", SHOPPER_LANGUAGE="en").out
    assert "Your accounts" in found
    assert "Usage: shopper accounts" in found


def test_data_is_the_same_in_every_language_and_text_is_not(shopper):
    assert shopper("demo", "--no-app").code == 0
    for command in ("orders --limit 3", "books date:2026", "expenses", "coverage", "alerts", "reminders", "rules list", "settings keys"):
        words = command.split()
        data = {shopper(*words, "--json", SHOPPER_LANGUAGE=language).out for language in ("en", "de", "ja")}
        assert len(data) == 1, command
        text = {shopper(*words, SHOPPER_LANGUAGE=language).out for language in ("en", "de", "ja")}
        assert len(text) == 3, command
    assert len({shopper("reminders", "--csv", SHOPPER_LANGUAGE=language).out for language in ("en", "fr")}) == 1
