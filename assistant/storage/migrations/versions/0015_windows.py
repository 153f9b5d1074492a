"""The account that a paired browser's window belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the account to clients and to the open pairing code; windows of browsers paired so far belong to no account."""
    op.add_column("clients", sa.Column("account_id", sa.Integer(), nullable=True))
    op.add_column("pairing", sa.Column("account_id", sa.Integer(), nullable=True))
