"""Visits: pages that a browser reports while its user shops, and the answers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from assistant.domain.judging.verdict import Choice, Level
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from assistant.wire.orders import ProblemJson
from assistant.wire.shape import Count, Short
from assistant.wire.verdicts import LinkJson, ReasonJson

_FIRST_YEAR, _LAST_YEAR = 1900, 9000


class PageBody(Struct):
    """The relevant part of a page, and the raw signals of its account."""

    html: str = ""
    scripts: Annotated[tuple[str, ...], Meta(max_length=100)] = ()
    nav: str = ""


class VisitBody(Struct):
    """An opened page. `id` is a UUID chosen by the client: the same id again gets the same answer."""

    id: UUID
    at: Annotated[datetime, Meta(tz=True)]
    url: Annotated[str, Meta(max_length=8192, pattern="^https?://[^\\u0000]*$")]
    tab: Annotated[int, Meta(ge=-1, le=2**53)]
    store: Short
    page: PageBody

    def __post_init__(self) -> None:
        """Refuse a time outside the range of datetime."""
        if not _FIRST_YEAR <= self.at.year <= _LAST_YEAR:
            raise ValueError("No clock shows this year - at `$.at`")

    def to_domain(self, window_id: int | None = None) -> Visit:
        """Return the visit; `window_id` is the account whose own browser window sent it."""
        page = self.page
        return Visit(
            id=str(self.id),
            at=self.at,
            url=self.url,
            tab=self.tab,
            store=self.store,
            html=page.html,
            scripts=page.scripts,
            nav=page.nav,
            window_id=window_id,
        )


class SeenAccountJson(Struct):
    """The account that a page belongs to, with the look of its badge; `carried`: an earlier page of this browser showed it."""

    key: str | None
    label: str
    purpose: str | None
    letters: str
    colour: str
    ink: str
    symbol: str
    certainty: Literal["sure", "carried", "unknown"]
    customer_id: str | None
    registered: bool


class VisitReasonJson(ReasonJson):
    """A reason, with Amazon's own pages that help."""

    links: tuple[LinkJson, ...]


class VerdictJson(Struct):
    """The verdict on a page: the highest level of its reasons, and the account that one of them points to."""

    verdict: Level
    suggest: str | None
    suggest_label: str | None
    reasons: tuple[VisitReasonJson, ...]


class CapturedJson(Struct):
    """What the page brought into the ledger."""

    state: Literal["read", "parked", "failed"]
    new: Count
    changed: Count
    same: Count
    problems: tuple[ProblemJson, ...]


class VisitReplyJson(Struct):
    """The answer to a visit. `events` is the id of the newest event."""

    visit: str
    account: SeenAccountJson | None
    signed_in: bool | None
    kind: SourceKind
    marketplace: str | None
    verdict: VerdictJson
    captured: CapturedJson | None
    events: Count


class DecisionBody(Struct):
    """What the user chose on a warning."""

    visit: UUID
    reason: Short
    choice: Choice


class DecisionJson(Struct):
    """A stored decision."""

    visit: str
    reason: str
    choice: Choice
