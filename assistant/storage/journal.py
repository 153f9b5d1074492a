"""The history of what people did, as rows, with the row images for undo.

`record_changes` watches a session: it stores the values before and after of every object added, changed or deleted through it.
Statements that bypass the objects (`insert`, `update`, `delete`) are not seen; use objects for what a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Table, delete, event, func, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.filters import Page
from assistant.domain.journal import LASTING, Action, Step
from assistant.domain.languages.sentences import Sentence
from assistant.domain.languages.translating import translated
from assistant.storage.cursors import id_of
from assistant.wire.shape import from_builtins

_LASTING_KEYS = {"items": ("order_id", "key")}
"""Columns that identify a row permanently in tables whose rows every merge writes again with other ids."""

Details = dict[str, Any]
"""The data for undoing a step, ready for JSON."""
_MOVING = {"document", "documents"}
"""The details of steps that add or remove the orders of documents, with whatever the user did to them."""
SAID = "said"
"""The key in the details of a step under which its sentence is stored."""


class StepRow(SQLModel, table=True):
    """One transaction of a command. Rows are never changed or deleted; a trigger refuses both.

    `undoes` names the first row that was undone or redone: a row is undone while an odd number of rows name it.
    """

    __tablename__ = "steps"
    id: int | None = Field(default=None, primary_key=True)
    command: str = Field(index=True)
    at: str
    who: str
    action: str
    what: str
    why: str = ""
    undoes: int | None = Field(default=None, foreign_key="steps.id", index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Change(NamedTuple):
    """One row before and after: all its values, or for a changed row the values that differ. None: the row did not exist."""

    table: str
    key: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(slots=True)
class Recording:
    """What happens within one step: changed rows and events. `details` are added by the code that records the step."""

    changes: list[Change] = field(default_factory=list)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    details: Details = field(default_factory=dict)

    def as_details(self) -> Details:
        """Return the details to store with the step."""
        return {**self.details, "rows": [list(change) for change in self.changes], "events": [list(entry) for entry in self.events]}


@contextmanager
def record_changes(session: Session) -> Iterator[Recording]:
    """Record what is added, changed and deleted through the session's objects."""
    session.flush()
    recording = Recording()

    def note(flushed: Session, _context: Any) -> None:
        for found in (flushed.new, flushed.dirty, flushed.deleted):
            recording.changes += [change for row in found if not isinstance(row, StepRow) and (change := _change(flushed, row)) is not None]

    event.listen(session, "after_flush", note)
    try:
        yield recording
        session.flush()
    finally:
        event.remove(session, "after_flush", note)


def _change(session: Session, row: Any) -> Change | None:
    state = inspect(row)
    table = str(state.mapper.local_table.name)
    values = {column.key: getattr(row, column.key) for column in state.mapper.column_attrs}
    lasting = _LASTING_KEYS.get(table, ())
    # Orders that no document describes have no keys of items.
    names = lasting if lasting and all(values[name] for name in lasting) else [column.name for column in state.mapper.primary_key]
    key = {name: values[name] for name in names}
    if table == "outbox":
        return None
    if row in session.new:
        return Change(table, key, None, values)
    if row in session.deleted:
        return Change(table, key, values, None)
    changed = {name: state.attrs[name].history for name in values}
    before = {name: history.deleted[0] for name, history in changed.items() if history.has_changes() and history.deleted}
    return Change(table, key, before, {name: values[name] for name in before}) if before else None


def steps(session: Session, *, cursor: str | None = None, limit: int = 100) -> Page[Step]:
    """Return the newest steps first; a command of several transactions is one. The cursor is the last id of the page before."""
    first, last = func.min(col(StepRow.id)), func.max(col(StepRow.id))
    commands = select(col(StepRow.command), first.label("first"), last.label("last"), func.count().label("rows")).group_by(
        col(StepRow.command)
    )
    if cursor:
        commands = commands.having(first < id_of(cursor))
    found = session.execute(commands.order_by(last.desc()).limit(limit + 1)).all()
    shown = {row.first: row.rows for row in found[:limit]}
    rows = {row.id or 0: row for row in session.scalars(select(StepRow).where(col(StepRow.id).in_(list(shown))))}
    undone = _undone(session, list(shown))
    items = tuple(_step(rows[number], count, undone=number in undone) for number, count in shown.items())
    total = session.scalar(select(func.count(func.distinct(col(StepRow.command))))) or 0
    return Page(items=items, next=str(items[-1].id) if len(found) > limit else None, total=total)


