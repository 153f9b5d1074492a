"""The files behind one PATH: a file, a folder, or a zip, unpacked within limits.

Limits (a 486 KB zip can contain 500 MB): at most 200 files and 256 MiB in all, counted while reading; a ratio of 200;
no zip within a zip; no absolute or ".." names. A folder may contain zips. Mails do not count as files, because a mail
folder has thousands; they are read as a stream from disk.
"""

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.text import clean_text
from assistant.importers.files.web_archives import page_in
from assistant.importers.mail.mbox import HEAD, looks_like_mail

MOST_FILES = 200
MOST_BYTES = 256 << 20
MOST_RATIO = 200
MOST_ENTRIES = 1000
_MOST_LOOKED_AT = 20_000
_READABLE = (".csv", ".json", ".html", ".htm", ".mhtml", ".mht", ".webarchive", ".txt", ".tsv", ".eml", ".mbox", "")
_MAILDIR = ("cur", "new")
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


@dataclass(slots=True)
class Bundle:
    """Named contents in a stable order, and a problem for each file that was left out. A list is a mailbox that is split already."""

    name: str
    files: list[tuple[str, bytes]] = field(default_factory=list)
    mails: list[tuple[str, Path | bytes | list[bytes | None]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    many: bool = False
    room: int = MOST_BYTES

    def refuse(self, where: str, code: str, said: Sentence) -> None:
        """Add a problem for a file that was left out."""
        self.problems.append(Problem(where=clean_text(where)[:120], code=code, said=said))

    def take(self, name: str, content: bytes) -> None:
        """Add a file. Of a page that a browser saved with its pictures, only the page is added."""
        if looks_like_mail(name, content[:HEAD]):
            self.mails.append((name, content))
        else:
            self.files.append((name, page_in(content) or content))
        self.room -= len(content)


def bundle(path: Path) -> Bundle:
    """Return the readable files behind a path; everything that cannot be read is a problem, never an exception."""
    found = Bundle(name=_readable_name(path.name or path.absolute().name or str(path)))
    try:
        if path.is_dir():
            found.many = True
            _add_folder(found, path)
        elif not path.exists():
            found.refuse(path.name, "missing", sentence_of("There is no file '{name}' here. Check the path.", name=clean_text(path.name)))
        elif not path.is_file():
            found.refuse(path.name, "unreadable", sentence_of("This is neither a file nor a folder."))
        else:
            _add(found, found.name, path)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else sentence_of("bad file name")
        found.refuse(path.name, "unreadable", sentence_of("The file cannot be opened: {reason}.", reason=reason))
    return found


def _readable_name(name: str) -> str:
    """Return a name as text. On many disks names are bytes, sometimes in another encoding."""
    return os.fsencode(name).decode("utf-8", "replace")


def _add(found: Bundle, name: str, file: Path) -> None:
    size = file.stat().st_size
    if size > found.room:
        found.refuse(
            name,
            "too-large",
            sentence_of("The file has {size} MB. Shopper reads up to {most} MB at once.", size=size >> 20, most=MOST_BYTES >> 20),
        )
        return
    with file.open("rb") as stream:
        if looks_like_mail(name, stream.read(HEAD)):
            found.mails.append((name, file))
            found.room -= size
            return
    content = file.read_bytes()
    if content.startswith(_ZIP_MARKS):
        found.many = True
        _add_zip(found, name, content)
    else:
        found.take(name, content)


def _add_folder(found: Bundle, folder: Path) -> None:
    entries = list(islice(folder.rglob("*"), _MOST_LOOKED_AT + 1))
    if len(entries) > _MOST_LOOKED_AT:
        entries.pop()
        found.refuse(
            folder.name,
            "too-many-files",
            sentence_of("The folder contains more than {most} files. Import its parts one by one.", most=_MOST_LOOKED_AT),
        )
    for closed in sorted(entry for entry in (folder, *entries) if entry.is_dir() and not os.access(entry, os.R_OK | os.X_OK)):
        # `rglob` skips these silently.
        found.refuse(
            closed.relative_to(folder.parent).as_posix(), "unreadable", sentence_of("The folder cannot be opened. Check its permissions.")
        )
    for file in sorted(entry for entry in entries if _is_own_file(entry)):
        name = _readable_name(file.relative_to(folder).as_posix())
        readable = file.suffix.lower() in (*_READABLE, ".zip") or file.parent.name in _MAILDIR
        if not readable or file.name.startswith("."):
            continue
        if len(found.files) >= MOST_FILES or file.stat().st_size > found.room:
            found.refuse(name, "too-large", sentence_of("The folder is larger than Shopper reads at once. Import its parts one by one."))
            return
        try:
            _add(found, name, file)
        except OSError as error:
            found.refuse(name, "unreadable", sentence_of("The file cannot be opened: {reason}.", reason=reason_of(error)))


def _is_own_file(entry: Path) -> bool:
    try:
        return entry.is_file() and not entry.is_symlink()
    except PermissionError:
        # Its folder can be listed but not opened, which is already reported.
        return False


def _add_zip(found: Bundle, name: str, content: bytes) -> None:
    if _entry_count(content) > MOST_ENTRIES:
        found.refuse(
            name,
            "too-many-files",
            sentence_of("The zip contains thousands of files; an Amazon export has fewer than {most}.", most=MOST_FILES),
        )
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                text = sentence_of(
                    "The zip contains {count} files; an Amazon export has fewer than {most}.",
                    count=len(entries),
                    most=MOST_FILES,
                )
                found.refuse(name, "too-many-files", text)
                return
            for inner, body in _unpacked(found, archive, entries):
                found.take(inner, body)
    except _ZIP_FAULTS as error:
        text = sentence_of("The zip is damaged or incomplete ({error}). Download it from Amazon again.", error=clean_text(str(error))[:80])
        found.refuse(name, "damaged-zip", text)


def _entry_count(content: bytes) -> int:
    """Return how many entries the end of a zip announces (0 if the end is missing), before any entry is read."""
    end = content.rfind(b"PK\x05\x06")
    return int.from_bytes(content[end + 10 : end + 12], "little") if end >= 0 else 0


def is_read(name: str) -> bool:
    """Return whether a file with this name in a zip is read."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.suffix.lower() in _READABLE and not path.name.startswith(".")


def _unpacked(found: Bundle, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(entries, key=lambda each: each.filename):
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        suffix = name.suffix.lower()
        if name.is_absolute() or ".." in name.parts or ":" in entry.filename[:3]:
            found.refuse(entry.filename, "unsafe-name", sentence_of("The name points outside the zip, so the file was skipped."))
        elif entry.flag_bits & 1:
            found.refuse(
                entry.filename, "encrypted", sentence_of("The file is encrypted. Unpack the zip with its password and import the folder.")
            )
        elif suffix == ".zip":
            found.refuse(
                entry.filename,
                "nested-zip",
                sentence_of("Shopper does not open a zip inside a zip. Unpack the outer one and import the folder."),
            )
        elif is_read(entry.filename):
            try:
                body = _read(archive, entry, found.room)
            except _ZIP_FAULTS:
                found.refuse(
                    entry.filename, "damaged-zip", sentence_of("The file is damaged inside the zip. Download the zip from Amazon again.")
                )
                continue
            if body is None:
                honest = entry.file_size <= max(entry.compress_size, 1 << 12) * MOST_RATIO
                text = sentence_of("The zip unpacks to far more than its size suggests, so reading stopped here.")
                large = sentence_of(
                    "The zip unpacks to more than {most} MB, so reading stopped here. Import its parts one by one.", most=MOST_BYTES >> 20
                )
                found.refuse(entry.filename, "too-large", large if honest else text)
                return
            yield entry.filename, body


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes | None:
    limit = min(room, max(entry.compress_size, 1 << 12) * MOST_RATIO)
    with archive.open(entry) as stream:
        body = stream.read(limit + 1)
    return None if len(body) > limit else body
