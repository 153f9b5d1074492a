"""Closures: when Amazon closed an account, and what it wrote of it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add what is new; nothing of it is known of the accounts that are there."""
    op.add_column("accounts", sa.Column("closed_at", sa.String(), nullable=True))
    op.add_column("accounts", sa.Column("notice", sa.String(), nullable=True))
