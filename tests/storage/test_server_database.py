"""A ledger in PostgreSQL behaves like a file: one writer at a time, nothing counted twice, and it survives an outage."""

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import Services, build
from assistant.domain.errors import DomainError, InvalidInput, LedgerUnusable, NotAuthorised, NotFound, PairingRefused
from assistant.domain.filters import Filter
from assistant.server.running import find_server
from assistant.settings import Settings
from assistant.storage.engine import Database
from tests.conftest import own_schema
from tests.postgres import Cluster

Household = Callable[[str], Services]


@pytest.fixture
def machine(cluster: Cluster, tmp_path: Path) -> Iterator[Household]:
    """Return a function that opens the same ledger on machines with their own data folders."""
    opened: list[Services] = []
    with own_schema(cluster.url) as url:

        def open_on(name: str) -> Services:
            opened.append(build(Settings(home=tmp_path / name, port=0, database=url)))
            return opened[-1]

        yield open_on
        for services in opened:
            services.close()


def history(first: int, last: int) -> bytes:
    header = (
        "Website,Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Shipping Charge,Total Discounts,Total Owed,Quantity,Order Status,"
        "Product Name,ASIN"
    )
    lines = [
        f"Amazon.com,112-0000000-{number:07d},2025-03-{number % 28 + 1:02d}T10:00:00Z,USD,20.00,1.60,0,0,21.60,1,Closed,"
        f"Garden hose {number},B0INVENT01"
        for number in range(first, last)
    ]
    return "\n".join([header, *lines, ""]).encode()


def at_once(*tasks: Callable[[], object]) -> list[Exception]:
    """Run tasks in threads that start together; return their errors."""
    barrier, failures = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        barrier.wait()
        try:
            task()
        except Exception as error:  # noqa: BLE001  # every failure is the result
            failures.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def take(services: Services, content: bytes) -> None:
    services.imports.take_bytes("Order History.csv", content, account="Me", new_account=True)


def test_two_machines_and_four_importers_of_overlapping_histories_lose_and_double_nothing(machine: Household) -> None:
    ana, ben = machine("ana"), machine("ben")
    parts = [(0, 60), (30, 90), (0, 90), (60, 120)]
    tasks = [
        lambda services=services, part=part: take(services, history(*part))
        for services, part in zip((ana, ben, ana, ben), parts, strict=True)
    ]
    assert at_once(*tasks) == []
    for services in (ana, ben):
        assert len(services.accounts.all()) == 1
        page = services.ledger.orders(Filter(), limit=500)
        assert page.total == 120
        assert len({order.number for order in page.items}) == 120


def test_two_machines_that_open_an_empty_ledger_at_once_make_one_schema(cluster: Cluster, tmp_path: Path) -> None:
    with own_schema(cluster.url) as url:
        made: list[Services] = []
        homes = [tmp_path / name for name in ("ana", "ben", "cleo")]
        failures = at_once(*(lambda home=home: made.append(build(Settings(home=home, port=0, database=url))) for home in homes))
        assert failures == []
        made[0].accounts.add("Personal", "personal")
        assert [account.label for account in made[2].accounts.all()] == ["Personal"]
        for services in made:
            services.close()


def test_a_browser_is_paired_with_one_machine_only(machine: Household) -> None:
    ana, ben = machine("ana"), machine("ben")
    code, _ = ana.pairing.open_code().code, ben.pairing.open_code().code
    with pytest.raises(PairingRefused):
        ben.pairing.redeem(code, "Firefox", None)
    grant = ana.pairing.redeem(code, "Firefox", None)
    token = grant.token
    assert ana.pairing.client_of(token).name == "Firefox"
    with pytest.raises(NotAuthorised):
        ben.pairing.client_of(token)
    assert (len(ana.pairing.clients()), ben.pairing.clients()) == (1, [])
    assert ana.pairing.proof_key != ben.pairing.proof_key
    with pytest.raises(NotFound):
        ben.pairing.revoke(grant.client_id)


def test_clients_of_an_earlier_version_belong_to_the_first_machine_that_opens_the_ledger(machine: Household) -> None:
    from sqlalchemy import text  # noqa: PLC0415  # only here

    ana = machine("ana")
    grant = ana.pairing.redeem(ana.pairing.open_code().code, "Firefox", None)
    with ana.database.writing() as work:
        for table in ("clients", "server"):
            work.session.execute(text(f"UPDATE {table} SET machine = ''"))  # noqa: S608  # a constant
        work.commit()
    again, ben = machine("ana"), machine("ben")
    assert again.pairing.proof_key == grant.proof_key
    assert again.pairing.client_of(grant.token).id == grant.client_id
    assert ben.pairing.proof_key != grant.proof_key


