"""Which fields an edit of a term sets, clears and leaves unchanged."""

from datetime import date

import msgspec
import pytest

from assistant.domain.terms import Term, TermChange, TermKind
from assistant.wire.shape import builtins, decode, encode
from assistant.wire.terms import TermBody, TermChangeBody

DAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("change", "body"),
    [
        (TermChange(), {}),
        (TermChange(what="prime", on=DAY), {"what": "prime", "on": "2026-12-03"}),
        (TermChange(cleared=frozenset({"on", "until"})), {"on": None, "until": None}),
        (TermChange(until=DAY, details={"plan": "paid", "text": None}), {"until": "2026-12-03", "details": {"plan": "paid", "text": None}}),
    ],
)
def test_an_edit_says_what_it_sets_and_what_it_clears(change, body):
    assert builtins(TermChangeBody.of(change)) == body
    assert decode(encode(body), TermChangeBody).to_domain() == change


def test_a_term_survives_a_round_trip():
    term = Term(kind=TermKind.MEMBERSHIP, what="prime", account="me", on=DAY, details={"plan": "trial", "auto_renew": True})
    assert decode(encode(TermBody.of(term)), TermBody).to_domain() == term


@pytest.mark.parametrize("details", ['{"a": "\\u0000"}', '{"a\\u0000": 1}', '{"a": [[[[[[[[[[1]]]]]]]]]]}', '{"a": 1e999}', "7"])
@pytest.mark.parametrize("shape", [TermBody, TermChangeBody])
def test_details_that_a_ledger_cannot_store_are_refused(shape, details):
    with pytest.raises(msgspec.DecodeError):
        decode(f'{{"kind": "note", "what": "x", "details": {details}}}', shape)
