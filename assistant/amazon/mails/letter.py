"""A decoded mail and its content."""

from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.amazon.mails.senders import Sender
from assistant.amazon.mails.wording import Sort
from assistant.amazon.marketplaces import Marketplace
from assistant.domain.errors import Problem
from assistant.domain.orders.order import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail: `senders` are names and addresses of its From lines, `sent` is its Date line's instant, `html` and `text` its bodies.

    `key` is its message id, None without one.
    """

    senders: tuple[tuple[str, str], ...] = ()
    addressee: str = ""
    subject: str = ""
    sent: datetime | None = None
    html: str = ""
    text: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSays:
    """The content of a mail. `problems` name places as "orders[0].placed_on", counted within this mail; `day` is the day it was sent."""

    sender: Sender
    sort: Sort = Sort.OTHER
    marketplace: Marketplace | None = None
    language: str | None = None
    greeting: str | None = None
    day: date | None = None
    orders: tuple[Order, ...] = ()
    problems: list[Problem] = field(default_factory=list)
