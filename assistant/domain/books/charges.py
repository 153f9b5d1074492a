"""The account's payment history: lines identified by their content and joined to the orders that they name."""

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.domain.money import Money
from assistant.domain.orders.order import Order, Payment, Refund, Transaction

_SETTLES = 10
"""Days within which a pending line becomes the completed one of the same amount, card and orders."""


def natural_key(entry: Transaction) -> str:
    """Return what identifies a line across pages: day, amount, card, orders. Its status may change."""
    amount = f"{entry.amount.minor} {entry.amount.currency}" if entry.amount else ""
    card = entry.last4 or (entry.method or "").casefold()
    return "|".join((str(entry.on or ""), amount, card, *sorted(entry.order_numbers)))


def told_apart(entries: Iterable[Transaction]) -> list[tuple[str, Transaction]]:
    """Return each line with its key. Equal lines on one page are different charges, so they get an occurrence number."""
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        key = natural_key(entry)
        found.append((f"{key}#{seen[key]}", entry))
        seen[key] += 1
    return found


def settled(entries: Sequence[Transaction]) -> list[Transaction]:
    """Return the lines without the pending ones that have been completed since."""
    done = [entry for entry in entries if entry.status != "pending"]
    free = list(done)
    waiting = []
    for entry in entries:
        if entry.status != "pending":
            continue
        same = next((other for other in free if _completes(other, entry)), None)
        if same is None:
            waiting.append(entry)
        else:
            free.remove(same)
    return [*done, *waiting]


def _completes(done: Transaction, pending: Transaction) -> bool:
    if (done.amount, done.last4, sorted(done.order_numbers)) != (pending.amount, pending.last4, sorted(pending.order_numbers)):
        return False
    return done.on is None or pending.on is None or 0 <= (done.on - pending.on).days <= _SETTLES


def order_told_by(number: str, entries: Sequence[Transaction]) -> Order | None:
    """Return the charges and refunds of an order in the payment history; None if nothing is certain.

    A charge for several orders has a card and a day but no amount, because its split is unknown.
    """
    payments, refunds = [], []
    for entry in settled(entries):
        if entry.amount is None or entry.status == "pending":
            continue
        alone = len(entry.order_numbers) == 1
        if entry.amount.minor <= 0:
            payments.append(Payment(method=entry.method, last4=entry.last4, amount=-entry.amount if alone else None, charged_on=entry.on))
        elif alone:
            refunds.append(Refund(amount=entry.amount, refunded_on=entry.on, method=entry.method, last4=entry.last4))
    if not payments and not refunds:
        return None
    currency = next((entry.amount.currency for entry in entries if entry.amount), None)
    return Order(number=number, currency=currency, payments=tuple(payments), refunds=tuple(refunds))


def share(entry: Transaction, number: str, totals: dict[str, Money | None]) -> Money | None:
    """Return the part of a charge that is one order's, signed as the charge: all of it, or the order's total where all totals add up."""
    if entry.amount is None or len(entry.order_numbers) <= 1:
        return entry.amount
    parts = [totals.get(other) for other in entry.order_numbers]
    known = [part for part in parts if part is not None and part.currency == entry.amount.currency]
    if len(known) < len(parts) or sum(part.minor for part in known) != -entry.amount.minor:
        return None
    own = totals.get(number)
    return -own if own is not None else None
