"""What people chose for a form and year: accounts, settings, lines of categories, and locks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlmodel import Session, col

from assistant.domain.taxes.forms import FormRef, FormSetup
from assistant.storage.accounts.register import account_keys
from assistant.storage.taxes.tables import TaxCategoryRow, TaxYearRow


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptYear:
    """A form and year that was set up. `locked` is the filled form as JSON while the year is locked."""

    form: str
    year: str
    accounts: tuple[int, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    locked: str | None = None
    reason: str = ""


def kept_years(session: Session) -> list[KeptYear]:
    """Return every form and year that was set up."""
    return [_kept(row) for row in session.scalars(select(TaxYearRow).order_by(col(TaxYearRow.form), col(TaxYearRow.year)))]


def locked_years(session: Session) -> dict[tuple[str, str], KeptYear]:
    """Return the locked years by form and year."""
    rows = session.scalars(select(TaxYearRow).where(col(TaxYearRow.locked).is_not(None)))
    return {(row.form, row.year): _kept(row) for row in rows}


def kept_year(session: Session, form: FormRef, year: str) -> KeptYear | None:
    """Return what was set up for a form and year."""
    row = session.get(TaxYearRow, (str(form), year))
    return _kept(row) if row else None


def _kept(row: TaxYearRow) -> KeptYear:
    return KeptYear(form=row.form, year=row.year, accounts=tuple(row.accounts), settings=row.settings, locked=row.locked, reason=row.reason)


def setup_of(session: Session, form: FormRef, year: str) -> FormSetup:
    """Return the accounts that still exist, the settings, and the lines of categories: the business's own win over the form's."""
    kept, keys = kept_year(session, form, year), account_keys(session)
    lines = category_lines(session, FormRef(form.form)) | (category_lines(session, form) if form.business else {})
    if kept is None:
        return FormSetup(lines=lines)
    accounts = tuple(keys[number] for number in kept.accounts if number in keys)
    return FormSetup(accounts=accounts, settings=kept.settings, lines=lines, known=True)


def keep_setup(session: Session, form: FormRef, year: str, accounts: Sequence[int], settings: Mapping[str, str]) -> None:
    """Store accounts and settings. The caller commits."""
    row = session.get(TaxYearRow, (str(form), year)) or TaxYearRow(form=str(form), year=year)
    row.accounts, row.settings = list(accounts), dict(settings)
    session.add(row)
    session.flush()


def category_lines(session: Session, form: FormRef) -> dict[str, str]:
    """Return the keys of the lines that a person chose for categories."""
    rows = session.scalars(select(TaxCategoryRow).where(col(TaxCategoryRow.form) == str(form)))
    return {row.category: row.key for row in rows}


def keep_category_line(session: Session, form: FormRef, category: str, key: str, why: str) -> None:
    """Store the line of a category. The caller commits."""
    row = session.get(TaxCategoryRow, (str(form), category)) or TaxCategoryRow(form=str(form), category=category, key=key)
    row.key, row.why = key, why
    session.add(row)
    session.flush()


def lock(session: Session, form: FormRef, year: str, filled: str, *, at: str, reason: str) -> None:
    """Keep a filled form as the locked one. The caller commits."""
    row = session.get(TaxYearRow, (str(form), year)) or TaxYearRow(form=str(form), year=year)
    row.locked, row.locked_at, row.reason = filled, at, reason
    session.add(row)
    session.flush()


def unlock(session: Session, form: FormRef, year: str) -> None:
    """Remove the lock. The caller commits."""
    row = session.get(TaxYearRow, (str(form), year))
    if row is not None:
        row.locked, row.locked_at, row.reason = None, None, ""
        session.add(row)
        session.flush()


def replace_locked(session: Session, form: str, year: str, filled: str) -> None:
    """Keep a corrected form as the locked one. A statement, so that undoing the change that it follows does not touch it."""
    mine = (col(TaxYearRow.form) == form, col(TaxYearRow.year) == year)
    session.execute(update(TaxYearRow).where(*mine).values(locked=filled))
