"""Reads the files of receipts and checks that they are still what was attached."""

import hashlib
import mimetypes
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.taxes.receipts import ReceiptState
from assistant.locations import make_private
from assistant.storage.taxes.receipts import Receipt

LARGEST = 50 << 20
"""Bytes; the largest Amazon invoices have a hundredth of that."""


def receipt_of(number: str, file: Path, name: str = "") -> Receipt:
    """Return a file as a receipt of an order; `name` is its name for people where the file has another.

    Raises InvalidInput for one that cannot be read, is empty or too large.
    """
    from assistant.exports.taxes.exhibits import problem_of  # noqa: PLC0415  # the PDF libraries are slow to import

    try:
        size = file.stat().st_size
        if not file.is_file() or not 0 < size <= LARGEST:
            raise InvalidInput(translated("{file} is no receipt: it must be a file of up to 50 MB that is not empty.", file=file))
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise InvalidInput(translated("{file} cannot be read: {reason}. Check its path and rights.", file=file, reason=reason)) from error
    return Receipt(
        number=number,
        item=0,
        sha256=digest_of(content),
        name=name or file.name,
        path=file.resolve(),
        media_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        size=size,
        problem=problem_of(name or file.name, content),
    )


def keep_copy(receipt: Receipt, folder: Path) -> None:
    """Copy the file of a receipt into a folder, named by its hash, if it is not there. Raises InvalidInput if that fails."""
    target = folder / f"{receipt.sha256}{receipt.path.suffix.lower()}"
    try:
        make_private(folder)
        if not target.exists():
            draft = target.with_name(f".{target.name}.part")
            draft.write_bytes(receipt.path.read_bytes())
            draft.chmod(0o600)
            draft.replace(target)
    except OSError as error:
        raise InvalidInput(
            translated(
                "The receipt {name} cannot be copied to {folder}: {reason}. Check the disk.",
                name=receipt.name,
                folder=folder,
                reason=reason_of(error),
            )
        ) from error


def content_of(receipt: Receipt) -> bytes:
    """Return the file of a receipt as it was attached. Raises Conflict if it is gone or was changed."""
    try:
        content = receipt.path.read_bytes()
    except OSError:
        text = to_translate("The receipt {path} of the order {number} is gone. Put it back, or find it: shopper receipts find FOLDER")
    else:
        if digest_of(content) == receipt.sha256:
            return content
        text = to_translate("The receipt {path} of the order {number} was changed. Put it back, or find it: shopper receipts find FOLDER")
    raise Conflict(translated(text, path=receipt.path, number=receipt.number))


def state_of(receipt: Receipt, *, thorough: bool = False) -> ReceiptState:
    """Return whether the file of a receipt is there, changed or gone.

    A file with the same size that nobody wrote to since it was attached is taken as unchanged, unless `thorough`.
    """
    try:
        about = receipt.path.stat()
        if about.st_size != receipt.size:
            return ReceiptState.CHANGED
        written = datetime.fromtimestamp(about.st_mtime, UTC)
        if not thorough and receipt.added_at and written <= datetime.fromisoformat(receipt.added_at):
            return ReceiptState.THERE
        return ReceiptState.THERE if digest_of(receipt.path.read_bytes()) == receipt.sha256 else ReceiptState.CHANGED
    except OSError:
        return ReceiptState.GONE


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()
