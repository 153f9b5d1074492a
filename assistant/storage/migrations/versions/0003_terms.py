"""A table of terms: promotions, memberships, subscriptions, limits and reviews. Uses of promotions move there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table, and move the uses of promotions into it."""
    terms = op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("on", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=True),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("terms_by_name", "terms", ["name", "kind"], unique=False)
    op.create_index("terms_by_kind", "terms", ["kind", "account_id"], unique=False)
    uses = sa.table(
        "promotion_uses",
        sa.column("account_id", sa.Integer()),
        sa.column("name", sa.String()),
        sa.column("used_on", sa.String()),
        sa.column("order_number", sa.String()),
        sa.column("terms", sa.JSON()),
        sa.column("visit_id", sa.String()),
    )
    moved = [_term(use) for use in op.get_bind().execute(sa.select(uses)).mappings()]
    if moved:
        op.bulk_insert(terms, moved)
    op.drop_table("promotion_uses")


def _term(use: sa.RowMapping) -> dict[str, object]:
    """Return a use of a promotion as a term."""
    details = {name: value for name, value in (use["terms"] or {}).items() if value is not None}
    if use["order_number"]:
        details["order_id"] = use["order_number"]
    return {
        "kind": "promo_used",
        "account_id": use["account_id"],
        "what": use["name"],
        "name": use["name"].casefold(),
        "on": use["used_on"],
        "until": None,
        "details": details,
        "by_hand": False,
        "visit_id": use["visit_id"],
        "seen_at": use["used_on"] + "T00:00:00+00:00",
    }
