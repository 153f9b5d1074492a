"""Progress of an import on standard error: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import TYPE_CHECKING

from assistant.cli.console import say
from assistant.domain.languages.translating import translated
from assistant.domain.text import clean_text

if TYPE_CHECKING:
    from assistant.domain.documents import ImportProgress

_SOON = 0.5
"""Seconds between two progress lines."""
_BETWEEN = 5.0


@dataclass(slots=True)
class Course:
    """The progress so far: how many paths are kept."""

    show: Callable[["ImportProgress"], None]
    kept: int = field(default=0)

    def __call__(self, step: "ImportProgress") -> None:
        """Record a step and show it."""
        self.kept += step.kept
        self.show(step)


@contextmanager
def shown(first: str) -> Iterator[Course]:
    """Show the progress of an import after half a second; `first` is the name of what is read first."""
    with _bar(first) if sys.stderr is not None and sys.stderr.isatty() else _lines(first) as show:
        yield Course(show)


@contextmanager
def _bar(first: str) -> Iterator[Callable[["ImportProgress"], None]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        # Without a total the bar pulses: the number of orders is known only after reading all.
        task = progress.add_task(translated("Reading {name}", name=escape(clean_text(first))), total=None)

        def show(step: "ImportProgress") -> None:
            name = escape(clean_text(step.name))
            said = translated("Read {name}", name=name) if step.kept else translated("Storing {name}", name=name)
            progress.update(task, description=said, completed=step.stored, total=step.count or None)

        yield show


@contextmanager
def _lines(first: str) -> Iterator[Callable[["ImportProgress"], None]]:
    said = time.monotonic()
    soon = Timer(_SOON, say, (translated("Reading {name} ...", name=first),))
    soon.daemon = True
    soon.start()

    def show(step: "ImportProgress") -> None:
        nonlocal said
        if time.monotonic() - said >= _BETWEEN and not step.kept:
            said = time.monotonic()
            say(translated("Storing {name}: {stored} of {count} orders.", name=step.name, stored=step.stored, count=step.count))

    try:
        yield show
    finally:
        soon.cancel()
