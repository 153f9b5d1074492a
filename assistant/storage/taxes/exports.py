"""Numbered exports and corrections of a form and year. They are only added: an earlier one can always be written again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from assistant.domain.languages.sentences import Sentence
from assistant.domain.taxes.returns import Difference, ExportKind, NumberedExport
from assistant.storage.taxes.tables import TaxExportRow
from assistant.wire.shape import builtins, from_builtins


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptExport:
    """A numbered export; `filled` is the form as JSON, `files` the packed files, None for a correction that was not exported."""

    number: int
    kind: ExportKind
    at: datetime
    why: str
    filled: str
    differences: Sequence[Difference]
    files: bytes | None


def last_number(session: Session, form: str, year: str) -> int | None:
    """Return the number of the last export or correction."""
    mine = (col(TaxExportRow.form) == form, col(TaxExportRow.year) == year)
    number: int | None = session.scalar(select(func.max(col(TaxExportRow.number))).where(*mine))
    return number


def exports_of(session: Session, form: str, year: str) -> list[KeptExport]:
    """Return the exports and corrections of a form and year, by number."""
    mine = (col(TaxExportRow.form) == form, col(TaxExportRow.year) == year)
    return [
        KeptExport(
            number=row.number,
            kind=ExportKind(row.kind),
            at=datetime.fromisoformat(row.at),
            why=row.why,
            filled=row.filled,
            differences=_differences(row.differences),
            files=row.files,
        )
        for row in session.scalars(select(TaxExportRow).where(*mine).order_by(col(TaxExportRow.number)))
    ]


def numbered(session: Session, form: str, year: str) -> list[NumberedExport]:
    """Return what is known about the exports and corrections of a form and year, by number, without their files."""
    wanted = ("number", "kind", "at", "why", "differences")
    columns = [col(getattr(TaxExportRow, name)) for name in wanted]
    mine = (col(TaxExportRow.form) == form, col(TaxExportRow.year) == year)
    query = select(*columns, col(TaxExportRow.files).is_not(None)).where(*mine).order_by(col(TaxExportRow.number))
    return [
        NumberedExport(
            number=number,
            kind=ExportKind(kind),
            at=datetime.fromisoformat(at),
            why=why,
            differences=_differences(differences),
            written=bool(written),
        )
        for number, kind, at, why, differences, written in session.execute(query)
    ]


def waiting_correction(session: Session, form: str, year: str) -> KeptExport | None:
    """Return the last number if it is a correction that was not exported yet."""
    found = exports_of(session, form, year)
    return found[-1] if found and found[-1].files is None else None


def add_export(session: Session, form: str, year: str, kept: KeptExport) -> None:
    """Add an export. A statement, so that no undo removes it. The caller commits."""
    values = {
        "form": form,
        "year": year,
        "number": kept.number,
        "kind": kept.kind.value,
        "at": kept.at.isoformat(),
        "why": kept.why,
        "filled": kept.filled,
        "differences": [_stored(each) for each in kept.differences],
        "files": kept.files,
    }
    session.execute(insert(TaxExportRow).values(**values))


def keep_files(session: Session, form: str, year: str, number: int, files: bytes) -> None:
    """Keep the files of a correction that is exported for the first time. The caller commits."""
    mine = (col(TaxExportRow.form) == form, col(TaxExportRow.year) == year, col(TaxExportRow.number) == number)
    session.execute(update(TaxExportRow).where(*mine, col(TaxExportRow.files).is_(None)).values(files=files))


def _stored(difference: Difference) -> dict[str, Any]:
    said = difference.said
    return {"what": said.english, "said": builtins(said), "before": difference.before, "after": difference.after}


def _differences(rows: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """Return what a correction changed, for every language. Early ledgers have it in English only."""
    return [
        Difference(
            said=from_builtins(row["said"], Sentence) if "said" in row else Sentence(row["what"]), before=row["before"], after=row["after"]
        )
        for row in rows
    ]
