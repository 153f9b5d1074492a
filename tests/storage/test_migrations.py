"""Older ledgers come along: what they hold is still there, in its new place."""

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import text

from assistant.domain.terms import TermKind
from assistant.storage import migrating
from assistant.storage.engine import Database
from assistant.storage.terms import terms_about


def test_uses_of_promotions_become_terms(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    old = Database(url)
    monkeypatch.setattr(migrating, "_run", _only_first)
    old.upgrade()
    with old.writing() as work:
        work.session.execute(
            text(
                "INSERT INTO accounts (id, key, label, purpose, owner, home, colour, symbol, letters, business, status, marketplaces, "
                "addresses, cards, created_at) VALUES (1, 'per', 'Personal', 'personal', 'me', 'home', 'blue', '●', 'PER', 0, 'ok', "
                "'[]', '[]', '[]', '2026-01-01')"
            )
        )
        work.session.execute(
            text(
                "INSERT INTO promotion_uses (account_id, name, used_on, order_number, terms) VALUES "
                "(1, 'WELCOME10', '2026-11-10', '112-0000001-0000001', :terms)"
            ),
            {"terms": '{"scope": "customer", "limit": 1, "text": null}'},
        )
        work.commit()
    old.close()
    monkeypatch.undo()
    new = Database(url)
    new.upgrade()
    with new.reading() as session:
        (term,) = terms_about(session, ["welcome10"], (), {1: "per"})
    new.close()
    assert (term.kind, term.account, term.what, str(term.on)) == (TermKind.PROMO_USED, "per", "WELCOME10", "2026-11-10")
    assert term.details == {"scope": "customer", "limit": 1, "order_id": "112-0000001-0000001"}


def _only_first(scripts, connection):
    with EnvironmentContext(Config(), scripts) as environment:
        environment.configure(connection=connection, fn=lambda revision, _: scripts._upgrade_revs("0001", revision), render_as_batch=True)
        environment.run_migrations()
