"""Whom a parcel is addressed to: one of the people or the business of a home, or somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.company_names import company


@dataclass(frozen=True, slots=True)
class HomeNames:
    """The names of a home. `printed` are Amazon's: greetings and organisations; `given` are the user's own words for the owners."""

    printed: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


def home_names(printed: Iterable[str | None], given: Iterable[str | None]) -> HomeNames:
    """Return the names that a home's accounts are known by."""
    return HomeNames(tuple(filter(None, printed)), tuple(filter(None, given)))


def is_of_home(recipient: str | None, names: HomeNames) -> bool | None:
    """Return whether a parcel is addressed to the home; None if unknown.

    A name that fits proves it. One that does not fit proves the opposite only where Amazon's own names are known: the user may call
    an owner "me" or "mum".
    """
    if not recipient:
        return None
    if any(_fits(name, recipient) for name in (*names.printed, *names.given)):
        return True
    return False if names.printed else None


def _fits(name: str, recipient: str) -> bool:
    wanted, shown = company(name), company(recipient)
    # Chinese and Japanese names have no blanks: the greeting "花子" is in the recipient "佐藤花子".
    return bool(wanted) and (set(wanted.split()) <= set(shown.split()) or (not wanted.isascii() and wanted in shown))
