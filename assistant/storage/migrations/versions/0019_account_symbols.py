"""Two symbols of accounts that ordinary terminal fonts lack are replaced by two that they have."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Replace the symbols."""
    op.execute("UPDATE accounts SET symbol = '\u25bc' WHERE symbol = '\u2b1f'")
    op.execute("UPDATE accounts SET symbol = '\u25ba' WHERE symbol = '\u25d7'")
