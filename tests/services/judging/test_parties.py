"""Rules, and the houses that orders of two accounts went to: the server's cache while other programs change the ledger."""

from datetime import date

import pytest

from assistant.bootstrap import build
from assistant.services.judging.parties import RememberedRegister, houses_by_key
from assistant.settings import Settings
from assistant.storage.accounts.register import accounts_by_id
from assistant.storage.visits.visits import outset
from tests.purchases import LAMP, bought, export_of
from tests.services.visits.shop_pages import BUSINESS, checkout, page

FERN, OAK, MILL = "12 Fern Street Portland OR 97205", "9 Oak Avenue Portland OR 97205", "4 Mill Road Salem OR 97301"


def went_to(address, number):
    return bought(number, date(2025, 3, number), LAMP, address=address)


@pytest.fixture
def other_program(services, clock):
    """A second program that has the same ledger open, like a command beside the server."""
    found = build(Settings(home=services.home, port=0, database=services.database.url), clock=clock)
    yield found
    found.close()


@pytest.fixture
def bring(tmp_path):
    """Return a function that lets a program import purchases into an account, as an export with this name."""

    def run(program, name: str, account: str, *purchases):
        return program.imports.take_paths([export_of(tmp_path / name, *purchases)], account=account)[0]

    return run


def test_cached_houses_are_those_of_the_ledger_after_any_change_by_another_program(household, other_program, bring):
    remembered = RememberedRegister()

    def houses():
        with household.database.reading() as session:
            accounts = accounts_by_id(session)
            found = remembered(session, outset(session, "")[0]).houses(session, accounts)
            assert found == houses_by_key(session, accounts)
            assert remembered(session, outset(session, "")[0]).houses(session, accounts) is found
        return {key: list(places) for key, places in found.items()}

    assert houses() == {"per": [], "biz": []}
    first = bring(other_program, "a.zip", "per", went_to(FERN, 2))
    assert houses() == {"per": [FERN], "biz": []}
    bring(household, "b.zip", "biz", went_to(MILL, 3), went_to(OAK, 4))
    assert houses() == {"per": [FERN], "biz": [MILL, OAK]}
    other_program.removal.remove(first.id)
    assert houses() == {"per": [], "biz": [MILL, OAK]}
    other_program.journal.undo()
    assert houses() == {"per": [FERN], "biz": [MILL, OAK]}
    other_program.account_moves.rename("per", "me")
    assert houses() == {"me": [FERN], "biz": [MILL, OAK]}
    other_program.account_moves.merge("me", "biz")
    assert houses() == {"biz": [FERN, MILL, OAK]}
    household.journal.undo()
    assert houses() == {"me": [FERN], "biz": [MILL, OAK]}


def test_a_checkout_is_judged_by_the_house_that_another_program_imported_a_moment_ago(household, other_program, bring):
    def codes() -> list[str]:
        html = checkout("Desk lamp", "B0LAMP0001", "12 Fern Street, Portland, OR 97205", card="Amex 3007", to="")
        reply = household.visits.answer("browser", page("/checkout/p/p-1/spc", html, BUSINESS))
        return [reason["code"] for reason in reply["verdict"]["reasons"]]

    first = bring(other_program, "a.zip", "per", went_to(OAK, 2))
    assert [codes(), codes()] == [[], []]
    other_program.removal.remove(first.id)
    bring(other_program, "b.zip", "per", went_to(FERN, 3))
    assert codes() == ["ADDRESS_MISMATCH"]


def test_a_checkout_is_judged_by_the_rules_that_another_program_changed_a_moment_ago(household, other_program):
    def codes() -> list[str]:
        html = checkout("Desk lamp", "B0LAMP0001", "12 Fern Street, Portland, OR 97205", card="Amex 3007", to="")
        reply = household.visits.answer("browser", page("/checkout/p/p-1/spc", html, BUSINESS))
        return [reason["code"] for reason in reply["verdict"]["reasons"]]

    assert [codes(), codes()] == [[], []]
    rule = other_program.rules.add({"type": "route", "match": {"words": ["lamp"]}, "to": "per"})
    assert codes() != []
    other_program.rules.remove(rule.id)
    assert codes() == []
    household.journal.undo()
    assert codes() != []
