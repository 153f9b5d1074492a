"""S3: a damaged file is read as far as possible and never makes an importer fail."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.documents import Extraction
from assistant.importers import reading
from tests.proof.conftest import Scale
from tests.proof.writers import document

GOLDEN = Path(__file__).parents[1] / "golden" / "importers"
PIECES = (
    *(b"\0", b"\xff\xfe", b'"', b'""', b",", b"\n", b"\r", b";", b"=", b"<", b"</div>", b"{", b"9" * 40, b"-", b"\xe2\x80\xae"),
    b"PK\x03\x04",
)


def seeds() -> dict[str, bytes]:
    """Return one small file of each kind that the golden tests have."""
    found = {"Order History.csv": document(1)}
    for file in sorted(GOLDEN.rglob("*")):
        if file.is_file() and file.suffix in {".csv", ".json", ".eml", ".mbox", ".html", ".txt", ".zip"} and file.stat().st_size < 60_000:
            found.setdefault(f"{file.parent.name}-{file.name}", file.read_bytes())
    return found


def damaged(content: bytes, seed: random.Random) -> bytes:
    """Return a file with a few bytes flipped, removed, doubled or inserted."""
    changed = bytearray(content)
    for _ in range(seed.randint(1, 6)):
        place = seed.randrange(len(changed) + 1)
        match seed.randrange(4):
            case 0 if place < len(changed):
                changed[place] = seed.randrange(256)
            case 1:
                del changed[place : place + seed.randint(1, 200)]
            case 2:
                changed[place:place] = changed[place : place + seed.randint(1, 200)]
            case _:
                changed[place:place] = seed.choice(PIECES)
    return bytes(changed)


def failures(read: Callable[[str, bytes], Extraction], times: int) -> list[str]:
    """Read damaged files of each kind; return the failures."""
    seed, found = random.Random(3), []
    for name, content in seeds().items():
        for _ in range(times):
            try:
                read(name, damaged(content, seed))
            except Exception as error:  # noqa: BLE001  # every failure is what is looked for
                found.append(f"{name}: {type(error).__name__} {error}")
    return found


def test_no_damaged_file_makes_an_importer_fail(scale: Scale) -> None:
    kinds = len(seeds())
    assert kinds > 1
    times = max(4, scale(80, 20_000) // kinds) if not scale.full else 20_000
    assert failures(reading.read_bytes, times) == []
    scale.report(f"S3 files: {kinds} kinds, {times} damaged files each, 0 failures")


def test_the_harness_notices_an_importer_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading._sorted

    def broken(found: reading.Bundle, url: str | None) -> object:
        if any(b"9" * 40 in content for _, content in found.files):
            raise OverflowError("a number that nobody expected")
        return real(found, url)

    monkeypatch.setattr(reading, "_sorted", broken)
    assert failures(reading.read_bytes, 12) != []
