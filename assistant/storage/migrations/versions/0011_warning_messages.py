"""What a warning rests on, and its message whatever the language."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add both. Of the warnings that are there only their English says that they rest on a rule of the user; their message is unknown."""
    op.add_column("alerts", sa.Column("origin", sa.String(), nullable=False, server_default="ledger"))
    op.add_column("alerts", sa.Column("message", sa.String(), nullable=True))
    op.execute("UPDATE alerts SET origin = 'user_rule' WHERE source LIKE 'rule %'")
