"""The user's settings file: reading, changing one line, bad lines, a full disk."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.errors import InvalidInput, SettingsNotSaved
from assistant.settings.user_settings import FILE, read_user_settings, save_setting


def test_without_a_file_every_setting_has_its_default(tmp_path):
    found = read_user_settings(tmp_path)
    assert (found.theme, found.hide_amounts, found.welcome, found.keys, found.filters, found.problems) == ("", False, True, {}, {}, ())
    assert found.marketplace == "amazon.com"


def test_settings_are_kept_line_by_line_and_comments_stay(tmp_path):
    (tmp_path / FILE).write_text('# mine\ntheme = "nord"  # calm\n\n[filters]\nbig = ">500"\n')
    save_setting(tmp_path, "hide_amounts", "yes")
    save_setting(tmp_path, "theme", "shopper-light")
    save_setting(tmp_path, "filters.late ones", "is:shipping")
    save_setting(tmp_path, "keys.import", "i,ctrl+i")
    found = save_setting(tmp_path, "filters.big", None)
    assert (found.theme, found.hide_amounts) == ("shopper-light", True)
    assert found.filters == {"late ones": "is:shipping"}
    assert found.keys == {"import": "i,ctrl+i"}
    assert "# mine" in (tmp_path / FILE).read_text()


def test_the_country_decides_marketplace_currency_and_start_of_the_week(tmp_path):
    assert save_setting(tmp_path, "country", "de").first_weekday == 0
    found = save_setting(tmp_path, "country", "US")
    assert (found.marketplace, found.currency, found.first_weekday) == ("amazon.com", "USD", 6)
    assert save_setting(tmp_path, "week_start", "monday").first_weekday == 0


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    save_setting(tmp_path, "theme", "nord")
    monkeypatch.setenv("SHOPPER_THEME", "shopper-contrast")
    assert read_user_settings(tmp_path).theme == "shopper-contrast"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('them = "x"', "Did you mean theme?"),
        ('country = "Germany"', "not a value of country"),
        ('week_start = "tuesday"', "not a value of week_start"),
        ("theme = ", "cannot be read"),
        ("[keys]\nimport = 3", "keys.import is not text"),
    ],
)
def test_a_bad_line_is_named_and_the_other_lines_apply(tmp_path, text, words):
    (tmp_path / FILE).write_text(f"hide_amounts = true\n{text}\n")
    found = read_user_settings(tmp_path)
    assert any(words in problem for problem in found.problems)
    assert found.hide_amounts or "cannot be read" in words


def test_a_wrong_name_or_value_is_refused_with_the_nearest_one(tmp_path):
    for name, value, near in (("themes", "x", "theme"), ("hide_amounts", "perhaps", "yes or no"), ("country", "dee", "DE".lower())):
        with pytest.raises(InvalidInput, match=near):
            save_setting(tmp_path, name, value)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("{home}", "own files"),
        ("{home}/receipts", "own files"),
        ("{home}/..", "own files"),
        ("~nobody-of-this-name/Amazon", "whole path"),
        ("Amazon", "whole path"),
        ("/", "Everything"),
    ],
)
def test_a_watched_folder_with_other_files_is_refused_in_commands_and_in_the_file(tmp_path, folder, words):
    home = tmp_path / "shopper"
    home.mkdir()
    folder = folder.format(home=home)
    with pytest.raises(InvalidInput, match=words):
        save_setting(home, "drop_folder", folder)
    (home / FILE).write_text(f'drop_folder = "{folder}"\n')
    found = read_user_settings(home)
    assert found.drop_folder == ""
    assert words in found.problems[0]


def test_a_watched_folder_beside_the_data_folder_or_its_own_drop_folder_is_taken(tmp_path):
    home = tmp_path / "shopper"
    for folder in (home / "drop", tmp_path / "Amazon"):
        assert save_setting(home, "drop_folder", str(folder)).drop_folder == str(folder)


def test_a_broken_file_is_not_overwritten(tmp_path):
    (tmp_path / FILE).write_text("theme = \n")
    with pytest.raises(InvalidInput, match="settings edit"):
        save_setting(tmp_path, "theme", "nord")
    assert (tmp_path / FILE).read_text() == "theme = \n"


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    save_setting(tmp_path, "theme", "nord")

    def full(_number):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsNotSaved, match="No space left"):
        save_setting(tmp_path, "theme", "shopper-light")
    assert read_user_settings(tmp_path).theme == "nord"
    assert sorted(file.name for file in tmp_path.iterdir()) == [FILE]


@pytest.mark.parametrize("text", ["", 'filters = { big = ">5" }\n'])
def test_a_setting_that_cannot_be_stored_does_not_change_the_file(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="cannot be stored"):
        save_setting(tmp_path, "filters.odd", "a\x7fb")
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text


def test_settings_that_are_saved_at_the_same_time_are_all_kept(tmp_path):
    names = [f"filters.mine{number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: save_setting(tmp_path, name, ">50"), names))
    assert {f"filters.{name}" for name in read_user_settings(tmp_path).filters} == set(names)
