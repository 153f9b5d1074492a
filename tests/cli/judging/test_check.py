"""`shopper check`: verdicts on described situations."""

import json

import pytest

ACCOUNTS = """
people: &everyone
  - {key: per, cid: A1PER0000001, kind: personal, owner: kim, home: H1, sites: [amazon.com], addresses: [home/10001]}
  - {key: biz, label: Studio, cid: A1BIZ0000002, kind: business, owner: kim, home: H1, sites: [amazon.com], amazon_business: true}
"""
SCENARIOS = (
    ACCOUNTS
    + """
defaults: {dup_window_days: 3}
scenarios:
  - id: A1
    accounts: *everyone
    rules: [{type: route, match: {words: [toner]}, to: biz, strength: hard}]
    event: {at: 2026-11-23T09:12, page: checkout, account: per, items: [{asin: B0TONER001, title: Black toner}]}
  - id: A2
    accounts: *everyone
    history: [{type: order, account: biz, at: 2026-11-19, asin: B0TONER001, state: delivered}]
    event: {at: 2026-11-23, page: checkout, account: per, items: [{asin: B0TONER001, title: Black toner}]}
"""
)


@pytest.fixture
def described(tmp_path):
    def write(text, name="described.yaml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_each_situation_is_answered_in_the_contract_format(shopper, described):
    done = shopper("check", described(SCENARIOS), "--json")
    assert done.code == 0
    first, second = done.json
    assert (first["id"], first["verdict"], first["suggest"]) == ("A1", "block-confirm", "biz")
    assert set(first["reasons"][0]) == {"code", "level", "text", "advice", "evidence", "source"}
    assert second == {"id": "A2", "verdict": "allow", "suggest": None, "reasons": []}


def test_json_is_read_like_yaml_and_one_situation_like_many(shopper, described):
    one = {"accounts": [{"key": "per"}], "event": {"page": "close_account", "account": "per"}}
    done = shopper("check", described(json.dumps(one), "one.json"), "--json")
    assert [(answer["id"], answer["verdict"]) for answer in done.json] == [(1, "block-confirm")]


def test_the_default_output_is_readable_text(shopper, described):
    done = shopper("check", described(SCENARIOS))
    assert "A1: ‼ Stop and confirm (better on biz)" in done.out
    assert "A2: nothing to say" in done.out


def test_an_invalid_situation_still_gets_an_answer_and_ids_must_be_unique(shopper, described):
    done = shopper("check", described("scenarios: [5, {id: x}, {id: x, event: {page: cart}}, {event: {at: 2026-13-45}}]"), "--json")
    assert done.code == 1
    assert [(answer["id"], answer["verdict"], "problem" in answer) for answer in done.json] == [
        (1, "allow", True),
        ("x", "allow", True),
        ("x (3)", "allow", False),
        (4, "allow", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "a: [",
        "scenarios: 5",
        "a: &a [*a]",
        "[" * 50000,
        "- " * 50000,
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{step}: &a{step} [{', '.join([f'*a{step - 1}'] * 10)}]\n" for step in range(1, 9)),
    ],
    ids=["empty", "a word", "broken", "no list", "inside itself", "deep JSON", "deep YAML", "a bomb of aliases"],
)
def test_a_file_without_situations_is_a_usage_error(shopper, described, text):
    done = shopper("check", described(text))
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err


def test_a_missing_or_binary_file_is_a_usage_error(shopper, tmp_path):
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    assert shopper("check", tmp_path / "missing.yaml").code == 2
    assert shopper("check", tmp_path / "bytes.yaml").code == 2
