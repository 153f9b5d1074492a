"""Columns for the day when Amazon closed an account, and for its notice."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns, empty for existing accounts."""
    op.add_column("accounts", sa.Column("closed_at", sa.String(), nullable=True))
    op.add_column("accounts", sa.Column("notice", sa.String(), nullable=True))