def newest_about(session: Session, words: str) -> Step | None:
    """Return the newest step whose sentence contains these words, None without one."""
    query = select(StepRow).where(col(StepRow.what).contains(words, autoescape=True)).order_by(col(StepRow.id).desc()).limit(1)
    row = session.scalars(query).first()
    return _step(row, 1, undone=False) if row is not None else None


def _sentence(row: StepRow) -> Sentence:
    """Return what a step did, for every language. Early ledgers have it in English only."""
    said = row.details.get(SAID)
    return from_builtins(said, Sentence) if said else Sentence(row.what)


def _step(row: StepRow, rows: int, *, undone: bool) -> Step:
    what = str(_sentence(row))
    return Step(
        id=row.id or 0,
        at=datetime.fromisoformat(row.at),
        who=row.who,
        action=Action(row.action),
        what=what if rows == 1 else translated("{what} (and {count} more)", what=what, count=rows - 1),
        why=row.why,
        undone=undone,
        undoes=row.undoes,
    )


def _undone(session: Session, ids: Sequence[int]) -> set[int]:
    """Return which of these rows are undone now."""
    query = select(col(StepRow.undoes), func.count()).where(col(StepRow.undoes).in_(ids)).group_by(col(StepRow.undoes))
    return {number for number, times in session.execute(query) if times % 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """A row to undo: its newest details, and whether undoing it redoes something."""

    id: int
    action: Action
    what: Sentence
    details: Mapping[str, Any]
    again: bool
    last: int

    @property
    def account(self) -> str | None:
        """The key of the account that the step added, else None."""
        rows = (Change(*entry) for entry in self.details.get("rows", ()))
        return next((row.after["key"] for row in rows if row.table == "accounts" and row.after and "key" in row.after), None)


def to_undo(session: Session, step_id: int | None) -> list[Undoable]:
    """Return the rows that undoing a step reverts, newest first; without an id those of the newest step that is not undone.

    Raises NotFound if there is none, Conflict for a step that is undone already.
    """
    step_id = _newest(session) if step_id is None else step_id
    row = session.get(StepRow, step_id)
    if row is None:
        raise NotFound(translated("There is no step {step_id}. 'shopper history' lists them.", step_id=step_id))
    if row.action in LASTING:
        raise Conflict(translated("Step {step_id} only tells what an update of Shopper changed; it cannot be undone.", step_id=step_id))
    same = select(StepRow).where(col(StepRow.command) == row.command).order_by(col(StepRow.id).desc())
    rows = session.scalars(same).all()
    again = row.undoes is not None
    roots = [entry.undoes if entry.undoes is not None else entry.id for entry in rows]
    undone = _undone(session, [root for root in roots if root is not None])
    if any((root in undone) is not again for root in roots):
        raise Conflict(translated("Step {step_id} is undone already. 'shopper history' lists what can be undone.", step_id=step_id))
    return [_undoable(session, root, again=again) for root in roots if root is not None]


def _newest(session: Session) -> int:
    """Return the newest step that is not undone and not an undo itself."""
    times = (
        select(col(StepRow.undoes), func.count().label("times"))
        .where(col(StepRow.undoes).is_not(None))
        .group_by(col(StepRow.undoes))
        .subquery()
    )
    query = select(func.max(col(StepRow.id))).outerjoin(times, times.c.undoes == col(StepRow.id))
    query = query.where(col(StepRow.action).not_in([action.value for action in LASTING]))
    found: int | None = session.scalar(query.where(col(StepRow.undoes).is_(None), func.coalesce(times.c.times, 0) % 2 == 0))
    if found is None:
        raise NotFound(translated("There is nothing to undo."))
    return found


def _undoable(session: Session, root: int, *, again: bool) -> Undoable:
    chain = select(StepRow).where((col(StepRow.id) == root) | (col(StepRow.undoes) == root)).order_by(col(StepRow.id))
    rows = session.scalars(chain).all()
    return Undoable(
        id=root, action=Action(rows[0].action), what=_sentence(rows[0]), details=rows[-1].details, again=again, last=rows[-1].id or 0
    )


def standing_in_the_way(session: Session, entry: Undoable) -> Step | None:
    """Return the newest step after this one that has to do with the same rows and is in force, None without one.

    Without such a step it is the newest one that moved documents with all their orders. An undo is in force, too.
    """
    about, closed = _subjects(entry.details), set[int]()
    moved: Step | None = None
    for row in session.scalars(select(StepRow).where(col(StepRow.id) > entry.last).order_by(col(StepRow.id).desc())):
        root = row.undoes or row.id or 0
        if root == entry.id or root in closed or row.action in LASTING:
            continue
        closed.add(root)
        if about & _subjects(row.details):
            return _step(row, 1, undone=False)
        if moved is None and _MOVING & row.details.keys():
            moved = _step(row, 1, undone=False)
    return moved


def _subjects(details: Mapping[str, Any]) -> set[tuple[str, Any]]:
    """Return what a step is about: the rows that it changed, and those that they or its details refer to, as table and id."""
    found: set[tuple[str, Any]] = {(f"{name}s", details[name]) for name in ("account", "document") if isinstance(details.get(name), int)}
    found |= {("accounts", details[name]) for name in ("source", "target") if isinstance(details.get(name), int)}
    found |= {("customers", details["customer_id"])} if "customer_id" in details else set()
    for change in (Change(*entry) for entry in (*details.get("rows", ()), *details.get("changes", ()))):
        found.add((change.table, next(iter(change.key.values())) if len(change.key) == 1 else str(sorted(change.key.items()))))
        for values in (change.key, change.before or {}, change.after or {}):
            found |= {(f"{name[:-3]}s", value) for name, value in values.items() if name.endswith("_id") and isinstance(value, int)}
    return found


def revert_rows(session: Session, entries: Sequence[Sequence[Any]]) -> list[Change]:
    """Restore rows to their earlier values, last change first; return the changes made.

    Raises Conflict when a row has changed since, or when other rows now depend on it.
    """
    session.flush()
    try:
        made = [_revert(session, Change(*entry)) for entry in reversed(entries)]
    except IntegrityError as error:
        raise Conflict(translated("Other entries depend on what this step did. Undo the steps after it first.")) from error
    session.expire_all()
    return made


def _revert(session: Session, change: Change) -> Change:
    table = SQLModel.metadata.tables[change.table]
    mine = [table.c[name] == value for name, value in change.key.items()]
    row = session.execute(select(table).where(*mine)).mappings().first()
    if change.after is not None and (row is None or any(row.get(name) != value for name, value in change.after.items())):
        raise Conflict(translated("What this step did was changed again since. Undo the later steps first."))
    if change.before is None:
        session.execute(delete(table).where(*mine))
        return Change(change.table, change.key, dict(row or {}), None)
    if change.after is None:
        return _insert_again(session, table, change, taken=row is not None)
    session.execute(update(table).where(*mine).values(**change.before))
    return Change(change.table, change.key, change.after, change.before)


def _insert_again(session: Session, table: Table, change: Change, *, taken: bool) -> Change:
    """Insert a deleted row; if its id was reused since, it gets a new one."""
    values = dict(change.before or {})
    key = dict(change.key)
    if taken and set(key) == {"id"}:
        values.pop("id")
        key = {"id": session.scalar(insert(table).values(**values).returning(table.c.id))}
        return Change(change.table, key, None, values | key)
    session.execute(insert(table).values(**values))
    return Change(change.table, key, None, values)
