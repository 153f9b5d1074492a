"""Says what a file seems to be that is not an Amazon export, so that its owner knows where it belongs."""

from assistant.domain.errors import DomainError
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.text import clean_text
from assistant.importers.files.encodings import encoding_of
from assistant.importers.files.sheets import Sheet, sheet
from assistant.importers.statements.ofx import is_ofx
from assistant.importers.statements.qif import is_qif
from assistant.importers.statements.read_statement import ColumnProfile, UnknownColumns
from assistant.importers.statements.statement_csv import read_csv

_HEAD = 1 << 16
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PHONE_PICTURES = (b"ftypheic", b"ftypheix", b"ftypmif1")
_OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".pages", ".numbers", ".doc", ".xls")
_MOST_COLUMNS = 6


def what_it_is(name: str, content: bytes) -> Sentence | None:
    """Return in a sentence what a file looks like and what to do with it; None for a file that looks like nothing known."""
    head = content[:_HEAD]
    if head.startswith(b"%PDF"):
        return sentence_of("This is a PDF. If it is an invoice, attach it to its order under Receipts (shopper receipts add).")
    if head.startswith(_PICTURES) or head[4:12] in _PHONE_PICTURES or head[8:12] == b"WEBP":
        return sentence_of("This is a picture. If it shows a receipt, attach it to its order under Receipts (shopper receipts add).")
    if name.lower().endswith(_OFFICE):
        return sentence_of("This is a document of an office program. Save a table as CSV to import it.")
    encoding = encoding_of(content)
    if encoding is None:
        return None
    whole = head if len(content) <= _HEAD else head.rpartition(b"\n")[0]
    return _what_the_text_is(name, whole.decode(encoding, "replace"), sheet(name, whole))


def _what_the_text_is(name: str, text: str, table: Sheet | None) -> Sentence | None:
    if is_ofx(text) or is_qif(text) or (table is not None and _is_statement(name, text)):
        return sentence_of("This looks like a statement of a bank or card. Import it under Statements (shopper statements import).")
    if table is None or not any(line.count(table.separator) for line in text.splitlines()[1:]):
        return None
    columns = ", ".join(map(clean_text, table.header[:_MOST_COLUMNS])) + (" …" if len(table.header) > _MOST_COLUMNS else "")
    return sentence_of(
        "This is a table with the columns {columns}. It is no export of Amazon or of a tool that Shopper knows. "
        "Import Amazon's own export instead, or, if this is a card or bank statement, say what its columns are: "
        "shopper statements import --help",
        columns=columns,
    )


def _is_statement(name: str, text: str) -> bool:
    """Return whether a table has the columns of a statement, also if its days or amounts need an explanation."""
    try:
        return bool(read_csv(name, text, ColumnProfile(currency="EUR"), {}).lines)
    except UnknownColumns:
        return False
    except DomainError:
        return True
