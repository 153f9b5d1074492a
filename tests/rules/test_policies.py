"""Every clause that a rule cites can be looked up, and says how sure it is."""

import re
from datetime import date
from pathlib import Path

from assistant.rules import RULES
from assistant.rules.base import cited, clauses


def test_all_thirty_clauses_say_where_they_stand_when_they_were_read_and_how_sure_they_are():
    assert list(clauses()) == [f"P{number:02}" for number in range(1, 31)]
    for clause in clauses().values():
        assert clause["text"]
        assert clause["source"]
        assert clause["grade"] in set("ABCDU")
        assert date.fromisoformat(clause["read"]).year >= 2026


def test_a_citation_reads_as_source_date_and_grade():
    assert re.fullmatch(r"P14: .+ \(read 2026-\d\d-\d\d, grade A\)", cited("P14"))


def test_every_family_of_rules_is_asked():
    families = {path.stem for path in Path(RULES[0].__code__.co_filename).parent.glob("*.py") if "\nRULES = (" in path.read_text()}
    assert {rule.__module__.rpartition(".")[2] for rule in RULES} == families
