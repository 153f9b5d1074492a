"""The database itself hides from a partner what the partner may not see, also from a program that queries it directly."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from assistant.bootstrap import Services, build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import Conflict, DomainError, InvalidInput, LedgerUnusable
from assistant.domain.filters import Filter
from assistant.services.household import FILE_IS_OPEN
from assistant.settings import Settings
from assistant.storage.household import _SHOWN
from tests.conftest import Watch, own_schema
from tests.postgres import Cluster

HEADER = (
    "Website,Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Shipping Charge,Total Discounts,Total Owed,Quantity,Order Status,"
    "Product Name,ASIN"
)
ORDERS = {"ana": ("112-0000000-0000001", "Telescope for Ben"), "ben": ("112-0000000-0000002", "Saddle for Ana")}


class People:
    """Ana and Ben with a machine, a database role and an account each; `owner` is the database's owner."""

    def __init__(self, folder: Path, url: str, clock: Watch) -> None:
        self._folder, self._clock = folder, clock
        self.owner = self.open("owner", url)
        self.owner.household.set_up()
        self.urls = {name: self.owner.household.add(name).url for name in ("ana", "ben")}
        self.ana, self.ben = (self.open(name, self.urls[name]) for name in ("ana", "ben"))
        for name, services in (("ana", self.ana), ("ben", self.ben)):
            services.accounts.add(f"{name} private", "personal", key=name, change=AccountChange(addresses=(f"{name}/97205",)))
            number, title = ORDERS[name]
            row = f"Amazon.com,{number},2026-03-01T10:00:00Z,USD,20.00,1.60,0,0,21.60,1,Closed,{title},B0INVENT01"
            services.imports.take_bytes("Order History.csv", f"{HEADER}\n{row}\n".encode(), account=name)
            services.categories.catch_up_newest()

    def open(self, name: str, url: str) -> Services:
        return build(Settings(home=self._folder / name, port=0, database=url), clock=self._clock)

    def close(self) -> None:
        for services in (self.ana, self.ben, self.owner):
            services.close()

    def asked_directly(self, name: str, query: str) -> list[tuple[object, ...]]:
        """Return the database's answer to this person's role, without Shopper in between."""
        with psycopg.connect(self.urls[name]) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def people(cluster: Cluster, tmp_path: Path, clock: Watch) -> Iterator[People]:
    with own_schema(cluster.url) as url:
        made = People(tmp_path, url, clock)
        yield made
        made.close()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DO $$ BEGIN EXECUTE (SELECT format('DROP SCHEMA %I CASCADE', current_schema() || '_household')); END $$")


def spent(services: Services) -> dict[str, int]:
    return {row.account: row.spent.minor for row in services.ledger.expenses(Filter()).items}


def titles(services: Services) -> dict[str, str | None]:
    return {order.account: order.title or None for order in services.ledger.orders(Filter()).items}


def everything_readable(people: People, name: str) -> str:
    """Return all that a person's role can read, from every table and view."""
    found = []
    tables = people.asked_directly(
        name,
        "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables "
        "WHERE table_schema IN (current_schema(), current_schema() || '_household')",
    )
    assert len(tables) > 40
    for (table,) in tables:
        found += [str(row) for row in people.asked_directly(name, f"SELECT * FROM {table}")]  # noqa: S608  # names from the database
    return "\n".join(found)


def test_an_open_account_is_seen_whole_and_new_accounts_belong_to_their_person(people: People) -> None:
    assert titles(people.ben) == {"ana": "Telescope for Ben", "ben": "Saddle for Ana"}
    assert [account.owner for account in people.ben.accounts.all()] == ["ana", "ben"]


def test_an_account_of_amounts_shows_days_and_sums_and_no_title_to_anybody_else(people: People) -> None:
    people.ana.household.set_level("ana", "amounts")
    assert titles(people.ana)["ana"] == "Telescope for Ben"
    assert titles(people.ben) == {"ana": None, "ben": "Saddle for Ana"}
    assert spent(people.ben) == spent(people.ana) == {"ana": 2160, "ben": 2160}
    readable = everything_readable(people, "ben")
    assert "Telescope" not in readable
    assert "telescope" not in readable
    assert "ana/97205" not in readable
    assert "Saddle" in readable


