"""Entries are derived again for stale orders; orders without a document do not change."""

from pathlib import Path

from sqlalchemy import insert
from sqlmodel import col, select

from assistant.storage.engine import Database
from assistant.storage.orders.rebook import any_stale
from assistant.storage.tables import AccountRow, OrderRow


def test_orders_without_a_document_do_not_stop_the_books(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'ledger.db'}")
    database.upgrade()
    plain = {"label": "A", "purpose": "", "owner": "", "home": "", "colour": "", "symbol": "", "created_at": ""}
    with database.writing() as work:
        work.session.add_all([AccountRow(id=number, key=f"a{number}", letters=str(number), **plain) for number in (1, 2)])
        work.session.flush()
        orders = [
            {"id": n, "account_id": n % 2 + 1, "number": str(n), "kind": "retail", "status": "delivered", "placed_on": "2026-03-02",
             "amounts": {}, "sources": {}, "conflicts": []}
            for n in range(1, 1204)
        ]  # fmt: skip
        work.session.execute(insert(OrderRow), orders)
        work.commit()
    # One commit derives all of them, however many there are.
    with database.writing() as work:
        assert work.session.scalars(select(col(OrderRow.id)).where(col(OrderRow.booked).is_(False))).all() == []
    with database.reading() as session:
        assert any_stale(session, "") is False
