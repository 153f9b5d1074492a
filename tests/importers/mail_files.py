"""Invented mails, in every language that Amazon writes in."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml

SENT = datetime(2025, 3, 6, 10, 30, tzinfo=UTC)
NUMBER = "302-0000001-0000001"
TITLE, ASIN = "Blue mug with a lid", "B0EXAMPLE1"
WORDINGS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mail_wordings.yaml").read_text(encoding="utf-8"))
ENGLISH = WORDINGS[0]
BY_LANGUAGE = {words["language"]: words for words in WORDINGS}
KINDS = ("order", "shipment", "delivery", "cancellation", "refund", "return")

Row = tuple[str, ...]


def wrapped(site: str, asin: str) -> str:
    """Return a product's address inside a tracking link."""
    return f"https://www.{site}/gp/r.html?C=X&amp;U=https%3A%2F%2Fwww.{site}%2Fdp%2F{asin}%2Fref%3Dpe&amp;H=Y"


def item(words: dict[str, Any], title: str = TITLE, asin: str = ASIN, quantity: int = 2) -> list[Row]:
    link = wrapped(words["site"], asin)
    picture = f'<a href="{link}"><img src="https://m.media-amazon.invalid/i.jpg" alt="{title}"></a>'
    return [
        (picture, f'<a href="{link}">{title}</a>'),
        (f"{words['quantity']}: {quantity}",),
        (f"{words['seller']}: Mugs Ltd",),
        (words["price"],),
    ]


def rows(
    words: dict[str, Any], kind: str, number: str = NUMBER, tracking: str = "TBA000000000001", items: list[Row] | None = None
) -> list[Row]:
    """Return the rows of a mail of this kind about one order."""
    headline = {"shipment": words["shipped"], "delivery": words["delivered"]}.get(kind, "")
    bar = [(lead(words, each),) for each in ("order", "shipment", "delivery")]
    printed_rows = [
        (words["hello"],),
        *([(headline,)] if headline else []),
        *bar,
        (f"{words['number']} <a href='https://www.{words['site']}/x'>{number}</a>",),
    ]
    printed_rows += item(words) if items is None else items
    if kind == "order":
        printed_rows += [
            (f"{words['recipient']}:",),
            ("Robin Example<br>1 Sample Street<br>Sampletown",),
            (f"{words['total']}:", words["double"]),
        ]
    if kind == "shipment":
        printed_rows += [(f"{words['tracking']}: {tracking}",), (f"{words['total']}:", words["double"])]
    if kind == "refund":
        printed_rows += [(f"{words['refund_label']}:", words["price"])]
    return printed_rows


def lead(words: dict[str, Any], kind: str) -> str:
    """Return the word for this step in the progress bar."""
    return str(words[kind]).partition(":")[0].strip()


def html_of(words: dict[str, Any], printed_rows: list[Row]) -> str:
    printed = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in printed_rows)
    return f'<html lang="{words["language"]}"><head><style>td {{}}</style></head><body><table>{printed}</table></body></html>'


def mail(
    words: dict[str, Any] = ENGLISH,
    kind: str = "order",
    *,
    number: str = NUMBER,
    sent: datetime | None = SENT,
    sender: str | None = None,
    html: str | None = None,
    text: str | None = None,
    subject: str | None = None,
    to: str = "robin@example.org",
    tracking: str = "TBA000000000001",
    items: list[Row] | None = None,
) -> EmailMessage:
    """Return one mail from Amazon; `html` and `text` replace its body."""
    message = EmailMessage()
    message["From"] = sender or f"Amazon <{words['mailbox'] if kind == 'order' else 'order-update'}@{words['site']}>"
    message["To"] = to
    message["Subject"] = subject or str(words[kind]).format(title=TITLE)
    if sent is not None:
        message["Date"] = format_datetime(sent)
    charset = words.get("charset", "utf-8")
    if text is not None:
        message.set_content(text, charset=charset)
    if html is not None or text is None:
        body = html if html is not None else html_of(words, rows(words, kind, number, tracking, items))
        message.add_alternative(body, subtype="html", charset=charset) if text is not None else message.set_content(
            body, subtype="html", charset=charset
        )
    return message


def story(number: str = NUMBER, words: dict[str, Any] = ENGLISH) -> list[EmailMessage]:
    """Return all mails of an order of two parcels: confirmed, shipped twice, one delivered, one item refunded."""
    first, second = item(words), item(words, "Green kettle, 1.7 l", "B0EXAMPLE2", 1)[:-1]
    day = timedelta(days=1)
    return [
        mail(words, "order", number=number, sent=SENT - 4 * day, items=[*first, *second]),
        mail(words, "shipment", number=number, sent=SENT - 3 * day, items=first, tracking="TBA000000000001"),
        mail(words, "shipment", number=number, sent=SENT - 2 * day, items=second, tracking="TBA000000000002"),
        mail(words, "delivery", number=number, sent=SENT, items=first),
        mail(words, "refund", number=number, sent=SENT + 9 * day, items=second),
    ]


def mbox(*messages: Message | bytes) -> bytes:
    """Return a mailbox file with these mails, in this order."""
    parts = [each if isinstance(each, bytes) else each.as_bytes() for each in messages]
    return b"".join(b"From sender@example.org Thu Mar  6 10:30:00 2025\n" + part.rstrip(b"\n") + b"\n\n" for part in parts)
