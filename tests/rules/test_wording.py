"""All sentences of the rules. `python -m tests.rules.test_wording` stores them again after a wanted change."""

import json
from pathlib import Path
from typing import Any

from assistant.cli.judging.described_files import parsed
from assistant.domain.judging.sentences import catalogue, sentence
from assistant.domain.judging.situation import Situation
from assistant.rules import RULES, codes_afterwards, judge, trials
from assistant.rules.base import AfterPurchase
from assistant.rules.described.reading import read_situation
from tests.rules.situations import EVERYONE, item
from tests.rules.situations import reason_text as spoken_of

GOLDEN = Path(__file__).parents[1] / "golden" / "rules"


def current_sentences() -> dict[str, list[str]]:
    """Return the sentences of the usual situation, and of each other situation those that differ."""
    usual = lines({})
    return {"usual": usual} | {name: [line for line in lines(facts) if line not in usual] for name, facts in situations().items()}


def situations() -> dict[str, Any]:
    found: dict[str, Any] = parsed((GOLDEN / "situations.yaml").read_text(encoding="utf-8"), "situations.yaml")
    return found


def described(facts, **more) -> Situation:
    event = {"at": "2026-11-23T10:00", "page": "checkout", "account": "per", "items": [item()], "currency": "USD"}
    return read_situation({"accounts": EVERYONE, **facts, "event": event | facts.get("event", {}) | more})


def lines(facts) -> list[str]:
    situation = described(facts)
    spoken = [
        " | ".join(
            (reason.code, reason.level, reason.group, reason.text, reason.advice, *reason.evidence, reason.source, reason.suggest or "-")
        )
        for reason in map(spoken_of, judge(situation).reasons)
    ]
    return spoken + [
        f"{trial.codes[0]} quiet: {why}"
        for trial in trials(situation)
        for why in map(sentence, trial.quiet)
        if not why.startswith("This rule only runs on")
    ]


def test_wording_matches_the_reviewed_sentences():
    assert current_sentences() == json.loads((GOLDEN / "said.json").read_text(encoding="utf-8"))


def test_every_citation_says_when_it_is_old():
    for at, old in (("2026-11-23", False), ("2027-11-23", True)):
        sources = [sentence(reason.source) for facts in situations().values() for reason in judge(described(facts, at=at)).reasons]
        cited = [source for source in sources if "; grade " in source]
        assert len(cited) > 10
        assert [source for source in cited if ("older than six months" in source) is not old] == []


def test_every_code_has_a_reviewed_sentence():
    found_codes = {line.split(" | ")[0] for found in current_sentences().values() for line in found}
    assert [code for rule in RULES for code in rule.codes if code not in found_codes] == []


def test_every_reason_that_matters_for_past_purchases_has_a_sentence_about_them():
    codes = codes_afterwards(AfterPurchase.WARNING, AfterPurchase.MISPLACED)
    reasons = catalogue()["reasons"]
    assert codes <= {key.partition(".")[0] for key in reasons}
    assert [key for key, sentences in reasons.items() if key.partition(".")[0] in codes and "past" not in sentences] == []


def test_every_rule_describes_its_check_in_one_or_two_questions():
    assert [rule.codes for rule in RULES if "?" not in sentence(rule.asks) or not sentence(rule.asks)[0].isupper()] == []


if __name__ == "__main__":
    (GOLDEN / "said.json").write_text(json.dumps(current_sentences(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
