"""Categories as a tree, and persons: closed lists that the user may extend. Categories already in use stay, at the top of the tree."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the lists and the person of an item."""
    op.add_column("items", sa.Column("person", sa.String(), nullable=True))
    op.create_table(
        "categories",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word"),
    )
    op.create_table("persons", sa.Column("word", sa.String(), nullable=False), sa.PrimaryKeyConstraint("word"))
