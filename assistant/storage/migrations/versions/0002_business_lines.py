"""What a business report says of a line and an order: tax, codes, bookings, purchase order, buyer; which order one replaces."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; what is there keeps them empty until it is read again."""
    for name in ("purchase_order", "buyer", "replaces"):
        op.add_column("orders", sa.Column(name, sa.String(), nullable=True))
    op.add_column("items", sa.Column("tax", sa.Integer(), nullable=True))
    for name in ("brand", "product_category", "unspsc", "gl_code", "cost_center", "department"):
        op.add_column("items", sa.Column(name, sa.String(), nullable=True))
