"""A virtual screen, for tests of a real window: the toolbar with its badge."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import mss
import mss.tools

PRESENT = shutil.which("Xvfb") is not None


@dataclass(frozen=True)
class Box:
    """A rectangle of a picture; `right` and `bottom` lie outside it."""

    left: int
    top: int
    right: int
    bottom: int

    def wider(self, by: int) -> "Box":
        """Return the box with a margin on every side."""
        return Box(max(0, self.left - by), max(0, self.top - by), self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Picture:
    """What a screen showed: rows of RGB bytes."""

    width: int
    height: int
    rgb: bytes

    def find(self, colour: str) -> Box | None:
        """Return the smallest box around all points of exactly this colour ("#FF00FF"), or None."""
        wanted = bytes.fromhex(colour.removeprefix("#"))
        points = [
            (index % self.width, index // self.width)
            for index in range(self.width * self.height)
            if self.rgb[index * 3 : index * 3 + 3] == wanted
        ]
        if not points:
            return None
        columns, rows = zip(*points, strict=True)
        return Box(min(columns), min(rows), max(columns) + 1, max(rows) + 1)

    def share(self, colour: str, box: Box) -> float:
        """Return the share of the box's points that have exactly this colour, from 0 to 1."""
        wanted = bytes.fromhex(colour.removeprefix("#"))
        at = [(row * self.width + column) * 3 for row in range(box.top, box.bottom) for column in range(box.left, box.right)]
        return sum(self.rgb[start : start + 3] == wanted for start in at) / len(at)

    def save(self, file: Path) -> None:
        mss.tools.to_png(self.rgb, (self.width, self.height), output=file)


@dataclass(frozen=True)
class Screen:
    """An X display by its name."""

    display: str

    def look(self) -> Picture:
        with mss.MSS(display=self.display) as eyes:
            seen = eyes.grab(eyes.monitors[0])
        return Picture(width=seen.width, height=seen.height, rgb=seen.rgb)


@contextmanager
def screen(width: int, height: int) -> Iterator[Screen]:
    """Start a display of that size and end it again."""
    reading, writing = os.pipe()
    # Without -noreset it starts again whenever its last client leaves, and refuses who comes at that moment.
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            yield Screen(f":{int(numbers.readline())}")
    finally:
        server.terminate()
        server.wait(20)
