"""The origin of a warning, and its message independent of language."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add both columns. For existing warnings the origin comes from their English source; their message is unknown."""
    op.add_column("alerts", sa.Column("origin", sa.String(), nullable=False, server_default="ledger"))
    op.add_column("alerts", sa.Column("message", sa.String(), nullable=True))
    op.execute("UPDATE alerts SET origin = 'user_rule' WHERE source LIKE 'rule %'")
