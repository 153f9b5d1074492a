"""Warnings as rows, each with its purchase."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlmodel import Session, col

from assistant.amazon.marketplaces import by_url
from assistant.amazon.own_pages import links_for, order_link
from assistant.domain.accounts.account import Account
from assistant.domain.days import stored_day
from assistant.domain.errors import NotFound
from assistant.domain.filters import Filter, Page
from assistant.domain.judging.next_steps import can_be_cancelled, remedy
from assistant.domain.judging.sentences import SpokenReason, past_text_of, sentence, spoken
from assistant.domain.judging.verdict import Choice, Level, Message, Origin, Reason, said
from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.translating import translated
from assistant.storage.accounts import register
from assistant.storage.accounts.labels import is_word, label_word
from assistant.storage.cursors import part_of
from assistant.storage.filters import combined, matching
from assistant.storage.orders.history import Purchase
from assistant.storage.tables import AccountRow, AlertRow, ItemRow, OrderRow
from assistant.storage.warnings.stored_messages import message_text, messages_text, stored_message, stored_messages

_GONE_ON = frozenset({Choice.CONTINUE.value, Choice.ALWAYS_RIGHT.value})


class AlertFate(NamedTuple):
    """One warning and its outcome."""

    code: str
    level: Level
    origin: Origin
    choice: str | None
    ordered: bool
    dismissed: bool
    afterwards: bool

    @property
    def overridden(self) -> bool:
        """Whether the user bought anyway."""
        return self.choice in _GONE_ON or (self.ordered and not self.afterwards)


class DatedAlert(NamedTuple):
    """A warning about a date; `message` is None for one of an earlier version."""

    id: int
    code: str
    account_id: int | None
    url: str | None
    message: str | None
    dismissed: bool


class _Made(NamedTuple):
    """The purchase of a warning."""

    number: str
    status: str
    placed_on: str | None
    marketplace: str | None
    return_by: str | None


def alert_conditions(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield a filter's conditions on a warning; days are those on which it was raised. Raises NotFound, InvalidInput."""
    yield from combined(found, lambda part: _of_alert(session, part))


def _of_alert(session: Session, found: Filter) -> Iterator[ColumnElement[bool]]:
    if found.accounts:
        yield col(AlertRow.account_id).in_([register.account_row(session, name).id for name in found.accounts])
    if found.purpose:
        wanted = label_word(session, "purpose", found.purpose)
        yield col(AlertRow.account_id).in_(select(col(AccountRow.id)).where(is_word(col(AccountRow.purpose), wanted)))
    day = func.substr(col(AlertRow.at), 1, 10)
    if found.since:
        yield day >= found.since.isoformat()
    if found.until:
        yield day <= found.until.isoformat()
    if found.of_orders != Filter():
        yield col(AlertRow.order_id).in_(matching(session, found.of_orders))
    for word in found.words:
        yield or_(*(told.icontains(word, autoescape=True) for told in (col(AlertRow.text), col(AlertRow.advice), col(AlertRow.code))))


def alert_values(reason: Reason) -> dict[str, Any]:
    """Return the columns of a reason."""
    words = spoken(reason)
    return {
        "code": words.code,
        "level": words.level.value,
        "text": words.text,
        "advice": words.advice,
        "evidence": list(words.evidence),
        "source": words.source,
        "origin": reason.origin.value,
        "message": message_text(reason.said),
        "grounds": messages_text((*reason.evidence, reason.source)),
    }


def raise_alert(session: Session, reason: Reason, at: datetime, **facts: Any) -> None:
    """Store a reason as a warning; `facts` are further columns: account_id, url, …."""
    session.add(AlertRow(at=at.isoformat(), **alert_values(reason), **facts))


def raise_afterwards(session: Session, reason: Reason, purchase: Purchase, account: Account, at: datetime, **facts: Any) -> None:
    """Store a reason as a warning about a past purchase."""
    level = min(reason.level, Level.WARN, key=lambda level: level.rank)
    link = order_link(purchase.marketplace, purchase.number)
    values = alert_values(reason) | {"level": level.value, "advice": "", "text": afterwards_text(reason, purchase, account)}
    where: dict[str, Any] = {"account_id": purchase.account_id, "order_id": purchase.id, "url": link.url if link else None}
    session.add(AlertRow(at=at.isoformat(), asin=next(iter(sorted(purchase.asins)), None), **values, **where, **facts))


def afterwards_text(reason: Reason, purchase: Purchase, account: Account) -> str:
    """Return the sentence of a reason about a past purchase."""
    return _past_text(reason, account, purchase.placed_on)


def _past_text(reason: Reason, account: Account, day: date | None) -> str:
    return sentence(said("afterwards.ordered", account=account.label, day=day or "", text=past_text_of(reason)))


