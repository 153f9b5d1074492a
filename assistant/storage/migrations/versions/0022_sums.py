"""The database refuses an order whose entries do not add up to its cost less refunds, or whose shares do not add up to an entry.

The sums are checked when an order is marked as booked: by then all its entries and shares are written. A new order of an import is
written as booked, before its entries; of it only cost and refunds are checked.
"""

from alembic import op

revision = "0022"
down_revision = "0021"

_ENTRIES = "SELECT COALESCE(SUM(gross), 0) FROM entries WHERE order_id = NEW.id AND kind <> 'top_up'"
_SHARES = (
    "SELECT 1 FROM entries e JOIN entry_shares s ON s.order_id = e.order_id AND s.item = e.item AND s.refund = e.refund AND s.nth = e.nth "
    "WHERE e.order_id = NEW.id GROUP BY e.item, e.refund, e.nth, e.gross HAVING SUM(s.gross) <> e.gross"
)
_RULES = (
    ("The refunds of an order exceed its cost.", "NEW.refunded > NEW.cost"),
    ("The entries of an order are not its cost less refunds.", f"({_ENTRIES}) <> NEW.cost - NEW.refunded"),
    ("The shares of an entry do not add up to it.", f"EXISTS ({_SHARES})"),
)
_MARK = (
    "UPDATE orders SET booked = {no} WHERE EXISTS "
    "(SELECT 1 FROM refunds WHERE order_id = orders.id AND currency <> orders.currency AND currency <> 'XXX')"
)
"""Refunds in another currency than their order: they raise a question now, which deriving the entries again asks."""


def upgrade() -> None:
    """Add the triggers, and mark the orders with a refund in another currency."""
    op.execute(_MARK.format(no="0" if op.get_bind().dialect.name == "sqlite" else "false"))
    if op.get_bind().dialect.name == "sqlite":
        checks = " ".join(f"SELECT RAISE(ABORT, '{said}') WHERE {broken};" for said, broken in _RULES)
        op.execute(
            f"CREATE TRIGGER orders_add_up AFTER UPDATE OF booked ON orders WHEN NEW.booked AND NEW.cost IS NOT NULL BEGIN {checks} END"
        )
        said, broken = _RULES[0]
        op.execute(f"CREATE TRIGGER orders_new AFTER INSERT ON orders WHEN {broken} BEGIN SELECT RAISE(ABORT, '{said}'); END")
        return
    checks = " ".join(f"IF {broken} THEN RAISE EXCEPTION '{said}'; END IF;" for said, broken in _RULES)
    op.execute(f"CREATE FUNCTION check_order_sums() RETURNS trigger AS $$ BEGIN {checks} RETURN NULL; END $$ LANGUAGE plpgsql")
    op.execute(
        "CREATE TRIGGER orders_add_up AFTER UPDATE OF booked ON orders FOR EACH ROW "
        "WHEN (NEW.booked AND NEW.cost IS NOT NULL) EXECUTE FUNCTION check_order_sums()"
    )
    said, broken = _RULES[0]
    op.execute(f"CREATE FUNCTION refuse_refunds() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{said}'; END $$ LANGUAGE plpgsql")
    op.execute(f"CREATE TRIGGER orders_new AFTER INSERT ON orders FOR EACH ROW WHEN ({broken}) EXECUTE FUNCTION refuse_refunds()")
