"""The history of what people did: steps that are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_REFUSED = "a step of the history cannot be changed"


def upgrade() -> None:
    """Add the table, and triggers that refuse to change or delete a row."""
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["steps.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_steps_command", "steps", ["command"])
    op.create_index("ix_steps_undoes", "steps", ["undoes"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER steps_{verb.lower()} BEFORE {verb} ON steps BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END")
    else:
        op.execute(f"CREATE FUNCTION refuse_step() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$ LANGUAGE plpgsql")
        op.execute("CREATE TRIGGER steps_kept BEFORE UPDATE OR DELETE ON steps FOR EACH ROW EXECUTE FUNCTION refuse_step()")
