"""Entries are derived again when a split rule or an account's purpose changes, also by undo; all split orders once."""

from alembic import op

revision = "0016"
down_revision = "0015"

_MARK = "UPDATE orders SET booked = {no} WHERE"
_SHARED = "EXISTS (SELECT 1 FROM entry_shares WHERE entry_shares.order_id = orders.id)"
_RULED = "id IN (SELECT order_id FROM items WHERE asin = {row}.asin OR lower(seller) = {row}.seller{more})"
_FOREIGN = " OR ({row}.seller GLOB '*[^ -~]*' AND seller GLOB '*[^ -~]*')"
"""SQLite's lower() only knows A to Z, so all sellers with other letters are included."""


def upgrade() -> None:
    """Add the triggers, and mark the orders whose shares may be out of date."""
    if op.get_bind().dialect.name == "sqlite":
        mark = _MARK.format(no="0")
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            ruled = _RULED.format(row=row, more=_FOREIGN.format(row=row))
            op.execute(f"CREATE TRIGGER split_rules_{verb.lower()} AFTER {verb} ON split_rules BEGIN {mark} {ruled}; END")
        op.execute(
            "CREATE TRIGGER accounts_purpose AFTER UPDATE OF purpose ON accounts WHEN OLD.purpose IS NOT NEW.purpose "
            f"BEGIN {mark} account_id = NEW.id AND {_SHARED}; END"
        )
        op.execute(f"{mark} {_SHARED}")
        return
    mark, ruled = _MARK.format(no="false"), _RULED.format(row="changed", more="")
    op.execute(
        "CREATE FUNCTION mark_ruled_orders() RETURNS trigger AS $$ DECLARE changed record; BEGIN "
        f"changed := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; {mark} {ruled}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        "CREATE TRIGGER split_rules_changed AFTER INSERT OR UPDATE OR DELETE ON split_rules "
        "FOR EACH ROW EXECUTE FUNCTION mark_ruled_orders()"
    )
    op.execute(
        "CREATE FUNCTION mark_orders_of_account() RETURNS trigger AS $$ BEGIN "
        f"{mark} account_id = NEW.id AND {_SHARED}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        "CREATE TRIGGER accounts_purpose AFTER UPDATE OF purpose ON accounts FOR EACH ROW "
        "WHEN (OLD.purpose IS DISTINCT FROM NEW.purpose) EXECUTE FUNCTION mark_orders_of_account()"
    )
    op.execute(f"{mark} {_SHARED}")
