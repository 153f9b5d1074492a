"""A ledger of an earlier schema is migrated and keeps all its data."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import assistant.storage
from assistant.bootstrap import build
from assistant.domain.errors import Conflict
from assistant.domain.filters import Filter
from assistant.domain.journal import Action
from assistant.domain.terms import TermKind
from assistant.settings import Settings
from assistant.storage.backups import prove
from assistant.storage.engine import Database
from assistant.storage.sqlite import sqlite_module
from assistant.storage.terms import terms_about
from tests.storage.older import ledger_of

ACCOUNT = (
    "INSERT INTO accounts (id, key, label, purpose, owner, home, colour, symbol, letters, business, status, marketplaces, addresses, "
    "cards, created_at) VALUES (1, 'per', 'Personal', 'personal', 'me', 'hq', 'blue', '●', 'PER', 0, 'ok', '[]', '[]', '[]', '2026-01-01')"
)


def all_tables() -> MetaData:
    """Return all tables; a table is known once its module is imported."""
    for module in walk_packages(assistant.storage.__path__, "assistant.storage."):
        if ".migrations" not in module.name:
            import_module(module.name)
    return SQLModel.metadata


def test_a_ledger_of_the_first_schema_is_migrated_and_loses_nothing(tmp_path):
    ledger = ledger_of("0001", f"sqlite:///{tmp_path / 'ledger.sqlite'}", ACCOUNT)
    ledger.upgrade()
    with ledger.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": False})
        assert compare_metadata(context, all_tables()) == []
        assert session.scalar(text("SELECT count(*) FROM accounts")) == 1
    ledger.close()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith("before-migration-")
    assert prove(copy).version == "0001"


def test_uses_of_promotions_become_terms(tmp_path):
    used = (
        "INSERT INTO promotion_uses (account_id, name, used_on, order_number, terms) VALUES "
        """(1, 'WELCOME10', '2026-11-10', '112-0000001-0000001', '{"scope"\\: "customer", "limit"\\: 1, "text"\\: null}')"""
    )
    ledger = ledger_of("0001", f"sqlite:///{tmp_path / 'ledger.sqlite'}", ACCOUNT, used)
    ledger.upgrade()
    with ledger.reading() as session:
        (term,) = terms_about(session, ["welcome10"], (), {1: "per"})
    ledger.close()
    assert (term.kind, term.account, term.what, str(term.on)) == (TermKind.PROMO_USED, "per", "WELCOME10", "2026-11-10")
    assert term.details == {"scope": "customer", "limit": 1, "order_id": "112-0000001-0000001"}


def test_settlements_name_their_purpose_and_those_paid_back_become_negative(tmp_path):
    business = ACCOUNT.replace("(1, 'per', 'Personal', 'personal'", "(2, 'biz', 'Ortiz Design', 'business'").replace("'PER'", "'BIZ'")
    order = (
        "INSERT INTO orders (id, account_id, number, kind, status, cancelled, refunded, title, item_count, amounts, sources, conflicts, "
        "search) VALUES (1, 1, '112-0000001-0000001', 'retail', 'delivered', 0, 0, 'Toner', 1, '{}', '{}', '[]', '')"
    )
    settled = (
        "INSERT INTO claim_settlements (order_id, item, owes, paid, amount, currency, settled_on) VALUES "
        "(1, 1, 'biz', 'per', 1200, 'USD', '2026-11-01'), (1, 1, 'per', 'biz', 200, 'USD', '2026-11-02'), "
        "(1, 2, 'household', 'per', 300, 'USD', '2026-11-03')"
    )
    ledger = ledger_of("0022", f"sqlite:///{tmp_path / 'ledger.sqlite'}", ACCOUNT, business, order, settled)
    ledger.upgrade()
    with ledger.reading() as session:
        rows = session.execute(text("SELECT purpose, amount FROM claim_settlements ORDER BY id")).all()
    with ledger.writing() as work, pytest.raises(IntegrityError):
        work.session.execute(text("UPDATE claim_settlements SET amount = 1"))
    ledger.close()
    assert rows == [("business", 1200), ("business", -200), ("household", 300)]


LEDGERS = sorted((Path(__file__).parent / "ledgers").glob("schema_*.sql"))
"""Dumps of small ledgers that earlier versions wrote: accounts, orders with two refunds on one day, corrections, warnings, clients."""

REPLACED = {"alembic_version"}
"""Tables whose rows a migration may rewrite."""
DROPPED = {"server": {"id"}, "pairing": {"id"}}
"""Columns that a migration replaced: these tables had a single row, and have one per machine now."""


def _tables(connection) -> dict[str, list[dict]]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    found = {}
    for name in names:
        cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # a name that the database itself gave
        columns = [column for column, *_ in cursor.description]
        found[name] = [dict(zip(columns, row, strict=True)) for row in cursor]
    return found


@pytest.fixture(params=LEDGERS, ids=lambda path: path.stem)
def earlier(request, home):
    """The file of an earlier ledger and its rows by table."""
    home.mkdir()
    file = home / "ledger.sqlite"
    connection = sqlite_module().connect(file)
    connection.executescript(request.param.read_text(encoding="utf-8"))
    rows = _tables(connection)
    connection.close()
    return file, rows


def test_a_migration_keeps_every_row_and_every_value(earlier):
    file, before = earlier
    ledger = Database(f"sqlite:///{file}")
    ledger.upgrade()
    with ledger.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": False})
        assert compare_metadata(context, all_tables()) == []
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    ledger.close()
    connection = sqlite_module().connect(file)
    after = _tables(connection)
    connection.close()
    for table, rows in before.items():
        if table not in REPLACED:
            gone = DROPPED.get(table, set())
            old = [{name: row[name] for name in row if name not in gone} for row in rows]
            kept = [{name: row.get(name) for name in names} for row, names in zip(after[table], old, strict=True)]
            assert kept == old, table


@pytest.mark.usefixtures("earlier")
def test_the_current_program_reads_an_earlier_ledger(home, clock):
    services = build(Settings(home=home, port=0), clock=clock)
    personal, business = services.accounts.all()
    assert (personal.key, personal.customer_ids, personal.cards) == ("per", ("A1PERSONAL0001",), ("visa/4821",))
    assert (business.key, business.organization, business.addresses) == ("biz", "Ortiz Design LLC", ("office/97209",))
    lamp = services.ledger.order("per", "112-0000011-0000011")
    assert [(refund.amount.decimal, str(refund.refunded_on), refund.item) for refund in lamp.order.refunds] == [
        ("21.60", "2026-01-20", 0),
        ("21.60", "2026-01-20", 1),
    ]
    assert lamp.order.total.decimal == "64.80"
    assert lamp.sources["amounts.grand_total"] == "you, 25 Nov 2026"
    assert lamp.purposes == ("personal", "business")
    assert lamp.categories[1] == "electronics"
    toner = services.ledger.order("biz", "303-0000022-0000022")
    assert (toner.order.total.currency, toner.order.items[0].cost_center) == ("EUR", "CC1")
    assert [held.number for held in services.quarantine.all()] == ["112-0000001-0000001"]
    assert [(alert.code, alert.account) for alert in services.alerts.alerts(Filter()).items] == [("WRONG_ACCOUNT_ROUTE", "per")]
    assert {(term.what, term.account) for term in services.terms.terms().items} == {("prime", "per"), ("WELCOME10", "biz")}
    assert [rule.body["to"] for rule in services.rules.all()] == ["biz"]
    assert sorted(client.name for client in services.pairing.clients()) == ["Chromium", "Firefox"]
    waiting = next(result for result in services.imports.imports().items if result.name == "waiting.html")
    assert waiting.state == "parked"
    services.accounts.add("Somebody else", "family", key="else")
    services.accounts.link("else", "A1STRANGER0003")
    assert [order.number for order in services.ledger.orders(Filter(accounts=("else",))).items] == ["112-0000033-0000033"]
    services.close()


LAMP_ORDER, TONER_ORDER = "112-0000011-0000011", "303-0000022-0000022"
TOLD_WRONG = {
    "two refunds of one day counted twice": (
        ("UPDATE orders SET refunded = 8640 WHERE id = 1",),
        {LAMP_ORDER: ("64.80", "43.20")},
        f"Recomputed: {LAMP_ORDER} of 'per': refunded 43.20 instead of 86.40 USD",
    ),
    "what a gift card paid was taken off the cost": (
        (
            "UPDATE orders SET total = 9900 WHERE id = 2",
            """UPDATE sightings SET payload = replace(replace(payload, '"grand_total":"119.00"', '"grand_total":"99.00"'),
            '"gift_card":null', '"gift_card":"-20.00"') WHERE order_id = 2""",
        ),
        {TONER_ORDER: ("119.00", "0.00")},
        f"Recomputed: {TONER_ORDER} of 'biz': cost 119.00 instead of 99.00 EUR",
    ),
    "both": (
        (
            "UPDATE orders SET refunded = 8640 WHERE id = 1",
            "UPDATE orders SET total = 5000 WHERE id = 2",
        ),
        {LAMP_ORDER: ("64.80", "43.20"), TONER_ORDER: ("119.00", "0.00")},
        f"Recomputed: {LAMP_ORDER} of 'per': refunded 43.20 instead of 86.40 USD; {TONER_ORDER} of 'biz': cost 119.00 instead of 50.00 EUR",
    ),
}
"""What an earlier version counted wrong: its ledger, the right amounts, and the step in the history."""


@pytest.mark.parametrize("story", TOLD_WRONG)
def test_the_history_names_the_orders_that_a_new_version_counts_differently_and_no_other_changes(earlier, home, clock, story):
    file, before = earlier
    changes, right, told = TOLD_WRONG[story]
    connection = sqlite_module().connect(file)
    for change in changes:
        connection.execute(change)
    connection.commit()
    connection.close()
    services = build(Settings(home=home, port=0), clock=clock)
    (step,) = services.journal.steps(limit=1).items
    assert (step.action, step.who, step.what) == (Action.BOOKS_RECOMPUTED, "Shopper", told)
    seen = {(view.account, view.order.number): view for view in services.ledger.views(Filter()).items if view.cost}
    accounts = {row["id"]: row["key"] for row in before["accounts"]}
    for row in before["orders"]:
        view = seen.get((accounts[row["account_id"]], row["number"]))
        if row["number"] in right:
            assert (view.cost.decimal, view.refunded.decimal if view.refunded else "0.00") == right[row["number"]]
        elif row["quarantine"] is None and not row["cancelled"] and row["total"]:
            assert view.cost.minor == row["total"]
    with pytest.raises(Conflict, match="cannot be undone"):
        services.journal.undo(step.id)
    services.close()
    again = build(Settings(home=home, port=0), clock=clock)
    assert again.journal.steps(limit=1).items[0].id == step.id
    again.close()
