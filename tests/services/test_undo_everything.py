"""Every kind of step, more than fifty in a row, is undone one by one across restarts; each undo leaves what was there before it."""

import ast
import hashlib
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

import assistant.services
from assistant.bootstrap import Services, build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import Conflict
from assistant.domain.filters import Filter
from assistant.domain.journal import Author, Step, acting_as
from assistant.domain.taxes.forms import FormRef
from assistant.domain.terms import Term, TermChange, TermKind
from assistant.importers.statements.read_statement import named_profile
from assistant.services.books.splits import WantedSplit
from assistant.settings import Settings
from assistant.storage.books import statements as statement_rows
from assistant.storage.engine import Database
from assistant.storage.tables import AlertRow, OrderRow
from assistant.storage.taxes.receipts import business_purposes
from assistant.storage.taxes.years import category_lines, kept_years

SERVICES = Path(assistant.services.__file__).parent
HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status,Ship Date,Payment Instrument Type\n"
ONE, TWO, THREE, LATER, APRIL = (f"112-000000{number}-0000001" for number in (1, 2, 3, 4, 5))
CUSTOMER, OTHER_CUSTOMER = "A1INVENTED0001", "A1INVENTED0002"
BANK = (
    b"Date,Amount,Description,Currency\n2026-03-03,-60.00,AMZN Mktp US,USD\n2026-03-06,-9.00,AMZN Mktp US,USD\n2026-03-31,-1.00,CAFE,USD\n"
)

OWN_CSV = b"When;Paid;Words;Unit\n2026-04-04;-11.00;AMZN Mktp US;USD\n2026-05-02;-3.00;CAFE;USD\n"
COLUMNS = named_profile(("date=When", "amount=Paid", "text=Words", "currency=Unit"))


def rows(*lines: tuple[str, int, str, str]) -> bytes:
    """An export: order, day counted from 1 March 2026, price, title."""
    told = []
    for number, count, price, title in lines:
        day = date(2026, 3, 1) + timedelta(days=count - 1)
        told.append(f"{number},{day},USD,{price},{price},B0{title.upper():0<8.8},1,{title},Closed,{day}T18:00:00Z,Visa - 1234")
    return (HEAD + "\n".join([*told, ""])).encode()


FIRST = rows((ONE, 2, "40.00", "Toner"), (ONE, 2, "20.00", "Paper"), (TWO, 5, "9.00", "Pens"))
AGAIN = rows((ONE, 2, "40.00", "Toner"), (ONE, 2, "20.00", "Paper"), (THREE, 9, "15.00", "Toner"), (LATER, 11, "8.00", "Tape"))
IN_APRIL = rows((APRIL, 34, "11.00", "Labels"))
REFUNDS = (
    b"Order ID,Reversal ID,Refund Completion Date,Currency,Amount Refunded,Status,Disbursement Type\n"
    b"112-0000001-0000001,R1,2026-03-20T18:00:00Z,USD,20.00,Completed,Refund\n"
)


def line_id(services: Services, amount: str) -> str:
    return next(line.entry.id for line in services.statements.matches().lines if line.entry.line.amount.decimal == amount)


def newest_document(services: Services) -> int:
    return services.imports.imports().items[0].id


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def written(services: Services, name: str, text: str) -> Path:
    """Write a receipt beside the ledger."""
    file = services.home / "bills" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def moved(services: Services, name: str) -> Path:
    """Move a receipt; return its new folder."""
    folder = services.home / "archive"
    folder.mkdir(exist_ok=True)
    (services.home / "bills" / name).rename(folder / name)
    return folder


def entries_of(services: Services, number: str) -> list[str]:
    return [entry.id for entry in services.books.each(Filter()) if entry.order.number == number and entry.gross.minor > 0]


def because(why: str, step: Callable[[Services], object]) -> Callable[[Services], object]:
    """Return the step with a reason."""

    def run(services: Services) -> object:
        with acting_as(Author(why=why)):
            return step(services)

    return run


def settle_all(services: Services) -> object:
    return services.claims.settle([claim.id for claim in services.claims.all()])


