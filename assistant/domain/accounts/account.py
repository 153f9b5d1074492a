"""An account: one Amazon login, with the colour, symbol and letters that identify it everywhere."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.accounts.address_parts import understood
from assistant.domain.money import Money, main_first
from assistant.domain.text import fold

_WORD = re.compile(r"\w+")


class Purpose(StrEnum):
    """The usual purposes; users may write their own words instead."""

    PERSONAL = "personal"
    BUSINESS = "business"
    HOUSEHOLD = "household"
    FAMILY = "family"


ME = "me"
"""The owner of accounts whose owner was not named."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the Okabe-Ito palette, with a text colour that is readable on it (contrast >= 4.5:1)."""

    name: str
    hex: str
    ink: str


COLOURS = (
    Colour("blue", "#0072B2", "#FFFFFF"),
    Colour("orange", "#E69F00", "#000000"),
    Colour("green", "#009E73", "#000000"),
    Colour("pink", "#CC79A7", "#000000"),
    Colour("sky", "#56B4E9", "#000000"),
    Colour("vermilion", "#D55E00", "#000000"),
    Colour("yellow", "#F0E442", "#000000"),
    Colour("charcoal", "#3A3A3A", "#FFFFFF"),
)
SYMBOLS = ("●", "◆", "■", "▲", "★", "▼", "✚", "►")
LOOKS = {
    Purpose.PERSONAL: ("blue", "●"),
    Purpose.BUSINESS: ("orange", "◆"),
    Purpose.HOUSEHOLD: ("green", "■"),
    Purpose.FAMILY: ("pink", "▲"),
}


def colour(name: str) -> Colour:
    """Return the colour of that name, charcoal if the name is unknown."""
    return next((entry for entry in COLOURS if entry.name == name), COLOURS[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A registered account.

    `key` is the short stable name used in rules and on the command line; `letters`: 2-4 for the badge, unique.
    `customer_ids` are Amazon's, linked by the user. `addresses` are whole or "label/postcode", `cards` "network/last4".
    `greeting` is the name in Amazon's latest greeting.
    `status`: ok, on_hold, closed_by_amazon; `closed_at` is the day it was closed, `notice` what Amazon wrote about it.
    """

    key: str
    label: str
    purpose: str
    owner: str = ME
    home: str = "home"
    colour: str = "blue"
    symbol: str = "●"
    letters: str = ""
    business: bool = False
    organization: str | None = None
    status: str = "ok"
    closed_at: date | None = None
    notice: str | None = None
    marketplaces: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    customer_ids: tuple[str, ...] = ()
    greeting: str | None = None
    last_seen: datetime | None = None

    @property
    def understood(self) -> tuple[str, ...]:
        """How each address is understood, for the person who typed it: "street 12 Fern Street, postcode 97205, city Portland"."""
        return tuple(understood(address) for address in self.addresses)

    @property
    def hex(self) -> str:
        """The colour of the badge, like "#0072B2"."""
        return colour(self.colour).hex

    @property
    def ink(self) -> str:
        """The colour of text on the badge."""
        return colour(self.colour).ink


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A customer id that a browser has shown, linked to an account or still waiting for one."""

    customer_id: str
    account: str | None = None
    greeting: str | None = None
    business: bool = False
    organization: str | None = None
    marketplace: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """The fields that an edit sets; None keeps a field. `closed_at` is a day like "2026-03-02"; "" clears the day or the notice."""

    label: str | None = None
    purpose: str | None = None
    owner: str | None = None
    home: str | None = None
    colour: str | None = None
    symbol: str | None = None
    letters: str | None = None
    business: bool | None = None
    organization: str | None = None
    status: str | None = None
    closed_at: str | None = None
    notice: str | None = None
    marketplaces: tuple[str, ...] | None = None
    addresses: tuple[str, ...] | None = None
    cards: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOverview:
    """An account with its recent spending. Amounts are one per currency, spent less refunded.

    `gaps` say which months of this year may be incomplete, and why.
    """

    account: Account
    month: tuple[Money, ...] = ()
    year: tuple[Money, ...] = ()
    orders: int = 0
    alerts: int = 0
    last_order_on: date | None = None
    gaps: tuple[str, ...] = ()


def usual_currency(rows: Iterable[AccountOverview]) -> str:
    """Return the currency in which most orders of this year are; "" if there are none."""
    orders: Counter[str] = Counter()
    for row in rows:
        orders.update({money.currency: row.orders for money in row.year[:1]})
    return next(iter(main_first(orders, "")), "")


def greeted_as(greeting: str | None, owner: str | None, label: str) -> str:
    """Return the name that Amazon greets an account with; before any greeting was seen, the name of its owner or its own."""
    return greeting or (owner if owner and owner != ME else label)


def greets_another(text: str, greetings: Mapping[str, str | None], key: str) -> bool:
    """Return whether a greeting ("Hello, Kim") fits another account better than the one with this key.

    `greetings` are the names of all accounts by key. Two accounts may have the same greeting, so a match proves nothing.
    """
    greeted = f" {_words(text)} "
    names = {other: _words(name) for other, name in greetings.items() if name}
    fitting = {other: name for other, name in names.items() if name and f" {name} " in greeted}
    # If there is an account "Ana Maria", "Hello, Ana Maria" does not greet the account "Ana".
    longest = max(map(len, fitting.values()), default=0)
    return bool(fitting) and len(fitting.get(key, "")) < longest


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