def renew_alert(session: Session, reason: Reason, at: datetime, *, account_id: int | None, asin: str | None, **facts: Any) -> None:
    """Store a reason as a warning; renew an open one for the same account and item without a purchase."""
    alert = _open_alert(session, account_id, reason.code, asin) or AlertRow(at=at.isoformat(), **alert_values(reason))
    for name, value in (*alert_values(reason).items(), ("account_id", account_id), ("asin", asin), *facts.items()):
        setattr(alert, name, value)
    session.add(alert)


def page_of_alerts(
    session: Session, found: Filter, today: date, *, open_only: bool, cursor: str | None, offset: int | None, limit: int
) -> Page[Alert]:
    """Return warnings, newest first. The cursor is the last id of the page before. Raises InvalidInput, NotFound."""
    wanted = [*alert_conditions(session, found), *([col(AlertRow.dismissed_at).is_(None)] if open_only else [])]
    query = part_of(select(AlertRow).where(*wanted), col(AlertRow.id), cursor=cursor, offset=offset, limit=limit)
    rows = session.scalars(query).all()
    total = session.scalar(select(func.count()).select_from(AlertRow).where(*wanted)) or 0
    items = alerts_of(session, rows[:limit], today)
    return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)


def dismiss_alert(session: Session, alert_id: int, now: datetime) -> None:
    """Dismiss a warning. The caller commits. Raises NotFound."""
    row = _alert_row(session, alert_id)
    row.dismissed_at = now.isoformat()
    session.add(row)


def alert_of(session: Session, alert_id: int, today: date) -> Alert:
    """Return one warning. Raises NotFound."""
    return alerts_of(session, [_alert_row(session, alert_id)], today)[0]


def situation_of_alert(session: Session, alert_id: int) -> int | None:
    """Return the id of a warning's situation, None if it was not stored. Raises NotFound."""
    return _alert_row(session, alert_id).situation_id


def fates_since(session: Session, since: datetime) -> list[AlertFate]:
    """Return the outcomes of the warnings since an instant."""
    columns = (col(AlertRow.choice), col(AlertRow.order_id), col(AlertRow.dismissed_at), col(AlertRow.visit_id))
    query = select(col(AlertRow.code), col(AlertRow.level), col(AlertRow.origin), *columns).where(col(AlertRow.at) >= since.isoformat())
    return [
        AlertFate(code, Level(level), Origin(origin), choice, order is not None, dismissed is not None, visit is None)
        for code, level, origin, choice, order, dismissed, visit in session.execute(query)
    ]


def dated_alerts(session: Session, codes: Collection[str]) -> list[DatedAlert]:
    """Return every warning about a date that was ever raised."""
    columns = (col(AlertRow.id), col(AlertRow.code), col(AlertRow.account_id), col(AlertRow.url), col(AlertRow.message))
    query = select(*columns, col(AlertRow.dismissed_at).is_not(None)).where(col(AlertRow.code).in_(codes))
    return [DatedAlert(number or 0, *rest) for number, *rest in session.execute(query)]


def dismiss_alerts(session: Session, alerts: Collection[int], now: datetime) -> None:
    """Dismiss warnings."""
    session.execute(update(AlertRow).where(col(AlertRow.id).in_(alerts)).values(dismissed_at=now.isoformat()))


def codes_of_order(session: Session, order_id: int) -> set[str]:
    """Return the codes of the warnings about a purchase."""
    return set(session.scalars(select(col(AlertRow.code)).where(col(AlertRow.order_id) == order_id)))


def times_left(session: Session, account_id: int | None, code: str, asin: str) -> int:
    """Return on how many pages the user left an account because of a warning about an item."""
    query = select(func.count(func.distinct(col(AlertRow.visit_id)))).where(col(AlertRow.code) == code, col(AlertRow.asin) == asin)
    return session.scalar(query.where(col(AlertRow.account_id) == account_id, col(AlertRow.choice) == Choice.LEFT.value)) or 0


def confirmed_messages(session: Session, visit_id: str) -> set[str]:
    """Return the messages, as `message_text` writes them, of the warnings of a visit despite which the user went on."""
    wanted = (col(AlertRow.visit_id) == visit_id, col(AlertRow.choice) == Choice.CONTINUE.value)
    return {message for message in session.scalars(select(col(AlertRow.message)).where(*wanted)) if message}


def was_asked(session: Session, visit_id: str, key: str) -> bool:
    """Return whether a warning of a visit has the message of this key."""
    told = select(col(AlertRow.message)).where(col(AlertRow.visit_id) == visit_id)
    return any(message and stored_message(message).key == key for message in session.scalars(told))


def open_alerts(session: Session) -> dict[int | None, int]:
    """Return the number of open warnings by account id."""
    query = select(col(AlertRow.account_id), func.count()).where(col(AlertRow.dismissed_at).is_(None)).group_by(col(AlertRow.account_id))
    return {owner: number for owner, number in session.execute(query)}  # noqa: C416  # mypy does not take a Result for a dict


