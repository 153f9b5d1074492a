"""Every clause that a rule cites has a source, a grade and a date."""

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import assistant.rules
from assistant.domain.judging.sentences import catalogue, sentence
from assistant.domain.judging.verdict import said
from assistant.domain.languages.language import speaking
from assistant.rules import RULES
from assistant.rules.base import Rule
from assistant.rules.policy_citations import cited, clauses
from tests.rules.situations import item, verdict


def test_all_thirty_clauses_have_source_date_and_grade():
    assert (
        list(clauses())
        == [f"P{number:02}" for number in range(1, 31)]
        == list(catalogue()["clauses"])
        == list(catalogue()["clause_sources"])
    )
    for name, clause in clauses().items():
        assert catalogue()["clauses"][name].endswith((".", ".”"))
        assert catalogue()["clause_sources"][name]
        assert clause["grade"] in set("ABCDU")
        assert date.fromisoformat(clause["read"]).year >= 2026


def test_a_citation_has_amazons_words_source_date_and_grade():
    words = "Prime is not “for the purpose of resale, rental, or to ship to their customers”."
    assert (
        sentence(cited("PRIME_RESALE", date(2026, 11, 24)))
        == f"P14: {words} Amazon Prime Terms, 14 August 2026 (read 23 Nov 2026; grade A)"
    )


def test_a_citation_follows_the_language_also_behind_the_words_of_the_page():
    found = said("sources.page", clause=cited("PRIME_RESALE", date(2026, 11, 24)))
    with speaking("de"):
        assert sentence(found) == (
            "die Seite selbst; P14: Prime ist nicht zum Weiterverkauf, zur Vermietung oder zum Versand an eigene Kunden gedacht. "
            "Amazon Prime Terms, 14. August 2026 (gelesen am 23. Nov. 2026; Güte A)"
        )


@pytest.mark.parametrize(("today", "stale"), [("2027-05-23", False), ("2027-05-24", True), ("2026-01-01", False), (None, False)])
def test_a_clause_read_more_than_six_months_before_the_event_says_so(today, stale):
    text = sentence(cited("CLOSE_ACCOUNT", date.fromisoformat(today) if today else None))
    assert ("(read 23 Nov 2026; older than six months, check Amazon's text; grade D)" in text) is stale


def test_a_month_without_that_day_ends_on_its_last_day(monkeypatch):
    monkeypatch.setitem(clauses()["P29"], "read", "2026-08-31")
    assert "older" not in sentence(cited("CLOSE_ACCOUNT", date(2027, 2, 28)))
    assert "older" in sentence(cited("CLOSE_ACCOUNT", date(2027, 3, 1)))


def test_six_months_after_june_is_december(monkeypatch):
    monkeypatch.setitem(clauses()["P29"], "read", "2026-06-15")
    assert "older" not in sentence(cited("CLOSE_ACCOUNT", date(2026, 12, 15)))
    assert "older" in sentence(cited("CLOSE_ACCOUNT", date(2026, 12, 16)))


def test_a_code_is_cited_by_one_clause_and_belongs_to_a_rule():
    listed = [code for clause in clauses().values() for code in clause.get("codes", ())]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {code for rule in RULES for code in rule.codes}


def test_the_text_of_the_page_outweighs_our_clauses_and_is_quoted():
    limit = {"scope": "customer", "max": 1, "text": "Limit 1 per customer"}
    found = verdict({"items": [item(qty=2, limit=limit)]}).reasons[0]
    assert found.evidence[0] == "Amazon's words: “Limit 1 per customer”"
    assert found.source.startswith("the page itself; P10: ")
    unquoted = verdict({"items": [item(qty=2, limit={"max": 1})]}).reasons[0]
    assert unquoted.source.startswith("P10: ")


def test_every_rule_of_every_family_is_used():
    families = Path(assistant.rules.__file__).parent / "families"
    modules = [path.stem for path in families.glob("*.py") if "\nRULES" in path.read_text()]
    assert sorted({name.rpartition(".")[2] for name in map(_module, RULES)}) == sorted(modules)
    written = [name for path in families.glob("*.py") for name in re.findall(r"\blook=(\w+)[,)]", path.read_text())]
    assert set(written) - {"look"} <= {rule.name for rule in RULES}


def test_every_code_belongs_to_one_rule():
    codes = [code for rule in RULES for code in rule.codes]
    assert len(codes) == len(set(codes))


def _module(rule: Rule) -> str:
    look = rule.look
    return look.args[0].__module__ if isinstance(look, partial) else look.__module__
