"""Settlements of claims name the purpose that they were for, so that they stay with their claim when an account gets another key.

Amounts that were paid back, from the account to the other purse, are negative.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_ACCOUNT = "(SELECT a.key FROM accounts a JOIN orders o ON o.account_id = a.id WHERE o.id = claim_settlements.order_id)"
_OTHER = f"CASE WHEN owes = {_ACCOUNT} THEN paid ELSE owes END"
_FILL = (
    f"UPDATE claim_settlements SET purpose = COALESCE((SELECT purpose FROM accounts WHERE key = {_OTHER}), {_OTHER}), "  # noqa: S608  # constants only
    f"amount = CASE WHEN owes = {_ACCOUNT} THEN -amount ELSE amount END"
)


def upgrade() -> None:
    """Add the column and fill it; the trigger that refuses changes rests meanwhile."""
    op.add_column("claim_settlements", sa.Column("purpose", sa.String(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        trigger = op.get_bind().execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'claim_settlements_update'")).scalar_one()
        op.execute("DROP TRIGGER claim_settlements_update")
        op.execute(_FILL)
        op.execute(trigger)
        return
    op.execute("ALTER TABLE claim_settlements DISABLE TRIGGER claim_settlements_kept")
    op.execute(_FILL)
    op.execute("ALTER TABLE claim_settlements ENABLE TRIGGER claim_settlements_kept")
