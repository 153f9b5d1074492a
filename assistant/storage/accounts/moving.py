"""Moves the rows that refer to an account, and changes the rules that use its key."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlmodel import Session, SQLModel, col

from assistant.domain.judging.user_rules.kinds import KINDS
from assistant.storage.tables import AccountRow, TermRow, UserRuleRow

_WITH_DOCUMENTS = {"documents", "orders", "transactions"}
"""Tables whose rows are added and removed with their documents."""

Moved = dict[str, list[Any]]
"""The keys of rows by table."""


def move_rows(session: Session, source: int, target: int | None) -> Moved:
    """Move the rows of one account to another, or to none; return the moved rows.

    Rows that exist once per account, like kept pages of orders, go with their account, or stay behind if the other one has such a row.
    """
    moved: Moved = {}
    for table in _tables():
        if _other_keys(table):
            moved[table.name] = _move_keyed(session, table, source, target) if target is not None else []
            session.execute(delete(table).where(table.c.account_id == source))
            continue
        ids = list(session.scalars(select(_key(table)).where(table.c.account_id == source)).all())
        if ids:
            moved[table.name] = ids
            session.execute(update(table).where(table.c.account_id == source).values(account_id=target))
    session.expire_all()
    return moved


def move_back(session: Session, moved: Mapping[str, Sequence[Any]], account_id: int, other: int | None) -> None:
    """Move rows back to their account from the other one, skipping deleted ones."""
    for table in _tables():
        ids = moved.get(table.name, ())
        if others := _other_keys(table):
            for values in ids:
                same = [column == value for column, value in zip(others, values, strict=True)]
                session.execute(update(table).where(table.c.account_id == other, *same).values(account_id=account_id))
            continue
        for start in range(0, len(ids), 500):
            session.execute(update(table).where(_key(table).in_(ids[start : start + 500])).values(account_id=account_id))
    session.expire_all()


def _tables() -> list[Table]:
    named = [table for table in SQLModel.metadata.sorted_tables if any(key.target_fullname == "accounts.id" for key in table.foreign_keys)]
    return [table for table in named if table.name not in _WITH_DOCUMENTS]


def _key(table: Table) -> Any:
    return next(iter(table.primary_key.columns))


def _other_keys(table: Table) -> Sequence[ColumnElement[Any]]:
    """Return what tells rows of one account apart in a table whose key begins with the account, nothing for other tables."""
    first, *others = table.primary_key.columns
    return others if first.name == "account_id" else ()


def _move_keyed(session: Session, table: Table, source: int, target: int) -> list[list[Any]]:
    """Move what the other account lacks; return the keys of the moved rows, without the account."""
    others = _other_keys(table)
    wanted, taken = ({tuple(row) for row in session.execute(select(*others).where(table.c.account_id == of))} for of in (source, target))
    moved = sorted(wanted - taken)
    for values in moved:
        same = [column == value for column, value in zip(others, values, strict=True)]
        session.execute(update(table).where(table.c.account_id == source, *same).values(account_id=target))
    return [list(values) for values in moved]


def delete_account(session: Session, account_id: int) -> None:
    """Delete an account from the register."""
    session.delete(session.get_one(AccountRow, account_id))
    session.flush()


def delete_terms(session: Session, account_id: int) -> None:
    """Delete the terms of an account."""
    for row in session.scalars(select(TermRow).where(col(TermRow.account_id) == account_id)):
        session.delete(row)
    session.flush()


def rules_naming(session: Session, key: str) -> list[int]:
    """Return the numbers of the rules that name an account."""
    return [row.id or 0 for row in session.scalars(select(UserRuleRow).order_by(col(UserRuleRow.id))) if _renamed(row, key, "") != row.body]


def rename_in_rules(session: Session, old: str, new: str) -> None:
    """Replace an account's key in every rule that names it."""
    for row in session.scalars(select(UserRuleRow)):
        body = _renamed(row, old, new)
        if body != row.body:
            row.body = body
            session.add(row)
    session.flush()


def _renamed(rule: UserRuleRow, old: str, new: str) -> dict[str, Any]:
    kind, body = KINDS.get(rule.type), rule.body
    names = {part.path[0] for part in kind.parts if part.kind == "account"} if kind else set()
    changed = {
        name: [new if entry == old else entry for entry in value] if isinstance(value, list) else new if value == old else value
        for name, value in body.items()
        if name in names
    }
    return {**body, **changed}


def set_key(session: Session, account_id: int, key: str) -> None:
    """Change the key of an account."""
    row = session.get_one(AccountRow, account_id)
    row.key = key
    session.add(row)
    session.flush()
