"""How much time and memory a child process may take for one document: a little for a small file, more for a large one.

A file that was made to be slow is small: what makes a parser slow grows with the square of its size. Large files are honest exports.
"""

import signal
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path

_LEAST_SECONDS, _SECONDS_PER_MB = 7.0, 2.0
_LEAST_MEMORY, _MEMORY_PER_BYTE, _MOST_MEMORY = 220 << 20, 24, 4 << 30
_MB = 1 << 20
_UNPACKED = 4
"""How many bytes a byte of a zip counts as: exports pack to a quarter and less."""
_PAGES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive"})
_PATIENCE, _START = 3.0, 5.0
"""On a busy machine reading may take this many times as long, and starting the process this many seconds."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Processor seconds and bytes of data for one document."""

    seconds: float
    memory: int

    @property
    def wait(self) -> float:
        """Seconds on the clock after which the parent gives up."""
        return _START + self.seconds * _PATIENCE


def limits_for(size: int) -> ReadingLimits:
    """Return the limits for a document with this size in bytes."""
    memory = min(_MOST_MEMORY, _LEAST_MEMORY + size * _MEMORY_PER_BYTE)
    return ReadingLimits(seconds=_LEAST_SECONDS + size / _MB * _SECONDS_PER_MB, memory=memory)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; 0 for what cannot be read. A zip counts several times, a page not at all.

    An honest page of any size is read within a second; hostile ones of several megabytes are easily made.
    """
    try:
        if path.is_dir():
            return sum(_size_of(file) for file in path.rglob("*") if file.is_file() and not file.is_symlink())
        return _size_of(path)
    except (OSError, ValueError):
        return 0


def _size_of(file: Path) -> int:
    if file.suffix.lower() in _PAGES or _begins_like_a_page(file):
        return 0
    return file.stat().st_size * (_UNPACKED if file.suffix.lower() == ".zip" else 1)


def _begins_like_a_page(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(64).removeprefix(BOM_UTF8).lstrip().startswith(b"<")


def limit_time(seconds: float) -> None:
    """Let the system end this process after this much more processor time; 0 removes the limit. No parser can prevent that."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(most: int) -> None:
    """Limit the data of this process to this many bytes, if the operating system can do that."""
    try:
        import resource  # noqa: PLC0415  # not on every platform
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    except (ValueError, OSError):
        # macOS refuses it; the limit on time remains.
        return
