"""Messages come back from the ledger as they were stored, and can be read in another language."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.judging.verdict import Message, Param, SaidAmount, said
from assistant.storage.warnings.stored_messages import message_text, messages_text, stored_message, stored_messages

NAMES = st.text(max_size=12).filter(lambda text: not text[:1].isdigit() and not text.startswith("-"))
PLAIN = st.one_of(
    NAMES,
    st.integers(0, 10_000),
    st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    st.builds(SaidAmount, st.decimals(0, 999, places=2).map(str), st.sampled_from(["EUR", "JPY"])),
)
KEYS = st.sampled_from(["WRONG_ACCOUNT_ROUTE", "parts.rule"])
PARAMS: st.SearchStrategy[Param] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(tuple),
        st.builds(lambda key, values: said(key, **values), KEYS, st.dictionaries(st.sampled_from(["title", "number"]), inner, max_size=2)),
    ),
    max_leaves=5,
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(["items", "account", "day"]), PARAMS, max_size=3))
def test_a_message_comes_back_as_it_was_stored(params: dict[str, Param]):
    message = said("WRONG_ACCOUNT_ROUTE", **params)
    assert stored_message(message_text(message)) == message
    assert stored_messages(messages_text([message, Message("sources.cards")])) == (message, Message("sources.cards"))


@pytest.mark.parametrize("text", ["", "[]", "7", '{"a": 1}', '["key"]', "null"])
def test_any_other_text_is_refused(text: str):
    with pytest.raises((ValueError, TypeError)):
        stored_message(text)
