"""Statements of cards: their lines, the columns of each bank's CSV, the user's decisions, and closed months."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "name", "card", "since", "until")),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_statements_digest", "statements", ["digest"])
    op.create_index("ix_statements_card", "statements", ["card"])
    op.create_table(
        "statement_profiles",
        sa.Column("header", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("header"),
    )
    op.create_table(
        "statement_decisions",
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("line"),
    )
    op.create_table(
        "reconciled_months",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("card", "month", "closed_on")),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("card", "month"),
    )
