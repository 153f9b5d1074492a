"""Replay what a program wrote and give the state of the disk after a power cut: only synced data is left.

The system calls are recorded with `strace`. Each file has a live image, which every write changes, and a durable one, which a sync makes
equal to the live one. After each acknowledgement the durable images are what a machine would find after a power cut.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_RECORDED = "openat,pwrite64,write,fdatasync,fsync,ftruncate,close,unlink,unlinkat,rename"


def record(command: list[str], into: Path) -> None:
    """Run a program to its end and record what it writes."""
    strace = ["strace", "-f", "-xx", "-s", "300000", "-e", f"trace={_RECORDED}", "-o", str(into)]
    subprocess.run([*strace, *command], check=True, capture_output=True, timeout=600)


@dataclass
class Disk:
    """The files below a folder. Data that was not synced is lost in a power cut; a removed name is gone at once."""

    folder: str
    live: dict[str, bytearray] = field(default_factory=dict)
    durable: dict[str, bytes] = field(default_factory=dict)
    opened: dict[int, str] = field(default_factory=dict)

    def write_out(self, target: Path) -> None:
        """Write what a machine would find after a power cut. SQLite creates the shared memory file again."""
        for path, content in self.durable.items():
            if not path.endswith("-shm"):
                (target / Path(path).name).write_bytes(content)


def replayed(recording: Path, disk: Disk) -> Iterator[tuple[str, bytes]]:
    """Apply the recorded calls to a disk; yield after each its name and what it wrote to standard error."""
    for line in recording.read_text(encoding="ascii", errors="replace").splitlines():
        call = _CALL.match(line)
        if call is not None and int(call["result"]) >= 0:
            yield call["name"], _apply(disk, call["name"], call["arguments"], int(call["result"]))


def acknowledged_states(recording: Path, folder: Path, mark: bytes = b"ACK ") -> Iterator[tuple[int, Disk]]:
    """Yield after each acknowledgement its number and the disk at that moment."""
    disk = Disk(str(folder))
    for _, said in replayed(recording, disk):
        if said.startswith(mark):
            yield int(said[len(mark) :].split()[0]), disk


def _apply(disk: Disk, name: str, arguments: str, result: int) -> bytes:
    """Apply one system call; return what it wrote to standard error."""
    texts = [bytes.fromhex(found.replace("\\x", "")) for found in _TEXT.findall(arguments)]
    first = arguments.partition(",")[0]
    number = int(first) if first.lstrip("-").isdigit() else -1
    path = disk.opened.get(number)
    match name:
        case "openat":
            where = texts[0].decode()
            if where.startswith(disk.folder):
                disk.opened[result] = where
                disk.live.setdefault(where, bytearray())
        case "close":
            disk.opened.pop(number, None)
        case "pwrite64" if path is not None:
            offset = int(arguments.rpartition(",")[2])
            content = disk.live[path]
            content.extend(b"\0" * (offset - len(content)))
            content[offset : offset + len(texts[0])] = texts[0]
        case "ftruncate" if path is not None:
            length = int(arguments.rpartition(",")[2])
            content = disk.live[path]
            del content[length:]
            content.extend(b"\0" * (length - len(content)))
        case "fdatasync" | "fsync" if path is not None:
            disk.durable[path] = bytes(disk.live[path])
        case "unlink" | "unlinkat":
            for images in (disk.live, disk.durable):
                images.pop(texts[0].decode(), None)
        case "write" if number == 2:
            return texts[0] if texts else b""
    return b""
