"""The content of documents, the results of imports, and how complete the history is."""

from typing import Annotated, Any, Literal, Self

from msgspec import Meta, Struct, field

from assistant.domain.coverage import Cover, CoveredMonth
from assistant.domain.documents import DroppedFiles, Extraction, Held, ImportProgress, ImportResult, Source, WaitingFile
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import PageAccount
from assistant.wire.orders import OrderJson, ProblemJson, TransactionJson
from assistant.wire.page_facts import BasketJson, facts_json
from assistant.wire.shape import Count, InstantText, JsonShape, Short, Text


class SourceJson(JsonShape[Source]):
    """What kind of document an extraction came from; `layout` names the generation of a page (L3, D2, …)."""

    name: str
    kind: SourceKind
    marketplace: str | None
    language: str | None
    layout: str | None


class PageAccountJson(JsonShape[PageAccount]):
    """What a page says about the account that it belongs to."""

    signed_in: bool | None
    customer_id: str | None
    greeting: str | None
    business: bool | None
    organization: str | None


class ExtractionJson(JsonShape[Extraction], kw_only=True):
    """What `shopper read --json` prints for one PATH. `facts` is there only for pages that state some."""

    source: SourceJson
    account: PageAccountJson | None
    orders: tuple[OrderJson, ...]
    transactions: tuple[TransactionJson, ...]
    cart: BasketJson | None
    checkout: BasketJson | None
    facts: dict[str, Any] | None = None
    problems: tuple[ProblemJson, ...]

    @classmethod
    def of(cls, value: Extraction) -> Self:
        """Return what a document says."""
        return cls(
            source=SourceJson.of(value.source),
            account=PageAccountJson.of(value.account) if value.account else None,
            orders=tuple(map(OrderJson.of, value.orders)),
            transactions=tuple(map(TransactionJson.of, value.transactions)),
            cart=BasketJson.of(value.cart) if value.cart else None,
            checkout=BasketJson.of(value.checkout) if value.checkout else None,
            facts=(facts_json(value.facts) or None) if value.facts else None,
            problems=tuple(map(ProblemJson.of, value.problems)),
        )


class DocumentBody(Struct, omit_defaults=True):
    """A captured page or a small file, as base64.

    `new_account` registers an `account` that is not known yet. `store_known`: also store orders that another account has; without it
    a document for a named account that brings such orders is refused before anything is stored. `dry_run` returns the result and stores
    nothing. `import_id` is chosen by the client: under it the import tells its progress and can be cancelled.
    """

    name: Annotated[str, Meta(min_length=1, max_length=255, pattern="^[^\\u0000]*$")]
    content: bytes = field(name="content_base64")
    url: Text | None = None
    account: Short | None = None
    new_account: bool = False
    store_known: bool = False
    dry_run: bool = False
    import_id: Short | None = None


class HeldJson(JsonShape[Held]):
    """An order in quarantine: totals do not count it until a better document explains it or the user confirms it."""

    account: str
    number: str = field(name="order_id")
    reasons: tuple[ProblemJson, ...]


class KnownOrderJson(Struct):
    """An order that another account already has."""

    account: str
    order_id: str


class ImportJson(JsonShape[ImportResult]):
    """The result of importing one document: `new`, `changed` and `same` count orders; parked: its account is not registered yet.

    `numbers`: for a dry run, each order number with what would happen to it.
    """

    id: Count
    name: str
    kind: str
    account: str | None
    at: InstantText
    state: Literal["read", "parked", "failed"]
    new: Count
    changed: Count
    same: Count
    problems: tuple[ProblemJson, ...]
    held: tuple[HeldJson, ...]
    known_elsewhere: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, Literal["new", "changed", "same"]], ...] = ()


class ImportProgressJson(JsonShape[ImportProgress]):
    """How far a running import is: `stored` of `count` orders of the document `name`."""

    name: str
    stored: Count
    count: Count
    kept: bool


class WaitingFileJson(JsonShape[WaitingFile]):
    """A file in the drop folder that was not imported: nobody said whose it is (`account` null), or `reason` says why."""

    name: str
    account: str | None
    reason: str


class DroppedFilesJson(JsonShape[DroppedFiles]):
    """The drop folder and the files that wait in it. `problem`: why the folder cannot be used."""

    folder: str
    problem: str
    waiting: tuple[WaitingFileJson, ...]


class DroppedBody(Struct):
    """Whose a waiting file is. Its orders are stored for this account also if another one has them."""

    name: Text
    account: Short


class RereadJson(Struct):
    """A kept page that was read again: orders that changed, orders that left quarantine, and what still cannot be read."""

    document: Count
    name: str
    account: str | None
    changed: Count
    settled: Count
    problems: tuple[ProblemJson, ...]


class CoveredMonthJson(JsonShape[CoveredMonth]):
    """How much is known of a month of an account; `gaps` say why it may be incomplete."""

    account: str
    month: str
    cover: Cover
    orders: Count
    held: Count
    gaps: tuple[str, ...]
