"""One ledger in PostgreSQL for several persons: a database role for each, and what each role may read, enforced by the database itself.

- Base tables have row-level security. A role sees and changes the rows of its own person's accounts and of accounts that are `open`.
- Reading goes through views of the same names in a second schema. There, accounts of the level `amounts` and orders with a gift mark are
  present with their days and sums and without titles, sellers and addresses, so that every sum stays right.
- An account of the level `closed` is in neither.
- While an account has a gift, others see none of its carts, checkouts and warnings about them: these name what was bought.
- A table that is not named here belongs to the role that wrote the row: a new table is private until somebody decides otherwise.
- PostgreSQL keeps samples of columns to plan queries, and `EXPLAIN` tells everybody how many rows it expects. So here it samples keys only:
  else a partner could find out titles by asking often enough.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, SQLModel

from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.languages.translating import any_of, translated
from assistant.storage.server_database import VIEWS

_OF_ACCOUNT = ("identities", "documents")
"""Tables with `account_id`; a row without an account belongs to the role that wrote it."""
_OF_ORDER = (
    *("items", "shipments", "payments", "refunds", "sightings", "entries", "entry_shares", "doubts", "splits"),
    "claim_settlements",
)
_SHARED = (*("categories", "persons", "purposes", "rules", "tax_categories", "statement_profiles", "book_state"),)
"""Tables without anything about a purchase."""
_ORDER_SEEN = "EXISTS (SELECT 1 FROM orders WHERE orders.id = order_id)"
_IS_OPEN = "account_id IN (SELECT household_open())"
_OWN_ROW = "lower(owner) = lower(household_person())"
_MINE = "household_role = session_user"
_NO_GIFT = f"({_MINE} OR account_id NOT IN (SELECT household_with_gifts()))"
_SHOWN = {
    "accounts": "id key label purpose owner home colour symbol letters business status closed_at marketplaces created_at",
    "orders": (
        "id account_id number kind status cancelled placed_on placed_at marketplace currency total cost refunded booked item_count amounts "
        "item_keys refund_keys"
    ),
    "items": "id order_id line key quantity currency unit_price unit_tax tax shipping discount total purpose",
    "entries": (
        "order_id item refund nth line occurrence kind on basis currency gross goods shipping gift_wrap tip fee discount points tax "
        "certainty quantity taxes paid"
    ),
    "entry_shares": "order_id item refund nth position purpose share gross",
    "refunds": "id order_id position key source_key currency amount refunded_on item document_id",
}
"""The columns that the views show of an account of the level `amounts`, and of its orders. A new column is hidden until it is listed."""
_INSTEAD = {
    "accounts": {"addresses": "'[]'::json", "cards": "'[]'::json"},
    "orders": {"title": "''", "search": "''", "conflicts": "'[]'::json", "sources": "'{}'::json"},
}
"""What stands in place of a hidden column that is never empty; in place of all others is NULL."""
LEVELS = ("open", "amounts", "closed")
_GIFT_DAYS = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """An account with its owner and how much of it the other persons of the household see."""

    account: str
    owner: str
    level: str


def set_up(connection: Connection) -> None:
    """Make tables, functions, policies and views of a household, or bring them up to date. Needs the owner of the database."""
    schema = connection.scalar(text("SELECT current_schema()"))
    views = f"{schema}{VIEWS}"
    ledger = connection.scalars(text(_LEDGER_TABLES)).all()
    for statement in (*_tables(ledger), *_functions(schema), *_no_policies(ledger), *_no_views(views)):
        connection.execute(text(statement))
    for find in (_SHARED_KEYS, _COLUMNS, _SAMPLED):
        for statement in connection.scalars(text(find), {"private": _private(ledger)}).all():
            connection.execute(text(statement))
    for statement in (*_policies(ledger), *_views(views)):
        connection.execute(text(statement))
    for role in connection.scalars(text("SELECT role FROM household_members")).all():
        _grant(connection, role, schema, views)


_LEDGER_TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> 'alembic_version'
AND relname NOT LIKE 'household_%' ORDER BY relname
"""
"""What is in the database: a program knows only the tables of the modules that it has loaded."""


def _tables(ledger: Sequence[str]) -> Iterator[str]:
    yield "CREATE TABLE IF NOT EXISTS household_members (role name PRIMARY KEY, person text NOT NULL UNIQUE)"
    levels = ", ".join(f"'{level}'" for level in LEVELS)
    yield (
        "CREATE TABLE IF NOT EXISTS household_levels (account_id integer PRIMARY KEY REFERENCES accounts ON DELETE CASCADE, "
        f"level text NOT NULL CHECK (level IN ({levels})))"
    )
    yield (
        "CREATE TABLE IF NOT EXISTS household_gifts (order_id integer PRIMARY KEY REFERENCES orders ON DELETE CASCADE, until date NOT NULL)"
    )
    known = {*_OF_ORDER, *_SHARED, "outbox", "accounts", "orders", "transactions", "transaction_orders", "pages"}
    for table in ledger:
        if table not in known:
            yield f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS household_role name NOT NULL DEFAULT session_user"


