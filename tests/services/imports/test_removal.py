"""An import can be removed and restored: nothing is lost, and other imports do not change."""

from datetime import date

import pytest

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.filters import Filter
from tests.purchases import LAMP, TONER, bought, export_of


def purchase(number, product=LAMP):
    return bought(number, date(2025, 3, number), product)


@pytest.fixture
def bring(services, tmp_path):
    """Import purchases into an account as an export of this name."""
    services.accounts.add("Personal", "personal", key="per")
    services.accounts.add("Ortiz Design", "business", key="biz")

    def run(name: str, account: str, *purchases, **more):
        return services.imports.take_paths([export_of(tmp_path / name, *purchases)], account=account, **more)[0]

    return run


def numbers(services, **found) -> list[str]:
    return sorted(order.order.number for order in services.ledger.each_order(Filter(**found)))


def test_removing_an_import_removes_only_what_no_other_import_reports(services, bring):
    first = bring("a.zip", "per", purchase(1), purchase(2))
    bring("b.zip", "per", purchase(2), purchase(3, TONER))
    before = services.ledger.order("per", purchase(2).number)
    services.removal.remove(first.id)
    assert numbers(services) == [purchase(2).number, purchase(3).number]
    assert services.ledger.order("per", purchase(2).number).order == before.order
    assert [entry.name for entry in services.imports.imports().items] == ["b.zip"]
    with pytest.raises(NotFound):
        services.removal.remove(first.id)


def test_undo_restores_an_import_with_the_users_changes_to_its_orders(services, bring):
    result = bring("a.zip", "per", purchase(1), purchase(2))
    services.ledger.set_item("per", purchase(1).number, 0, category="office", purpose="business")
    services.ledger.correct("per", purchase(2).number, {"total": "25.00"})
    before, spent = list(services.ledger.each_order(Filter())), services.ledger.expenses(Filter())
    services.removal.remove(result.id)
    assert numbers(services) == []
    services.journal.undo()
    assert list(services.ledger.each_order(Filter())) == before
    assert services.ledger.expenses(Filter()) == spent


def test_an_import_is_a_step_that_can_be_undone_and_redone(services, bring):
    bring("a.zip", "per", purchase(1))
    bring("b.zip", "biz", purchase(2))
    assert services.journal.steps().items[0].what == "Imported 'b.zip' to biz"
    undo = services.journal.undo()
    assert numbers(services) == [purchase(1).number]
    services.journal.undo(undo.id)
    assert numbers(services, accounts=("biz",)) == [purchase(2).number]


def test_an_import_that_changes_nothing_is_not_a_step(services, bring):
    bring("a.zip", "per", purchase(1))
    steps = services.journal.steps().total
    bring("a.zip", "per", purchase(1))
    assert services.journal.steps().total == steps


def test_a_zip_that_went_to_the_wrong_account_is_removed_and_imported_to_the_right_one(services, bring):
    wrong = bring("a.zip", "per", purchase(1), purchase(2))
    services.removal.remove(wrong.id)
    bring("a.zip", "biz", purchase(1), purchase(2))
    assert numbers(services, accounts=("biz",)) == [purchase(1).number, purchase(2).number]
    assert numbers(services, accounts=("per",)) == []


def test_undo_does_not_duplicate_what_was_imported_again(services, bring):
    result = bring("a.zip", "per", purchase(1))
    services.removal.remove(result.id)
    removal = services.journal.steps().items[0].id
    bring("a.zip", "per", purchase(1))
    with pytest.raises(Conflict, match="imported again"):
        services.journal.undo(removal)
    assert numbers(services) == [purchase(1).number]


def test_orders_known_under_another_account_are_named_before_they_are_stored(services, bring):
    bring("a.zip", "per", purchase(1), purchase(2))
    asked = []
    refused = bring("b.zip", "biz", purchase(2), purchase(3), allow=lambda result: bool(asked.append(result.known_elsewhere)))
    assert asked == [(("per", purchase(2).number),)]
    assert (refused.state, numbers(services, accounts=("biz",))) == ("failed", [])
    stored = bring("b.zip", "biz", purchase(2), purchase(3))
    assert stored.known_elsewhere == (("per", purchase(2).number),)
    assert numbers(services, accounts=("biz",)) == [purchase(2).number, purchase(3).number]
