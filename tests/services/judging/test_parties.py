"""Where the orders of two accounts went, as the server remembers it while other programs change the ledger."""

from datetime import date

import pytest

from assistant.bootstrap import build
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.services.judging.parties import RememberedHouses, houses_by_key
from assistant.settings import Settings
from assistant.storage.accounts.register import accounts_by_id
from tests.services.visits.shop_pages import BUSINESS, checkout, page

LAMP = CatalogueProduct("B0LAMP0001", "Desk lamp", 2000, "home", 1)
FERN, OAK, MILL = "12 Fern Street Portland OR 97205", "9 Oak Avenue Portland OR 97205", "4 Mill Road Salem OR 97301"


def purchase(number: int, address: str) -> ExportOrder:
    line = ExportLine(product=LAMP, quantity=1, price=LAMP.price, tax=0)
    return ExportOrder(
        number=f"112-000000{number}-0000001",
        on=date(2025, 3, number),
        lines=(line,),
        site="Amazon.com",
        currency="USD",
        payment="Visa - 1111",
        address=address,
    )


@pytest.fixture
def other_program(services, clock):
    """A second program with the same ledger open, as a command is beside the server."""
    found = build(Settings(home=services.home, port=0, database=services.database.url), clock=clock)
    yield found
    found.close()


@pytest.fixture
def bring(tmp_path):
    """Let a program import purchases into an account as an export of this name."""

    def run(program, name: str, account: str, *purchases: ExportOrder):
        write_export(tmp_path / name, purchases, old=False)
        return program.imports.take_paths([tmp_path / name], account=account)[0]

    return run


def test_remembered_houses_are_those_of_the_ledger_whatever_another_program_changes(household, other_program, bring):
    remembered = RememberedHouses()

    def houses():
        with household.database.reading() as session:
            accounts = accounts_by_id(session)
            found = remembered(session, accounts)
            assert found == houses_by_key(session, accounts)
            assert remembered(session, accounts) is found
        return {key: list(places) for key, places in found.items()}

    assert houses() == {"per": [], "biz": []}
    first = bring(other_program, "a.zip", "per", purchase(2, FERN))
    assert houses() == {"per": [FERN], "biz": []}
    bring(household, "b.zip", "biz", purchase(3, MILL), purchase(4, OAK))
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

    first = bring(other_program, "a.zip", "per", purchase(2, OAK))
    assert [codes(), codes()] == [[], []]
    other_program.removal.remove(first.id)
    bring(other_program, "b.zip", "per", purchase(3, FERN))
    assert codes() == ["ADDRESS_MISMATCH"]
