"""Pages of orders and invoices that can be printed as receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "order_pages",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("printed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "number", "kind"),
    )
    op.create_index("ix_order_pages_seen_at", "order_pages", ["seen_at"])
