"""Every kind of step, more than fifty in a row, is undone one by one across restarts; each undo leaves what was there before it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.bootstrap import Services, build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import Conflict
from assistant.domain.filters import Filter
from assistant.domain.terms import Term, TermChange, TermKind
from assistant.services.books.splits import WantedSplit
from assistant.settings import Settings

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status,Ship Date,Payment Instrument Type\n"
ONE, TWO, THREE, LATER = (f"112-000000{number}-0000001" for number in (1, 2, 3, 4))
CUSTOMER, OTHER_CUSTOMER = "A1INVENTED0001", "A1INVENTED0002"
BANK = (
    b"Date,Amount,Description,Currency\n2026-03-03,-60.00,AMZN Mktp US,USD\n2026-03-06,-9.00,AMZN Mktp US,USD\n2026-03-31,-1.00,CAFE,USD\n"
)


def rows(*lines: tuple[str, int, str, str]) -> bytes:
    """An export: order, day of March 2026, price, title."""
    told = [
        f"{number},2026-03-{day:02d},USD,{price},{price},B0{title.upper():0<8.8},1,{title},Closed,2026-03-{day:02d}T18:00:00Z,Visa - 1234"
        for number, day, price, title in lines
    ]
    return (HEAD + "\n".join([*told, ""])).encode()


FIRST = rows((ONE, 2, "40.00", "Toner"), (ONE, 2, "20.00", "Paper"), (TWO, 5, "9.00", "Pens"))
AGAIN = rows((ONE, 2, "40.00", "Toner"), (ONE, 2, "20.00", "Paper"), (THREE, 9, "15.00", "Toner"), (LATER, 11, "8.00", "Tape"))
REFUNDS = (
    b"Order ID,Reversal ID,Refund Completion Date,Currency,Amount Refunded,Status,Disbursement Type\n"
    b"112-0000001-0000001,R1,2026-03-20T18:00:00Z,USD,20.00,Completed,Refund\n"
)


def line_id(services: Services, amount: str) -> str:
    return next(line.entry.id for line in services.statements.matches().lines if line.entry.line.amount.decimal == amount)


def newest_document(services: Services) -> int:
    return services.imports.imports().items[0].id


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
    ("a statement", lambda to: to.statements.import_bytes("march.csv", BANK, card="visa/1234", every_line=True)),
    ("no purchase", lambda to: to.statements.decide(line_id(to, "-1.00"), ())),
    ("taken back", lambda to: to.statements.take_back(line_id(to, "-1.00"))),
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
        "rules": [rule.body for rule in services.rules.all()],
        "terms": [(term.kind, term.what, term.until) for term in services.terms.terms().items],
    }


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


def test_fifty_steps_of_every_kind_are_undone_one_by_one_across_restarts(services: Services, opened: Callable[[], Services]) -> None:
    assert len(STEPS) > 50
    before = []
    for name, step in STEPS:
        before.append(everything(services))
        count = services.journal.steps().total
        step(services)
        assert services.journal.steps().total == count + 1, name
    whole = everything(services)
    undone = []
    for place, ((name, _), then) in enumerate(zip(reversed(STEPS), reversed(before), strict=True)):
        if place % 13 == 0:
            services = opened()
        undone.append(services.journal.undo().id)
        found = everything(services)
        for part, seen in then.items():
            assert found[part] == seen, (name, part)
    for step in reversed(undone):
        services.journal.undo(step)
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