def _private(ledger: Sequence[str]) -> list[str]:
    """Return the tables of which a person sees only what their own role wrote."""
    visible = _visible(ledger)
    return [table for table in ledger if visible[table] == _MINE]


_SHARED_KEYS = """
SELECT format('ALTER TABLE %I DROP CONSTRAINT %I CASCADE', c.relname, k.conname)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = current_schema()::regnamespace
AND c.relname = ANY(:private) AND k.contype IN ('p', 'u') AND pg_get_constraintdef(k.oid) <> 'PRIMARY KEY (id)'
UNION ALL
SELECT format('CREATE UNIQUE INDEX %I ON %I (%s, household_role)', k.conname || '_of_role', c.relname,
    (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY(k.conkey)))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = current_schema()::regnamespace
AND c.relname = ANY(:private) AND k.contype IN ('p', 'u') AND pg_get_constraintdef(k.oid) <> 'PRIMARY KEY (id)'
"""
"""Makes keys of private tables each person's own: two may do the taxes of the same year, or close the month of the same card."""
_COLUMNS = """
SELECT format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 0', c.relname, a.attname)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attstattarget IS DISTINCT FROM 0
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND NOT (a.atttypid = 'integer'::regtype AND EXISTS (
    SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'f') AND a.attnum = ANY(k.conkey)
))
"""
"""Stops the sampling of all columns except numbers of rows."""
_SAMPLED = """
SELECT format('ALTER TABLE %I ALTER COLUMN %I TYPE %s', s.tablename, s.attname, format_type(a.atttypid, a.atttypmod))
FROM pg_stats s JOIN pg_attribute a ON a.attname = s.attname
AND a.attrelid = format('%I.%I', s.schemaname, s.tablename)::regclass AND a.attstattarget = 0
WHERE s.schemaname = current_schema() AND NOT EXISTS (
    SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_trigger'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
)
"""
"""Gives each column with samples the type that it has, which deletes them. Those that a trigger watches (sums of orders) stay."""


def _functions(schema: str) -> Iterator[str]:
    def function(name: str, returns: str, query: str, given: str = "") -> str:
        # These functions run as the owner of the database for every caller; `session_user` is the role that signed in.
        # PostgreSQL plans a query in plpgsql once for each connection, one in sql at each call.
        answer = "RETURN QUERY" if returns.startswith("SETOF") else "RETURN"
        return (
            f"CREATE OR REPLACE FUNCTION {name}({given}) RETURNS {returns} LANGUAGE plpgsql STABLE SECURITY DEFINER "
            f'SET search_path = "{schema}", pg_temp AS $$ BEGIN {answer} {query}; END $$'
        )

    levels = "FROM accounts a LEFT JOIN household_levels l ON l.account_id = a.id"
    own = "lower(a.owner) = lower(household_person())"
    yield function("household_person", "text", "(SELECT person FROM household_members WHERE role = session_user)")
    yield function("household_own", "SETOF integer", f"SELECT a.id FROM accounts a WHERE {own}")  # noqa: S608  # constants
    yield function("household_open", "SETOF integer", f"SELECT a.id {levels} WHERE {own} OR coalesce(l.level, 'open') = 'open'")
    yield function("household_closed", "SETOF integer", f"SELECT a.id {levels} WHERE NOT {own} AND l.level = 'closed'")
    gifts = "FROM household_gifts g JOIN orders o ON o.id = g.order_id JOIN accounts a ON a.id = o.account_id"
    yield function("household_gifts_now", "SETOF integer", f"SELECT g.order_id {gifts} WHERE g.until >= current_date AND NOT {own}")
    yield function("household_with_gifts", "SETOF integer", f"SELECT o.account_id {gifts} WHERE g.until >= current_date AND NOT {own}")
    yield function(
        "household_hears", "boolean", f"NOT EXISTS (SELECT 1 {levels} WHERE a.key = $1 AND NOT {own} AND l.level = 'closed')", "text"
    )
    # Before PostgreSQL 15 everybody may create objects in the schema `public`.
    yield f'REVOKE CREATE ON SCHEMA "{schema}" FROM PUBLIC'
    yield (
        "CREATE OR REPLACE FUNCTION household_own_account() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.owner := coalesce(household_person(), NEW.owner); RETURN NEW; END $$"
    )
    yield "CREATE OR REPLACE TRIGGER household_own_account BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION household_own_account()"


def _no_policies(ledger: Sequence[str]) -> Iterator[str]:
    for table in _visible(ledger):
        for name in _ACTIONS:
            yield f"DROP POLICY IF EXISTS household_{name} ON {table}"


