"""Warnings keep the messages of their evidence and source, so that they can be read in any language."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the column; warnings of before keep the words that they have."""
    op.add_column("alerts", sa.Column("grounds", sa.String(), nullable=True))