STEPS: tuple[tuple[str, Callable[[Services], object]], ...] = (
    ("an account", lambda to: to.accounts.add("Kim", "personal", key="kim")),
    ("another account", lambda to: to.accounts.add("Ortiz Design", "business", key="biz")),
    ("an edit", lambda to: to.accounts.edit("kim", AccountChange(label="Kim Example", cards=("visa/1234",)))),
    ("a link", lambda to: to.accounts.link("kim", CUSTOMER)),
    ("an import", lambda to: to.imports.take_bytes("Retail.OrderHistory.1.csv", FIRST, account="kim")),
    ("a label", lambda to: to.ledger.set_item("kim", ONE, 1, category="office")),
    ("a purpose", lambda to: to.ledger.set_item("kim", TWO, 0, purpose="business")),
    ("a person", lambda to: to.ledger.set_item("kim", ONE, 0, person="Robin", new=True)),
    ("a split", lambda to: to.splits.split("kim", ONE, WantedSplit(parts=("business=60%",), item=1))),
    ("a split of the order", lambda to: to.splits.split("kim", ONE, WantedSplit(parts=("household=5.00",)))),
    ("refunds", lambda to: to.imports.take_bytes("Retail.OrdersReturned.Payments.1.csv", REFUNDS, account="kim")),
    ("a refund's item", lambda to: to.ledger.correct("kim", ONE, {"refund1.item": "1"})),
    ("a correction", lambda to: to.ledger.correct("kim", ONE, {"item2.title": "Printer paper", "recipient": "Kim"})),
    ("a second import of the same order", lambda to: to.imports.take_bytes("Retail.OrderHistory.2.csv", AGAIN, account="kim")),
    ("a label after it", lambda to: to.ledger.set_item("kim", ONE, 0, category="electronics")),
    ("a split that repeats", lambda to: to.splits.split("kim", ONE, WantedSplit(parts=("business=50%",), item=1, repeat="item"))),
    ("a settlement", settle_all),
    ("a category", lambda to: to.word_lists.add("category", "ink", under="office")),
    ("a moved category", lambda to: to.word_lists.move_category("ink", "electronics")),
    ("many labels", lambda to: to.bulk_labels.label(Filter(words=("tape",)), {"category": "ink", "purpose": "business"})),
    ("a purpose word", lambda to: to.word_lists.add("purpose", "workshop")),
    ("a removed word", lambda to: to.word_lists.remove("purpose", "workshop")),
    ("a moved word", lambda to: to.word_lists.move_category("office", "equipment")),
    ("every product of a kind", lambda to: to.ledger.file_product("B0PENS0000", "crafts")),
    ("a receipt", lambda to: to.receipts.add("kim", ONE, [written(to, "invoice.txt", "Invoice of the toner")], item=1)),
    ("a receipt of the order", lambda to: to.receipts.add("kim", TWO, [written(to, "pens.txt", "Invoice of the pens")])),
    ("a detached receipt", lambda to: to.receipts.remove(TWO, digest("Invoice of the pens"))),
    ("a receipt that moved", lambda to: to.receipts.find(moved(to, "invoice.txt"))),
    ("receipts out of a folder", lambda to: to.receipt_sources.collect([written(to, f"{THREE}.txt", "Invoice of more toner")])),
    ("why it is bought", lambda to: to.receipts.remember_purpose("office", "paper for client drafts")),
    ("why it is bought, again", lambda to: to.receipts.remember_purpose("office", "drafts")),
    ("a tax year", lambda to: to.taxes.setup(FormRef("schedule-c"), "2025", ["biz"], {"safe-harbor": "yes"})),
    ("another account of the tax year", lambda to: to.taxes.setup(FormRef("schedule-c"), "2025", ["biz", "kim"], {})),
    ("a line of a category", lambda to: to.taxes.map_category(FormRef("schedule-c"), "ink", "22", "we print")),
    ("a locked year", because("filed", lambda to: to.taxes.lock(FormRef("schedule-c"), "2025"))),
    ("an unlocked year", because("amended", lambda to: to.taxes.unlock(FormRef("schedule-c"), "2025"))),
    ("a statement", lambda to: to.statements.import_bytes("march.csv", BANK, card="visa/1234", every_line=True)),
    ("what a line pays for", lambda to: to.statements.decide(line_id(to, "-60.00"), entries_of(to, ONE))),
    (
        "an order in April",
        lambda to: to.imports.take_bytes("Retail.OrderHistory.9.csv", rows((APRIL, 34, "11.00", "Labels")), account="kim"),
    ),
    (
        "a statement with columns of its own",
        lambda to: to.statements.import_bytes("april.csv", OWN_CSV, card="visa/1234", wanted=COLUMNS),
    ),
    ("no purchase", lambda to: to.statements.decide(line_id(to, "-1.00"), ())),
    ("taken back", lambda to: to.statements.take_back(line_id(to, "-1.00"))),
    ("closed months", lambda to: to.statements.close_months()),
    ("a changed order of a closed month", lambda to: to.ledger.correct("kim", APRIL, {"total": "12.00"})),
    ("a month closed again", lambda to: to.statements.accept_changes("visa/1234", "2026-04")),
    ("a rule", lambda to: to.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})),
    ("a changed rule", lambda to: to.rules.edit(1, {"type": "route", "match": {"words": ["toner", "ink"]}, "to": "biz"})),
    ("a removed rule", lambda to: to.rules.remove(1)),
    (
        "a term",
        lambda to: to.terms.add(
            Term(kind=TermKind.MEMBERSHIP, what="prime", account="kim", until=date(2026, 12, 3), details={"plan": "trial"})
        ),
    ),
    ("a changed term", lambda to: to.terms.edit(to.terms.terms().items[0].id, TermChange(until=date(2027, 1, 1)))),
    ("a removed term", lambda to: to.terms.remove(to.terms.terms().items[0].id)),
    ("a third account", lambda to: to.accounts.add("Spare", "family", key="spare")),
    (
        "an import under the wrong name",
        lambda to: to.imports.take_bytes("Retail.OrderHistory.3.csv", rows(("112-0000009-0000001", 15, "7.00", "Glue")), account="spare"),
    ),
    ("its removal", lambda to: to.removal.remove(newest_document(to))),
    ("a link of another login", lambda to: to.accounts.link("spare", OTHER_CUSTOMER)),
    ("an unlinking", lambda to: to.account_moves.unlink("spare", OTHER_CUSTOMER)),
    ("another key", lambda to: to.account_moves.rename("spare", "extra")),
    ("a removed account", lambda to: to.account_moves.remove("extra")),
    ("one more account", lambda to: to.accounts.add("Old Kim", "personal", key="old")),
    (
        "its orders",
        lambda to: to.imports.take_bytes("Retail.OrderHistory.4.csv", rows(("112-0000008-0000001", 16, "3.00", "Clips")), account="old"),
    ),
    ("its label", lambda to: to.ledger.set_item("old", "112-0000008-0000001", 0, purpose="family")),
    ("a merge", lambda to: to.account_moves.merge("old", "kim")),
    *((f"edit {nth}", lambda to, nth=nth: to.accounts.edit("biz", AccountChange(label=f"Studio {nth}"))) for nth in range(9)),
)


