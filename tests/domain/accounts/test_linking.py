"""An owner's answers about an account are collected one by one."""

import pytest

from assistant.domain.accounts.linking import Comparison, OwnerStatement, unsaid, with_answer
from assistant.domain.errors import InvalidInput


def test_answers_are_added_and_lists_grow():
    said = OwnerStatement()
    for what, value in (("name", "Kim Ortiz"), ("addresses", "home/78704"), ("addresses", "office/98101"), ("open_alerts", "2")):
        said = with_answer(said, what, value)
    assert said == OwnerStatement(name="Kim Ortiz", addresses=("home/78704", "office/98101"), open_alerts=2)


@pytest.mark.parametrize("value", ["two", "-1", "1.5", ""])
def test_the_number_of_warnings_must_be_a_whole_number(value):
    with pytest.raises(InvalidInput, match="Write 0 if there are none"):
        with_answer(OwnerStatement(), "open_alerts", value)


def test_each_open_question_names_its_account():
    found = Comparison(
        accounts=("per", "biz"), result="mend", reasons=(), fits=(), links=(), asked={"per": ("name",), "biz": ("phone", "name")}
    )
    assert [(key, what) for key, what, _ in unsaid(found)] == [("per", "name"), ("biz", "phone"), ("biz", "name")]
    assert [question for *_, question in unsaid(found)][1] == "Phone number of biz"
