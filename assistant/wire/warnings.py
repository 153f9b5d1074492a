"""Warnings and their outcomes, purchases that look misplaced, and upcoming dates."""

from datetime import date

from msgspec import Struct, field

from assistant.domain.due_dates import Due, DueKind
from assistant.domain.judging.verdict import Level
from assistant.domain.judging.warnings import Alert, AlertCounts, LookBack, Misplaced
from assistant.wire.shape import Count, InstantText, JsonShape
from assistant.wire.verdicts import LinkJson


class AlertJson(JsonShape[Alert]):
    """A warning. `order_id` is the purchase that followed it, or that was judged `afterwards`."""

    id: Count
    at: InstantText
    account: str | None
    code: str
    level: Level
    text: str
    advice: str
    evidence: tuple[str, ...]
    source: str
    url: str | None
    choice: str | None
    dismissed_at: InstantText | None
    links: tuple[LinkJson, ...]
    order: str | None = field(name="order_id")
    afterwards: bool


class AlertCountsJson(JsonShape[AlertCounts]):
    """How the warnings of one rule ended; `soften`: overridden so often that lowering its level is suggested."""

    code: str
    raised: Count
    heeded: Count
    overridden: Count
    put_off: Count
    dismissed: Count
    ordered: Count
    afterwards: Count
    soften: bool


class MisplacedJson(JsonShape[Misplaced]):
    """An earlier purchase that looks as if it belonged on another account; `suggest` is that account's name."""

    account: str
    number: str = field(name="order_id")
    placed_on: date
    code: str
    text: str
    suggest: str | None


class LookBackJson(Struct):
    """The earlier purchases that look misplaced; `checked` is how many were judged. `next` is the cursor of the following part."""

    checked: Count
    items: tuple[MisplacedJson, ...]
    next: str | None
    total: Count

    @classmethod
    def of(cls, looked: LookBack) -> "LookBackJson":
        """Return the shape of all that was found."""
        items = tuple(MisplacedJson.of(entry) for entry in looked.misplaced)
        return cls(checked=looked.checked, items=items, next=None, total=len(items))


class DueJson(JsonShape[Due]):
    """A day that matters: `what` happens then to `title`, in the language of the request; `kind` is the same in words for programs."""

    due: date
    account: str
    number: str = field(name="order_id")
    kind: DueKind
    what: str
    title: str
