"""Encrypts copies of the ledger with a passphrase, in the format of the program `age`, which opens them too (https://age-encryption.org/v1)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.domain.languages.translating import translated

_HEADER = b"age-encryption.org/v1"


def is_encrypted(file: Path) -> bool:
    """Return whether a file is encrypted in this format."""
    with file.open("rb") as stream:
        return stream.read(len(_HEADER)) == _HEADER


def encrypt_file(plain: Path, target: Path, passphrase: str) -> None:
    """Write an encrypted copy of a file, and decrypt it again to check it.

    Raises InvalidInput where the package for it is missing, LedgerUnusable if the check fails, OSError. Then `target` does not exist.
    """
    pyrage = _pyrage()
    content = plain.read_bytes()
    sealed: bytes = pyrage.passphrase.encrypt(content, passphrase)
    draft = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b") as stream:
            stream.write(sealed)
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            written = stream.read()
        if pyrage.passphrase.decrypt(written, passphrase) != content:
            raise LedgerUnusable(translated("The encrypted copy {target} could not be read back. Check the disk.", target=target))
        draft.rename(target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def decrypted(file: Path, folder: Path, passphrase: str) -> Iterator[Path]:
    """Yield the decrypted form of a file, in a private file in `folder` that is deleted at the end.

    Raises InvalidInput for a wrong passphrase or a missing package, LedgerUnusable for a damaged file.
    """
    pyrage = _pyrage()
    try:
        content: bytes = pyrage.passphrase.decrypt(file.read_bytes(), passphrase)
    except pyrage.DecryptError as error:
        # The library raises one error for both, with this text for a wrong key.
        if str(error) == "Decryption failed":
            raise InvalidInput(translated("The passphrase does not open {file}. Try again.", file=file)) from error
        raise LedgerUnusable(translated("{file} is damaged and cannot be decrypted. Choose another copy.", file=file)) from error
    plain = folder / f".{file.name}.plain"
    plain.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
        yield plain
    finally:
        plain.unlink(missing_ok=True)


def _pyrage() -> Any:
    try:
        import pyrage  # noqa: PLC0415  # an extra
    except ImportError as error:
        said = translated(
            "Encrypted copies need pyrage. In your checkout of Shopper: "
            "uv tool install '.[encryption]' (or: pipx install --force '.[encryption]')"
        )
        raise InvalidInput(said) from error
    return pyrage