def _policies(ledger: Sequence[str]) -> Iterator[str]:
    for table, seen in _visible(ledger).items():
        changed = "id IN (SELECT household_own())" if table == "accounts" else seen
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        for name, what in _ACTIONS.items():
            condition = seen if what == "SELECT" else changed
            if table == "accounts" and what == "INSERT":
                # The trigger makes the new account the person's own.
                condition = _OWN_ROW
            clause = f"WITH CHECK ({condition})" if what == "INSERT" else f"USING ({condition})"
            yield f"CREATE POLICY household_{name} ON {table} FOR {what} {clause}"


_ACTIONS = {"read": "SELECT", "add": "INSERT", "change": "UPDATE", "remove": "DELETE"}


def _visible(ledger: Sequence[str]) -> dict[str, str]:
    """Return which rows of each table a person sees."""
    own_row = f"(account_id IS NULL AND {_MINE})"
    sellers = "SELECT replace(lower(items.seller), 'ß', 'ss') FROM items"
    rules = {
        "accounts": f"{_OWN_ROW} OR id IN (SELECT household_open())",
        "orders": f"{_IS_OPEN} AND id NOT IN (SELECT household_gifts_now())",
        "transactions": _IS_OPEN,
        "transaction_orders": "EXISTS (SELECT 1 FROM transactions WHERE transactions.id = transaction_id)",
        "pages": "EXISTS (SELECT 1 FROM documents WHERE documents.id = document_id AND documents.account_id IN (SELECT household_own()))",
        "visits": f"({_IS_OPEN} AND {_NO_GIFT}) OR {own_row}",
        "terms": f"({_IS_OPEN} AND (details -> 'asins' IS NULL OR {_NO_GIFT})) OR {own_row}",
        "alerts": f"({_IS_OPEN} OR {own_row}) AND CASE WHEN order_id IS NULL THEN {_NO_GIFT} ELSE {_ORDER_SEEN} END",
        "outbox": "household_hears(data ->> 'account')",
        "household_levels": "account_id IN (SELECT household_own())",
        "household_gifts": "EXISTS (SELECT 1 FROM orders WHERE orders.id = order_id AND orders.account_id IN (SELECT household_own()))",
        "household_members": "true",
        # A rule or purpose names a product, seller or order, so it is for those who see one of that kind.
        "split_rules": f"{_MINE} OR asin IN (SELECT items.asin FROM items) OR seller IN ({sellers})",  # noqa: S608  # constants
        "business_purposes": (
            f"{_MINE} OR scope = 'category' OR (scope = 'seller' AND value IN ({sellers})) "  # noqa: S608  # constants
            "OR (scope = 'order' AND value IN (SELECT lower(orders.number) FROM orders))"
        ),
    }
    rules |= dict.fromkeys(_OF_ACCOUNT, f"{_IS_OPEN} OR {own_row}")
    rules |= dict.fromkeys(_OF_ORDER, _ORDER_SEEN)
    rules |= dict.fromkeys(_SHARED, "true")
    return {table: rules.get(table, _MINE) for table in sorted({*ledger, *rules})}


def _no_views(views: str) -> Iterator[str]:
    yield f'CREATE SCHEMA IF NOT EXISTS "{views}"'
    for table in _SHOWN:
        yield f'DROP VIEW IF EXISTS "{views}".{table}'


def _views(views: str) -> Iterator[str]:
    hidden = "NOT IN (SELECT household_closed())"
    whole = "o.account_id IN (SELECT household_open()) AND o.id NOT IN (SELECT household_gifts_now())"
    of_accounts = _columns("accounts", "a", "a.id IN (SELECT household_open())")
    of_orders = _columns("orders", "o", whole)
    selects = {
        "accounts": f"SELECT {of_accounts} FROM accounts a WHERE a.id {hidden}",  # noqa: S608  # constants
        "orders": f"SELECT {of_orders} FROM orders o WHERE o.account_id {hidden}",  # noqa: S608  # constants
    }
    for table in ("items", "entries", "entry_shares", "refunds"):
        joined = f"FROM {table} t JOIN orders o ON o.id = t.order_id WHERE o.account_id {hidden}"
        selects[table] = f"SELECT {_columns(table, 't', whole)} {joined}"
    for table, select in selects.items():
        yield f'CREATE VIEW "{views}".{table} WITH (security_barrier) AS {select}'


def _columns(table: str, alias: str, whole: str) -> str:
    """Return the columns of a view: those that are hidden are shown to whoever sees the whole row."""
    shown, instead = _SHOWN[table].split(), _INSTEAD.get(table, {})
    found = []
    for name in (column.name for column in SQLModel.metadata.tables[table].columns):
        column = f'{alias}."{name}"'
        hidden = f'CASE WHEN {whole} THEN {column} ELSE {instead.get(name, "NULL")} END AS "{name}"'
        found.append(column if name in shown else hidden)
    return ", ".join(found)


