"""User rules in words."""

import pytest

from assistant.domain.judging.user_rules.sentences import learned_words, preview_sentence, rule_sentence
from assistant.domain.languages.language import speaking

LABELS = {"biz": "Ortiz Design", "per": "Personal"}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            {"type": "route", "match": {"words": ["toner", "ink"], "category": "office"}, "to": "biz", "strength": "hard"},
            "'toner' or 'ink' in office goes to Ortiz Design; hold the order",
        ),
        (
            {"type": "route", "match": {"seller": "Acme", "price": {"min": 50, "currency": "USD"}}, "to": "per"},
            "Items sold by Acme from 50 USD go to Personal",
        ),
        (
            {"type": "ship", "account": "biz", "only": ["office/98101", "yard/98102"]},
            "Ortiz Design ships only to office/98101 or yard/98102",
        ),
        ({"type": "budget", "account": "per", "month": 600, "currency": "USD"}, "At most 600 USD a month for Personal"),
        ({"type": "gift_card", "to": "biz"}, "Gift cards go to Ortiz Design"),
        ({"type": "gift_card", "to": "gone"}, "Gift cards go to gone"),
    ],
)
def test_a_rule_reads_as_a_sentence(rule, sentence):
    assert rule_sentence(rule, LABELS) == sentence


def test_the_sentence_of_a_rule_with_a_last_day_names_the_day():
    rule = {"type": "gift_card", "to": "biz", "until": "2026-12-31"}
    assert rule_sentence(rule, LABELS) == "Gift cards go to Ortiz Design until 2026-12-31"


def test_a_preview_counts_by_year():
    assert preview_sentence({2025: 3, 2024: 1}, {}, 40) == "Would have warned 3 times in 2025 and once in 2024 (40 past orders)."
    assert (
        preview_sentence({2025: 1}, {2025: 2}, 40)
        == "Would have warned once in 2025; would have hidden a warning 2 times in 2025 (40 past orders)."
    )
    assert preview_sentence({}, {}, 40) == "Would have changed nothing (40 past orders)."
    assert preview_sentence({}, {}, 0) == "There are no past orders to try it on."


def test_a_learned_rule_names_its_answer():
    origin = {"choice": "always_right", "on": "2026-11-25", "code": "CARD_MISMATCH"}
    assert learned_words(origin) == "you said 'always right' on 2026-11-25, warned about the card"
    assert learned_words({**origin, "choice": "continue"}).startswith("you ordered anyway on 2026-11-25")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "'toner' oder 'ink' in der Kategorie Büro gehört zu Ortiz Design, bis 2026-12-31; Bestellung anhalten"),
        ("it", "'toner' o 'ink' della categoria ufficio va su Ortiz Design, fino al 2026-12-31; fermare l'ordine"),
    ],
)
def test_a_rule_speaks_the_language_of_its_reader_and_keeps_the_words_of_its_author(language, sentence):
    match = {"words": ["toner", "ink"], "category": ["office"]}
    rule = {"type": "route", "match": match, "to": "biz", "strength": "hard", "until": "2026-12-31"}
    with speaking(language):
        assert rule_sentence(rule, LABELS) == sentence
