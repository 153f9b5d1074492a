"""Reads a letter: whether to trust it, its subject, its orders, and what could not be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.amazon.labels.greeting import addressed_name
from assistant.amazon.labels.languages import language_in, language_of
from assistant.amazon.mails.context import Context
from assistant.amazon.mails.labels import SENT_ABOUT, SENT_BY, SENT_ON
from assistant.amazon.mails.letter import Letter, MailSays
from assistant.amazon.mails.lines import MailLine, lines_of_text, lines_of_tree, tree_of
from assistant.amazon.mails.orders import order_in
from assistant.amazon.mails.parcels import progress_bar
from assistant.amazon.mails.sections import sections
from assistant.amazon.mails.senders import Sender, trust_in
from assistant.amazon.mails.wording import Sort, sort_of
from assistant.amazon.marketplaces import Marketplace
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import plain
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Order

_HEADLINES = 12
_WITHIN = 80
_HEADER_LINES = 12
_LONGEST_HEADLINE = 90
_ADDRESS = re.compile(r"[\w.+=-]{1,100}@[\w.-]{1,200}")


@dataclass(frozen=True, slots=True)
class _Envelope:
    """Sender, subject and time: from the mail's own header, or from the quoted header in a forwarded mail."""

    mailbox: str
    subject: str
    day: date | None
    trust: Sender
    marketplace: Marketplace | None


def read_letter(letter: Letter) -> MailSays:
    """Return the content of a mail. A mail that is not from Amazon gives nothing; one that may be is read and flagged."""
    if trust_in(letter.senders)[0] is Sender.STRANGER and not any("amazon" in body.lower() for body in (letter.text, letter.html)):
        return MailSays(sender=Sender.STRANGER)
    tree = tree_of(letter.html)
    bodies = [lines for lines in (lines_of_tree(tree) if tree is not None else [], lines_of_text(letter.text)) if lines]
    readings = [_read(letter, lines) for lines in bodies] or [_read(letter, [])]
    best = max(readings, key=_richness)
    language = language_of(tree) if tree is not None else None
    text = "\n".join(line.text for line in max(bodies, key=len, default=[]))
    return MailSays(
        sender=best.sender,
        sort=best.sort,
        marketplace=best.marketplace,
        language=language or language_in(f"{letter.subject}\n{text}"),
        greeting=best.greeting,
        day=best.day,
        orders=best.orders,
        problems=best.problems,
    )


def _richness(found: MailSays) -> tuple[int, int, int]:
    """Return how much of a body could be read. Both bodies of a mail should say the same, and the better one is used."""
    orders = found.orders
    told = sum(len(order.items) + len(order.amounts) + len(order.shipments) + len(order.refunds) for order in orders)
    articles = sum(1 for order in orders for item in order.items if item.asin)
    return len(orders), told, articles - len(found.problems)


def _read(letter: Letter, lines: list[MailLine]) -> MailSays:
    envelope, lines = _envelope(letter, lines)
    if envelope.trust is Sender.STRANGER:
        return MailSays(sender=Sender.STRANGER)
    parts = sections(lines, envelope.subject)
    notes = Notes(marketplace=envelope.marketplace)
    if envelope.trust is Sender.IMPOSTOR:
        if parts:
            notes.problem(
                "sender", "impostor", sentence_of("The mail looks like Amazon's but was sent from another address, so it was ignored.")
            )
        return MailSays(sender=Sender.IMPOSTOR, problems=notes.problems)
    steps = progress_bar(lines)
    telling = (line.text for place, line in enumerate(lines) if place not in steps and 0 < len(line.text) <= _LONGEST_HEADLINE)
    headlines = list(islice(telling, _HEADLINES))
    sort = sort_of(envelope.subject, envelope.mailbox, headlines)
    orders: list[Order] = []
    if sort is not Sort.OTHER:
        for place, (number, part) in enumerate(parts.items()):
            base = Context(sort=sort, subject=envelope.subject, day=envelope.day, notes=notes, where=f"orders[{place}]", key=letter.key)
            orders.append(order_in(number, part, replace(base, alone=len(parts) == 1)))
    if orders and envelope.trust is Sender.CLAIMED:
        notes.problem(
            "sender", "unproven", sentence_of("The mail was forwarded, so it may not be from Amazon. Compare it with your orders.")
        )
    return MailSays(
        sender=envelope.trust,
        sort=sort,
        marketplace=envelope.marketplace,
        greeting=_greeting(lines),
        day=envelope.day,
        orders=tuple(orders),
        problems=notes.problems,
    )


def _envelope(letter: Letter, lines: list[MailLine]) -> tuple[_Envelope, list[MailLine]]:
    """Return the envelope and its lines. A mail that was forwarded by hand has Amazon's header as text."""
    trust, marketplace = trust_in(letter.senders)
    mailbox = letter.senders[0][1].partition("@")[0] if letter.senders else ""
    inner = next((place for place, line in enumerate(lines[:_WITHIN]) if SENT_BY.match(plain(line.text))), None)
    if trust in (Sender.AMAZON, Sender.IMPOSTOR) or inner is None:
        return _Envelope(mailbox, letter.subject, civil_day(letter.sent, marketplace), trust, marketplace), lines
    name, address = _printed(_behind(SENT_BY, lines[inner].text))
    claimed, marketplace = trust_in([(name, address)])
    head = [line.text for line in lines[inner : inner + _HEADER_LINES]]
    subject = next((_behind(SENT_ABOUT, text) for text in head if SENT_ABOUT.match(plain(text))), letter.subject)
    sent = next((_behind(SENT_ON, text) for text in head if SENT_ON.match(plain(text))), "")
    trust = Sender.CLAIMED if claimed is Sender.AMAZON else claimed
    return _Envelope(address.partition("@")[0], subject, read_day(sent), trust, marketplace), lines[inner + 1 :]


def _behind(label: re.Pattern[str], text: str) -> str:
    """Return the value after a label that matches the folded text. Folding does not change the length of these labels."""
    found = label.match(plain(text))
    return text[found.end() :].strip() if found else ""


def _printed(sender: str) -> tuple[str, str]:
    """Return name and address of a From line in a body: "Amazon.de [mailto:a@amazon.de]", "Amazon.de (a@amazon.de)"."""
    found = _ADDRESS.search(sender)
    return (sender[: found.start()], found[0]) if found else (sender, "")


def civil_day(moment: datetime | None, marketplace: Marketplace | None) -> date | None:
    """Return the local day of an instant in the marketplace's time zone."""
    if moment is None or marketplace is None:
        return None
    try:
        return moment.astimezone(ZoneInfo(marketplace.zone)).date()
    except (ZoneInfoNotFoundError, OverflowError, ValueError):
        return None


def _greeting(lines: Sequence[MailLine]) -> str | None:
    return next(filter(None, (addressed_name(line.text) for line in lines[:_WITHIN] if not line.asin)), None)
