"""Rules as lines of text: read, checked, and written back."""

import pytest

from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.judging.user_rules.parsing import checked_rule, read_rule, written_rule

ROUTE = {"type": "route", "match": {"words": ["toner", "ink"], "price": {"min": "50", "currency": "USD"}}, "to": "biz", "strength": "hard"}
SHIP = {"type": "ship", "account": "biz", "only": ["office/98101", "12 Elm St, Austin 78704"]}


def known(kind, name):
    words = {
        "account": {"Ortiz Design": "biz", "biz": "biz", "per": "per"},
        "category": {"Office": "office", "office": "office"},
        "purpose": {"Business": "business", "business": "business"},
    }[kind]
    if name not in words:
        raise NotFound(f"There is no {kind} '{name}'.")
    return words[name]


@pytest.mark.parametrize("rule", [ROUTE, SHIP], ids=lambda rule: rule["type"])
def test_a_written_rule_is_read_back_to_the_same(rule):
    whole = checked_rule(rule, known)
    again = read_rule(rule["type"], {name: text for name, text in written_rule(whole).items() if text})
    assert checked_rule(again, known) == whole


def test_lists_are_separated_by_commas_and_addresses_by_semicolons():
    assert read_rule("route", {"words": "toner, ink", "to": "Ortiz Design"})["match"] == {"words": ["toner", "ink"]}
    assert read_rule("ship", {"only": "office/98101, home/97205"})["only"] == ["office/98101", "home/97205"]
    assert read_rule("ship", {"only": "office/98101; 12 Elm St, Austin 78704"})["only"] == ["office/98101", "12 Elm St, Austin 78704"]


def test_an_account_is_named_by_label_or_key():
    for name in ("Ortiz Design", "biz"):
        assert checked_rule({**ROUTE, "to": name}, known)["to"] == "biz"
    with pytest.raises(NotFound):
        checked_rule({**ROUTE, "to": "nobody"}, known)


def test_every_category_and_purpose_of_a_rule_is_a_known_one():
    budget = {"type": "budget", "month": "50", "currency": "USD", "category": ["Office"], "purpose": ["Business"]}
    assert checked_rule(budget, known) == {**budget, "category": ["office"], "purpose": ["business"]}
    for change in ({"match": {"category": ["ofice"]}}, {"match": {"category": ["office", "ofice"]}}):
        with pytest.raises(NotFound, match="no category 'ofice'"):
            checked_rule({**ROUTE, **change}, known)
    with pytest.raises(NotFound, match="no purpose 'bus'"):
        checked_rule({**budget, "purpose": ["business", "bus"]}, known)
    with pytest.raises(NotFound, match="no category 'toyz'"):
        checked_rule({"type": "purpose", "account": "biz", "business_categories": ["toyz"]}, known)


def test_an_item_is_tagged_with_a_category_or_as_what_it_is_for():
    tag = {"type": "tag", "match": {"words": ["toner"]}}
    for word, stored in (("Office", "office"), ("Resale", "resale"), ("customer", "customer")):
        assert checked_rule({**tag, "tag": word}, known)["tag"] == stored
    with pytest.raises(NotFound, match="no category 'custmer'"):
        checked_rule({**tag, "tag": "custmer"}, known)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "rout"}, "A rule needs a type: one of"),
        ({"to": ""}, "needs 'to'"),
        ({"match": {}}, "needs at least one of"),
        ({"match": ["toner"]}, "'match' says what a rule is about"),
        ({"color": "red"}, "has no part 'color'"),
        ({"strength": "harder"}, "is one of"),
        ({"match": {"words": ["toner"], "price": {"min": "60", "max": "50"}}}, "so the rule would match nothing"),
        ({"until": "29.02.2028"}, "is a day like"),
    ],
)
def test_a_bad_part_is_named(change, words):
    with pytest.raises(InvalidInput, match=words):
        checked_rule({**ROUTE, **change}, known)


def test_an_unknown_part_in_a_form_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match=r"has no part 'colour'\. It takes words"):
        read_rule("route", {"colour": "red"})
