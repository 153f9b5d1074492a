"""Formats amounts, days, account badges and text from outside, the same way everywhere."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rich import _wrap as rich_wrap
from rich.cells import cell_len
from textual.content import Content

from assistant.domain.accounts.account import Account, colour
from assistant.domain.languages.formats import amount_text, current_format, day_text, number, with_sign
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.money import Money
from assistant.domain.text import clean_text
from tui.own_keys import first_key
from tui.theme import chip_style

_SIGNS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "CAD": "CA$",
    "AUD": "A$",
    "MXN": "MX$",
    "BRL": "R$",
    "SGD": "S$",
    "NZD": "NZ$",
}
_MASK = "•••"


def plain(text: str | None) -> str:
    """Return text from outside as one line, without control, bidi and zero-width characters; "" for None."""
    return clean_text(text) if text else ""


def month_name(month: int) -> str:
    """Return "Jan" for 1."""
    return current_format().months[month - 1]


def capital(text: str) -> str:
    """Return a text with a capital first letter; German nouns in it keep theirs."""
    return text[:1].upper() + text[1:]


def padded(text: str, width: int) -> str:
    """Return a text with spaces up to a width in cells. Unlike a format it counts a Japanese letter as two."""
    return text + " " * (width - cell_len(text))


def fact_lines(rows: Iterable[tuple[str, str | Content]], width: int) -> list[Content]:
    """Return names and values below each other, without those that have none; a name that is longer than `width` widens all."""
    shown = [(name, value) for name, value in rows if value]
    wide = max([width, *(cell_len(name) + 1 for name, _ in shown)])
    return [Content.assemble((padded(name, wide), "$muted"), value) for name, value in shown]


def unbroken(text: str) -> str:
    """Return a text with spaces at which no line ends: "5,00 €" stays on one line."""
    return text.replace(" ", "\u00a0")


def keep_no_break_spaces() -> None:
    """Let Textual end no line at a no-break space: it ends lines where Rich does, and Rich takes every kind of space."""
    rich_wrap.re_word = re.compile(r"[^\S\u00a0\u202f]*[\S\u00a0\u202f]+[^\S\u00a0\u202f]*")


def bar(share: float, width: int) -> str:
    """Return a bar of `width` cells filled to `share` (0-1) in eighths of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")


def orders_column(count: int) -> str:
    """Return "   1 order ", "  12 orders": numbers below each other in a list of months."""
    text = translated_count("{count} order", "{count} orders", count)
    return padded(" " * (4 - len(number(count))) + text, len("   1 orders"))


