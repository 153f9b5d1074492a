"""Statements as rows, and what cards paid for: the charges that lines of statements are matched to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.accounts.cards import card_name
from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.card_charges import CardCharge
from assistant.domain.books.statements.months import ClosedMonth
from assistant.domain.books.statements.statement_lines import StatementDays, StatementLine
from assistant.domain.money import Money
from assistant.storage.books.read_entries import entry_id
from assistant.storage.books.tables import (
    EntryRow,
    ReconciledMonthRow,
    StatementDecisionRow,
    StatementProfileRow,
    StatementRow,
    TransactionRow,
)
from assistant.storage.books.write_entries import paid_of
from assistant.storage.tables import AccountRow, OrderRow, PaymentRow

_OTHER_PURSES = {"gift_card", "points"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStatement:
    """A statement in the ledger."""

    id: int
    name: str
    days: StatementDays
    others: int
    lines: tuple[StatementLine, ...]


def keep_statement(session: Session, kept: KeptStatement, digest: str, at: str) -> int:
    """Add a statement and return its id. The caller commits."""
    row = StatementRow(digest=digest, name=kept.name, card=kept.days.card, since="", until="", imported_at=at)
    row.since, row.until, row.others = kept.days.since.isoformat(), kept.days.until.isoformat(), kept.others
    row.lines = [_packed(line) for line in kept.lines]
    session.add(row)
    session.flush()
    return row.id or 0


def statements(session: Session) -> list[KeptStatement]:
    """Return all statements in the order of their import."""
    rows = session.scalars(select(StatementRow).order_by(col(StatementRow.id)))
    return [
        KeptStatement(
            id=row.id or 0,
            name=row.name,
            days=StatementDays(card=row.card, since=date.fromisoformat(row.since), until=date.fromisoformat(row.until)),
            others=row.others,
            lines=tuple(map(_unpacked, row.lines)),
        )
        for row in rows
    ]


def any_statement(session: Session) -> bool:
    """Return whether any statement was imported."""
    return session.scalar(select(col(StatementRow.id)).limit(1)) is not None


def has_statement(session: Session, digest: str, card: str) -> bool:
    """Return whether this very file was imported for this card."""
    same = (col(StatementRow.digest) == digest, col(StatementRow.card) == card)
    return session.scalar(select(col(StatementRow.id)).where(*same).limit(1)) is not None


def _packed(line: StatementLine) -> list[Any]:
    original = (line.original.minor, line.original.currency) if line.original else (None, None)
    return [line.on.isoformat(), line.amount.minor, line.amount.currency, line.text, line.reference, *original]


def _unpacked(packed: Sequence[Any]) -> StatementLine:
    on, minor, unit, text, reference, original, original_unit = packed
    return StatementLine(
        on=date.fromisoformat(on),
        amount=Money(minor, unit),
        text=text,
        reference=reference,
        original=Money(original, original_unit) if original_unit else None,
    )


def profiles(session: Session) -> dict[str, Mapping[str, Any]]:
    """Return the columns of CSV files by their headings."""
    return {row.header: row.columns for row in session.scalars(select(StatementProfileRow))}


def keep_profile(session: Session, header: str, columns: Mapping[str, Any]) -> None:
    """Remember the columns of files with these headings. The caller commits."""
    row = session.get(StatementProfileRow, header)
    if row is None:
        session.add(StatementProfileRow(header=header, columns=dict(columns)))
    elif row.columns != columns:
        row.columns = dict(columns)
        session.add(row)
    session.flush()


def decisions(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the user's decisions: entries by line."""
    return {row.line: tuple(row.entries) for row in session.scalars(select(StatementDecisionRow))}


def decide(session: Session, line: str, entries: Sequence[str] | None) -> None:
    """Set what a line pays for; None removes the decision. The caller commits."""
    row = session.get(StatementDecisionRow, line)
    if row is not None:
        session.delete(row)
        session.flush()
    if entries is not None:
        session.add(StatementDecisionRow(line=line, entries=list(entries)))
        session.flush()


def closed_months(session: Session) -> list[ClosedMonth]:
    """Return the months that are closed."""
    return [
        ClosedMonth(
            card=row.card, month=row.month, lines={line: [(entry, minor) for entry, minor in paid] for line, paid in row.lines.items()}
        )
        for row in session.scalars(select(ReconciledMonthRow))
    ]


def close_month(session: Session, month: ClosedMonth, on: date) -> None:
    """Close a month, again if it is closed. The caller commits."""
    row = session.get(ReconciledMonthRow, (month.card, month.month))
    if row is not None:
        session.delete(row)
        session.flush()
    lines = {line: [list(paid) for paid in entries] for line, entries in month.lines.items()}
    session.add(ReconciledMonthRow(card=month.card, month=month.month, closed_on=on.isoformat(), lines=lines))
    session.flush()


def known_cards(session: Session) -> list[str]:
    """Return the cards that accounts or payments name, as "visa/1234"."""
    found: dict[str, None] = {}
    for cards in session.scalars(select(col(AccountRow.cards)).order_by(col(AccountRow.id))):
        found |= dict.fromkeys(cards)
    for table in (PaymentRow, TransactionRow):
        columns = select(col(table.method), col(table.last4)).where(col(table.last4).is_not(None)).distinct()
        found |= dict.fromkeys(name for method, last4 in session.execute(columns) if (name := card_name(method, last4)))
    return sorted(found)


def card_charges(session: Session, since: date, until: date) -> list[CardCharge]:
    """Return what cards paid of the entries of these days, and of those that no source says how they were paid."""
    entry = (EntryRow.order_id, EntryRow.item, EntryRow.refund, EntryRow.nth)
    columns = (EntryRow.on, EntryRow.basis, EntryRow.currency, EntryRow.gross, EntryRow.tip, EntryRow.paid, OrderRow.number, AccountRow.key)
    query = (
        select(*map(col, (*entry, *columns)))
        .select_from(EntryRow)
        .join(OrderRow, col(OrderRow.id) == col(EntryRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(col(EntryRow.on) >= since.isoformat(), col(EntryRow.on) <= until.isoformat())
        .order_by(col(EntryRow.on), *map(col, entry))
    )
    return [charge for row in session.execute(query) for charge in _charges(row)]


def _charges(row: Any) -> Iterator[CardCharge]:
    order_id, item, refund, nth, on, basis, currency, gross, tip, paid, number, account = row
    purses = [purse for purse in paid_of(paid) if purse[0] not in _OTHER_PURSES] if paid else [("card", None, None, gross)]
    for _, network, last4, amount in purses:
        # A tip is charged on its own where the bill was paid before.
        parts = ((amount - tip, False), (tip, True)) if 0 < tip < amount else ((amount, False),)
        for minor, is_tip in parts:
            if minor:
                yield CardCharge(
                    entry=entry_id(order_id, item, refund, nth),
                    number=number,
                    account=account,
                    on=date.fromisoformat(on),
                    basis=DateBasis(basis),
                    amount=minor,
                    currency=currency,
                    network=network,
                    last4=last4,
                    refund=refund,
                    is_tip=is_tip,
                )


def profile_columns(profile: Any) -> dict[str, Any]:
    """Return a profile as values that JSON can hold."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(profile).items() if value}
