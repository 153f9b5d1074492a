"""Columns for business reports: tax, codes, bookings, purchase order, buyer, and the order that an order replaces."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; existing rows leave them empty until their document is read again."""
    for name in ("purchase_order", "buyer", "replaces"):
        op.add_column("orders", sa.Column(name, sa.String(), nullable=True))
    op.add_column("items", sa.Column("tax", sa.Integer(), nullable=True))
    for name in ("brand", "product_category", "unspsc", "gl_code", "cost_center", "department"):
        op.add_column("items", sa.Column(name, sa.String(), nullable=True))
