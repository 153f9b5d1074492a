"""The books: entries with their shares and doubts, what people decide about them, and keys that name items and refunds for good.

Every order is marked as not booked, so that its entries are derived from its sources when the ledger is next read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_PARTS = ("goods", "shipping", "gift_wrap", "tip", "fee", "discount", "points", "tax")
_STALE = "UPDATE orders SET booked = {no} WHERE id = {row}.order_id"
_SETTLED = "a settlement cannot be changed; settle the difference"


def upgrade() -> None:
    """Add columns, tables and triggers."""
    false = sa.false()
    for table, column in (
        ("orders", sa.Column("cost", sa.Integer(), nullable=True)),
        ("orders", sa.Column("booked", sa.Boolean(), nullable=False, server_default=false)),
        ("orders", sa.Column("item_keys", sa.Integer(), nullable=False, server_default="0")),
        ("orders", sa.Column("refund_keys", sa.Integer(), nullable=False, server_default="0")),
        ("items", sa.Column("key", sa.Integer(), nullable=False, server_default="0")),
        ("refunds", sa.Column("key", sa.Integer(), nullable=False, server_default="0")),
        ("refunds", sa.Column("source_key", sa.String(), nullable=True)),
    ):
        op.add_column(table, column)
    op.execute("UPDATE items SET key = line + 1")
    op.execute("UPDATE refunds SET key = position + 1")
    op.execute("UPDATE orders SET item_keys = item_count")
    op.execute("UPDATE orders SET refund_keys = (SELECT COUNT(*) FROM refunds WHERE refunds.order_id = orders.id)")
    unbooked = sa.text("NOT booked")
    op.create_index("orders_to_book", "orders", ["id"], sqlite_where=unbooked, postgresql_where=unbooked)
    _create_entries()
    _create_decisions()
    _create_triggers()


def _create_entries() -> None:
    op.create_table(
        "entries",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("order_id", "item", "refund", "nth")),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "on", "basis", "currency")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("gross", *_PARTS)),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("taxes", sa.String(), nullable=True),
        sa.Column("paid", sa.String(), nullable=True),
        sa.CheckConstraint(f"{' + '.join(_PARTS)} = gross", name="entries_add_up"),
        sa.CheckConstraint("(kind = 'refund') = (refund > 0)", name="entries_refunds_have_a_key"),
        sa.CheckConstraint("kind <> 'refund' OR gross < 0", name="entries_refunds_are_negative"),
        sa.CheckConstraint("kind IN ('purchase', 'refund', 'top_up')", name="entries_kinds"),
        sa.CheckConstraint("gross <> 0", name="entries_are_not_nought"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("order_id", "item", "refund", "nth"),
        sqlite_with_rowid=False,
    )
    op.create_index("entries_by_day", "entries", ["on", "order_id"])
    op.create_table(
        "entry_shares",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("order_id", "item", "refund", "nth", "position")),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("share", sa.String(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id", "item", "refund", "nth"],
            ["entries.order_id", "entries.item", "entries.refund", "entries.nth"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("order_id", "item", "refund", "nth", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "doubts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("on", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_doubts_order_id", "doubts", ["order_id"])


def _create_decisions() -> None:
    op.create_table(
        "splits",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("order_id", "item", "position")),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name="splits_are_percent_or_amount"),
        sa.CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 10000", name="splits_are_at_most_all"),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name="splits_are_positive"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("order_id", "item", "position"),
    )
    op.create_table(
        "split_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asin", sa.String(), nullable=True),
        sa.Column("seller", sa.String(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_split_rules_asin", "split_rules", ["asin"])
    op.create_index("ix_split_rules_seller", "split_rules", ["seller"])
    op.create_table("purposes", sa.Column("word", sa.String(), nullable=False), sa.PrimaryKeyConstraint("word"))
    op.create_table(
        "claim_settlements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("owes", "paid")),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("currency", "settled_on")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("claim_settlements_by_item", "claim_settlements", ["order_id", "item"])
    op.create_table(
        "book_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_triggers() -> None:
    """Add triggers: any change of a decision marks its order as not booked; changing a settlement fails."""
    if op.get_bind().dialect.name == "sqlite":
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            op.execute(f"CREATE TRIGGER splits_{verb.lower()} AFTER {verb} ON splits BEGIN {_STALE.format(no='0', row=row)}; END")
        op.execute(
            "CREATE TRIGGER items_purpose AFTER UPDATE OF purpose ON items WHEN OLD.purpose IS NOT NEW.purpose "
            f"BEGIN {_STALE.format(no='0', row='NEW')}; END"
        )
        op.execute(
            "CREATE TRIGGER orders_held AFTER UPDATE OF quarantine, confirmed, account_id ON orders "
            "WHEN OLD.quarantine IS NOT NEW.quarantine OR OLD.account_id IS NOT NEW.account_id "
            "BEGIN UPDATE orders SET booked = 0 WHERE id = NEW.id; END"
        )
        op.execute("CREATE TRIGGER orders_removed AFTER DELETE ON orders BEGIN UPDATE orders SET booked = 0 WHERE number = OLD.number; END")
        op.execute(
            f"CREATE TRIGGER claim_settlements_update BEFORE UPDATE ON claim_settlements BEGIN SELECT RAISE(ABORT, '{_SETTLED}'); END"
        )
        return
    stale = _STALE.format(no="false", row="changed")
    op.execute(
        "CREATE FUNCTION mark_order() RETURNS trigger AS $$ DECLARE changed record; BEGIN "
        f"changed := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; {stale}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    op.execute("CREATE TRIGGER splits_changed AFTER INSERT OR UPDATE OR DELETE ON splits FOR EACH ROW EXECUTE FUNCTION mark_order()")
    op.execute(
        "CREATE TRIGGER items_purpose AFTER UPDATE OF purpose ON items FOR EACH ROW "
        "WHEN (OLD.purpose IS DISTINCT FROM NEW.purpose) EXECUTE FUNCTION mark_order()"
    )
    op.execute("CREATE FUNCTION mark_held_order() RETURNS trigger AS $$ BEGIN NEW.booked := false; RETURN NEW; END $$ LANGUAGE plpgsql")
    op.execute(
        "CREATE TRIGGER orders_held BEFORE UPDATE OF quarantine, account_id ON orders FOR EACH ROW WHEN ("
        "OLD.quarantine::text IS DISTINCT FROM NEW.quarantine::text OR OLD.account_id <> NEW.account_id"
        ") EXECUTE FUNCTION mark_held_order()"
    )
    op.execute(
        "CREATE FUNCTION mark_twin_orders() RETURNS trigger AS $$ BEGIN "
        "UPDATE orders SET booked = false WHERE number = OLD.number; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    op.execute("CREATE TRIGGER orders_removed AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION mark_twin_orders()")
    op.execute(f"CREATE FUNCTION refuse_settlement() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{_SETTLED}'; END $$ LANGUAGE plpgsql")
    op.execute("CREATE TRIGGER claim_settlements_kept BEFORE UPDATE ON claim_settlements FOR EACH ROW EXECUTE FUNCTION refuse_settlement()")
