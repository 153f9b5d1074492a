"""The flags that choose a part of the ledger: the same for every list and export."""

import inspect
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.open_services import settings_of
from assistant.domain.days import written_day
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from assistant.domain.filters import Filter

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILTER]...",
        help="account:biz cat:office seller:acme is:refunded date:2025-01..03 '>50' 'desk lamp' 'toner or ink'; -- -toner leaves out.",
    ),
]
AccountFlag = Annotated[list[str] | None, typer.Option("--account", help="Only this account (key or name); may be repeated.")]
PurposeFlag = Annotated[
    str | None, typer.Option("--purpose", help="Only this purpose: business, personal, household, family, or your own word.")
]
YearFlag = Annotated[str | None, typer.Option("--year", help="A year, month or quarter: 2025, 2025-03, 2025-Q1.")]
FromFlag = Annotated[str | None, typer.Option("--from", help="First day, like 2025-04-06.")]
ToFlag = Annotated[str | None, typer.Option("--to", help="Last day, like 2026-04-05.")]
LimitFlag = Annotated[int, typer.Option("--limit", min=1, max=500, help="Maximum number of entries.")]
CursorFlag = Annotated[str | None, typer.Option("--cursor", help="Continue after the previous page: its 'next'.")]
InFlag = Annotated[
    str | None,
    typer.Option("--in", metavar="CURRENCY", help="Convert to one currency, with each rate and its day."),
]
JsonFlag = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="CSV on standard output.")]


@dataclass(frozen=True)
class PeriodFlags:
    """The flags that choose accounts and days."""

    account: AccountFlag = None
    year: YearFlag = None
    since: FromFlag = None
    until: ToFlag = None

    def chosen(self, words: list[str] | None = None, purpose: str | None = None) -> "Filter":
        """Return the filter of these flags and words. Raises InvalidInput."""
        from assistant.domain.filter_language import parse_filter
        from assistant.domain.filters import period

        text = " ".join(map(_quoted, words or ()))
        found = parse_filter(text, _saved(text))
        if self.year is not None:
            first, last = period(self.year)
            found = replace(found, since=first, until=last)
        if self.since is not None or self.until is not None:
            found = replace(found, since=written_day(self.since) or found.since, until=written_day(self.until) or found.until)
        if found.since and found.until and found.since > found.until:
            raise InvalidInput(translated("The period ends before it begins: from {first} to {last}.", first=found.since, last=found.until))
        return replace(found, accounts=(*found.accounts, *(self.account or ())), purpose=purpose or found.purpose)


@dataclass(frozen=True)
class FilterFlags(PeriodFlags):
    """The flags that choose a part of the ledger, with the words of the filter language."""

    words: Words = None
    purpose: PurposeFlag = None

    @property
    def filter(self) -> "Filter":
        """The filter of these flags and words. Raises InvalidInput."""
        return self.chosen(self.words, self.purpose)


FilterText = Annotated[
    str | None, typer.Option("--filter", metavar="FILTER", help="Only what matches, like 'account:biz date:2026 toner or ink'.")
]
"""The filter of commands that have commands of their own, so that they cannot take words."""


@dataclass(frozen=True)
class SearchFlags:
    """The words of the filter language, for lists that are not orders."""

    words: Words = None

    @property
    def filter(self) -> "Filter | None":
        """The filter of these words, None without any. Raises InvalidInput."""
        return PeriodFlags().chosen(self.words) if self.words else None


def search_filter(context: typer.Context, text: str | None) -> "Filter | None":
    """Return the filter of a text, None without one. Raises InvalidInput."""
    if not text:
        return None
    from assistant.domain.filter_language import parse_filter

    _COMMAND.set(context)
    return parse_filter(text, _saved(text))


def own_currency(context: typer.Context) -> str:
    """Return the currency of the user's country, "" if none is chosen."""
    from assistant.settings.user_settings import read_user_settings

    return read_user_settings(settings_of(context).home.expanduser()).currency


_COMMAND: ContextVar[typer.Context | None] = ContextVar("command", default=None)
"""The running command: its data folder has the saved filters."""


def _saved(text: str) -> Mapping[str, str]:
    """Return the user's saved filters if a text names one."""
    command = _COMMAND.get()
    if "@" not in text or command is None:
        return {}
    from assistant.settings.user_settings import read_user_settings

    return read_user_settings(settings_of(command).home.expanduser()).filters


def _quoted(word: str) -> str:
    """Return one argument as the filter language writes it: the shell has taken the quotation marks of a phrase.

    An argument with several terms, like 'account:biz >50', is a filter already.
    """
    from assistant.domain.filter_language import is_term, words_of

    first, *rest = words_of(word) or [""]
    if not rest or any(is_term(other) for other in rest) or (first[0] in "<>@-" and len(first) > 1):
        return word
    key, colon, value = word.partition(":")
    return f'{key}:"{value}"' if colon and key.isalpha() and not value.startswith(" ") else f'"{word}"'


def with_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take a dataclass of flags: Typer sees each of its fields as a parameter of the command."""
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, Any] = {name: given.annotation for name, given in signature.parameters.items() if is_dataclass(given.annotation)}
    parameters: list[inspect.Parameter] = []
    for given in signature.parameters.values():
        flags = inspect.signature(groups[given.name], eval_str=True).parameters.values() if given.name in groups else [given]
        parameters += [flag.replace(kind=inspect.Parameter.KEYWORD_ONLY) for flag in flags]

    @wraps(command)
    def run(**values: Any) -> None:
        _COMMAND.set(values.get("context"))
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in fields(group)})
        command(**values)

    run.__annotations__ = {given.name: given.annotation for given in parameters}
    vars(run)["__signature__"] = signature.replace(parameters=parameters)
    return run
