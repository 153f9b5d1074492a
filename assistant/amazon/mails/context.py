"""The context of an order in a mail."""

from dataclasses import dataclass
from datetime import date

from assistant.amazon.mails.wording import Sort
from assistant.amazon.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The mail that contains an order: its sort, subject and day, and the place for problems.

    `alone` is set if the mail has one order. `key` is the message id, None without one.
    """

    sort: Sort
    subject: str
    day: date | None
    notes: Notes
    where: str
    alone: bool = True
    key: str | None = None
