"""A single order: what each source says about it, its lines of the payment history, and the user's labels on items."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.books.charges import settled, share
from assistant.domain.errors import NotFound, OrderChanged
from assistant.domain.filters import Filter
from assistant.domain.languages.formats import day_text, shown_value
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.order_view import Charge, FieldSources, OrderView, version_of
from assistant.domain.orders.conflicts import Said, field_name, statements
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.register import account_row
from assistant.storage.books.charges import payments_of
from assistant.storage.books.read_entries import each
from assistant.storage.books.tables import EntryRow
from assistant.storage.journal import newest_about
from assistant.storage.orders.queries import views
from assistant.storage.orders.sightings import sightings_of
from assistant.storage.tables import DocumentRow, ItemRow, OrderRow


class OrderRef(NamedTuple):
    """The identity of an order."""

    id: int
    account_id: int
    account: str
    number: str


def order_ref(session: Session, account: str, number: str) -> OrderRef:
    """Return an account's order. Raises NotFound."""
    owner = account_row(session, account)
    found = session.scalar(select(col(OrderRow.id)).where(col(OrderRow.account_id) == owner.id, col(OrderRow.number) == number))
    if found is None:
        raise NotFound(translated("'{label}' has no order {number}.", label=owner.label, number=number[:40]))
    return OrderRef(found, owner.id, owner.key, number)


def order_detail(session: Session, account: str, number: str) -> OrderView:
    """Return an account's order with what each source says and its charges. Raises NotFound."""
    row = session.get_one(OrderRow, order_ref(session, account, number).id)
    (view,) = views(session, [row])
    sightings = [entry.sighting for entry in sightings_of(session, [row.id or 0]).get(row.id or 0, ())]
    told = tuple(
        FieldSources(field=field, name=str(field_name(field)), said=tuple(_statement_text(session, entry) for entry in said))
        for field, said in statements(sightings).items()
    )
    entries = tuple(each(session, Filter(), col(EntryRow.order_id) == row.id))
    whole = replace(view, told=told, charges=_charges(session, row), entries=entries)
    return replace(whole, version=version_of(whole))


def check_unchanged(session: Session, account: str, number: str, seen: str | None) -> None:
    """Refuse to change an order that somebody changed since it had the version `seen`. Raises OrderChanged, NotFound."""
    if seen is None or order_detail(session, account, number).version == seen:
        return
    last = newest_about(session, number)
    if last is None:
        text = to_translate(
            "The order {number} was changed since you opened it. Nothing of yours was stored. Look at the order again, then repeat it."
        )
        raise OrderChanged(translated(text, number=number))
    text = to_translate(
        "The order {number} was changed since you opened it by {who}: {what}. Nothing of yours was stored. "
        "Look at the order again, then repeat it."
    )
    raise OrderChanged(translated(text, number=number, who=shown_word(last.who), what=last.what))


def label_item(session: Session, order: OrderRef, line: int, words: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    """Set the user's "category" or "purpose" of an item, None to clear it; return its ASIN and title. Raises NotFound."""
    row = session.scalars(select(ItemRow).where(col(ItemRow.order_id) == order.id, col(ItemRow.line) == line)).first()
    if row is None:
        raise NotFound(translated("The order {number} has no line {line}.", number=order.number, line=line))
    for name, word in words.items():
        setattr(row, name, word)
    session.add(row)
    session.flush()
    return row.asin, row.title


def item_name(session: Session, key: Mapping[str, int]) -> tuple[str | None, str | None]:
    """Return the ASIN and the title of an item, by its order and its key there; steps of early ledgers name its id."""
    row = session.scalars(select(ItemRow).where(*(col(getattr(ItemRow, name)) == value for name, value in key.items()))).one()
    return row.asin, row.title


def label_product(session: Session, asin: str, category: str) -> int:
    """Set the category of every uncategorised item of a product; return the number of items."""
    rows = session.scalars(select(ItemRow).where(col(ItemRow.asin) == asin, col(ItemRow.category).is_(None))).all()
    for row in rows:
        row.category = category
    session.flush()
    return len(rows)


def _statement_text(session: Session, said: Said) -> str:
    """Return a statement as text; a user's correction with its date."""
    value = shown_value(said.value)
    if said.kind is not SourceKind.USER:
        return str(replace(said, value=value))
    corrected = datetime.fromisoformat(session.get_one(DocumentRow, said.document).received_at).astimezone()
    source = translated("you, {day}", day=day_text(corrected.date(), date.min))
    return translated("{value} from {source}", value=value, source=source)


def _charges(session: Session, row: OrderRow) -> tuple[Charge, ...]:
    lines = settled([line.entry for line in payments_of(session, row.account_id, [row.number]).get(row.number, ())])
    totals = _totals(session, row.account_id, sorted({number for line in lines for number in line.order_numbers}))
    return tuple(Charge(entry=line, share=share(line, row.number, totals)) for line in lines)


def _totals(session: Session, account_id: int, numbers: Sequence[str]) -> dict[str, Money | None]:
    query = select(OrderRow).where(col(OrderRow.account_id) == account_id, col(OrderRow.number).in_(numbers))
    return {row.number: Money(row.total, row.currency or NO_CURRENCY) if row.total is not None else None for row in session.scalars(query)}
