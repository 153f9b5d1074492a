"""A screen that nobody sees, for what only a window has: the toolbar with its badge."""

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
class Picture:
    """What a screen showed: rows of RGB bytes."""

    width: int
    height: int
    rgb: bytes

    def count(self, colour: str, *, rows: int) -> int:
        """How many points of the upper rows have exactly this colour ("#0072B2")."""
        wanted = bytes.fromhex(colour.removeprefix("#"))
        upper = self.rgb[: rows * self.width * 3]
        return sum(upper[at : at + 3] == wanted for at in range(0, len(upper), 3))

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
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            yield Screen(f":{int(numbers.readline())}")
    finally:
        server.terminate()
        server.wait(20)
