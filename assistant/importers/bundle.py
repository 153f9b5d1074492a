"""The files behind one PATH: a file, a folder, or a zip, taken apart within limits.

Limits (a 486 KB zip can hold 500 MB): at most 200 files, 256 MiB in all counted while they stream, ratio 200, no
nesting, no absolute or ".." names.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from assistant.domain.documents import Problem

MOST_FILES = 200
MOST_BYTES = 256 << 20
MOST_RATIO = 200
_READABLE = (".csv", ".json", ".html", ".htm", ".txt", ".tsv", ".eml", "")


@dataclass(slots=True)
class Bundle:
    """Named contents in a stable order, and what was left out and why."""

    name: str
    files: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    many: bool = False

    def refuse(self, where: str, code: str, text: str) -> None:
        """Note what was not taken."""
        self.problems.append(Problem(where=where, code=code, text=text))


def bundle(path: Path) -> Bundle:
    """Return the readable files behind a path; everything that cannot be read is a problem, never an exception."""
    found = Bundle(name=path.name)
    try:
        if path.is_dir():
            found.many = True
            _add_folder(found, path)
        elif not path.exists():
            found.refuse(path.name, "missing", f"There is no file '{path.name}' here. Check the path.")
        elif path.stat().st_size > MOST_BYTES:
            found.refuse(
                path.name, "too-large", f"The file has {path.stat().st_size >> 20} MB; more than {MOST_BYTES >> 20} MB is not read."
            )
        else:
            _add(found, path.name, path.read_bytes())
    except OSError as error:
        found.refuse(path.name, "unreadable", f"The file cannot be opened: {error.strerror}.")
    return found


def _add(found: Bundle, name: str, content: bytes) -> None:
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        found.many = True
        _add_zip(found, content)
    else:
        found.files.append((name, content))


def _add_folder(found: Bundle, folder: Path) -> None:
    size = 0
    for file in sorted(entry for entry in folder.rglob("*") if entry.is_file() and not entry.is_symlink()):
        name = file.relative_to(folder).as_posix()
        if file.suffix.lower() not in _READABLE or file.name.startswith("."):
            continue
        size += file.stat().st_size
        if len(found.files) >= MOST_FILES or size > MOST_BYTES:
            found.refuse(name, "too-large", "The folder holds more than is read at once. Import its parts one by one.")
            return
        found.files.append((name, file.read_bytes()))


def _add_zip(found: Bundle, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                found.refuse(
                    found.name,
                    "too-many-files",
                    f"The zip holds {len(entries)} files; an export of Amazon's holds fewer than {MOST_FILES}.",
                )
                entries = []
            for name, body in _unpacked(found, archive, entries):
                found.files.append((name, body))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        found.refuse(found.name, "damaged-zip", f"The zip is damaged or incomplete ({str(error)[:80]}). Download it from Amazon again.")


def _unpacked(found: Bundle, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    size = 0
    for entry in sorted(entries, key=lambda each: each.filename):
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in entry.filename[:3]:
            found.refuse(entry.filename[:120], "unsafe-name", "The name points outside the zip; the file was left out.")
        elif entry.flag_bits & 1:
            found.refuse(
                entry.filename[:120], "encrypted", "The file is encrypted. Unpack the zip with its password and import the folder."
            )
        elif name.suffix.lower() in _READABLE and not name.name.startswith("."):
            body = _read(archive, entry, MOST_BYTES - size)
            if body is None:
                found.refuse(entry.filename[:120], "too-large", "The zip unpacks to far more than it should; reading stopped here.")
                return
            size += len(body)
            yield entry.filename, body


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes | None:
    limit = min(room, max(entry.compress_size, 1 << 12) * MOST_RATIO)
    with archive.open(entry) as stream:
        body = stream.read(limit + 1)
    return None if len(body) > limit else body
