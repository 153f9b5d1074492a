"""What the owners of the demo household do for their books: budgets, an item for the business, a card statement."""

import csv
from collections import Counter
from datetime import date, timedelta
from io import StringIO

from assistant.bootstrap import Services
from assistant.domain.filters import Filter
from assistant.domain.money import Money

_DAYS = 90
_CARD = ("amex", "3007")


def keep_books(services: Services, today: date) -> None:
    """Plan two budgets, let the business owe for the toner that was bought privately, and import the statement of its card."""
    services.rules.add({"type": "budget", "account": "biz", "month": "600", "currency": "USD"})
    services.rules.add({"type": "budget", "purpose": ["household"], "year": "4000", "currency": "USD"})
    for entry in list(services.books.each(Filter(accounts=("per",), items=("toner",)))):
        if entry.item is not None:
            services.ledger.set_item("per", entry.order.number, entry.item.place, purpose="business")
    services.statements.import_bytes("card.csv", _statement(services, today), card="/".join(_CARD))


def _statement(services: Services, today: date) -> bytes:
    """Return a statement of the business's card: a line for each charge, and one that belongs to no order."""
    charges: Counter[tuple[date, str]] = Counter()
    for entry in services.books.each(Filter(accounts=("biz",), since=today - timedelta(days=_DAYS))):
        for part in entry.paid:
            if (part.network, part.last4) == _CARD and entry.currency == "USD":
                charges[entry.on, entry.order.number] += part.amount
    charges[today - timedelta(days=9), "GIFT"] = 2599
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("Date", "Description", "Amount"))
    for (on, number), minor in sorted(charges.items()):
        writer.writerow((on.isoformat(), f"AMAZON.COM*{number[-7:]}", f"-{Money(minor, 'USD').decimal}"))
    return stream.getvalue().encode()
