"""An import can be removed and restored: nothing is lost, and other imports do not change."""

import json
import zlib
from datetime import date

import pytest

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.filters import Filter
from assistant.services.books.splits import WantedSplit
from assistant.storage.tables import DocumentRow
from tests.purchases import LAMP, TONER, bought, export_of


def purchase(number, *products):
    return bought(number, date(2025, 3, number), *(products or (LAMP,)))


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
    assert services.outbox.after(services.outbox.latest() - 1)[0].data == {"account": "per", "document": first.id, "new": -1, "changed": 2}
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


def test_a_removed_import_that_an_earlier_version_packed_gets_its_labels_and_splits_back(services, bring):
    result = bring("a.zip", "per", purchase(1, LAMP, TONER), purchase(2))
    services.ledger.set_item("per", purchase(1).number, 0, category="office")
    services.ledger.set_item("per", purchase(1).number, 1, category="tools")
    services.splits.split("per", purchase(2).number, WantedSplit(parts=("business=50%",), item=1))
    before = list(services.ledger.each_order(Filter()))
    services.removal.remove(result.id)
    with services.database.writing() as work:
        document = work.session.get_one(DocumentRow, result.id)
        packed = json.loads(zlib.decompress(document.content))
        removed = packed.pop("removed")
        packed["words"] = {
            number: [
                {"line": item["line"], "item": item["asin"], "category": item["category"], "purpose": None, "person": None}
                for item in order["items"]
                if "category" in item
            ]
            for number, order in removed.items()
        }
        packed["splits"] = {
            number: [{name: value for name, value in split.items() if name != "order_id"} for split in order["splits"]]
            for number, order in removed.items()
            if "splits" in order
        }
        document.content = zlib.compress(json.dumps(packed).encode())
        work.commit()
    services.journal.undo()
    assert list(services.ledger.each_order(Filter())) == before


def entries_and_claims(services):
    return list(services.books.each(Filter())), services.claims.all()


def test_a_restored_import_has_the_entries_splits_and_settled_claims_that_it_had_and_earlier_steps_can_be_undone(services, bring):
    result = bring("a.zip", "per", purchase(1), purchase(2, TONER))
    whole = entries_and_claims(services)
    services.splits.split("per", purchase(1).number, WantedSplit(parts=("business=60%",), item=1))
    services.splits.split("per", purchase(2).number, WantedSplit(parts=("business=50%",)))
    split = entries_and_claims(services)
    services.claims.settle([split[1][0].id])
    settled = entries_and_claims(services)
    assert [claim.state.value for claim in settled[1]].count("settled") == 1
    services.removal.remove(result.id)
    assert entries_and_claims(services) == ([], [])
    for expected in (settled, split):
        services.journal.undo()
        assert entries_and_claims(services) == expected
    for _ in range(2):
        services.journal.undo()
    assert entries_and_claims(services) == whole


def test_a_split_stays_on_its_item_when_two_sources_are_removed_and_only_the_later_one_is_restored(services, bring):
    lamp_first, toner_first = purchase(1, LAMP, TONER), purchase(1, TONER, LAMP)
    first, second = bring("a.zip", "per", lamp_first), bring("b.zip", "per", toner_first)
    services.splits.split("per", lamp_first.number, WantedSplit(parts=("business=50%",), item=1))
    before = {(entry.item.title, entry.shares) for entry in services.books.each(Filter())}
    services.removal.remove(first.id)
    services.removal.remove(second.id)
    services.journal.undo()
    assert {(entry.item.title, entry.shares) for entry in services.books.each(Filter())} == before


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


def test_documents_that_could_not_be_read_are_put_away_one_by_one_and_come_back(services, tmp_path):
    services.accounts.add("Personal", "personal", key="per")
    for name in ("photo.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"milk, bread")
    results = services.imports.take_paths([tmp_path / "photo.png", tmp_path / "notes.txt"], account="per")
    assert [result.state for result in results] == ["failed", "failed"]
    services.removal.remove(results[0].id)
    assert [entry.name for entry in services.imports.imports().items] == ["notes.txt"]
    (event,) = services.outbox.after(services.outbox.latest() - 1)
    assert (event.kind, event.data) == ("import-failed", {"document": results[0].id})
    services.journal.undo()
    assert [(entry.name, entry.state) for entry in services.imports.imports().items] == [("notes.txt", "failed"), ("photo.png", "failed")]
