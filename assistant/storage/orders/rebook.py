"""Derives the entries of stale orders again, after a decision, a migration or a change of time zone."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.orders.merge import merge
from assistant.storage.books.charges import any_payments, charges
from assistant.storage.books.tables import BookStateRow
from assistant.storage.orders.sightings import sightings_of
from assistant.storage.orders.write_order import rebook
from assistant.storage.tables import AccountRow, OrderRow

_PART = 500
_COST, _REFUNDED = to_translate("cost {now} instead of {then}"), to_translate("refunded {now} instead of {then}")


def any_stale(session: Session, zone: str) -> bool:
    """Return whether the books of any order are not up to date, or were derived with another zone."""
    state = session.get(BookStateRow, 1)
    if (state.zone if state else "") != zone:
        return True
    return session.scalar(select(col(OrderRow.id)).where(col(OrderRow.booked).is_(False)).limit(1)) is not None


def use_zone(session: Session, zone: str) -> None:
    """Set the time zone for all days; orders booked with another one become stale. The caller commits."""
    state = session.get(BookStateRow, 1)
    if (state.zone if state else "") == zone:
        return
    if state is None:
        session.add(BookStateRow(id=1, zone=zone))
    else:
        state.zone = zone
        session.add(state)
    session.flush()
    session.execute(update(OrderRow).values(booked=False))


class EarlierFigures(NamedTuple):
    """What an earlier version of the program said an order cost and got back, minor units."""

    account: str
    number: str
    currency: str
    total: int
    refunded: int


def never_booked(session: Session) -> dict[int, EarlierFigures]:
    """Return the figures of stale orders that never had entries: an earlier version stored them. Cancelled orders cost nothing."""
    rows = (
        select(OrderRow, col(AccountRow.key))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(col(OrderRow.booked).is_(False), col(OrderRow.cost).is_(None), col(OrderRow.quarantine).is_(None))
        .where(col(OrderRow.total).is_not(None), col(OrderRow.cancelled).is_(False))
    )
    return {
        row.id or 0: EarlierFigures(account, row.number, row.currency or NO_CURRENCY, row.total or 0, row.refunded)
        for row, account in session.execute(rows)
    }


def differences(session: Session, earlier: Mapping[int, EarlierFigures]) -> list[Sentence]:
    """Return a sentence for each of these orders whose cost or refunds are others now."""
    ids = list(earlier)
    found = []
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        rows = session.execute(select(col(OrderRow.id), col(OrderRow.cost), col(OrderRow.refunded)).where(col(OrderRow.id).in_(part)))
        for order_id, cost, refunded in rows:
            before = earlier[order_id or 0]
            pairs = ((_COST, cost or 0, before.total), (_REFUNDED, refunded, before.refunded))
            changes = tuple(
                Sentence(text, (("now", Money(now, before.currency).decimal), ("then", Money(then, before.currency).decimal)))
                for text, now, then in pairs
                if now != then
            )
            if changes:
                said = sentence_of(
                    "{number} of '{account}': {changes} {currency}",
                    number=before.number,
                    account=before.account,
                    changes=changes,
                    currency=before.currency,
                )
                found.append(said)
    return found


def catch_up(session: Session) -> int:
    """Derive the entries of up to 500 stale orders from their sources; return how many there were. The caller commits.

    Orders without a source keep their entries.
    """
    stale = session.execute(
        select(col(OrderRow.id), col(OrderRow.number), col(OrderRow.account_id)).where(col(OrderRow.booked).is_(False)).limit(_PART)
    ).all()
    by_account: dict[int, dict[str, int]] = defaultdict(dict)
    for order_id, number, account_id in stale:
        if order_id is not None:
            by_account[account_id][number] = order_id
    for account_id, known in by_account.items():
        charged = charges(session, account_id, list(known)) if any_payments(session, account_id) else {}
        earlier = sightings_of(session, list(known.values()))
        # Old ledgers and other programs write orders without documents; there is nothing to derive their entries from.
        unseen = [order_id for order_id in known.values() if order_id not in earlier]
        session.execute(update(OrderRow).where(col(OrderRow.id).in_(unseen)).values(booked=True))
        merged = {
            order_id: merge([*(entry.sighting for entry in earlier[order_id]), *charged.get(number, [])])
            for number, order_id in known.items()
            if order_id in earlier
        }
        rebook(session, account_id, merged)
    return len(stale)
