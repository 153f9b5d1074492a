"""Invented mails of a shop, in every language that Amazon's shops write in."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml

SENT = datetime(2025, 3, 6, 10, 30, tzinfo=UTC)
NUMBER = "302-0000001-0000001"
TITLE, ASIN = "Blue mug with a lid", "B0EXAMPLE1"
TONGUES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mail_tongues.yaml").read_text(encoding="utf-8"))
ENGLISH = TONGUES[0]
BY_LANGUAGE = {tongue["language"]: tongue for tongue in TONGUES}
SORTS = ("order", "shipment", "delivery", "cancellation", "refund", "return")

Row = tuple[str, ...]


def wrapped(site: str, asin: str) -> str:
    """A product's address inside one that counts the click."""
    return f"https://www.{site}/gp/r.html?C=X&amp;U=https%3A%2F%2Fwww.{site}%2Fdp%2F{asin}%2Fref%3Dpe&amp;H=Y"


def item(tongue: dict[str, Any], title: str = TITLE, asin: str = ASIN, quantity: int = 2) -> list[Row]:
    link = wrapped(tongue["site"], asin)
    picture = f'<a href="{link}"><img src="https://m.media-amazon.invalid/i.jpg" alt="{title}"></a>'
    return [
        (picture, f'<a href="{link}">{title}</a>'),
        (f"{tongue['quantity']}: {quantity}",),
        (f"{tongue['seller']}: Mugs Ltd",),
        (tongue["price"],),
    ]


def rows(
    tongue: dict[str, Any], sort: str, number: str = NUMBER, tracking: str = "TBA000000000001", items: list[Row] | None = None
) -> list[Row]:
    """The rows of a mail about one order, as this sort of mail has them."""
    headline = {"shipment": tongue["shipped"], "delivery": tongue["delivered"]}.get(sort, "")
    bar = [(lead(tongue, each),) for each in ("order", "shipment", "delivery")]
    told = [
        (tongue["hello"],),
        *([(headline,)] if headline else []),
        *bar,
        (f"{tongue['number']} <a href='https://www.{tongue['site']}/x'>{number}</a>",),
    ]
    told += item(tongue) if items is None else items
    if sort == "order":
        told += [
            (f"{tongue['recipient']}:",),
            ("Robin Example<br>1 Sample Street<br>Sampletown",),
            (f"{tongue['total']}:", tongue["double"]),
        ]
    if sort == "shipment":
        told += [(f"{tongue['tracking']}: {tracking}",), (f"{tongue['total']}:", tongue["double"])]
    if sort == "refund":
        told += [(f"{tongue['refund_label']}:", tongue["price"])]
    return told


def lead(tongue: dict[str, Any], sort: str) -> str:
    """The word of the progress bar."""
    return str(tongue[sort]).partition(":")[0].strip()


def html_of(tongue: dict[str, Any], told: list[Row]) -> str:
    printed = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in told)
    return f'<html lang="{tongue["language"]}"><head><style>td {{}}</style></head><body><table>{printed}</table></body></html>'


def mail(
    tongue: dict[str, Any] = ENGLISH,
    sort: str = "order",
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
    """One mail of Amazon's; `html` and `text` replace its body."""
    message = EmailMessage()
    message["From"] = sender or f"Amazon <{tongue['mailbox'] if sort == 'order' else 'order-update'}@{tongue['site']}>"
    message["To"] = to
    message["Subject"] = subject or str(tongue[sort]).format(title=TITLE)
    if sent is not None:
        message["Date"] = format_datetime(sent)
    charset = tongue.get("charset", "utf-8")
    if text is not None:
        message.set_content(text, charset=charset)
    if html is not None or text is None:
        body = html if html is not None else html_of(tongue, rows(tongue, sort, number, tracking, items))
        message.add_alternative(body, subtype="html", charset=charset) if text is not None else message.set_content(
            body, subtype="html", charset=charset
        )
    return message


def story(number: str = NUMBER, tongue: dict[str, Any] = ENGLISH) -> list[EmailMessage]:
    """All mails of an order of two parcels: confirmed, shipped twice, one delivered, one item refunded."""
    first, second = item(tongue), item(tongue, "Green kettle, 1.7 l", "B0EXAMPLE2", 1)[:-1]
    day = timedelta(days=1)
    return [
        mail(tongue, "order", number=number, sent=SENT - 4 * day, items=[*first, *second]),
        mail(tongue, "shipment", number=number, sent=SENT - 3 * day, items=first, tracking="TBA000000000001"),
        mail(tongue, "shipment", number=number, sent=SENT - 2 * day, items=second, tracking="TBA000000000002"),
        mail(tongue, "delivery", number=number, sent=SENT, items=first),
        mail(tongue, "refund", number=number, sent=SENT + 9 * day, items=second),
    ]


def mbox(*messages: Message | bytes) -> bytes:
    """A mailbox file of these mails, in this order."""
    parts = [each if isinstance(each, bytes) else each.as_bytes() for each in messages]
    return b"".join(b"From sender@example.org Thu Mar  6 10:30:00 2025\n" + part.rstrip(b"\n") + b"\n\n" for part in parts)
