"""The help of the command line in the current language: of our commands, and of Typer, which prints it."""

from collections.abc import Iterator
from typing import Any

from assistant.domain.languages.translating import to_translate, translated

_OF_TYPER = {
    "ARGUMENTS_PANEL_TITLE": to_translate("Arguments"),
    "OPTIONS_PANEL_TITLE": to_translate("Options"),
    "COMMANDS_PANEL_TITLE": to_translate("Commands"),
    "DEFAULT_STRING": to_translate("[default: {}]"),
    "REQUIRED_LONG_STRING": to_translate("[required]"),
}
"""Constants of Typer's help and their texts. The rest of Typer ("Usage:", what is wrong with an option) speaks English only."""


def help_texts(command: Any) -> Iterator[str]:
    """Yield every help text of a command, of its options and of the commands below it."""
    for part, name in _helps(command):
        text = getattr(part, name)
        if text:
            yield text


def translate_help(command: Any) -> None:
    """Translate the help of a command and of those below it."""
    for part, name in _helps(command):
        text = getattr(part, name)
        if text:
            setattr(part, name, translated(text))


def translate_typer() -> None:
    """Translate what Typer itself writes around a help that is about to be printed."""
    from typer import rich_utils  # slow, and only help needs it

    for name, text in _OF_TYPER.items():
        setattr(rich_utils, name, translated(text))
    made = rich_utils._make_rich_text  # noqa: SLF001  # Typer has no other place to say how a text breaks
    rich_utils._make_rich_text = lambda **given: _folded(made(**given))  # noqa: SLF001


def _folded(text: Any) -> Any:
    """Return a text that breaks within a word where it has to: Japanese has no spaces between words."""
    text.overflow = "fold"
    return text


def _helps(command: Any) -> Iterator[tuple[Any, str]]:
    yield from ((command, name) for name in ("help", "short_help", "epilog"))
    yield from ((parameter, "help") for parameter in command.params if hasattr(parameter, "help"))
    for below in getattr(command, "commands", {}).values():
        yield from _helps(below)
