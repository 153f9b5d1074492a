"""How an order was paid: cards, gift cards, bank accounts, and how much each paid of every entry."""

from collections.abc import Sequence

from assistant.domain.books.entries import PurseShare
from assistant.domain.books.sharing import share_out
from assistant.domain.orders.order import Amount, Order, Payment, Refund

_GIFT = ("gift", "geschenk", "cadeau", "regalo", "presente", "presentkort", "podarunk", "hediye", "ギフト", "guthaben", "balance")
_NETWORKS = {
    "american express": "amex",
    "amex": "amex",
    "mastercard": "mastercard",
    "master card": "mastercard",
    "visa": "visa",
    "discover": "discover",
    "diners": "diners",
    "jcb": "jcb",
    "maestro": "maestro",
    "unionpay": "unionpay",
    "store card": "store_card",
}
_BANK = ("bank", "lastschrift", "debit", "checking", "sepa", "prelevement", "addebito", "domiciliacion")
_INVOICE = ("invoice", "rechnung", "facture", "fattura", "factura")


def gift_card_of(order: Order) -> int:
    """Return how much a gift card paid of an order according to its sources, minor units."""
    amount = order.amounts.get(Amount.GIFT_CARD)
    return abs(amount.minor) if amount else 0


def purse_of(method: str | None, last4: str | None) -> tuple[str, str | None, str | None]:
    """Return instrument, card network and last digits of a payment method as Amazon names it."""
    name = " ".join((method or "").casefold().replace("_", " ").replace("-", " ").split())
    network = next((network for word, network in _NETWORKS.items() if word in name), None)
    if network or (last4 and not any(word in name for word in (*_BANK, *_GIFT))):
        return "card", network or name or None, last4
    for instrument, words in (("gift_card", _GIFT), ("bank", _BANK), ("invoice", _INVOICE)):
        if any(word in name for word in words):
            return instrument, None, last4
    return "other", None, last4


def _purses(payments: Sequence[Payment]) -> list[tuple[str, str | None, str | None]]:
    return list(dict.fromkeys(purse_of(payment.method, payment.last4) for payment in payments if payment.method or payment.last4))


def paid_by(payments: Sequence[Payment], gift_card: int, grosses: Sequence[int]) -> list[tuple[PurseShare, ...]]:
    """Return what each purse paid of entries that were paid together; empty if the parts are unknown.

    `gift_card` is what a gift card paid of all of them. Each entry's amounts add up to its gross.
    """
    total = sum(grosses)
    amounts: dict[tuple[str, str | None, str | None], int] = {}
    if gift_card:
        amounts["gift_card", None, None] = min(gift_card, total)
    for payment in payments:
        if payment.amount:
            purse = purse_of(payment.method, payment.last4)
            amounts[purse] = amounts.get(purse, 0) + payment.amount.minor
    rest = total - sum(amounts.values())
    others = [purse for purse in _purses(payments) if purse not in amounts]
    known = len(amounts) - bool(gift_card)
    if rest and len(others) == 1 and not known:
        amounts[others[0]] = rest
    elif rest and not others and known and not gift_card and rest > 0 and len(amounts) > 0:
        # What the charges do not cover was not paid by card.
        amounts["gift_card", None, None] = rest
    if sum(amounts.values()) != total or not amounts:
        return [()] * len(grosses)
    return _shared(amounts, grosses)


def _shared(amounts: dict[tuple[str, str | None, str | None], int], grosses: Sequence[int]) -> list[tuple[PurseShare, ...]]:
    purses = list(amounts)
    left = list(grosses)
    rows: list[list[PurseShare]] = [[] for _ in grosses]
    for purse in purses:
        mine = left if purse == purses[-1] else share_out(amounts[purse], left)
        for at, minor in enumerate(mine):
            if minor:
                instrument, network, last4 = purse
                rows[at].append(PurseShare(instrument=instrument, amount=minor, network=network, last4=last4))
        left = [rest - minor for rest, minor in zip(left, mine, strict=True)]
    return [tuple(row) for row in rows]


def refunded_to(
    payments: Sequence[Payment], gift_card: int, paid: Sequence[PurseShare], refund: Refund, gross: int
) -> tuple[PurseShare, ...]:
    """Return where a refund of `gross` (negative) went: the payment method its source names, else the only one that paid.

    `paid` is what purses paid of the refunded line; where that is unknown, the methods that the order names count.
    """
    if refund.method or refund.last4:
        purses = [purse_of(refund.method, refund.last4)]
    elif paid:
        purses = [(share.instrument, share.network, share.last4) for share in paid]
    else:
        purses = _purses(payments) + ([("gift_card", None, None)] if gift_card else [])
    if len(set(purses)) != 1:
        return ()
    instrument, network, known = purses[0]
    return (PurseShare(instrument=instrument, amount=gross, network=network, last4=known),)
