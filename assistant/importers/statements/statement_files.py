"""Reads a statement file of any format, which its content shows."""

from collections.abc import Mapping
from pathlib import Path

from assistant.domain.errors import InvalidInput, UnknownFormat
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.importers.files.encodings import encoding_of
from assistant.importers.statements.ofx import is_ofx, read_ofx
from assistant.importers.statements.qif import is_qif, read_qif
from assistant.importers.statements.read_statement import ColumnProfile, ReadStatement
from assistant.importers.statements.statement_csv import read_csv

MOST_BYTES = 64 << 20


def read_statement_file(path: Path) -> bytes:
    """Return the content of a file. Raises InvalidInput for one that is missing, a folder, or too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidInput(translated("{path} is larger than {most} MiB. Download a shorter period.", path=path, most=MOST_BYTES >> 20))
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(translated("{path} cannot be read: {reason}. Check its name.", path=path, reason=reason_of(error))) from error


def read_statement(name: str, content: bytes, wanted: ColumnProfile, known: Mapping[str, ColumnProfile]) -> ReadStatement:
    """Return the lines of a statement. Raises UnknownFormat for a file of another kind, InvalidInput for an unreadable one."""
    encoding = encoding_of(content)
    if encoding is None:
        raise UnknownFormat(translated("'{name}' is no statement: it is not text. Download it as CSV, OFX, QFX or QIF.", name=name[:60]))
    text = content.decode(encoding, "replace")
    if is_ofx(text):
        found = read_ofx(name, text)
    elif is_qif(text):
        found = read_qif(name, text, currency=wanted.currency, days=wanted.day_order)
    elif text.lstrip()[:1] in ("<", "{", "["):
        raise UnknownFormat(translated("'{name}' is no statement. Download it as CSV, OFX, QFX or QIF.", name=name[:60]))
    else:
        found = read_csv(name, text, wanted, known)
    if not found.lines:
        raise InvalidInput(translated("'{name}' has no lines. Download it again, or choose another period.", name=name[:60]))
    return found
