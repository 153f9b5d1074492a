"""One order looked at by itself: what every source says of it, and the lines of the payment history that name it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.books.charges import settled, share
from assistant.domain.errors import NotFound
from assistant.domain.money import Money
from assistant.domain.orders.conflicts import Said, field_name, statements
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.views import Charge, OrderView, Told
from assistant.storage.accounts.register import account_row
from assistant.storage.books.charges import payments_of
from assistant.storage.orders.queries import views
from assistant.storage.orders.sightings import sightings_of
from assistant.storage.tables import OrderRow


def order_row(session: Session, account: str, number: str) -> OrderRow:
    """Return the row of an account's order. Raises NotFound."""
    owner = account_row(session, account)
    row = session.scalars(select(OrderRow).where(col(OrderRow.account_id) == owner.id, col(OrderRow.number) == number)).first()
    if row is None:
        raise NotFound(f"'{owner.label}' has no order {number[:40]}.")
    return row


def detail(session: Session, row: OrderRow) -> OrderView:
    """Return an order with all its sources' words and its charges."""
    (view,) = views(session, [row])
    sightings = [entry.sighting for entry in sightings_of(session, [row.id or 0]).get(row.id or 0, ())]
    told = tuple(
        Told(field=field, name=field_name(field), said=tuple(_told(entry, view.sources.get(field)) for entry in said))
        for field, said in statements(sightings).items()
    )
    return replace(view, told=told, charges=_charges(session, row))


def _told(said: Said, source: str | None) -> str:
    """The user's own word is told with the day on which it was given."""
    return f"{said.value} from {source}" if said.kind is SourceKind.USER and source else str(said)


def _charges(session: Session, row: OrderRow) -> tuple[Charge, ...]:
    lines = settled([line.entry for line in payments_of(session, row.account_id, [row.number]).get(row.number, ())])
    totals = _totals(session, row.account_id, sorted({number for line in lines for number in line.order_numbers}))
    return tuple(Charge(entry=line, share=share(line, row.number, totals)) for line in lines)


def _totals(session: Session, account_id: int, numbers: Sequence[str]) -> dict[str, Money | None]:
    query = select(OrderRow).where(col(OrderRow.account_id) == account_id, col(OrderRow.number).in_(numbers))
    return {row.number: Money(row.total, row.currency or "XXX") if row.total is not None else None for row in session.scalars(query)}
