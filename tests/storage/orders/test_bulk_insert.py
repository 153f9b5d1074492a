"""Bulk inserts leave out columns that are empty in all rows, and number the rows."""

from pathlib import Path

from sqlmodel import col, select

from assistant.storage.engine import Database
from assistant.storage.orders.bulk_insert import insert_numbered, insert_rows
from assistant.storage.tables import AccountRow, ItemRow, OrderRow


def _order(number: str, title: str | None, quarantine: list[dict[str, str]] | None) -> dict[str, object]:
    base = {"account_id": 1, "kind": "retail", "status": "delivered", "amounts": {"tax": 5}, "sources": {}, "conflicts": []}
    defaults = {"cancelled": False, "refunded": 0, "booked": True, "item_keys": 0, "refund_keys": 0, "item_count": 0, "search": ""}
    return base | defaults | {"title": ""} | {"number": number, "recipient": title, "quarantine": quarantine}


def test_a_column_that_some_rows_fill_is_stored_and_one_that_none_fills_is_null(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'ledger.db'}")
    database.upgrade()
    doubt = [{"where": "items", "code": "count", "text": "Zwei ¥ \ud800"}]
    account = {"label": "A", "purpose": "", "owner": "", "home": "", "colour": "", "symbol": "", "letters": "A", "created_at": ""}
    with database.writing() as work:
        work.session.add(AccountRow(id=1, key="a", **account))
        work.session.flush()
        first = insert_numbered(work.session, OrderRow, [_order("1", None, None), _order("2", None, None)])
        second = insert_numbered(work.session, OrderRow, [_order("3", None, None), _order("4", "Ann", doubt)])
        insert_rows(work.session, ItemRow, [{"order_id": 1, "line": line, "key": line + 1, "title": None, "gift": None} for line in (0, 1)])
        work.commit()
    assert (first, second) == ([1, 2], [3, 4])
    with database.reading() as session:
        rows = session.scalars(select(OrderRow).order_by(col(OrderRow.id))).all()
        assert [(row.recipient, row.quarantine, row.amounts) for row in rows[:3]] == [(None, None, {"tax": 5})] * 3
        assert rows[3].recipient == "Ann"
        assert rows[3].quarantine == [{"where": "items", "code": "count", "text": "Zwei ¥ ?"}]
        assert [row.title for row in session.scalars(select(ItemRow))] == [None, None]
