"""Invented rules, habits and a preview that the tests of the terminal app show."""

from dataclasses import replace
from datetime import date

from assistant.domain.judging.user_rules.model import Example, Habit, OwnRule, Preview
from assistant.domain.judging.user_rules.sentences import rule_sentence
from tests.tui.household import ACCOUNTS

_LABELS = {account.key: account.label for account in ACCOUNTS}


def own_rule(number: int, body) -> OwnRule:
    return OwnRule(id=number, body=body, text=rule_sentence(body, _LABELS), since=date(2026, 11, 20))


RULES = (
    own_rule(1, {"type": "budget", "account": "biz", "month": "1500", "currency": "USD"}),
    replace(
        own_rule(2, {"type": "route", "match": {"words": ["toner", "ink"]}, "to": "biz", "strength": "hard"}),
        contradictions=("Rule 4 says otherwise ('ink' goes to Personal). Rule 2 is followed: it holds the order, the other only warns.",),
    ),
    replace(
        own_rule(3, {"type": "mute", "code": ["DUP_CROSS_ACCOUNT"], "asin": ["B0INVENT07"], "account": "per"}),
        learned_from="you said 'always right' on 2026-11-20, warned about a thing that another account has just bought",
    ),
)
HABITS = (
    Habit(
        kind="seller",
        name="Sample Labels",
        title="Sample Labels",
        account="biz",
        times=6,
        last=date(2026, 11, 12),
        warns=False,
    ),
    Habit(kind="item", name="B0INVENT04", title="Thermos bottle 0.7 l", account="per", times=4, last=date(2026, 10, 2), warns=True),
)
PREVIEW = Preview(
    text="Would have warned 2 times in 2025 (120 past orders).",
    orders=120,
    warned={2025: 2},
    examples=(
        Example(
            account="per",
            number="112-0000042-0000294",
            on=date(2025, 3, 7),
            title="Toner",
            text="Your rule sends 'Toner' to Ortiz Design, and you are on Personal.",
        ),
    ),
)
