"""Sealed pairing codes: a browser proves the code without sending it, so the server must be able to read the open one."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Rename the column, and delete an open code, because its hash cannot be reversed."""
    op.execute("DELETE FROM pairing")
    op.execute("ALTER TABLE pairing RENAME COLUMN code_hash TO sealed_code")
