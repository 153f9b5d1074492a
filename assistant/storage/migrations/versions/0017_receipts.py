"""Why a receipt cannot be shown as pages; for receipts so far, that is found out when a pack is written."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column."""
    op.add_column("receipts", sa.Column("problem", sa.String(), nullable=False, server_default=""))
