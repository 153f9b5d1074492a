"""Labelled situations: the verdict, every code, the suggested account. Advice about Amazon's limits names no account."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.domain.judging.sentences import spoken
from assistant.rules import judge
from assistant.rules.described.reading import read_situation

SITUATIONS = yaml.safe_load((Path(__file__).parent / "labelled.yaml").read_text(encoding="utf-8"))["situations"]


@pytest.mark.parametrize("described", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_a_situation_gets_its_labelled_verdict(described: dict[str, Any]) -> None:
    expected, found = described["expected"], judge(read_situation(described))
    assert {reason.code for reason in found.reasons} == set(expected["reasons"])
    assert (found.level.value, found.suggest) == (expected["verdict"], expected.get("suggest"))
    keys = [account["key"] for account in described["accounts"]]
    policies = [spoken(reason).advice for reason in found.reasons if reason.group == "policy"]
    assert not [
        advice for advice in policies if any(re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", advice, re.IGNORECASE) for key in keys)
    ]