def _grant(connection: Connection, role: str, schema: str, views: str) -> None:
    quoted = '"{}"'.format(role.replace('"', '""'))
    for statement in (
        f'GRANT USAGE ON SCHEMA "{schema}", "{views}" TO {quoted}',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO {quoted}',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "{schema}" TO {quoted}',
        f'GRANT SELECT ON ALL TABLES IN SCHEMA "{views}" TO {quoted}',
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version, household_members FROM {quoted}",
    ):
        connection.execute(text(statement))


def is_set_up(session: Session) -> bool:
    """Return whether this database is a household."""
    return session.scalar(text("SELECT to_regclass('household_members') IS NOT NULL")) is True


def add_person(connection: Connection, person: str) -> tuple[str, str]:
    """Make a database role for a person; return its name and its password, which is stored nowhere. Raises Conflict, InvalidInput."""
    schema = str(connection.scalar(text("SELECT current_schema()")))
    if connection.scalar(text("SELECT 1 FROM household_members WHERE lower(person) = lower(:person)"), {"person": person}):
        raise Conflict(translated("'{person}' is in the household already.", person=person))
    word = "".join(sign for sign in person.lower() if sign.isascii() and sign.isalnum())
    if not word:
        raise InvalidInput(translated("'{person}' cannot name a database role. Use letters or digits.", person=person[:40]))
    role, password = f"shopper_{word[:20]}_{secrets.token_hex(3)}", secrets.token_urlsafe(18)
    connection.execute(text(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}'"))
    connection.execute(text("INSERT INTO household_members (role, person) VALUES (:role, :person)"), {"role": role, "person": person})
    _grant(connection, role, schema, f"{schema}{VIEWS}")
    return role, password


def set_level(session: Session, account_id: int, level: str) -> None:
    """Set how much of an account others see. Raises InvalidInput, and Conflict for an account of somebody else."""
    if level not in LEVELS:
        raise InvalidInput(translated("'{level}' is no level. Use {levels}.", level=level[:20], levels=any_of(LEVELS)))
    statement = (
        "INSERT INTO household_levels (account_id, level) VALUES (:account, :level) "
        "ON CONFLICT (account_id) DO UPDATE SET level = excluded.level"
    )
    _as_owner(session, statement, {"account": account_id, "level": level})


def mark_gift(session: Session, order_id: int, until: date | None, today: date) -> date:
    """Hide what an order holds until a day, by default two weeks after its delivery, else 6 January; return the day."""
    if until is None:
        delivered = session.scalar(text("SELECT max(delivered_on) FROM shipments WHERE order_id = :order"), {"order": order_id})
        until = date.fromisoformat(delivered) + _GIFT_DAYS if delivered else _next_epiphany(today)
    statement = (
        "INSERT INTO household_gifts (order_id, until) VALUES (:order, :until) ON CONFLICT (order_id) DO UPDATE SET until = excluded.until"
    )
    _as_owner(session, statement, {"order": order_id, "until": until})
    return until


def clear_gift(session: Session, order_id: int) -> None:
    """Remove the gift mark of an order. Raises NotFound if this person sees none."""
    done = session.execute(text("DELETE FROM household_gifts WHERE order_id = :order RETURNING order_id"), {"order": order_id})
    if done.first() is None:
        raise NotFound(translated("This order has no gift mark of yours."))


def _next_epiphany(today: date) -> date:
    this_year = date(today.year, 1, 6)
    return this_year if today <= this_year else date(today.year + 1, 1, 6)


def _as_owner(session: Session, statement: str, values: dict[str, object]) -> None:
    try:
        session.execute(text(statement), values)
    except ProgrammingError as error:
        if "row-level security" in str(error):
            raise Conflict(translated("Only the owner of an account may decide what others see of it.")) from error
        raise


def access(session: Session) -> list[Access]:
    """Return every account that this person sees with its level."""
    query = (
        "SELECT a.key, a.owner, CASE WHEN a.id IN (SELECT household_own()) THEN coalesce(l.level, 'open') "
        "WHEN a.id IN (SELECT household_open()) THEN 'open' ELSE 'amounts' END "
        "FROM accounts a LEFT JOIN household_levels l ON l.account_id = a.id ORDER BY a.id"
    )
    return [Access(account=key, owner=owner, level=level) for key, owner, level in session.execute(text(query))]


def closed_count(session: Session) -> int:
    """Return how many accounts of the household are not shown to this person."""
    return session.scalar(text("SELECT count(*) FROM household_closed()")) or 0


def persons(session: Session) -> list[str]:
    """Return the persons of the household."""
    return list(session.scalars(text("SELECT person FROM household_members ORDER BY person")))
