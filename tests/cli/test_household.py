"""`shopper household` as separate processes, which load only the modules that they need."""

import psycopg

from tests.conftest import own_schema

UNPROTECTED = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND NOT relrowsecurity"


def test_init_protects_every_table_and_each_person_decides_about_their_own_accounts(cluster, shopper_process):
    with own_schema(cluster.url) as url:
        assert shopper_process("--database", url, "household", "init").code == 0
        with psycopg.connect(url, autocommit=True) as connection:
            assert connection.execute(UNPROTECTED).fetchall() == [("alembic_version",)]
            urls = [shopper_process("--database", url, "household", "add", name, "--json").json["url"] for name in ("ana", "ben")]
            for key, account in zip(("ana", "ben"), urls, strict=True):
                assert shopper_process("--database", account, "accounts", "add", key, "--key", key, "--purpose", "personal").code == 0
            refused = shopper_process("--database", urls[1], "household", "level", "ana", "closed")
            assert (refused.code, "Only the owner" in refused.err) == (3, True), refused.err
            assert shopper_process("--database", urls[0], "household", "level", "ana", "closed").code == 0
            shown = shopper_process("--database", urls[1], "household", "list", "--json").json
            assert ([one["account"] for one in shown["items"]], shown["not_shown"]) == (["ben"], 1)
            connection.execute("DO $$ BEGIN EXECUTE (SELECT format('DROP SCHEMA %I CASCADE', current_schema() || '_household')); END $$")


def test_a_file_says_that_everybody_sees_everything(shopper_process):
    done = shopper_process("household", "init")
    assert (done.code, "everybody who can open it sees everything" in done.err) == (2, True)
