"""The help of the command line in the current language: of our commands, and what Typer itself says around them.

Typer has no translations. Its constants are replaced while it prints a help or an error, and its error sentences are looked up by pattern.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from typer import Abort
from typer.exceptions import TyperException

from assistant.domain.languages.translating import to_translate, translated

if TYPE_CHECKING:
    from types import ModuleType

_OF_TYPER = {
    "ARGUMENTS_PANEL_TITLE": to_translate("Arguments"),
    "OPTIONS_PANEL_TITLE": to_translate("Options"),
    "COMMANDS_PANEL_TITLE": to_translate("Commands"),
    "ERRORS_PANEL_TITLE": to_translate("Error"),
    "DEFAULT_STRING": to_translate("[default: {}]"),
    "REQUIRED_LONG_STRING": to_translate("[required]"),
    "ABORTED_TEXT": to_translate("Aborted."),
    "RICH_HELP": to_translate("Try [blue]'{command_path} {help_option}'[/] for help."),
}
"""Constants of Typer and their texts."""
_ERRORS = (
    to_translate("{error} (Possible options: {names})"),
    to_translate("{error} Did you mean {names}?"),
    to_translate("Invalid value for {name}: {error}"),
    to_translate("Missing argument {name}."),
    to_translate("Missing option {name}."),
    to_translate("Missing command."),
    to_translate("No such command {name}."),
    to_translate("No such option: {name}"),
    to_translate("Option {name} requires an argument."),
    to_translate("Option {name} does not take a value."),
    to_translate("Got unexpected extra argument(s) ({words})"),
    to_translate("Value error, {error}"),
    to_translate("{value} is not one of {choices}."),
    to_translate("{value} does not match the formats {formats}."),
    to_translate("Input should be greater than or equal to {limit}"),
    to_translate("Input should be less than or equal to {limit}"),
    to_translate("Input should be a valid integer, unable to parse string as an integer"),
)
"""What Typer and its parser of values say about wrong arguments. `{error}` is another of these sentences."""


def help_texts(command: Any) -> Iterator[str]:
    """Yield every help text of a command, of its options and of the commands below it."""
    for part, name in _helps(command):
        text = getattr(part, name)
        if text:
            yield text


def translate_help(command: Any) -> None:
    """Translate the help of a command and of those below it, and what Typer writes around each help when it is printed."""
    for part, name in _helps(command):
        text = getattr(part, name)
        if text:
            setattr(part, name, translated(text))
    for each in _commands(command):
        each.format_help = partial(_print_help, each, each.format_help)


def run_translated(program: Any, arguments: Sequence[str]) -> int:
    """Run a program and return its exit code. What Typer says about wrong arguments is in the current language."""
    try:
        code = program(arguments, prog_name="shopper", standalone_mode=False)
    except TyperException as error:
        if hasattr(error, "ctx"):
            sentence = _translated_error(error.format_message())
            vars(error)["format_message"] = lambda: sentence
        with _typer_in_the_language(type(getattr(error, "ctx", None))) as rich_utils:
            rich_utils.rich_format_error(error)
        return error.exit_code
    except Abort:
        with _typer_in_the_language() as rich_utils:
            rich_utils.rich_abort_error()
        return 1
    return code if isinstance(code, int) else 0


def _print_help(command: Any, original: Callable[..., None], context: Any, formatter: Any) -> None:
    for option in filter(None, [command.get_help_option(context)]):
        option.help = translated(to_translate("Show this message and exit."))
    with _typer_in_the_language(type(context)):
        original(context, formatter)


@contextmanager
def _typer_in_the_language(context: type = object) -> "Iterator[ModuleType]":
    """Let Typer's module of printing speak the current language inside the block; `context` is the class of the running command's."""
    from typer import rich_utils  # slow, and only help and errors need it

    texts: Mapping[str, Any] = {name: translated(text) for name, text in _OF_TYPER.items()}
    make = rich_utils._make_rich_text  # noqa: SLF001  # Typer has no other place to say how a text breaks
    with _replaced(rich_utils, {**texts, "_make_rich_text": lambda **given: _folded(make(**given))}):
        formatter = getattr(context, "formatter_class", None)
        if formatter is None:
            yield rich_utils
            return
        write = formatter.write_usage
        usage = translated("Usage: ")

        def write_usage(self: Any, prog: str, args: str = "", prefix: str | None = None) -> None:
            write(self, prog, args, usage if prefix is None else prefix)

        with _replaced(formatter, {"write_usage": write_usage}):
            yield rich_utils


@contextmanager
def _replaced(owner: Any, values: Mapping[str, Any]) -> Iterator[None]:
    before = {name: getattr(owner, name) for name in values}
    for name, value in values.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)


def _translated_error(sentence: str) -> str:
    """Return an error of Typer in the current language; one that no pattern fits stays as it is."""
    for text, pattern in _patterns().items():
        found = pattern.fullmatch(sentence)
        if found is not None:
            values = found.groupdict()
            return translated(text, **(values | ({"error": _translated_error(values["error"])} if "error" in values else {})))
    return sentence


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {text: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(text)), re.DOTALL) for text in _ERRORS}


def _folded(text: Any) -> Any:
    """Return a text that breaks within a word where it has to: Japanese has no spaces between words."""
    text.overflow = "fold"
    return text


def _commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _commands(below)


def _helps(command: Any) -> Iterator[tuple[Any, str]]:
    for each in _commands(command):
        yield from ((each, name) for name in ("help", "short_help", "epilog"))
        yield from ((parameter, "help") for parameter in each.params if hasattr(parameter, "help"))
