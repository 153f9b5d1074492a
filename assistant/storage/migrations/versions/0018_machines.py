"""Clients, the pairing code and the server's identity of each machine that shares a database."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Replace the fixed id of the single rows by the machine; existing rows belong to "", the machine of a file."""
    op.add_column("clients", sa.Column("machine", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_clients_machine", "clients", ["machine"])
    _by_machine("server", sa.Column("server_id", sa.String(), nullable=False), sa.Column("proof_key", sa.String(), nullable=False))
    _by_machine(
        "pairing",
        sa.Column("sealed_code", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
    )


def _by_machine(table: str, *columns: sa.Column[object]) -> None:
    names = ", ".join(column.name for column in columns)
    op.rename_table(table, f"{table}_before")
    op.create_table(table, sa.Column("machine", sa.String(), primary_key=True), *columns)
    op.execute(f"INSERT INTO {table} (machine, {names}) SELECT '', {names} FROM {table}_before")  # noqa: S608  # constants
    op.drop_table(f"{table}_before")
