"""The data files of tax forms: complete, checked when read, and with the right line numbers of each year."""

import pytest

from assistant.domain.categories import BUSINESS_CATEGORIES
from assistant.domain.errors import NotFound
from assistant.domain.taxes.forms import Grade
from assistant.exports.taxes import form_files
from assistant.exports.taxes.form_files import form_years, newest_lines, tax_form

YEARS = {
    "schedule-c": ["2024", "2025"],
    "sa103f": ["2024-25", "2025-26"],
    "sa103s": ["2024-25", "2025-26"],
    "euer": ["2024", "2025"],
    "t2125": ["2024", "2025"],
}
GERMAN = {"111": "12", "103": "16", "100": "27", "110": "29", "130": "33", "132": "36", "280": "43", "221": "44", "281": "45", "194": "46"}
GERMAN |= {"223": "49", "228": "50", "229": "51", "224": "54", "185": "57", "183": "60", "175": "63"}
BRITISH = {"costOfGoods": ("17", "11"), "carVanTravelExpenses": ("20", "12"), "adminCosts": ("23", "18"), "otherExpenses": ("30", "19")}


def numbers(form, year):
    return {line.key: line.line for line in tax_form(form, year).lines}


def test_every_form_and_year_has_data_with_sources():
    assert {name: [year for form, year in form_years() if form == name] for name in YEARS} == YEARS
    for name, year in form_years():
        form = tax_form(name, year)
        assert form.sources
        assert all(source.text and source.verified_on.year >= 2026 for source in form.sources)
        assert len({line.key for line in form.lines}) == len(form.lines)


def test_a_british_year_starts_on_the_sixth_of_april():
    for name in ("sa103f", "sa103s"):
        form = tax_form(name, "2024-25")
        assert (form.first.isoformat(), form.last.isoformat()) == ("2024-04-06", "2025-04-05")
        assert tax_form(name, "2025-26").grade is Grade.VERIFIED
    assert tax_form("euer", "2024").last.isoformat() == "2024-12-31"


def test_the_numbers_are_those_of_the_forms():
    for year in ("2024", "2025"):
        assert numbers("euer", year).items() >= GERMAN.items()
        assert all(line.line == line.key for line in tax_form("t2125", year).lines)
    for year in YEARS["sa103f"]:
        full, short = numbers("sa103f", year), numbers("sa103s", year)
        assert {key: (full[key], short[key]) for key in BRITISH} == BRITISH
        twins = {line.twin.line: line.line for line in tax_form("sa103f", year).lines if line.twin}
        assert all(int(twin) == int(line) + 15 for twin, line in twins.items())


@pytest.mark.parametrize(("form", "year"), [("schedule-c", "2026"), ("schedule-c", "2019"), ("sa103f", "2026-27"), ("sa103f", "2025")])
def test_a_year_without_data_is_refused_by_name(form, year):
    with pytest.raises(NotFound, match=year):
        tax_form(form, year)


def test_an_unknown_form_is_refused_by_name():
    with pytest.raises(NotFound, match="schedule-f"):
        tax_form("schedule-f", "2025")


def test_a_number_that_moved_still_names_the_same_line():
    assert {newest_lines("schedule-c", number)[0].key for number in ("27a", "27b", "other_expenses")} == {"other_expenses"}
    assert [line.key for line in newest_lines("euer", "36")] == ["132"]
    assert newest_lines("schedule-c", "99") == []


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("schedule-c.toml", 'office = "18"', 'office = "181"'),
        ("schedule-c.toml", "safe-harbor=yes", "safe-harbour=yes"),
        ("schedule-c.toml", "by_name", "byname"),
        ("schedule-c-2025.toml", "safe_harbor =", "harbor ="),
        ("schedule-c-2025.toml", "verified_on = 2026-11-29", ""),
    ],
)
def test_a_file_with_a_mistake_is_refused(tmp_path, monkeypatch, file, right, wrong):
    for known in form_files._FORMS.iterdir():
        (tmp_path / known.name).write_bytes(known.read_bytes())
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert right in text
    (tmp_path / file).write_text(text.replace(right, wrong), encoding="utf-8")
    monkeypatch.setattr(form_files, "_FORMS", tmp_path)
    with pytest.raises(ValueError, match="The file of schedule-c 2025 is wrong"):
        form_files._load.__wrapped__("schedule-c", "2025")


def test_every_business_category_has_a_line_in_every_form_that_allows_it():
    lacking = {name: set(BUSINESS_CATEGORIES) - set(tax_form(name, years[-1]).categories) for name, years in YEARS.items()}
    assert lacking == {
        "schedule-c": {"entertainment"},
        "euer": {"commissions", "entertainment"},
        "sa103f": {"commissions"},
        "sa103s": {"client-gifts", "commissions", "entertainment", "gifts", "meals", "subcontractors"},
        "t2125": {"commissions", "subcontractors"},
    }
