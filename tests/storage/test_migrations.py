"""Older ledgers come along: what they hold is still there, in its new place."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from assistant.domain.terms import TermKind
from assistant.storage.terms import terms_about
from tests.storage.older import ledger_of

ACCOUNT = (
    "INSERT INTO accounts (id, key, label, purpose, owner, home, colour, symbol, letters, business, status, marketplaces, addresses, "
    "cards, created_at) VALUES (1, 'per', 'Personal', 'personal', 'me', 'hq', 'blue', '●', 'PER', 0, 'ok', '[]', '[]', '[]', '2026-01-01')"
)


def test_a_ledger_of_the_first_schema_becomes_todays_and_loses_nothing(tmp_path):
    ledger = ledger_of("0001", f"sqlite:///{tmp_path / 'ledger.sqlite'}", ACCOUNT)
    ledger.upgrade()
    with ledger.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert session.scalar(text("SELECT count(*) FROM accounts")) == 1
    ledger.close()
    assert len(list(tmp_path.glob("*-before-0001-*.backup.sqlite"))) == 1


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
