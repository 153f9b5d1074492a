"""Text for entries of the books: one line of a list, and all details."""

from decimal import Decimal

from textual.content import Content

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.money import Money
from tui.formatting import Pen, plain, section

_KINDS = {EntryKind.PURCHASE: "purchase", EntryKind.REFUND: "refund", EntryKind.TOP_UP: "gift card top-up"}
_SURE = {Certainty.STATED: "as printed", Certainty.DERIVED: "calculated", Certainty.ESTIMATED: "estimated"}
_DAYS = {DateBasis.CHARGED: "charged", DateBasis.SHIPPED: "shipped", DateBasis.PLACED: "ordered", DateBasis.REFUNDED: "refunded"}
_AMOUNT = 13


def entry_line(entry: Entry, pen: Pen, purpose: str | None = None) -> Content:
    """Return an entry as one line: day, account, amount, item, purposes. With a `purpose`, the amount is its share."""
    money = Money(entry.share_for(purpose), entry.currency) if purpose else entry.gross
    amount = f"{'~' if entry.certainty is Certainty.ESTIMATED else ''}{pen.amount(money)}"
    purposes = ", ".join(plain(share.purpose) for share in entry.shares)
    kind = "" if entry.kind is EntryKind.PURCHASE else f"  {_KINDS[entry.kind]}"
    return Content.assemble(
        (f"{pen.day(entry.on):<11} ", "$muted"),
        pen.badge_column(entry.account),
        (f" {amount:>{_AMOUNT}}  ", "$refund" if entry.gross.minor < 0 else ""),
        _title(entry),
        (f"{kind}  {purposes}", "$muted"),
    )


def _title(entry: Entry) -> str:
    return (plain(entry.item.title) if entry.item else "") or f"order {plain(entry.order.number)}"


def entry_facts(entry: Entry, pen: Pen) -> Content:
    """Return an entry in full: its parts add up to its amount, and so do its shares."""

    def amount(minor: int) -> str:
        return pen.amount(Money(minor, entry.currency))

    parts = [(name.replace("_", " "), minor) for name, minor in zip(entry.parts._fields, entry.parts, strict=True) if minor]
    sums = [*parts, ("together", entry.gross.minor)]
    purses = [(_purse(paid.instrument, paid.network, paid.last4), paid.amount) for paid in entry.paid]
    shares = [(f"{plain(share.purpose)}, {share.share:.0%}", share.gross) for share in entry.shares]
    lines = [
        Content.styled(_title(entry), "bold"),
        Content.styled(f"{_KINDS[entry.kind]} · {pen.label(entry.account)} · order {plain(entry.order.number)}", "$muted"),
        Content(f"{pen.day(entry.on)}, the day it was {_DAYS[entry.basis]}"),
        *section("Amount", [f"{amount(minor):>{_AMOUNT}}  {name}" for name, minor in sums]),
        Content.styled(_SURE[entry.certainty], "$muted"),
        *section("Tax", [_tax(tax.code, tax.rate, amount(tax.amount), amount(tax.base)) for tax in entry.taxes]),
        *section("Paid with", [f"{amount(minor):>{_AMOUNT}}  {name}" for name, minor in purses]),
        *section("For", [f"{amount(minor):>{_AMOUNT}}  {name}" for name, minor in shares]),
    ]
    return Content("\n").join(lines)


def _tax(code: str, rate: Decimal | None, tax: str, base: str) -> str:
    name = plain(code.replace("_", " ") if "_" in code else code.upper())
    return f"{tax:>{_AMOUNT}}  {name}{f' {(rate * 100).normalize():f} %' if rate is not None else ''} on {base}"


def _purse(instrument: str, network: str | None, last4: str | None) -> str:
    return " ".join(plain(word) for word in (instrument.replace("_", " "), network or "", f"•{last4}" if last4 else "") if word)
