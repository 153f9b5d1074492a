"""Prepared statements give the same results and errors as SQLAlchemy."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from assistant import storage
from assistant.domain.errors import LedgerUnusable
from assistant.storage import products
from assistant.storage.prepared import Prepared

RULES = SQLModel.metadata.tables["rules"]
ACCOUNTS = SQLModel.metadata.tables["accounts"]
NAMED = select(ACCOUNTS).where(ACCOUNTS.c.key.in_(bindparam("keys", expanding=True)), ACCOUNTS.c.purpose == bindparam("purpose"))


@pytest.mark.parametrize("keys", [["one"], ["one", "two"], ["two", "none"], []])
def test_lists_of_any_length_find_the_same_as_sqlalchemy(services, keys):
    services.accounts.add("One", "personal")
    services.accounts.add("Two", "personal")
    prepared = Prepared(NAMED)
    with services.database.reading() as session:
        rows = prepared.rows(session, keys=keys, purpose="personal")
        assert [tuple(row) for row in rows] == [tuple(row) for row in session.execute(NAMED, {"keys": keys, "purpose": "personal"})]
        assert all(row.marketplaces == [] and row.business is False for row in rows)


def test_written_rows_are_there_after_a_commit(services):
    add, find = Prepared(insert(RULES)), Prepared(select(RULES.c.body).where(RULES.c.type == bindparam("kind")))
    rule = {"id": 7, "type": "route", "body": '{"to": "biz"}', "origin": None, "created_at": "2026-11-26"}
    with services.database.writing() as work:
        add.run(work.session, **rule)
    with services.database.writing() as work:
        assert find.first(work.session, kind="route") is None
        add.run(work.session, **rule)
        work.commit()
    with services.database.reading() as session:
        assert find.first(session, kind="route").body == {"to": "biz"}


def test_a_failing_driver_is_explained_like_every_failure(services):
    missing = Prepared(select(SQLModel.metadata.tables["terms"].c.id))
    with services.database.writing() as work:
        work.session.connection().exec_driver_sql("DROP TABLE terms")
        work.commit()
    with pytest.raises(LedgerUnusable), services.database.reading() as session:
        missing.rows(session)


def test_no_prepared_statement_has_its_limit_as_a_parameter():
    modules = [
        import_module(found.name) for found in walk_packages(storage.__path__, "assistant.storage.") if "migrations" not in found.name
    ]
    statements = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Prepared)}
    texts = [str(prepared._statement.compile(dialect=sqlite.dialect())) for prepared in statements.values()]
    limited = [text for text in texts if "LIMIT" in text]
    assert len(limited) >= 5
    assert [text for text in limited if "LIMIT ?" in text] == []


def test_the_words_of_the_user_are_found_without_looking_at_every_product(services):
    with services.database.reading() as session:
        text = products._CORRECTIONS._text(session.connection(), {})
        values = tuple(text.usual[name] for name in text.order)
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text.sql}", values).all()
    assert "ix_products_word" in plan[0].detail
