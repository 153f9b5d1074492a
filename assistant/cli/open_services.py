"""Opens the settings and services of a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.console import say
from assistant.domain.languages.translating import translated
from assistant.domain.text import clean_text
from assistant.locations import unsafe_place
from assistant.settings import Settings

if TYPE_CHECKING:
    import typer

    from assistant.bootstrap import Services

REASON = "assistant.reason"
"""The key of the reason among what the flags of a command said."""
_LONGEST_REASON = 200


def settings_of(context: "typer.Context") -> Settings:
    """Return the settings from the global flags."""
    settings = context.find_root().obj
    if not isinstance(settings, Settings):
        raise TypeError(settings)
    return settings


def warn_of_place(settings: Settings) -> None:
    """Say if the ledger is where SQLite can lose data: on a network drive, or in a folder that a sync program copies."""
    unsafe = unsafe_place(settings.home) if not settings.database else None
    if unsafe:
        say(
            translated(
                "{folder} is {place}. SQLite can lose data there: choose a local folder with --home.", folder=settings.home, place=unsafe
            )
        )


@contextmanager
def services_of(context: "typer.Context") -> Iterator["Services"]:
    """Open the ledger for one command. Raises LedgerUnusable."""
    from uuid import uuid4

    from assistant.bootstrap import build
    from assistant.domain.journal import Author, acting_as

    warn_of_place(settings_of(context))
    services = build(settings_of(context))
    try:
        # All changes of a command are one step of the history.
        why = clean_text(context.meta.get(REASON, ""))[:_LONGEST_REASON]
        with acting_as(Author(who="command line", why=why, command=uuid4().hex)):
            yield services
    finally:
        services.close()
