"""Open questions of the books, largest amount first, each with the command that answers it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.books.entries import DateBasis, EntryKind, QuestionCode
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.labels import shown_category
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money

LAST_DAYS = 15
"""Days before the end of a tax year in which an order's charge may fall into the next one."""
UK_YEAR_END = (4, 5)
_NEEDS_SELLER = {"EUR": 25_000, "GBP": 25_000, "CAD": 10_000}
"""Gross amounts, minor units, above which the tax law asks for an invoice that names the seller: Germany's § 33 UStDV, the
United Kingdom's simplified invoice, Canada's input tax credit rules."""
NEEDS_INVOICE = {**_NEEDS_SELLER, "USD": 250_000}
"""Gross amounts, minor units, above which an invoice must be kept: as above, and the limit per invoice of the safe harbor for small
purchases in the United States (regulation 1.263(a)-1(f))."""
PRIVATE_CATEGORIES = ("grocery", "toys", "baby", "clothing", "beauty", "jewelry", "pet", "games", "medical")
"""Categories of things that are rarely bought for a business: no form has a line for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `amount` is the amount in doubt; `fix` is a command."""

    code: QuestionCode
    number: str | None
    account: str
    amount: Money | None
    text: str
    fix: str
    asin: str | None = None
    title: str | None = None
    on: date | None = None


def of_entries(entries: Iterable[Entry], known_purposes: Sequence[str], with_invoice: Collection[str]) -> Iterator[Question]:
    """Yield the questions that entries raise by themselves; none if nothing needs doing.

    `with_invoice` are the numbers of orders that an invoice, a business report or a receipt documents.
    """
    known = {purpose.casefold() for purpose in known_purposes}
    for entry in entries:
        if entry.kind is EntryKind.TOP_UP:
            continue
        for share in entry.shares:
            if share.purpose.casefold() not in known:
                text = translated("'{purpose}' is not a purpose, so no total by purpose includes this.", purpose=share.purpose)
                fix = f"shopper split {entry.order.number} --item {_item_number(entry)} business=100%"
                yield question(entry, QuestionCode.UNKNOWN_PURPOSE, text, fix)
        if entry.kind is not EntryKind.PURCHASE or not entry.share_for("business"):
            continue
        if entry.basis is DateBasis.PLACED and _near_year_end(entry):
            text = translated("The day of the charge is unknown, and it may fall into another tax year than the order.")
            yield question(entry, QuestionCode.MISSING_CHARGE_DATE, text, "shopper import PAYMENTS_PAGE.html")
        limit = _NEEDS_SELLER.get(entry.currency)
        if limit is not None and entry.parts.gross > limit and entry.item and not entry.item.seller:
            text = translated("No source names the seller, whom an invoice of this size must name.")
            yield question(entry, QuestionCode.MISSING_SELLER, text, "shopper import ORDER_PAGE.html")
        elif entry.parts.gross > NEEDS_INVOICE.get(entry.currency, entry.parts.gross) and entry.order.number not in with_invoice:
            text = translated("No invoice is known, and a purchase of this size needs one.")
            yield question(entry, QuestionCode.MISSING_RECEIPT, text, "shopper import INVOICE.html")
        if entry.item and entry.item.category in PRIVATE_CATEGORIES and not entry.item.purpose and len(entry.shares) == 1:
            text = translated(
                "'{category}' is rarely bought for a business. Say what this is for.", category=shown_category(entry.item.category)
            )
            fix = f"shopper order {entry.order.number} --account {entry.account} --set item{_item_number(entry)}.purpose=personal"
            yield question(entry, QuestionCode.MISSING_PURPOSE, text, fix)


def question(entry: Entry, code: QuestionCode, text: str, fix: str) -> Question:
    """Return a question about an entry."""
    item = entry.item
    return Question(
        code=code,
        number=entry.order.number,
        account=entry.account,
        amount=Money(abs(entry.parts.gross), entry.currency),
        text=text,
        fix=fix,
        asin=item.asin if item else None,
        title=item.title if item else None,
        on=entry.on,
    )


def fix_for(code: QuestionCode, number: str | None, account: str) -> str:
    """Return the command that answers a question which deriving an order's entries raised."""
    known = f"shopper order {number} --account {account}"
    fixes = {
        QuestionCode.REFUND_EXPECTED: f"{known} --set refund1.date=DAY",
        QuestionCode.UNMATCHED_CHARGE: "shopper import NEWER_EXPORT.zip",
        QuestionCode.ESTIMATED_TAX: "shopper import INVOICE.html",
        QuestionCode.ESTIMATED_REFUND: f"{known} --set refund1.item=ITEM",
        QuestionCode.SAME_ORDER_TWICE: "shopper imports",
        QuestionCode.SOURCES_DISAGREE: f"{known} --set total=AMOUNT",
    }
    return fixes.get(code, known)


def dearest_first(found: Iterable[Question]) -> list[Question]:
    """Return the questions, the largest amounts first. Amounts of different currencies are compared by number only."""
    return sorted(found, key=_dearest)


def _dearest(entry: Question) -> tuple[float, str, str]:
    size = float(entry.amount.decimal) if entry.amount else 0.0
    return -size, entry.number or "", entry.code.value


def _item_number(entry: Entry) -> int:
    return entry.item.place + 1 if entry.item else 1


def _near_year_end(entry: Entry) -> bool:
    ends = [date(entry.on.year, 12, 31)]
    if entry.currency == "GBP":
        ends.append(date(entry.on.year, *UK_YEAR_END))
    return any(0 <= (end - entry.on).days < LAST_DAYS for end in ends)