@dataclass(frozen=True, slots=True)
class Pen:
    """Formats values: knows today, the accounts by key, and whether amounts are hidden."""

    today: date
    accounts: Mapping[str, Account] = field(default_factory=dict)
    hidden: bool = False
    currency: str = ""
    """The currency of the user's country, which is written first; "" if no country is chosen."""
    codes: bool = False
    """Whether currencies are written as codes, because the terminal cannot show their signs."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The keys that the user has set, by the id of their action."""

    def key(self, usual: str, action: str) -> str:
        """Return the key of an action as people write it: the user's own, else the usual one."""
        own = self.keys.get(action)
        return first_key(own) if own else usual

    @property
    def link_keys(self) -> str:
        """The keys that lead from any screen to linking a login: "A, then y"."""
        return translated("{first}, then {second}", first=self.key("A", "go-accounts"), second=self.key("y", "accounts.link"))

    def amount(self, money: Money | None) -> str:
        """Return "$1,234.56", "−€5.00", "CHF 12.00", or as the language writes it; "" for none."""
        if money is None:
            return ""
        sign = (None if self.codes else _SIGNS.get(money.currency)) or plain(money.currency)
        return unbroken(with_sign(_MASK, sign) if self.hidden else amount_text(money.decimal, sign))

    def amounts(self, moneys: Iterable[Money]) -> str:
        """Return one amount per currency, side by side, the main one first; "–" for none."""
        return " · ".join(map(self.amount, self.main_first(moneys))) or "–"

    def main_first(self, moneys: Iterable[Money]) -> list[Money]:
        """Return amounts with that in the user's currency first; the others stay in their order."""
        return sorted(moneys, key=lambda money: money.currency != self.currency)

    def refund(self, money: Money) -> Content:
        """Return a refund with a minus, dim and red: "−$5.00 refund"."""
        back = money if money.minor < 0 else -money
        return Content.assemble((translated("{amount} refund", amount=self.amount(back)), "$refund"))

    def money(self, money: Money | None) -> Content:
        """Return an amount; a negative one is written as a refund."""
        if money is not None and money.minor < 0:
            return self.refund(money)
        return Content(self.amount(money))

    def day(self, day: date | None) -> str:
        """Return "Tue 25 Nov", another year's as "25 Nov 2024"; "" for none."""
        return unbroken(day_text(day, self.today)) if day else ""

    def day_column(self, day: date | None) -> str:
        """Return a day as wide as the longest one of the language, and a space, so that what follows it in a list is aligned."""
        return padded(self.day(day), current_format().day_width) + " "

    def moment(self, at: datetime | None) -> str:
        """Return the civil day of an instant: "today", "yesterday", else as `day`; "never" for none."""
        if at is None:
            return translated("never")
        day = at.astimezone().date() if at.tzinfo else at.date()
        ago = (self.today - day).days
        return {0: translated("today"), 1: translated("yesterday")}.get(ago) or self.day(day)

    def account(self, key: str | None) -> Account | None:
        """Return the account with that key, or None."""
        return self.accounts.get(key) if key else None

    def label(self, key: str | None) -> str:
        """Return an account's name; for other keys, the purpose as people read it, or the key."""
        account = self.account(key)
        return plain(account.label) if account else plain(shown_purpose(key or "")) or translated("no account")

    def mark(self, key: str | None) -> str:
        """Return symbol and letters of an account, at most 6 cells: "◆ BIZ"."""
        account = self.account(key)
        return f"{account.symbol} {letters(account)}" if account else f"? {plain(key)[:4].upper()}".rstrip()

    def badge(self, key: str | None) -> Content:
        """Return symbol and letters on the account's colour."""
        account = self.account(key)
        return Content.assemble((f" {self.mark(key)} ", chip_style(account.colour if account else "charcoal")))

    def badge_column(self, key: str | None) -> Content:
        """Return the badge as wide as the widest one, so that what follows it in a list is aligned."""
        badge = self.badge(key)
        widest = max((cell_len(f" {self.mark(known)} ") for known in self.accounts), default=0)
        return badge + Content(" " * max(0, widest - badge.cell_length))

    def tint(self, key: str | None) -> str:
        """Return the account's colour as a hex value."""
        account = self.account(key)
        return colour(account.colour if account else "charcoal").hex


def letters(account: Account) -> str:
    """Return the account's 2-4 letters; the first of its label if it has none."""
    return plain(account.letters)[:4] or plain(account.label)[:3].upper() or "?"


def fresh(account: Account, today: date) -> str:
    """Return "●" for an account seen within a week, "◌ 12 d" for longer ago, "○" for never."""
    if account.last_seen is None:
        return "○"
    day = account.last_seen.astimezone().date() if account.last_seen.tzinfo else account.last_seen.date()
    ago = (today - day).days
    return "●" if ago <= 7 else translated("◌ {days} d", days=ago)  # noqa: PLR2004  # a week


def section(title: str, lines: Iterable[str | Content]) -> list[Content]:
    """Return a titled part of a detail pane with an empty line before it; nothing if there are no lines."""
    found = [Content(line) if isinstance(line, str) else line for line in lines]
    return [Content(""), Content.styled(title, "bold $secondary"), *found] if found else []
