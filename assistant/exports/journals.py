"""Plain-text accounting: hledger and ledger, and beancount. One transaction per charge and per refund, one posting per item and purpose.

The whole entry is booked, so that cards and gift cards reconcile: the private part of a mixed item stands in an account of its own.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from assistant.domain.books.entries import EntryKind
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import Money
from assistant.exports.base import BooksView
from assistant.exports.charges import Movement, category_of, movements, purse_name, purses_of, title_of

_NOT_IN_NAMES = re.compile(r"[;:#|\[\]()\s]+")
_NOT_IN_PARTS = re.compile(r"[^\w-]+")
_NOT_IN_LINKS = re.compile(r"[^A-Za-z0-9-]+")
_LONGEST = 120


def _postings(found: Movement) -> Iterator[tuple[str, str, int, str]]:
    """Yield kind of account, name, minor units and a note: what was bought, then who paid."""
    for entry in found.entries:
        if entry.kind is EntryKind.TOP_UP:
            yield "Assets:Amazon", "Gift card", entry.parts.gross, ""
            continue
        for share in entry.shares:
            if share.gross:
                yield f"Expenses:{share.purpose}", category_of(entry), share.gross, title_of(entry)
    paid: dict[tuple[str, str], int] = {}
    for entry in found.entries:
        for purse in purses_of(entry):
            kind = "Assets:Amazon" if purse.instrument == "gift_card" else "Liabilities:Cards"
            paid[kind, purse_name(purse)] = paid.get((kind, purse_name(purse)), 0) + purse.amount
    for (kind, name), minor in paid.items():
        if minor:
            yield kind, name, -minor, ""


class Hledger:
    """Writes a journal that hledger and ledger read."""

    name = "hledger"
    description = to_translate("journal with one transaction per charge and per refund")
    audience = to_translate("plain-text accounting with hledger or ledger")
    keeps = to_translate("every currency, items, categories, purposes, cards, gift cards, order numbers")
    loses = to_translate("tax kinds, quantities")
    suffix = ".journal"
    with_top_ups = True

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write one transaction after the other."""
        for found in movements(view):
            stream.write("\n".join([*self._lines(found), "", ""]).encode())

    def _lines(self, found: Movement) -> Iterator[str]:
        account = _note(found.account).replace(",", " ")
        yield f"{found.on.isoformat()} * ({found.number}) {found.payee} | {_note(found.memo)}  ; account:{account}"
        for kind, name, minor, note in _postings(found):
            comment = f"  ; item: {_note(note).replace(',', ' ')}" if note else ""
            yield f"    {_account(kind)}:{_account(name)}  {Money(minor, found.currency).decimal} {found.currency}{comment}"


class Beancount:
    """Writes a beancount 3 file."""

    name = "beancount"
    description = to_translate("beancount 3 file with one transaction per charge and per refund")
    audience = to_translate("plain-text accounting with beancount and fava")
    keeps = to_translate("every currency, items, categories, purposes, cards, gift cards, order numbers as links")
    loses = to_translate("tax kinds, quantities")
    suffix = ".beancount"
    with_top_ups = True

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the transactions, then the directives that open their accounts: beancount sorts by day itself."""
        opened: dict[str, None] = {}
        for found in movements(view):
            stream.write("\n".join([*self._lines(found, opened), "", ""]).encode())
        for name in sorted(opened):
            stream.write(f"1970-01-01 open {name}\n".encode())

    def _lines(self, found: Movement, opened: dict[str, None]) -> Iterator[str]:
        link = _NOT_IN_LINKS.sub("-", found.number)
        yield f'{found.on.isoformat()} * "{_quoted(found.payee)}" "{_quoted(found.memo)}" #amazon ^{link}'
        yield f'  amazon-account: "{_quoted(found.account)}"'
        for kind, name, minor, note in _postings(found):
            account = ":".join(_account_part(part) for part in (*kind.split(":"), name))
            opened[account] = None
            yield f"  {account}  {Money(minor, found.currency).decimal} {found.currency}"
            if note:
                yield f'    item: "{_quoted(note)}"'


@lru_cache(maxsize=1024)
def _account(name: str) -> str:
    """Return a name that hledger and ledger allow within an account: one space at most, no special characters."""
    parts = [_NOT_IN_NAMES.sub(" ", part).strip() for part in name.split(":")]
    return ":".join([part[:1].upper() + part[1:] for part in parts])


@lru_cache(maxsize=1024)
def _account_part(name: str) -> str:
    """Return a name that beancount allows within an account: letters, digits and hyphens, a capital first."""
    kept = _NOT_IN_PARTS.sub("-", name.replace("_", "-")).strip("-") or "Other"
    first = kept[0].upper()
    return f"{first}{kept[1:]}" if first.isupper() or first.isdigit() else f"X{kept}"


def _note(text: str) -> str:
    """Return text for a description or comment, without characters that start or end one."""
    return " ".join(text.replace(";", " ").replace("|", " ").split())[:_LONGEST].strip()


def _quoted(text: str) -> str:
    return " ".join(text.split())[:_LONGEST].replace("\\", "\\\\").replace('"', '\\"')
