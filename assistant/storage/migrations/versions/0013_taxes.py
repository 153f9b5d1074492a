"""Tax years, lines of categories, numbered exports, receipts and business purposes."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "tax_years",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("form", "year")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("accounts", "settings")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("locked", "locked_at")),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("form", "year"),
    )
    op.create_table(
        "tax_categories",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("form", "category", "key", "why")),
        sa.PrimaryKeyConstraint("form", "category"),
    )
    op.create_table(
        "tax_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("form", "year")),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "at", "why", "filled")),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form", "year", "number"),
    )
    op.create_table(
        "receipts",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("sha256", "name", "path", "media_type", "added_at")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "receipt_links",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["receipts.sha256"]),
        sa.PrimaryKeyConstraint("number", "item", "sha256"),
    )
    op.create_table(
        "business_purposes",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("scope", "value", "text")),
        sa.PrimaryKeyConstraint("scope", "value"),
    )
