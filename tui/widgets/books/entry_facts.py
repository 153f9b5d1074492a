"""Text for entries of the books: one line of a list, and all details."""

from decimal import Decimal

from textual.content import Content

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word, tax_name
from assistant.domain.money import Money
from tui.formatting import Pen, plain, section

_KINDS = {
    EntryKind.PURCHASE: to_translate("purchase"),
    EntryKind.REFUND: to_translate("refund"),
    EntryKind.TOP_UP: to_translate("gift card top-up"),
}
_SURE = {
    Certainty.STATED: to_translate("as printed"),
    Certainty.DERIVED: to_translate("calculated"),
    Certainty.ESTIMATED: to_translate("estimated"),
}
_DAYS = {
    DateBasis.CHARGED: to_translate("{day}, the day it was charged"),
    DateBasis.SHIPPED: to_translate("{day}, the day it was shipped"),
    DateBasis.PLACED: to_translate("{day}, the day it was ordered"),
    DateBasis.REFUNDED: to_translate("{day}, the day it was refunded"),
}
_AMOUNT = 13


def entry_line(entry: Entry, pen: Pen, purpose: str | None = None) -> Content:
    """Return an entry as one line: day, account, amount, item, purposes. With a `purpose`, the amount is its share."""
    money = Money(entry.share_for(purpose), entry.currency) if purpose else entry.gross
    amount = f"{'~' if entry.certainty is Certainty.ESTIMATED else ''}{pen.amount(money)}"
    purposes = ", ".join(plain(shown_purpose(share.purpose)) for share in entry.shares)
    kind = "" if entry.kind is EntryKind.PURCHASE else f"  {translated(_KINDS[entry.kind])}"
    return Content.assemble(
        (pen.day_column(entry.on), "$muted"),
        pen.badge_column(entry.account),
        (f" {amount:>{_AMOUNT}}  ", "$refund" if entry.gross.minor < 0 else ""),
        _title(entry),
        (f"{kind}  {purposes}", "$muted"),
    )


def _title(entry: Entry) -> str:
    return (plain(entry.item.title) if entry.item else "") or translated("order {number}", number=plain(entry.order.number))


def entry_facts(entry: Entry, pen: Pen) -> Content:
    """Return an entry in full: its parts add up to its amount, and so do its shares."""

    def amount(minor: int) -> str:
        return pen.amount(Money(minor, entry.currency))

    parts = [(shown_word(name), minor) for name, minor in zip(entry.parts._fields, entry.parts, strict=True) if minor]
    sums = [*parts, (translated("together"), entry.gross.minor)]
    purses = [(_purse(paid.instrument, paid.network, paid.last4), paid.amount) for paid in entry.paid]
    shares = [(f"{plain(shown_purpose(share.purpose))}, {share.share:.0%}", share.gross) for share in entry.shares]
    lines = [
        Content.styled(_title(entry), "bold"),
        Content.styled(
            translated(
                "{kind} · {account} · order {number}",
                kind=translated(_KINDS[entry.kind]),
                account=pen.label(entry.account),
                number=plain(entry.order.number),
            ),
            "$muted",
        ),
        Content(translated(_DAYS[entry.basis], day=pen.day(entry.on))),
        *section(translated("Amount"), [f"{amount(minor):>{_AMOUNT}}  {name}" for name, minor in sums]),
        Content.styled(translated(_SURE[entry.certainty]), "$muted"),
        *section(translated("Tax"), [_tax(tax.code, tax.rate, amount(tax.amount), amount(tax.base)) for tax in entry.taxes]),
        *section(translated("Paid with"), [f"{amount(minor):>{_AMOUNT}}  {name}" for name, minor in purses]),
        *section(translated("For"), [f"{amount(minor):>{_AMOUNT}}  {name}" for name, minor in shares]),
    ]
    return Content("\n").join(lines)


def _tax(code: str, rate: Decimal | None, tax: str, base: str) -> str:
    name = plain(tax_name(code))
    percent = f" {(rate * 100).normalize():f} %" if rate is not None else ""
    return f"{tax:>{_AMOUNT}}  {name}{percent} " + translated("on {amount}", amount=base)


def _purse(instrument: str, network: str | None, last4: str | None) -> str:
    return " ".join(plain(word) for word in (shown_word(instrument), network or "", f"•{last4}" if last4 else "") if word)
