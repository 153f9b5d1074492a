"""`shopper tui --plain`: the screens as lines of text, for screen readers, Braille displays and slow connections.

Each line that the user types is a command of `shopper`. A table is written as one sentence for each row.
"""

import shlex
import sys
from collections.abc import Callable, Sequence

from assistant.cli.console import print_text, say, write_sentences
from assistant.domain.languages.translating import translated
from assistant.settings import Settings

RUN = "shopper.run"
"""Where a command finds what runs other commands, in the context."""
Run = Callable[[Sequence[str]], int]
_WITH_FLAG = frozenset({"claims", "imports"})
"""Commands with commands of their own, so their filter is a flag."""
_LEAVING = frozenset({"q", "quit", "exit"})
_ASKING = frozenset({"?", "h", "help"})


def read_lines(settings: Settings, run: Run) -> int:
    """Read commands and run them until the user leaves; return the exit code."""
    settings.hand_down()
    write_sentences()
    print_text(translated("Shopper in lines. Type a number or a command, help for the list, quit to leave."))
    _print_places()
    while True:
        line = _read_line()
        if line is None or line.strip().casefold() in _LEAVING:
            return 0
        if line.strip().casefold() in _ASKING:
            _print_places()
        elif line.strip():
            _run_line(line, run)


def _read_line() -> str | None:
    """Return the next line, None at the end of the input."""
    try:
        return input("shopper> " if sys.stdin.isatty() else "")
    except (EOFError, KeyboardInterrupt):
        return None


def _print_places() -> None:
    for number, (title, command) in enumerate(_places(), start=1):
        print_text(f"{number}. {title}: {command}")
    print_text(translated("After the number of a list that has a filter it can follow, like: 2 account:biz date:2026"))
    print_text(translated("Every other command works too; --help lists them."))


def _places() -> list[tuple[str, str]]:
    """Return the titles of the app's screens with the commands that print the same."""
    from tui.keymap import PLACES

    return [(place.shown_title, place.command.removeprefix("shopper ")) for place in PLACES if place.command]


def _run_line(line: str, run: Run) -> None:
    try:
        words = shlex.split(line)
    except ValueError:
        say(translated("A quotation mark is not closed. Type the line again."))
        return
    if words[0] == "shopper":
        words = words[1:]
    places = _places()
    if words and words[0].isdecimal():
        number = int(words[0])
        if not 1 <= number <= len(places):
            say(translated("There is no number {number}. Type help for the list.", number=number))
            return
        command = places[number - 1][1].split()
        words = [*command, *(["--filter", shlex.join(words[1:])] if command[0] in _WITH_FLAG and words[1:] else words[1:])]
    if not words or words[0] == "tui":
        say(translated("This is the line mode already. Type help for the list."))
        return
    run(words)
