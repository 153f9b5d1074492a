"""Whom a parcel is addressed to: one of the people or the business of a home, or somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.company_names import company


@dataclass(frozen=True, slots=True)
class HomeNames:
    """The names of a home: what Amazon calls its people, and other words for them and their businesses."""

    greetings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def home_names(greetings: Iterable[str | None], others: Iterable[str | None]) -> HomeNames:
    """Return the names that a home's accounts are known by."""
    return HomeNames(tuple(filter(None, greetings)), tuple(filter(None, others)))


def is_of_home(recipient: str | None, names: HomeNames) -> bool | None:
    """Return whether a parcel is addressed to the home; None if unknown.

    A name that fits proves it. One that does not fit proves the opposite only where the greetings are known: the user may call an
    owner "me" or "mum", and a business does not show the names of its people.
    """
    if not recipient:
        return None
    if any(_fits(name, recipient) for name in (*names.greetings, *names.others)):
        return True
    return False if names.greetings else None


def _fits(name: str, recipient: str) -> bool:
    wanted, shown = company(name), company(recipient)
    # Chinese and Japanese names have no blanks: the greeting "花子" is in the recipient "佐藤花子".
    return bool(wanted) and (set(wanted.split()) <= set(shown.split()) or (not wanted.isascii() and wanted in shown))
