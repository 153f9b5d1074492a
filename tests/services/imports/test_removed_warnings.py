"""Warnings about orders go when their orders go, and come back with them."""

from datetime import date

import pytest

from assistant.domain.errors import Conflict
from assistant.domain.filters import Filter
from assistant.domain.terms import Term, TermKind
from tests.services.visits.shop_pages import checkout, page
from tests.services.warnings.test_due_dates import order
from tests.services.warnings.test_retrospective import TONER, bring, household, purchase

__all__ = ["bring", "household", "order"]


def warnings(services) -> list[tuple]:
    found = services.alerts.alerts(open_only=False).items
    return [(alert.id, alert.account, alert.order, alert.text, alert.dismissed_at is None) for alert in found]


@pytest.fixture
def warned(household, bring):
    """Two purchases on the wrong account, each with its warning; one of them is dismissed."""
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    assert bring("per", purchase(8, 3), purchase(9, 1)) == (2, 0)
    household.alerts.dismiss(household.alerts.alerts().items[0].id)
    return household


def imported(services) -> int:
    return next(step.id for step in services.journal.steps().items if step.what.startswith("Imported"))


def test_an_undone_import_takes_the_warnings_about_its_orders_and_brings_them_back(warned):
    before = warnings(warned)
    assert len(before) == 2
    undone = warned.journal.undo(imported(warned))
    assert warnings(warned) == []
    warned.journal.undo(undone.id)
    assert warnings(warned) == before


def test_an_undone_import_that_is_imported_again_raises_its_warnings_once(warned, bring):
    warned.journal.undo(imported(warned))
    assert bring("per", purchase(8, 3), purchase(9, 1)) == (2, 0)
    assert [order for _, _, order, _, _ in warnings(warned)] == [purchase(8, 3).number, purchase(9, 1).number]


def test_a_warning_of_a_page_stays_without_its_order_and_gets_it_again(household, bring):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Black toner cartridge")))
    bring("per", purchase(9, 0), purchase(8, 2))
    before = warnings(household)
    assert [order for _, _, order, _, _ in before] == [purchase(8, 2).number, purchase(9, 0).number]
    undone = household.journal.undo()
    assert [(order, text) for _, _, order, text, _ in warnings(household)] == [(None, before[1][3])]
    household.journal.undo(undone.id)
    assert warnings(household) == before


def test_a_warning_about_a_return_window_goes_and_comes_back_with_its_order(services, order):
    order("November 27, 2026")
    services.terms.add(Term(kind=TermKind.MEMBERSHIP, account="per", what="audible", until=date(2026, 11, 27), details={"plan": "trial"}))
    assert services.due_dates.look() == 2
    before = warnings(services)
    services.removal.remove(services.imports.imports().items[0].id)
    assert [text for _, _, _, text, _ in warnings(services)] == ["The free trial of Audible ends on 27 Nov 2026, and then it costs money."]
    services.journal.undo()
    assert warnings(services) == before


def test_a_removed_account_takes_its_warnings_and_brings_them_back(warned):
    before = warnings(warned)
    warned.account_moves.remove("per")
    assert warnings(warned) == []
    warned.journal.undo()
    assert warnings(warned) == before


def test_nothing_belongs_elsewhere_after_a_merge_until_it_is_undone(warned):
    before = warnings(warned)
    warned.account_moves.merge("per", "biz")
    assert [alert.text for alert in warned.alerts.alerts().items] == []
    warned.journal.undo()
    assert warnings(warned) == before


def test_adding_an_account_is_undone_after_its_import_that_raised_warnings(services, bring):
    services.accounts.add("Garden Club", "club", key="club")
    services.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    assert bring("club", purchase(8, 3), purchase(9, 1)) == (2, 0)
    rule, account = (next(step.id for step in services.journal.steps().items if words in step.what) for words in ("rule", "Garden"))
    services.journal.undo()
    services.journal.undo(rule)
    services.journal.undo(account)
    assert [entry.key for entry in services.accounts.all()] == ["per", "biz"]
    assert services.ledger.views(Filter()).total == 0


def test_an_undo_that_cannot_go_on_names_the_step_in_the_way_and_its_command(warned):
    steps = {step.what: step.id for step in warned.journal.steps().items}
    added, wanted = steps["Added the account 'Personal'"], imported(warned)
    dismissed = warned.journal.steps().items[0].id
    with pytest.raises(Conflict, match=f"Step {wanted} stands in the way: Imported .*: shopper undo {wanted}$"):
        warned.journal.undo(added)
    undone = warned.journal.undo(wanted)
    with pytest.raises(Conflict, match=f"Step {undone.id} stands in the way: Undid: Imported .*: shopper undo {undone.id}$"):
        warned.journal.undo(dismissed)


def test_an_account_that_a_browser_has_shown_names_the_command_that_removes_it(household):
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout(TONER.title)))
    for step in (step for step in household.journal.steps().items if "customer id" in step.what):
        household.journal.undo(step.id)
    added = next(step.id for step in household.journal.steps().items if step.what == "Added the account 'Personal'")
    with pytest.raises(Conflict, match=r"shopper accounts remove per$"):
        household.journal.undo(added)