def everything(services: Services) -> dict[str, object]:
    """Return what a person sees of the ledger; ids of rows and the order of equal days are left out."""
    orders = services.ledger.views(Filter(), limit=100).items
    seen = sorted(repr((view.account, view.order, view.purposes, view.categories, view.cost, view.refunded)) for view in orders)
    entries = services.books.each(Filter())
    return {
        "accounts": sorted(
            repr((account.key, account.label, account.purpose, account.cards, account.customer_ids)) for account in services.accounts.all()
        ),
        "orders": seen,
        "entries": sorted(repr((entry.on, entry.order.number, entry.item, entry.parts, entry.shares)) for entry in entries),
        "expenses": [(row.account, row.purpose, row.month, row.spent, row.refunded) for row in services.ledger.expenses(Filter()).items],
        "claims": sorted(repr((claim.number, claim.owes, claim.paid, claim.amount, claim.state)) for claim in services.claims.all()),
        "words": [services.word_lists.words("purpose"), services.word_lists.words("person"), services.word_lists.tree()],
        "months": [(month.card, month.month, month.state, month.matched, month.changes) for month in services.statements.months()],
        "profiles": profiles(services),
        "decisions": sorted(
            (line.entry.line.on, line.entry.line.amount.decimal, line.state) for line in services.statements.matches().lines
        ),
        "receipts": [
            (each.receipt.number, each.receipt.item, each.receipt.sha256, each.receipt.path.parent.name) for each in services.receipts.all()
        ],
        "taxes": tax_years(services),
        "rules": [rule.body for rule in services.rules.all()],
        "terms": [(term.kind, term.what, term.until) for term in services.terms.terms().items],
    }


