"""`shopper --help` against the help of a Typer app with two empty commands: no command may slow down the start of the others."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

RUNS, MOST = 9, 1.5
BARE = """
import typer

app = typer.Typer()


@app.command()
def first(name: str = "") -> None: ...


@app.command()
def second(name: str = "") -> None: ...


app()
"""


def spent(*command: str) -> float:
    """Return the processor time of a command in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command, "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.bench
def test_help_takes_at_most_one_and_a_half_times_as_long_as_a_bare_app(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = tmp_path / "bare.py"
    bare.write_text(BARE, encoding="utf-8")
    # Alternating, so that other load on the machine affects both.
    times = [(spent("-m", "assistant"), spent(str(bare))) for _ in range(RUNS)]
    ours, least = (statistics.median(column) for column in zip(*times, strict=True))
    with capsys.disabled():
        print(f"\n  help {ours:.2f} s, bare app {least:.2f} s, ratio {ours / least:.2f} (at most {MOST})")
    assert ours <= MOST * least
