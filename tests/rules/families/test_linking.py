"""Whether two accounts can be linked."""

import pytest

from tests.rules.situations import BIZ, FAR, LEE, PER, codes, verdict

FULL = {"name": "Kim Ortiz", "phone": "+1 555 0100", "addresses": ["home/10001"]}
MINE = {**PER, **FULL}
OTHER = {**BIZ, **FULL, "phone": "1555-0100"}
EVENT = {"page": "link_accounts", "with": "biz", "items": []}


def year(account, orders=20, returned=2, cancelled=1):
    return {"type": "year_orders", "account": account, "orders": orders, "returned": returned, "cancelled": cancelled}


@pytest.mark.parametrize(
    ("other", "history", "expected"),
    [
        ({}, [], {}),
        ({"owner": "lee"}, [], {"LINK_NOT_YOURS": "block-confirm"}),
        ({"owner": "lee", "representatives": ["kim"]}, [], {}),
        ({"phone": None}, [], {"LINK_INCOMPLETE": "warn"}),
        ({"phone": "1 555 0101"}, [], {"LINK_DIFFERENT": "warn"}),
        ({"name": "Ortiz Design LLC"}, [], {"LINK_DIFFERENT": "warn"}),
        ({"addresses": ["studio/10002"]}, [], {"LINK_DIFFERENT": "warn"}),
        ({"addresses": [], "phone": "9"}, [], {"LINK_INCOMPLETE": "warn", "LINK_DIFFERENT": "warn"}),
        ({"status": "on_hold"}, [], {"LINK_RESTRICTED": "block-confirm"}),
        ({"open_alerts": 1}, [], {"LINK_RESTRICTED": "block-confirm"}),
        ({}, [year("per"), year("biz", returned=6)], {}),
        ({}, [year("per"), year("biz", returned=7)], {"LINK_FIGURES": "notice"}),
        ({}, [year("per"), year("biz", cancelled=6)], {"LINK_FIGURES": "notice"}),
        ({}, [year("per"), year("biz", orders=9, returned=9)], {}),
        ({}, [year("per", orders=10), year("biz", orders=10, returned=9)], {"LINK_FIGURES": "notice"}),
        ({}, [year("biz", returned=9)], {}),
    ],
)
def test_accounts_of_one_owner_with_complete_matching_details_can_be_linked(other, history, expected):
    assert codes(EVENT, accounts=[MINE, {**OTHER, **other}], history=history) == expected


def test_missing_or_different_details_are_named_with_the_page_to_fix_them():
    found = verdict(EVENT, accounts=[MINE, {**OTHER, "name": None, "phone": "9"}]).reasons
    assert [(reason.code, reason.evidence) for reason in found] == [
        ("LINK_INCOMPLETE", ("Kim's Studio: name",)),
        ("LINK_DIFFERENT", ("phone",)),
    ]
    assert all("Login & security" in reason.advice for reason in found)


def test_an_unregistered_or_identical_account_gives_nothing():
    assert codes({**EVENT, "with": "ghost"}, accounts=[MINE, OTHER]) == {}
    assert codes({**EVENT, "with": "ghost"}, accounts=[MINE, OTHER], history=[year("per")]) == {}
    assert codes({**EVENT, "with": "per"}, accounts=[MINE, OTHER]) == {}
    assert codes({**EVENT, "with": "per"}, accounts=[{**MINE, "phone": None}, OTHER]) == {}
    assert codes({**EVENT, "with": "far"}, accounts=[MINE, LEE, {**FAR, **FULL}]) == {"LINK_NOT_YOURS": "block-confirm"}


def test_figures_that_are_far_apart_are_mentioned():
    found = verdict(EVENT, accounts=[MINE, OTHER], history=[year("per"), year("biz", returned=10)]).reasons[0]
    assert found.evidence == ("returned: 10% and 50%",)