def profiles(services: Services) -> list[str]:
    with services.database.reading() as session:
        return sorted(repr(entry) for entry in statement_rows.profiles(session).items())


def tax_years(services: Services) -> tuple[object, ...]:
    with services.database.reading() as session:
        lines = category_lines(session, FormRef("schedule-c"))
        return (
            [(year.form, year.accounts, year.settings, year.locked is not None) for year in kept_years(session)],
            lines,
            business_purposes(session),
        )


@pytest.fixture
def opened(services: Services, home, clock, ledger_url) -> Iterator[Callable[[], Services]]:
    """Open the ledger again, as after a restart."""
    now = [services]

    def again() -> Services:
        if now[-1] is not services:
            now[-1].close()
        now.append(build(Settings(home=home, port=0, database=ledger_url), clock=clock))
        return now[-1]

    yield again
    if now[-1] is not services:
        now[-1].close()


NOT_STEPS = {
    "accounts.register.Accounts.name_identity": "one step made of `add` and `link`; tests/services/accounts",
    "books.books.Books._tell_differences": "the program tells what an update changed",
    "books.books.Books.catch_up": "derives entries",
    "household.Household.clear_gift": "undone by mark_gift; PostgreSQL only",
    "household.Household.mark_gift": "undone by clear_gift; PostgreSQL only",
    "household.Household.set_level": "undone by the level before; PostgreSQL only",
    "imports.drop_folder.DropFolder.look": "imports of files are steps; this tells that one failed",
    "imports.quarantine.Quarantine.confirm": "a test of its own below",
    "imports.reread.Rereads._again": "reads kept pages again",
    "journal.Journal.undo": "is the undo",
    "judging.situation_log.SituationLog.keep": "notes of the program",
    "orders.bulk_labels.BulkLabels.preview": "stores nothing",
    "orders.categories.Categories.catch_up": "guesses categories",
    "taxes.packs.TaxPacks.export": "a number that was given out is never taken back",
    **dict.fromkeys(
        ("visits.answer.Visits._answer_and_write", "visits.answer.Visits._now", "visits.answer.Visits.prepare"),
        "what pages bring is removed by `imports remove`",
    ),
    **dict.fromkeys(("visits.answer.Visits._write_answered", "visits.write_buffer.Unwritten.write"), "visits that were answered before"),
    "visits.answer.Visits._write_decided": "answers a warning; a rule that it makes is a step: tests/services/user_rules/test_habits.py",
    "warnings.alerts.Alerts.dismiss": "a test of its own below",
    "warnings.due_dates.DueDates.look": "reminders of the program",
    "warnings.retrospective.Retrospective.catch_up": "warnings of the program",
}
"""Functions of services that write and have no step above, each with the reason."""


def changing_functions() -> set[str]:
    """Return every function of a service that opens the ledger for writing: "module.Class.function"."""
    found = set()
    for file in SERVICES.rglob("*.py"):
        module = ".".join(file.relative_to(SERVICES).with_suffix("").parts)
        if module.startswith("pairing."):
            continue  # A browser that was let in is shut out by `clients revoke`, and never let in again by an undo.
        for part in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(part, ast.ClassDef):
                functions = (entry for entry in part.body if isinstance(entry, ast.FunctionDef))
                found |= {f"{module}.{part.name}.{entry.name}" for entry in functions if ".writing(" in ast.unparse(entry)}
            elif isinstance(part, ast.FunctionDef) and ".writing(" in ast.unparse(part):
                found.add(f"{module}.{part.name}")
    return found