def test_every_column_of_a_view_is_shown_or_hidden_on_purpose(people: People) -> None:
    """A new column is hidden from partners until it is listed in `_SHOWN`; here it must be said which it is."""
    people.ana.household.set_level("ana", "amounts")
    hidden = {
        "accounts": "addresses cards notice organization",
        "orders": "address buyer confirmed conflicts purchase_order quarantine recipient replaces search sources title",
        "items": (
            "asin brand category condition cost_center department document_id gift gl_code person product_category return_by "
            "return_closed_on seller subscription_every title unspsc"
        ),
        "entries": "",
        "entry_shares": "",
        "refunds": "",
    }
    columns = "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{}'"
    empty = {None, "", "[]", "{}"}
    for table, names in hidden.items():
        there = {name for (name,) in people.asked_directly("ben", columns.format(table))} - {"household_role"}
        assert there - set(_SHOWN[table].split()) == set(names.split()), table
        if names:
            (schema,) = people.asked_directly("ben", "SELECT current_schema() || '_household'")[0]
            mine = "key = 'ana'" if table == "accounts" else "order_id = 1" if table == "items" else "number = '112-0000000-0000001'"
            wanted = ", ".join(f"{name}::text" for name in names.split())
            rows = people.asked_directly("ben", f'SELECT {wanted} FROM "{schema}".{table} WHERE {mine}')  # noqa: S608  # constants
            assert rows, table
            assert {value for row in rows for value in row} <= empty, table


def test_a_closed_account_is_only_counted(people: People) -> None:
    people.ana.household.set_level("ana", "closed")
    assert spent(people.ben) == {"ben": 2160}
    assert [account.key for account in people.ben.accounts.all()] == ["ben"]
    assert people.ben.household.closed_count() == 1
    found, closed = people.ben.household.access()
    assert ([one.account for one in found], closed) == (["ben"], 1)
    assert "112-0000000-0000001" not in everything_readable(people, "ben")


def test_a_gift_is_hidden_until_its_day_and_then_seen_by_itself(people: People) -> None:
    number, _ = ORDERS["ana"]
    today = datetime.now(UTC).date()
    assert people.ana.household.mark_gift("ana", number, today) == today
    assert titles(people.ben)["ana"] is None
    assert spent(people.ben) == {"ana": 2160, "ben": 2160}
    assert "Telescope" not in everything_readable(people, "ben")
    assert titles(people.ana)["ana"] == "Telescope for Ben"
    people.ana.household.mark_gift("ana", number, datetime(2026, 1, 2, tzinfo=UTC).date())
    assert titles(people.ben)["ana"] == "Telescope for Ben"
    people.ana.household.mark_gift("ana", number)
    people.ana.household.clear_gift("ana", number)
    assert titles(people.ben)["ana"] == "Telescope for Ben"


def test_only_its_owner_decides_about_an_account_and_changes_it(people: People) -> None:
    with pytest.raises(Conflict):
        people.ben.household.set_level("ana", "closed")
    with pytest.raises(Conflict):
        people.ben.household.mark_gift("ana", ORDERS["ana"][0])
    people.ana.household.set_level("ana", "amounts")
    with pytest.raises(DomainError):
        people.ben.household.set_level("ana", "open")
    for statement in (
        "UPDATE accounts SET label = 'mine' WHERE key = 'ana' RETURNING id",
        "DELETE FROM orders WHERE number = '112-0000000-0000001' RETURNING id",
        "UPDATE household_levels SET level = 'open' RETURNING level",
    ):
        assert people.asked_directly("ben", statement) == []
    for statement in (
        "INSERT INTO household_members VALUES (session_user, 'ana')",
        "DROP POLICY household_read ON orders",
        "SET ROLE tester",
    ):
        with pytest.raises(psycopg.Error):
            people.asked_directly("ben", statement)
    with pytest.raises(LedgerUnusable):
        people.ben.household.add("Cleo")


def test_setting_it_up_again_changes_nothing_and_takes_new_tables_in(people: People) -> None:
    people.ana.household.set_level("ana", "amounts")
    people.owner.household.set_up()
    assert titles(people.ben)["ana"] is None
    with pytest.raises(Conflict):
        people.owner.household.add("Ana")


def test_a_file_says_that_everybody_sees_everything(services: Services) -> None:
    if services.database.file is None:
        pytest.skip("this ledger is in PostgreSQL")
    for ask in (services.household.set_up, services.household.access, lambda: services.household.set_level("me", "closed")):
        with pytest.raises(InvalidInput, match="everybody who can open it sees everything"):
            ask()
    assert "PostgreSQL" in FILE_IS_OPEN