def test_an_outage_is_one_sentence_and_heals_by_itself(machine: Household, cluster: Cluster) -> None:
    ana = machine("ana")
    ana.accounts.add("Personal", "personal")
    cluster.stop()
    try:
        for _ in range(2):
            with pytest.raises(LedgerUnusable) as told:
                ana.accounts.all()
            assert "\n" not in str(told.value)
        with pytest.raises(LedgerUnusable):
            ana.accounts.add("Business", "business")
    finally:
        cluster.start()
    ana.accounts.add("Business", "business")
    assert [account.label for account in ana.accounts.all()] == ["Personal", "Business"]


def test_a_missing_data_folder_is_made_so_that_serve_leaves_its_token_there_and_the_app_finds_it(cluster: Cluster, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
    with own_schema(cluster.url) as url:
        for home in (tmp_path / "ana" / "shopper", tmp_path / "ben" / "shopper"):
            command = [sys.executable, "-m", "assistant", "--home", str(home), "--database", url, "--port", "0", "serve"]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as serving:
                try:
                    assert serving.stderr is not None
                    assert "Shopper answers at" in serving.stderr.readline()
                    settings = Settings(home=home, port=0, database=url)
                    running = find_server(settings)
                    assert running is not None
                    assert running.pid == serving.pid
                    assert stat.S_IMODE(home.stat().st_mode) == 0o700
                    assert (home / "terminal.token").is_file()
                finally:
                    serving.terminate()


def test_a_reader_sees_one_state_while_others_write(machine: Household) -> None:
    ana, ben = machine("ana"), machine("ben")
    ana.accounts.add("Personal", "personal")
    from sqlalchemy import text  # noqa: PLC0415  # only here

    with ana.database.reading() as session:
        before = session.scalar(text("SELECT count(*) FROM accounts"))
        ben.accounts.add("Business", "business")
        assert session.scalar(text("SELECT count(*) FROM accounts")) == before == 1


def test_a_writer_that_waits_too_long_is_asked_to_try_again(machine: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.storage.engine._PATIENCE", 100)
    ana, ben = machine("ana"), machine("ben")
    with ana.database.writing() as work:
        work.session.connection()
        with pytest.raises(LedgerUnusable, match="Another program is writing"):
            ben.accounts.add("Business", "business")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana@db.example.org/shopper",
        "postgresql://ana@192.168.1.5/shopper?sslmode=require",
        "postgresql+psycopg://ana@/shopper?host=db.example.org",
        "postgresql://ana@localhost/shopper?host=db.example.org",
        "postgresql://ana@localhost,db.example.org/shopper",
        "postgres://ana@localhost/shopper?hostaddr=10.0.0.9",
        "postgresql:///shopper?service=elsewhere",
    ],
)
def test_the_database_of_another_machine_needs_a_verified_encrypted_connection(url: str) -> None:
    with pytest.raises(InvalidInput, match="sslmode=verify-full"):
        Database(url)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PGHOST", "db.example.org"), ("PGHOSTADDR", "10.0.0.9"), ("PGSERVICE", "elsewhere"), ("PGHOST", "localhost,10.0.0.9")],
)
def test_a_machine_that_the_environment_names_needs_it_too(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput, match="sslmode=verify-full"):
        Database("postgresql:///shopper")
    if name == "PGHOST":
        Database("postgresql://localhost/shopper").close()
    Database("postgresql:///shopper?sslmode=verify-full").close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana@db.example.org/shopper?sslmode=verify-full",
        "postgresql://ana@localhost/shopper",
        "postgres://ana@127.0.0.1:5433/shopper",
        "postgresql:///shopper?host=/var/run/postgresql",
    ],
)
def test_a_database_of_this_machine_or_with_a_verified_connection_is_accepted(url: str) -> None:
    Database(url).close()


@pytest.mark.parametrize("url", ["mysql://ana@localhost/shopper", "postgresql+asyncpg://ana@localhost/shopper", "nonsense"])
def test_other_databases_are_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(DomainError, match="postgresql://USER@HOST/NAME"):
        Database(url)


def test_a_server_that_does_not_answer_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    database = Database(f"postgresql://app@127.0.0.1:{port}/shopper")
    with pytest.raises(LedgerUnusable, match=rf":{port}/shopper does not answer. Start PostgreSQL there"), database.reading():
        pass
    database.close()
