"""Reads orders from mails: merges what the mails say into one order per order id, in any sequence."""

import gc
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.amazon.mails import Letter, MailSays, Sender, Sort, read_letter
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import counted_sentence, sentence_of
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.orders.merge import merge
from assistant.domain.orders.order import Order, OrderKind
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.base import Findings
from assistant.importers.files.problems import FileProblems
from assistant.importers.mail.mbox import messages
from assistant.importers.mail.message import letters

Post = Sequence[tuple[str, Path | bytes | list[bytes | None]]]
"""Mails by the name of where they are: a file, its content, or its mails one by one (None: one that is too large)."""

_SWEEP = 64
_UNDATED = datetime.min.replace(tzinfo=UTC)
_FROM_THE_MAIL = "mail-date"


@dataclass(frozen=True, slots=True)
class _MailedOrder:
    """One order in one mail. `when` sorts mails by date, and those with the same date by content."""

    when: tuple[datetime, int, str]
    order: Order
    problems: tuple[tuple[str, Problem], ...]

    @property
    def day_is_the_mails(self) -> bool:
        return any(problem.code == _FROM_THE_MAIL and path == ".placed_on" for path, problem in self.problems)


@dataclass(slots=True)
class MailFindings(Findings):
    """The findings of all mails together. `layout` is the sort that all share, `greeting` the name that all greet."""

    layout: str | None = None
    language: str | None = None
    greeting: str | None = None


@dataclass(slots=True)
class _Reading:
    """The findings so far."""

    notes: FileProblems
    told: dict[str, list[_MailedOrder]] = field(default_factory=dict)
    sorts: set[Sort] = field(default_factory=set)
    languages: set[str | None] = field(default_factory=set)
    greetings: set[str] = field(default_factory=set)
    addressees: set[str] = field(default_factory=set)
    count: int = 0


def read_mails(name: str, post: Post) -> MailFindings:
    """Return the orders in mails. A mail that cannot be read does not affect the others."""
    reading = _Reading(FileProblems(name))
    known: set[bytes] = set()
    for where, content in _mails(post, reading):
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if digest in known:
            continue
        known.add(digest)
        reading.count += 1
        if reading.count % _SWEEP == 0:
            # The collector pauses while files are read, but every mail's parser leaves a cycle behind.
            gc.collect(0)
        try:
            for letter in letters(content):
                _take(reading, where, letter, read_letter(letter))
        except Exception as error:  # noqa: BLE001  # a mail from strangers must never stop the reading of the others
            reading.notes.add(
                where, "unreadable", sentence_of("The mail could not be read ({error}), so it was skipped.", error=type(error).__name__)
            )
    return _findings(name, reading)


def _mails(post: Post, reading: _Reading) -> Iterator[tuple[str, bytes]]:
    for name, source in post:
        try:
            for number, content in enumerate(_split(source), 1):
                where = name if number == 1 else f"{name}, mail {number}"
                if content is None:
                    reading.notes.add(
                        where, "too-large", sentence_of("The mail is larger than any mail service allows, so it was skipped.")
                    )
                else:
                    yield where, content
        except OSError as error:
            reading.notes.add(name, "unreadable", sentence_of("The file cannot be opened: {reason}.", reason=reason_of(error)))


def _split(source: Path | bytes | list[bytes | None]) -> Iterator[bytes | None]:
    if isinstance(source, list):
        yield from source
        return
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
        yield from messages(stream)


def _take(reading: _Reading, where: str, letter: Letter, found: MailSays) -> None:
    if found.sender is Sender.STRANGER:
        return
    for problem in found.problems:
        if not problem.where.startswith("orders["):
            reading.notes.add(f"{where}, {problem.where}", problem.code, problem.said)
    if found.sort is not Sort.OTHER:
        reading.sorts.add(found.sort)
        reading.languages.add(found.language)
    if not found.orders:
        return
    reading.addressees |= {letter.addressee} if letter.addressee and found.sender is Sender.AMAZON else set()
    reading.greetings |= {found.greeting} if found.greeting else set()
    for place, order in enumerate(found.orders):
        prefix = f"orders[{place}]"
        problems = tuple((each.where.removeprefix(prefix), each) for each in found.problems if each.where.startswith(prefix))
        told = _MailedOrder((letter.sent or _UNDATED, place, repr(order)), order, problems)
        reading.told.setdefault(order.number, []).append(told)


def _findings(name: str, reading: _Reading) -> MailFindings:
    found = MailFindings()
    merged = [_merged(sorted(each, key=lambda told: told.when)) for each in reading.told.values()]
    for place, (_, order, problems) in enumerate(sorted(merged, key=lambda entry: (entry[0], entry[1].number))):
        found.orders.append(order)
        for path, problem in problems:
            reading.notes.add(f"orders[{place}]{path}", problem.code, problem.said, about=path.partition("[")[0].lstrip("."))
    if len(reading.addressees) > 1:
        text = sentence_of(
            "The mails went to {count} addresses. If these belong to different accounts, import the mails of each account separately.",
            count=len(reading.addressees),
        )
        reading.notes.add(name, "several-addressees", text)
    found.problems = reading.notes.problems
    if not found.orders and not found.problems:
        text = counted_sentence(
            "No Amazon order was found ({count} mail read). Export the mails that confirm your orders.",
            "No Amazon order was found ({count} mails read). Export the mails that confirm your orders.",
            reading.count,
        )
        found.problems = [Problem(where=name, code="no-orders", said=text)]
    found.layout = _layout(reading.sorts, found.orders)
    found.language = next(iter(reading.languages)) if len(reading.languages) == 1 else None
    found.greeting = next(iter(reading.greetings)) if len(reading.greetings) == 1 else None
    return found


def _layout(sorts: set[Sort], orders: Sequence[Order]) -> str | None:
    if len(sorts) != 1:
        return "several" if sorts else None
    digital = bool(orders) and all(order.kind is OrderKind.DIGITAL for order in orders)
    only = next(iter(sorts))
    return "digital" if digital and only is Sort.ORDER else only.value


def _merged(told: Sequence[_MailedOrder]) -> tuple[tuple[datetime, int, str], Order, list[tuple[str, Problem]]]:
    """Return the first mention of an order, the merged order, and its problems. A printed day takes precedence over the date of a mail."""
    printed = any(each.order.placed_on and not each.day_is_the_mails for each in told)
    sightings, problems = [], dict[tuple[str, str, str], tuple[str, Problem]]()
    for number, each in enumerate(told, 1):
        drop = printed and each.day_is_the_mails
        sightings.append(Sighting(number, SourceKind.EMAIL, replace(each.order, placed_on=None) if drop else each.order))
        for path, problem in each.problems:
            if not (drop and path == ".placed_on"):
                problems[path, problem.code, problem.said.english] = (path, problem)
    answer = merge(sightings)
    return told[0].when, answer.order, [*problems.values(), *((f".{each.where}", each) for each in answer.conflicts)]