def alerts_of(session: Session, rows: Sequence[AlertRow], today: date) -> tuple[Alert, ...]:
    """Return warnings in the same order; the advice about a purchase depends on its current status."""
    accounts = register.accounts_by_id(session)
    purchases = _purchases(session, {row.order_id for row in rows if row.order_id is not None})
    names = frozenset(name for account in accounts.values() for name in (account.key, account.label))
    return tuple(_alert(row, accounts.get(row.account_id or 0), purchases.get(row.order_id or 0), today, names) for row in rows)


def _alert_row(session: Session, alert_id: int) -> AlertRow:
    row = session.get(AlertRow, alert_id)
    if row is None:
        raise NotFound(translated("There is no warning {alert_id}. 'shopper alerts' lists them.", alert_id=alert_id))
    return row


def _open_alert(session: Session, account_id: int | None, code: str, asin: str | None) -> AlertRow | None:
    query = select(AlertRow).where(col(AlertRow.code) == code, col(AlertRow.dismissed_at).is_(None), col(AlertRow.choice).is_(None))
    query = query.where(col(AlertRow.order_id).is_(None))
    query = query.where(col(AlertRow.account_id) == account_id if account_id else col(AlertRow.account_id).is_(None))
    return session.scalars(query.where(col(AlertRow.asin) == asin if asin else col(AlertRow.asin).is_(None))).first()


def _purchases(session: Session, ids: set[int]) -> dict[int, _Made]:
    last = select(func.min(col(ItemRow.return_by))).where(col(ItemRow.order_id) == col(OrderRow.id)).scalar_subquery()
    columns = (col(OrderRow.number), col(OrderRow.status), col(OrderRow.placed_on), col(OrderRow.marketplace), last)
    found: Any = session.execute(select(col(OrderRow.id), *columns).where(col(OrderRow.id).in_(ids)))
    return {number: _Made(*rest) for number, *rest in found}


def _reason(row: AlertRow) -> Reason:
    """Return the stored reason. Raises ValueError or KeyError if it was stored by a version whose messages are gone."""
    *evidence, source = stored_messages(row.grounds) if row.grounds else (Message("sources.rules_and_orders"),)
    return Reason(
        code=row.code,
        level=Level(row.level),
        group="",
        said=stored_message(row.message or ""),
        evidence=tuple(evidence),
        source=source,
    )


def _current_words(row: AlertRow, account: Account | None, bought: _Made | None, names: frozenset[str]) -> SpokenReason:
    """Return a warning in the current language; as it was written then, if an earlier version stored it. `bought`: the past purchase.

    `names` are those of the accounts: advice about Amazon's terms contains none of them in any language.
    """
    written = SpokenReason(
        code=row.code, level=Level(row.level), text=row.text, advice=row.advice, evidence=tuple(row.evidence), source=row.source
    )
    try:
        reason = _reason(row)
        words = spoken(replace(reason, unnamed=names) if row.origin == Origin.TERMS.value else reason)
        if row.visit_id is None:
            # Ledgers of earlier versions have warnings whose order was removed.
            words = replace(words, text=past_text_of(reason))
        if bought is not None and account is not None:
            words = replace(words, text=_past_text(reason, account, stored_day(bought.placed_on)))
    except (KeyError, TypeError, ValueError):
        return written
    advice = words.advice if row.advice else ""
    if row.grounds is None:
        return replace(written, text=words.text, advice=advice)
    return replace(words, advice=advice)


def _alert(row: AlertRow, account: Account | None, made: _Made | None, today: date, names: frozenset[str]) -> Alert:
    afterwards = row.visit_id is None and made is not None
    links = links_for(row.code, by_url(row.url or ""))
    words = _current_words(row, account, made if afterwards else None, names)
    advice, cancellable = words.advice, False
    if afterwards and made is not None:
        link = order_link(made.marketplace, made.number)
        links = ((link,) if link else ()) + tuple(other for other in links if other.kind != "switch")
        cancellable = can_be_cancelled(made.status, stored_day(made.placed_on), today)
        advice = sentence(remedy(made.status, stored_day(made.placed_on), stored_day(made.return_by), today))
    return Alert(
        id=row.id or 0,
        at=datetime.fromisoformat(row.at),
        account=account.key if account else None,
        code=row.code,
        level=Level(row.level),
        text=words.text,
        advice=advice,
        evidence=words.evidence,
        source=words.source,
        url=row.url,
        choice=row.choice,
        dismissed_at=datetime.fromisoformat(row.dismissed_at) if row.dismissed_at else None,
        links=links,
        order=made.number if made else None,
        afterwards=afterwards,
        cancellable=cancellable,
    )
