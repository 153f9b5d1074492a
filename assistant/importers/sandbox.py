"""Reading files from strangers in a process of its own, killed when it takes too much time or memory."""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.domain.documents import Extraction, Problem, Source
from assistant.importers.reading import read_path

MOST_SECONDS = 120
MOST_MEMORY = 4 << 30


def read_all(paths: Sequence[Path], url: str | None = None) -> list[Extraction]:
    """Return one extraction per path, in order. A hostile file costs that file alone."""
    found = _in_child(paths, url)
    if found is not None:
        return found
    if len(paths) == 1:
        text = f"Reading took more than {MOST_SECONDS} seconds or too much memory and was stopped. The file was not imported."
        problem = Problem(where=paths[0].name, code="too-much", text=text)
        return [Extraction(source=Source(name=paths[0].name), problems=(problem,))]
    return [extraction for path in paths for extraction in read_all([path], url)]


def _in_child(paths: Sequence[Path], url: str | None) -> list[Extraction] | None:
    command = [sys.executable, "-m", "assistant.importers.sandbox", url or "", *map(str, paths)]
    try:
        # The program is our own interpreter and module; the paths are arguments, never a shell's words.
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=MOST_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    # The bytes come from our own child over a pipe; nobody else can write them.
    answer = pickle.loads(done.stdout)  # noqa: S301
    return answer if isinstance(answer, list) else None


def main(arguments: Sequence[str]) -> None:
    """Be the child: read the paths and write the pickled extractions to standard output."""
    _limit()
    url, paths = arguments[0] or None, [Path(argument) for argument in arguments[1:]]
    answer = pickle.dumps([read_path(path, url) for path in paths])
    sys.stdout.buffer.write(answer)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415  # not on every platform
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # macOS refuses RLIMIT_AS; the wall clock still bounds the child.
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