def who_writes(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return a set that grows by each function of a service that opens the ledger for writing."""
    seen: set[str] = set()
    writing = Database.writing

    def noted(database: Database, **given: bool) -> object:
        code, module = sys._getframe(1).f_code, sys._getframe(1).f_globals["__name__"]  # the caller's name
        seen.add(f"{module.removeprefix('assistant.services.')}.{code.co_qualname}")
        return writing(database, **given)

    monkeypatch.setattr(Database, "writing", noted)
    return seen


def undo_with_reason(services: Services, step: int | None = None) -> Step:
    """Undo a step. A locked year wants the reason."""
    with acting_as(Author(why="it was a mistake")):
        return services.journal.undo(step)


def test_fifty_steps_of_every_kind_are_undone_one_by_one_across_restarts(
    services: Services, opened: Callable[[], Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(STEPS) > 50
    before = []
    seen_writing = who_writes(monkeypatch)
    for name, step in STEPS:
        before.append(everything(services))
        count = services.journal.steps().total
        step(services)
        assert services.journal.steps().total == count + 1, name
    whole = everything(services)
    assert NOT_STEPS.keys() <= changing_functions()
    not_undoable = {name for name in changing_functions() - NOT_STEPS.keys() if name not in seen_writing}
    assert not_undoable == set(), "Give each a step here, or say in NOT_STEPS why it has none."
    undone = []
    for place, ((name, _), then) in enumerate(zip(reversed(STEPS), reversed(before), strict=True)):
        if place % 13 == 0:
            services = opened()
        undone.append(undo_with_reason(services).id)
        found = everything(services)
        for part, seen in then.items():
            assert found[part] == seen, (name, part)
    for step in reversed(undone):
        undo_with_reason(services, step)
    assert everything(services) == whole


def test_an_undo_of_something_that_others_built_on_is_refused_and_changes_nothing(services: Services) -> None:
    for _, step in STEPS[:17]:
        step(services)
    kept = everything(services)
    for place, words in ((0, "later steps first|depend on"), (8, "later steps first")):
        step_id = services.journal.steps().items[::-1][place].id
        with pytest.raises(Conflict, match=words):
            services.journal.undo(step_id)
        assert everything(services) == kept


def test_a_confirmed_order_is_held_again_after_an_undo(services: Services) -> None:
    services.accounts.add("Kim", "personal", key="kim")
    services.imports.take_bytes("Retail.OrderHistory.1.csv", FIRST, account="kim")
    with services.database.writing() as work:
        held = [{"where": "items", "code": "missing", "text": "No item."}]
        work.session.execute(update(OrderRow).where(col(OrderRow.number) == TWO).values(quarantine=held))
        work.commit()
    before = everything(services)
    services.quarantine.confirm(TWO)
    confirmed = everything(services)
    assert services.quarantine.all() == []
    undone = services.journal.undo()
    assert [held.number for held in services.quarantine.all()] == [TWO]
    assert everything(services) == before
    services.journal.undo(undone.id)
    assert everything(services) == confirmed


def test_a_dismissed_warning_is_open_again_after_an_undo(services: Services) -> None:
    services.accounts.add("Kim", "personal", key="kim")
    with services.database.writing() as work:
        for code in ("LIMIT_REACHED", "RETURN_WINDOW"):
            at = services.clock().isoformat()
            work.session.add(AlertRow(at=at, code=code, level="notice", text=f"About {code}", advice="Look at it."))
        work.commit()
    first, second = services.alerts.alerts().items
    services.alerts.dismiss(first.id)
    assert [alert.id for alert in services.alerts.alerts().items] == [second.id]
    services.journal.undo()
    assert [alert.id for alert in services.alerts.alerts().items] == [first.id, second.id]
