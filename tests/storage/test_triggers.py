"""Triggers keep entries up to date and protect the history, in a file and in PostgreSQL, however a row is changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant.bootstrap import Services, build
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.services.books.splits import WantedSplit
from assistant.settings import Settings
from tests.conftest import own_schema
from tests.postgres import programs

LAMP, HOSE = (
    CatalogueProduct("B0LAMP0001", "Desk lamp", 5000, "lighting", 1),
    CatalogueProduct("B0HOSE0001", "Garden hose", 2000, "garden", 1),
)
PLACES = ["file", pytest.param("server", marks=pytest.mark.skipif(programs() is None, reason="no PostgreSQL on this machine"))]


@pytest.fixture(params=PLACES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Services]:
    """Two accounts with two orders each: a lamp and a hose."""
    if request.param == "file":
        yield from _household(tmp_path, "")
        return
    with own_schema(request.getfixturevalue("cluster").url) as url:
        yield from _household(tmp_path, url)


def _household(folder: Path, url: str) -> Iterator[Services]:
    services = build(Settings(home=folder / "home", port=0, database=url))
    for key, purpose in (("biz", "business"), ("per", "personal")):
        services.accounts.add(key, purpose, key=key)
        file = folder / f"{key}.zip"
        write_export(file, [_order(f"{len(key)}{place}", key, product) for place, product in enumerate((LAMP, HOSE))], old=False)
        services.imports.take_paths([file], account=key)
    yield services
    services.close()


def _order(place: str, key: str, product: CatalogueProduct) -> ExportOrder:
    line = ExportLine(product=product, quantity=1, price=product.price, tax=product.price // 10)
    number = f"112-00000{place}-000000{1 if key == 'biz' else 2}"
    return ExportOrder(
        number=number, on=date(2025, 2, 3), lines=(line,), site="Amazon.com", currency="USD", payment="Visa - 1111", address="1 Way"
    )


def stale_after(services: Services, *statements: str) -> int:
    """Return how many orders must be derived again after these statements, which are rolled back."""
    with services.database.writing() as work:
        for statement in statements:
            work.session.execute(text(statement))
        found: int = work.session.scalar(text("SELECT COUNT(*) FROM orders WHERE NOT booked"))
    return found


@pytest.mark.parametrize(
    ("statement", "orders"),
    [
        ("INSERT INTO splits (order_id, item, position, purpose, percent) SELECT MIN(id), 0, 0, 'family', 10000 FROM orders", 1),
        ("INSERT INTO split_rules (id, asin, shares) VALUES (9, 'B0LAMP0001', '[]')", 2),
        ("UPDATE items SET purpose = 'family' WHERE asin = 'B0HOSE0001'", 2),
        ("UPDATE orders SET account_id = (SELECT MAX(id) FROM accounts)", 2),
        ("UPDATE accounts SET purpose = 'family'", 0),
        ("UPDATE orders SET title = 'other'", 0),
    ],
)
def test_a_decision_marks_exactly_its_orders_to_be_derived_again(ledger: Services, statement: str, orders: int) -> None:
    assert stale_after(ledger, statement) == orders


def test_split_orders_follow_their_account_and_the_end_of_a_rule(ledger: Services) -> None:
    ledger.splits.split("per", "112-0000030-0000002", WantedSplit(parts=("business=50%",), item=1, repeat="item"))
    assert stale_after(ledger, "UPDATE accounts SET purpose = 'family' WHERE key = 'per'") == 1
    assert stale_after(ledger, "DELETE FROM split_rules") == 2


def test_the_database_refuses_to_change_a_settlement_or_a_step(ledger: Services) -> None:
    ledger.splits.split("per", "112-0000030-0000002", WantedSplit(parts=("business=50%",), item=1))
    ledger.claims.settle([claim.id for claim in ledger.claims.all()])
    for statement in ("UPDATE claim_settlements SET amount = 1", "UPDATE steps SET what = 'nothing'", "DELETE FROM steps"):
        with pytest.raises(DBAPIError):
            stale_after(ledger, statement)
    assert [claim.amount.minor for claim in ledger.claims.all()] == [2750]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE orders SET booked = false, refunded = cost + 1", "refunds of an order exceed its cost"),
        ("UPDATE orders SET booked = false, cost = cost + 1", "not its cost less refunds"),
        ("DELETE FROM entries WHERE order_id = (SELECT MIN(id) FROM orders)", "not its cost less refunds"),
        ("UPDATE entries SET gross = gross + 1, goods = goods + 1", "not its cost less refunds"),
        ("UPDATE entry_shares SET gross = gross + 1 WHERE position = 0", "shares of an entry do not add up"),
        ("DELETE FROM entry_shares WHERE position = 0", "shares of an entry do not add up"),
    ],
)
def test_the_database_refuses_an_order_whose_sums_do_not_tie(ledger: Services, statement: str, said: str) -> None:
    ledger.splits.split("per", "112-0000030-0000002", WantedSplit(parts=("business=50%",), item=1))
    with pytest.raises(DBAPIError, match=said):
        stale_after(ledger, statement, "UPDATE orders SET booked = true")
    assert stale_after(ledger, "UPDATE orders SET booked = false", "UPDATE orders SET booked = true") == 0


def test_the_database_refuses_entries_that_are_not_the_sum_of_their_parts_and_refunds_above_nothing(ledger: Services) -> None:
    for statement in ("UPDATE entries SET gross = gross + 1", "UPDATE entries SET goods = 0", "UPDATE entries SET kind = 'refund'"):
        with pytest.raises(DBAPIError):
            stale_after(ledger, statement)
    with pytest.raises(DBAPIError, match="exceed its cost"):
        stale_after(
            ledger,
            "INSERT INTO orders (account_id, number, kind, status, cancelled, cost, refunded, booked, item_keys, refund_keys, title, "
            "item_count, search, amounts, conflicts, sources) SELECT account_id, 'new', kind, status, cancelled, 1, 2, booked, item_keys, "
            "refund_keys, title, item_count, search, amounts, conflicts, sources FROM orders LIMIT 1",
        )
