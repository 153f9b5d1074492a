"""The mail around an order."""

from dataclasses import dataclass
from datetime import date

from assistant.amazon.mails.wording import Sort
from assistant.amazon.notes import Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The mail around an order: its sort and subject, the day it was sent, where problems are noted, whether it is alone in the mail.

    `key` is the message's own id, where it has one.
    """

    sort: Sort
    subject: str
    day: date | None
    notes: Notes
    where: str
    alone: bool = True
    key: str | None = None
