"""Quarantine, kept pages, the payment history, and the days that lists and exports cover."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NULLABLE_JSON = sa.JSON(none_as_null=True)
_DAYS = """
UPDATE documents SET first_day = days.earliest, last_day = days.latest FROM (
    SELECT sightings.document_id AS id, MIN(orders.placed_on) AS earliest, MAX(orders.placed_on) AS latest
    FROM sightings JOIN orders ON orders.id = sightings.order_id GROUP BY sightings.document_id
) AS days WHERE days.id = documents.id
"""


def upgrade() -> None:
    """Add tables and columns; the days that an export covers are those of its orders."""
    for table, column in (
        ("documents", sa.Column("first_day", sa.String(), nullable=True)),
        ("documents", sa.Column("last_day", sa.String(), nullable=True)),
        ("documents", sa.Column("listing", _NULLABLE_JSON, nullable=True)),
        ("orders", sa.Column("quarantine", _NULLABLE_JSON, nullable=True)),
        ("orders", sa.Column("confirmed", _NULLABLE_JSON, nullable=True)),
        ("sightings", sa.Column("doubts", sa.String(), nullable=True)),
    ):
        op.add_column(table, column)
    doubtful = sa.text("quarantine IS NOT NULL")
    op.create_index("orders_in_quarantine", "orders", ["account_id"], sqlite_where=doubtful, postgresql_where=doubtful)
    op.execute(_DAYS)
    _create_pages()
    _create_transactions()


def _create_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id"),
    )


def _create_transactions() -> None:
    op.create_table(
        "transactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("on", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("last4", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("descriptor", sa.String(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "key"),
    )
    op.create_index("ix_transactions_document_id", "transactions", ["document_id"])
    op.create_table(
        "transaction_orders",
        sa.Column("transaction_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["transaction_id"], ["transactions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("transaction_id", "position"),
    )
    op.create_index("ix_transaction_orders_number", "transaction_orders", ["number"])
