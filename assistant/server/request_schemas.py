"""What request bodies may hold. Unknown keys are ignored; text is bounded and free of NUL."""

import math
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from assistant.domain.judging.verdict import Choice

_FURTHEST = 2**53
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_DEEPEST = 8


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL")
    return text


Short = Annotated[str, Field(max_length=100), AfterValidator(_without_nul)]
Text = Annotated[str, Field(max_length=4096), AfterValidator(_without_nul)]


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _of_our_time(at: datetime) -> datetime:
    """A clock that was never set says 1970; what lies far beyond cannot be reckoned with."""
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError("is of no year that a clock shows")
    return at


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}), AfterValidator(_day)]
Words = Annotated[tuple[Short, ...], Field(max_length=50)]


class _Body(BaseModel):
    """Strict: a number is no text and text is no number."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Nothing(_Body):
    """A body that says nothing; it may be left out."""


class PairBody(_Body):
    """What a client pairs with: the code that a person typed, and what it calls itself.

    `sealed`: it wants the key of a sealed link instead of a token. With `public`, its public key, `code` is the proof of the code.
    """

    code: Annotated[str, Field(max_length=64)]
    name: Short = "Browser"
    sealed: bool = False
    public: Annotated[str, Field(max_length=128)] = ""


class PageBody(_Body):
    """The part of a page that matters, and the raw signals of whose it is."""

    html: str = ""
    scripts: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    nav: str = ""


class VisitBody(_Body):
    """A page that was opened. `id` is a UUID of the client's own: the same id again gets the same answer."""

    id: UUID
    at: Annotated[AwareDatetime, AfterValidator(_of_our_time)]
    url: Annotated[str, Field(max_length=8192, pattern=r"^https?://"), AfterValidator(_without_nul)]
    tab: Annotated[int, Field(ge=-1, le=_FURTHEST)]
    store: Short
    page: PageBody


class DecisionBody(_Body):
    """What the user chose on a warning."""

    visit: UUID
    reason: Short
    choice: Choice


class DocumentBody(_Body):
    """A captured page or a small file, as base64."""

    name: Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_without_nul)]
    content_base64: str
    url: Text | None = None
    account: Short | None = None


class ChangeBody(_Body):
    """What an edit of an account sets; what is absent stays as it is."""

    label: Short | None = None
    purpose: Short | None = None
    owner: Short | None = None
    home: Short | None = None
    colour: Short | None = None
    symbol: Short | None = None
    letters: Short | None = None
    business: bool | None = None
    organization: Short | None = None
    status: Short | None = None
    closed_at: Short | None = None
    notice: Text | None = None
    marketplaces: Words | None = None
    addresses: Words | None = None
    cards: Words | None = None


class AccountBody(ChangeBody):
    """A new account; what is absent is chosen so that no two accounts look alike."""

    label: Short
    purpose: Short = "personal"
    key: Short | None = None


class LinkBody(_Body):
    """A customer id that is an account's."""

    customer_id: Short


class ToldBody(_Body):
    """What the owner of an account says of it; what is absent is not said."""

    name: Short | None = None
    phone: Short | None = None
    addresses: Words = ()
    representatives: Words = ()
    open_alerts: Annotated[int, Field(ge=0, le=1000)] | None = None


class CompareBody(_Body):
    """Another account, by key or name, and what is said of both, by key."""

    other: Short
    told: Annotated[dict[Short, ToldBody], Field(max_length=2)] = {}


class ItemBody(_Body):
    """The user's own words for a line of an order; "" takes a word away."""

    category: Short | None = None
    purpose: Short | None = None


class CorrectionBody(_Body):
    """What a source got wrong of an order: by word ("total", "item1.quantity") what is right; null takes a correction back."""

    corrections: Annotated[dict[Short, Text | None], Field(min_length=1, max_length=200)]


class RuleBody(_Body):
    """A rule of the user's own, in the form of a described situation; its other keys depend on its type."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow")
    type: Literal["route", "ship", "pay", "purpose", "budget", "gift_card", "private", "conflict", "mute", "soften", "tag"]

    @model_validator(mode="after")
    def _plain(self) -> "RuleBody":
        _check_plain(self.model_extra or {}, 0)
        return self


class TermChangeBody(_Body):
    """What an edit of a term sets; what is absent stays, a day or a detail that is null goes."""

    what: Short | None = None
    account: Short | None = None
    on: Day | None = None
    until: Day | None = None
    details: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _plain(self) -> "TermChangeBody":
        _check_plain(self.details or {}, 0)
        return self


class TermBody(TermChangeBody):
    """Something seen or noted of a promotion, membership, limit or review; which details it needs depends on its kind."""

    kind: Literal[
        "promotion", "promo_used", "promo_issued", "coupon_clipped", "coupon_used", "limit", "product", "membership",
        "subscription", "family_left", "review", "note", "gift_card", "instalment",
    ]  # fmt: skip  # a list reads better in rows
    what: Short


def _check_plain(value: Any, depth: int) -> None:
    """Refuse what the ledger cannot keep: NaN and infinity, NUL, and nesting that no rule needs."""
    if depth > _DEEPEST:
        raise ValueError("is nested too deeply")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("holds a number that is none")
    if isinstance(value, str):
        _without_nul(value)
    for entry in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_plain(entry, depth + 1)
