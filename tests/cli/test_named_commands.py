"""What texts and pages tell people to type exists: commands, their parts and their options."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from typer.core import TyperGroup

from assistant.cli.app import commands
from tests.catalogues import OTHERS, ROOT, read_catalogue, texts_in_code

LINE = re.compile(r"(?<![\w./@|-])shopper (?=[a-z-])")
CLOSING = {"'": "'", "`": "`", '"': '"', "„": "“", "“": "”", "«": "»", "「": "」"}
END = re.compile(r"[.,;:]+(?:\s|$)|[()\n`]|(?:^| )(?:or|oder|ou|o) ")
PAGES = [
    ROOT / "README.md",
    *sorted(
        path
        for room in ("assistant", "tui", "extension", ".github")
        for kind in ("*.md", "*.toml", "*.py", "*.js", "*.html", "messages.json")
        for path in (ROOT / room).rglob(kind)
        if "node_modules" not in path.parts
    ),
]


def unknown(texts: Iterable[str]) -> list[str]:
    """Return each command line in texts that Shopper would not understand."""
    return [line for text in texts for line in command_lines(text) if not is_known(line)]


def command_lines(text: str) -> Iterator[str]:
    """Yield what follows each `shopper`: up to the quote that closes it, or to the end of its part of the sentence."""
    for found in LINE.finditer(text):
        before, rest = text[: found.start()].rstrip(" \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")[-1:], text[found.end() :]
        quoted = rest.partition(CLOSING[before])[0] if before in CLOSING else rest
        yield END.split(quoted, maxsplit=1)[0]


def is_known(line: str) -> bool:
    """Return whether each command and option of a line exists. Without a command, `shopper alerts` means `list`."""
    command: Any = commands("en")
    options = options_of(command)
    for word in line.split():
        name = re.match(r"--[a-z-]+|[a-z][a-z-]*(?![\w:=/.-])", word)
        if name is None:
            continue
        if name[0].startswith("-"):
            if name[0] not in options:
                return False
        elif isinstance(command, TyperGroup):
            if name[0] not in command.commands:
                return False
            command = command.commands[name[0]]
            listed = command.commands.get("list") if isinstance(command, TyperGroup) else None
            options |= options_of(command) | (options_of(listed) if listed else set())
    return True


def options_of(command: Any) -> set[str]:
    return {"--help", *(flag for each in command.params for flag in (*each.opts, *each.secondary_opts))}


def test_a_command_that_does_not_exist_is_found():
    texts = [
        "See 'shopper receipts attach'.",
        "(shopper orders --jsn); shopper alerts --past, or `shopper tax show`",
        "„shopper exlain“ hilft",
    ]

    assert unknown(texts) == ["receipts attach", "orders --jsn", "exlain"]


def test_pages_and_code_name_commands_that_exist():
    found = {str(page.relative_to(ROOT)): unknown([page.read_text("utf-8")]) for page in PAGES}

    assert {page: lines for page, lines in found.items() if lines} == {}


def test_the_table_of_the_readme_names_commands_and_options_that_exist():
    cells = re.findall(r"^\| (`shopper.*?) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    lines = []
    for cell in cells:
        for line in re.findall(r"`shopper ?(.*?)`", re.sub(r"`, `(?!shopper)", "`, `shopper ", cell)):
            of_the_command = line.startswith("-") or line.split()[:1] == ["stats"]
            lines.append(f"{lines[-1].split()[0]} {line}" if of_the_command else line)

    assert len(lines) > len(cells)
    assert [line for line in lines if not is_known(line)] == []


def texts() -> list[str]:
    return [part for text in texts_in_code() for part in ((text,) if isinstance(text, str) else text)]


def test_texts_name_commands_that_exist():
    assert unknown(texts()) == []


def test_texts_install_extras_from_the_checkout_because_no_package_index_has_shopper():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = [
        name for text in (*texts(), (ROOT / "README.md").read_text("utf-8")) for name in re.findall(r"install[^\n]*?\.\[(\w+)\]", text)
    ]

    assert {"web", "postgresql", "encryption"} <= set(named) <= set(extras)
    assert [text for text in texts() if re.search(r"\bpip install|shopper\[", text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_name_commands_that_exist(language):
    translations = (message.string for message in read_catalogue(language))

    assert unknown(part for text in translations for part in ((text,) if isinstance(text, str) else text)) == []
