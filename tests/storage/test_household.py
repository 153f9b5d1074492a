"""The database itself hides from a partner what the partner may not see, also from a program that queries it directly."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from assistant.bootstrap import Services, build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import Conflict, DomainError, InvalidInput, LedgerUnusable
from assistant.domain.filters import Filter
from assistant.domain.pages.visit import Visit
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


def test_while_an_order_is_a_gift_nothing_tells_the_others_what_was_bought(people: People) -> None:
    (account,) = people.asked_directly("ana", "SELECT id FROM accounts WHERE key = 'ana'")[0]
    with psycopg.connect(people.urls["ana"]) as connection:
        connection.execute(
            "INSERT INTO visits VALUES ('one', 'me', '2026-03-01', 1, 'default', 'checkout', 'amazon.com', 'A1', %s, %s, '{}')",
            (account, '{"lines": [{"title": "Telescope for Ben"}]}'),
        )
        connection.execute(
            "INSERT INTO alerts (at, visit_id, account_id, code, level, text, advice, evidence, source, origin) "
            "VALUES ('2026-03-01', 'one', %s, 'DUP', 'warn', 'Telescope for Ben was just ordered.', '', '[]', '', 'visit')",
            (account,),
        )
        connection.execute(
            "INSERT INTO terms (kind, account_id, what, name, details, by_hand, seen_at) "
            "VALUES ('promo_used', %s, 'W', 'w', '{\"asins\": [\"B0INVENT01\"]}', false, '2026'), "
            "('prime', %s, 'P', 'p', '{}', false, '2026')",
            (account, account),
        )
    seen = ("SELECT id FROM visits", "SELECT text FROM alerts", "SELECT what FROM terms ORDER BY what")
    assert [people.asked_directly("ben", query) for query in seen] == [
        [("one",)],
        [("Telescope for Ben was just ordered.",)],
        [("P",), ("W",)],
    ]
    people.ana.household.mark_gift("ana", ORDERS["ana"][0])
    assert [people.asked_directly("ben", query) for query in seen] == [[], [], [("P",)]]
    assert "Telescope" not in everything_readable(people, "ben")
    assert [len(people.asked_directly("ana", query)) for query in seen] == [1, 1, 2]
    people.ana.household.clear_gift("ana", ORDERS["ana"][0])
    assert len(people.asked_directly("ben", seen[0])) == 1


def test_a_rule_or_purpose_that_names_a_product_is_for_those_who_see_one(people: People) -> None:
    with psycopg.connect(people.urls["ana"]) as connection:
        connection.execute(
            "INSERT INTO split_rules (asin, seller, shares) "
            "VALUES ('B0SECRET01', NULL, '[]'), ('B0INVENT01', NULL, '[]'), (NULL, 'secret', '[]')"
        )
        connection.execute(
            "INSERT INTO business_purposes "
            "VALUES ('order', '112-0000000-0000001', 'for the observatory'), ('category', 'office', 'for clients')"
        )
    rules, purposes = "SELECT asin FROM split_rules", "SELECT text FROM business_purposes ORDER BY text"
    assert people.asked_directly("ben", purposes) == [("for clients",), ("for the observatory",)]
    people.ana.household.set_level("ana", "amounts")
    assert people.asked_directly("ben", rules) == [("B0INVENT01",)]
    assert people.asked_directly("ben", purposes) == [("for clients",)]
    assert len(people.asked_directly("ana", rules)) == 3
    assert len(people.asked_directly("ana", purposes)) == 2


def test_events_do_not_name_a_closed_account(people: People) -> None:
    events = "SELECT data ->> 'account' FROM outbox WHERE data ->> 'account' IS NOT NULL"
    assert {key for (key,) in people.asked_directly("ben", events)} == {"ana", "ben"}
    people.ana.household.set_level("ana", "closed")
    assert {key for (key,) in people.asked_directly("ben", events)} == {"ben"}
    assert {key for (key,) in people.asked_directly("ana", events)} == {"ana", "ben"}


def test_two_persons_may_do_the_same_tax_year_and_close_the_month_of_the_same_card(people: People) -> None:
    for name in ("ana", "ben"):
        with psycopg.connect(people.urls[name]) as connection:
            connection.execute("INSERT INTO tax_years VALUES ('euer', '2026', '[]', '{}', NULL, NULL, %s)", (name,))
            connection.execute("INSERT INTO reconciled_months VALUES ('visa/4821', '2026-03', '2026-04-01', '{}')")
            connection.execute("INSERT INTO receipts VALUES ('ab', 'a.pdf', '/a.pdf', 'application/pdf', 1, '2026', '')")
            connection.execute("INSERT INTO receipt_links VALUES ('112-0000000-0000001', 0, 'ab')")
    assert people.asked_directly("ben", "SELECT reason FROM tax_years") == [("ben",)]
    people.owner.household.set_up()
    assert people.asked_directly("ana", "SELECT reason FROM tax_years") == [("ana",)]


def test_a_page_of_an_account_that_is_not_shown_is_answered_as_one_of_an_unknown_account(people: People, clock: Watch) -> None:
    customer = "A1ANAPRIVATE01"
    people.ana.accounts.link("ana", customer)
    for level in ("amounts", "closed"):
        people.ana.household.set_level("ana", level)
        script = f"window.fwcimData = {{ customerId: '{customer}' }}; ue_mid = 'ATVPDKIKX0DER';"
        visit = Visit(id=str(uuid4()), at=clock(), url="https://www.amazon.com/", tab=1, store="default", html="", scripts=(script,))
        assert people.ben.visits.assess("me", visit)["account"]["certainty"] == "unknown"
        with pytest.raises(Conflict, match="Somebody else in the household has that already"):
            people.ben.accounts.link("ben", customer)
        with pytest.raises(Conflict, match="Somebody else in the household has that already"):
            people.ben.accounts.add("Another", "personal", key="ana")
    people.ana.household.set_level("ana", "open")
    assert people.ana.accounts.get("ana").customer_ids == (customer,)


def test_plans_of_queries_tell_nothing_about_hidden_rows(people: People) -> None:
    """PostgreSQL estimates rows from samples of the whole table, and shows every role the estimate."""
    row = "Amazon.com,112-0000000-{},2026-03-01T10:00:00Z,USD,20.00,1.60,0,0,21.60,1,Closed,{} book,B0SECRET{}"
    rows = [row.format(1000 + number, chr(65 + number % 26), number) for number in range(100)]
    people.ana.imports.take_bytes("Order History.csv", "\n".join((HEADER, *rows)).encode(), account="ana")
    people.ana.household.set_level("ana", "closed")

    def plans(table: str, column: str) -> set[object]:
        return {people.asked_directly("ben", f"EXPLAIN SELECT * FROM {table} WHERE {column} < '{sign}'")[0][0] for sign in "1AHPZ"}  # noqa: S608  # constants

    told = (("orders", "title"), ("orders", "number"), ("items", "title"), ("items", "asin"), ("sightings", "payload"))
    with psycopg.connect(people.owner.database.url, autocommit=True) as connection:
        connection.execute("ANALYZE")
        assert {len(plans(*column)) for column in told} == {1}
        # A ledger that was in use before it became a household's.
        for table, column in told:
            connection.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 100")
        connection.execute("ANALYZE")
        assert {len(plans(*column)) for column in told} > {1}
        people.owner.household.set_up()
        assert {len(plans(*column)) for column in told} == {1}


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
