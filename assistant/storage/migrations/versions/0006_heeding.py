"""The purchase and the situation of each warning, and an index from a purchase to the pages before it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add tables, columns and indexes; earlier warnings have no stored situation."""
    op.create_table(
        "situations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("alerts") as alerts:
        alerts.add_column(sa.Column("order_id", sa.Integer(), nullable=True))
        alerts.add_column(sa.Column("situation_id", sa.Integer(), nullable=True))
        alerts.create_foreign_key("alerts_order", "orders", ["order_id"], ["id"], ondelete="SET NULL")
        alerts.create_foreign_key("alerts_situation", "situations", ["situation_id"], ["id"])
    op.create_index("ix_alerts_order_id", "alerts", ["order_id"])
    op.create_index("ix_alerts_situation_id", "alerts", ["situation_id"])
    # Existing documents count as judged: only later ones are judged in retrospect.
    op.add_column("documents", sa.Column("judged", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index("documents_by_judged", "documents", ["judged", "id"])
    buying = sa.text("kind IN ('cart', 'checkout', 'buy_now', 'sns_signup')")
    op.create_index("visits_buying", "visits", ["account_id", "at"], sqlite_where=buying, postgresql_where=buying)
