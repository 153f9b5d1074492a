"""Commands are stored as steps that can be undone and redone."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.bootstrap import build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import Conflict, LedgerUnusable, NotFound
from assistant.domain.journal import Action, Author, acting_as
from assistant.domain.judging.verdict import Level, Message, Reason, SaidAmount, said
from assistant.domain.languages.language import speaking
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Item, Order
from assistant.domain.pages.kinds import SourceKind
from assistant.services.imports.store_document import Arrival, take
from assistant.settings import Settings
from assistant.storage.journal import StepRow
from assistant.storage.warnings.alerts import raise_alert


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per")
    services.accounts.add("Ortiz Design", "business", key="biz")
    return services


def account_labels(services) -> list[str]:
    return [account.label for account in services.accounts.all()]


def test_every_command_is_a_step_with_who_when_what_and_why(household, clock):
    clock.forward(hours=1)
    with acting_as(Author(who="Robin", why="new name")):
        household.accounts.edit("biz", AccountChange(label="Ortiz Studio"))
    step, added, _ = household.journal.steps().items
    assert (step.who, step.why, step.action, step.at) == ("Robin", "new name", Action.ACCOUNT_EDITED, clock.now)
    assert (step.what, added.what) == ("Changed the account 'Ortiz Design'", "Added the account 'Ortiz Design'")


def test_undo_reverts_the_newest_step_then_the_one_before(household):
    household.accounts.edit("biz", AccountChange(label="Ortiz Studio"))
    household.journal.undo()
    assert account_labels(household) == ["Personal", "Ortiz Design"]
    household.journal.undo()
    household.journal.undo()
    assert account_labels(household) == []
    with pytest.raises(NotFound, match="nothing to undo"):
        household.journal.undo()


def test_undoing_an_undo_redoes_the_step(household):
    edited = household.accounts.edit("biz", AccountChange(label="Ortiz Studio", cards=("visa/1234", "amex/3007")))
    undo = household.journal.undo()
    assert household.journal.steps().items[1].undone
    redo = household.journal.undo(undo.id)
    assert household.accounts.get("biz") == edited
    assert not household.journal.steps().items[2].undone
    household.journal.undo(redo.undoes)
    assert account_labels(household) == ["Personal", "Ortiz Design"]


def test_an_earlier_step_can_be_undone_alone(household):
    household.accounts.edit("per", AccountChange(label="Mine"))
    first = household.journal.steps().items[0].id
    household.accounts.edit("biz", AccountChange(label="Studio"))
    household.journal.undo(first)
    assert account_labels(household) == ["Personal", "Studio"]


def test_a_step_changed_by_a_later_one_is_refused_and_nothing_changes(household):
    household.accounts.edit("biz", AccountChange(label="Studio"))
    first = household.journal.steps().items[0].id
    household.accounts.edit("biz", AccountChange(label="Ortiz & Co"))
    with pytest.raises(Conflict, match="later steps first"):
        household.journal.undo(first)
    assert account_labels(household) == ["Personal", "Ortiz & Co"]


def test_a_step_is_undone_once(household):
    household.accounts.edit("biz", AccountChange(label="Studio"))
    first = household.journal.steps().items[0].id
    household.journal.undo(first)
    with pytest.raises(Conflict, match="undone already"):
        household.journal.undo(first)
    with pytest.raises(NotFound):
        household.journal.undo(99)


def test_transactions_of_one_command_are_one_step(household):
    with acting_as(Author(command="both")):
        household.accounts.edit("per", AccountChange(label="Mine"))
        household.accounts.edit("biz", AccountChange(label="Studio"))
    page = household.journal.steps()
    assert page.total == 3
    assert page.items[0].what == "Changed the account 'Personal' (and 1 more)"
    household.journal.undo(page.items[0].id)
    assert account_labels(household) == ["Personal", "Ortiz Design"]


def test_steps_are_paged_and_survive_a_restart(household, home, clock, ledger_url):
    for number in range(60):
        household.accounts.edit("per", AccountChange(label=f"Name {number}"))
    again = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    first = again.journal.steps(limit=40)
    second = again.journal.steps(limit=40, cursor=first.next)
    assert (len(first.items), len(second.items), second.next) == (40, 22, None)
    for _ in range(55):
        again.journal.undo()
    assert account_labels(again) == ["Name 4", "Ortiz Design"]
    again.close()


@pytest.mark.parametrize("statement", ["DELETE FROM steps", "UPDATE steps SET what = ''"])
def test_the_database_itself_refuses_to_change_the_history(household, statement):
    with pytest.raises((DatabaseError, LedgerUnusable)), household.database.writing() as work:
        work.session.execute(text(statement))
    assert household.journal.steps().total == 2


def test_labels_corrections_and_rules_can_be_undone_and_redone(household):
    amounts = {Amount.GRAND_TOTAL: Money(1949, "USD")}
    lamp = Item(asin="B0LAMP0001", title="Desk lamp", quantity=1)
    order = Order(number="112-0000001-0000001", placed_on=date(2026, 3, 2), currency="USD", amounts=amounts, items=(lamp,))
    with household.database.writing() as work:
        source = Source(name="details", kind=SourceKind.ORDER_DETAILS)
        take(work, Arrival(extraction=Extraction(source=source, orders=(order,)), digest="x", name="details"), "per", work.now())
        work.commit()
    household.ledger.set_item("per", order.number, 0, category="medical")
    household.journal.undo()
    assert household.ledger.order("per", order.number).categories != ("medical",)
    household.ledger.correct("per", order.number, {"total": "25.00"})
    household.ledger.correct("per", order.number, {"total": "30.00"})
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    rules = household.rules.all()
    household.rules.remove(rules[0].id)
    household.journal.undo()
    assert household.rules.all() == rules
    household.journal.undo()
    assert household.rules.all() == []
    first = household.journal.undo()
    assert household.ledger.order("per", order.number).order.total.decimal == "25.00"
    household.journal.undo(first.id)
    assert household.ledger.order("per", order.number).order.total.decimal == "30.00"
    household.journal.undo()
    household.journal.undo()
    assert household.ledger.order("per", order.number).order.total.decimal == "19.49"
    assert "you" not in str(household.ledger.order("per", order.number).sources)


def test_each_reader_gets_the_history_in_their_language(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    with speaking("de"):
        household.accounts.edit("biz", AccountChange(label="Ortiz Studio"))
        household.journal.undo()
        undone, edited, rule, *_ = household.journal.steps().items
        assert (undone.what, edited.what) == ("Rückgängig: Konto „Ortiz Design“ geändert", "Konto „Ortiz Design“ geändert")
        assert rule.what == "Regel hinzugefügt: 'toner' gehört zu Ortiz Design; Bestellung anhalten"
    undone, edited, rule, *_ = household.journal.steps().items
    assert (undone.what, edited.what) == ("Undid: Changed the account 'Ortiz Design'", "Changed the account 'Ortiz Design'")
    assert rule.what == "Added the rule: 'toner' goes to Ortiz Design; hold the order"


def test_a_dismissed_warning_is_told_in_the_language_of_the_reader(household):
    with household.database.writing() as work:
        warning = said("PAYMENT_DUE_SOON", amount=SaidAmount("41.50", "EUR"), day=date(2026, 12, 3))
        reason = Reason(code="PAYMENT_DUE_SOON", level=Level.NOTICE, group="", said=warning, source=Message("sources.rules_and_orders"))
        raise_alert(work.session, reason, datetime(2026, 11, 30, tzinfo=UTC))
        work.commit()
    with speaking("de"):
        household.alerts.dismiss(household.alerts.alerts().items[0].id)
        german = household.journal.steps().items[0].what
    english = household.journal.steps().items[0].what
    assert english == "Dismissed the warning: 41.50 EUR of a Monthly Payments plan is due on 3 Dec 2026."
    assert "41,50 EUR" in german


def test_steps_of_early_ledgers_stay_as_they_were_written(household, clock):
    with household.database.writing() as work:
        work.session.add(
            StepRow(command="old", at=clock.now.isoformat(), who="you", action="account-edited", what="Changed {the} account", details={})
        )
        work.commit()
    with speaking("fr"):
        assert household.journal.steps().items[0].what == "Changed {the} account"
