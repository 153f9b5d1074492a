"""Judged situations, packed: those behind a warning until it is deleted, and the last one without a warning."""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, delete, func, insert, select, update
from sqlmodel import Field, Session, SQLModel, col

from assistant.storage.tables import AlertRow

_LARGEST = 1 << 17
"""Bytes, packed; a situation of 60 lines and 1,000 earlier orders takes about a quarter of it. Larger ones are not stored."""
_QUIET = 0
"""The id of the last situation without a warning; each replaces the one before."""


class SituationRow(SQLModel, table=True):
    """A judged situation in described form, packed; it explains its warnings."""

    __tablename__ = "situations"
    id: int | None = Field(default=None, primary_key=True)
    at: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


_SITUATIONS = SQLModel.metadata.tables["situations"]


def packed(described: Mapping[str, Any]) -> bytes:
    """Pack a situation for storage."""
    return zlib.compress(json.dumps(described, ensure_ascii=False, separators=(",", ":"), default=str).encode())


def keep_situation(session: Session, content: bytes, at: datetime, *, raised: bool) -> int | None:
    """Store a packed situation; return its id, None if it is too large."""
    if len(content) > _LARGEST:
        return None
    values, connection = {"at": at.isoformat(), "content": content}, session.connection()
    if raised:
        made = connection.execute(insert(_SITUATIONS).values(**values).returning(_SITUATIONS.c.id))
        return int(made.scalar_one())
    if not connection.execute(update(_SITUATIONS).where(_SITUATIONS.c.id == _QUIET).values(**values)).rowcount:
        connection.execute(insert(_SITUATIONS).values(id=_QUIET, **values))
    return _QUIET


def situation_kept(session: Session, number: int | None) -> dict[str, Any] | None:
    """Return the situation with an id, else the newest."""
    query = select(_SITUATIONS.c.content)
    query = query.order_by(_SITUATIONS.c.at.desc()).limit(1) if number is None else query.where(_SITUATIONS.c.id == number)
    content = session.connection().scalar(query)
    return None if content is None else dict(json.loads(zlib.decompress(content)))


def keep_for_visit(session: Session, visit_id: str, at: datetime, content: bytes) -> None:
    """Store the packed situation of a visit and link its warnings to it."""
    mine = col(AlertRow.visit_id) == visit_id
    known = session.execute(select(col(AlertRow.id), col(AlertRow.situation_id)).where(mine)).all()
    situation = keep_situation(session, content, at, raised=bool(known))
    if known and situation is not None:
        session.execute(update(AlertRow).where(mine).values(situation_id=situation))
        for before in {before for _, before in known}:
            _drop_unused(session, before)


def _drop_unused(session: Session, number: int | None) -> None:
    """Delete a situation that no warning refers to any more."""
    used = select(func.count()).select_from(AlertRow).where(col(AlertRow.situation_id) == number)
    if number and not session.connection().scalar(used):
        session.connection().execute(delete(_SITUATIONS).where(_SITUATIONS.c.id == number))
