"""Dates to remember: payments, deliveries, renewals, ends of offers and of return windows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.judging.sentences import sentence
from assistant.domain.judging.verdict import Message


class DueKind(StrEnum):
    """What happens on a date; the sentence of each is in the catalogue, section dates."""

    PAYMENT = "payment"
    SUBSCRIPTION = "subscription"
    TRIAL = "trial"
    MEMBERSHIP = "membership"
    COUPON = "coupon"
    CODE = "code"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date to remember: `due` as a page printed it, `what` happens to `title` then; `number` is the order's, "" if there is none.

    `recurs`: the same happens again on other days. Without it another day means that the date was moved.
    """

    due: date
    account: str
    kind: DueKind
    what: str
    title: str
    number: str = ""
    recurs: bool = False


def due_on(due: date, account: str, kind: DueKind, title: str, *, number: str = "", recurs: bool = False) -> Due:
    """Return a date to remember that says in the current language what happens."""
    return Due(due=due, account=account, kind=kind, what=sentence(Message(f"dates.{kind}")), title=title, number=number, recurs=recurs)
