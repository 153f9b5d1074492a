"""Tax forms: the list of forms, a filled form, and what is open."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta, Struct, field

from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.taxes.evidence import EvidencePart, ItemEvidence, PurposeScope
from assistant.domain.taxes.forms import Grade, TaxForm, Treatment
from assistant.domain.taxes.missing_receipts import ReceiptCount
from assistant.domain.taxes.quarters import QuarterlyUpdate
from assistant.domain.taxes.questions import TaxQuestion, TaxQuestionCode
from assistant.domain.taxes.receipts import ReceiptProblem, ReceiptState
from assistant.domain.taxes.returns import (
    NOTICE,
    ExportKind,
    FilledAsset,
    FilledLine,
    LeftOut,
    NamedPart,
    NumberedExport,
    TaxReturn,
    UsedRate,
    YearStatus,
)
from assistant.wire.books import NamedItemJson
from assistant.wire.shape import Count, DecimalText, JsonShape, Short


class NamedPartJson(JsonShape[NamedPart]):
    """The part of a line that the form wants by name."""

    name: str
    amount: DecimalText


class FilledLineJson(JsonShape[FilledLine]):
    """The sum of a line and the ids of its entries. `data` is there where the number of the line is not verified."""

    line: str
    key: str
    name: str
    amount: DecimalText
    entries: tuple[str, ...]
    parts: tuple[NamedPartJson, ...] = ()
    grade: Grade = field(name="data", default=Grade.VERIFIED)
    field: str = ""


class FilledAssetJson(JsonShape[FilledAsset]):
    """Equipment, and what happens to it."""

    entry: str
    amount: DecimalText
    treatment: Treatment
    line: str
    why: str

    def to_domain(self, currency: str = "") -> FilledAsset:
        """Return the equipment, with the reason in the language that it was sent in. Raises InvalidInput for an impossible amount."""
        amount = Money.of(self.amount, currency)
        return FilledAsset(entry=self.entry, amount=amount, treatment=self.treatment, line=self.line, reason=Sentence(self.why))


class LeftOutJson(JsonShape[LeftOut]):
    """An amount that the form does not count."""

    entry: str
    amount: DecimalText
    why: str

    def to_domain(self, currency: str = "") -> LeftOut:
        """Return the amount, with the reason in the language that it was sent in. Raises InvalidInput for an impossible amount."""
        return LeftOut(entry=self.entry, amount=Money.of(self.amount, currency), reason=Sentence(self.why))


class UsedRateJson(JsonShape[UsedRate]):
    """The exchange rate of an entry: one unit of `from` is `rate` of `to`."""

    entry: str
    unit: str = field(name="from")
    home: str = field(name="to")
    day: date = field(name="date")
    rate: Decimal
    source: str


class TaxReturnJson(JsonShape[TaxReturn]):
    """A filled form. `export` is the number of the last export or correction; `data` says how well the form is known."""

    form: str
    year: str
    title: str
    first: date = field(name="from")
    last: date = field(name="to")
    currency: str
    status: YearStatus
    export: int | None
    lines: tuple[FilledLineJson, ...]
    income: tuple[FilledLineJson, ...]
    assets: tuple[FilledAssetJson, ...]
    left_out: tuple[LeftOutJson, ...]
    questions: Count
    rates: tuple[UsedRateJson, ...]
    grade: Grade = field(name="data")
    notice: str = field(default=NOTICE)

    def to_domain(self, currency: str = "") -> TaxReturn:
        """Return the filled form. Raises InvalidInput for an impossible amount."""
        return super().to_domain(self.currency or currency)


class DifferenceJson(Struct):
    """What a correction changed in a form."""

    what: str
    before: DecimalText
    after: DecimalText


class NumberedExportJson(JsonShape[NumberedExport]):
    """An export or correction of a form and year. `written` is false for a correction that no pack has been written of."""

    number: Count
    kind: ExportKind
    at: datetime
    why: str
    differences: tuple[DifferenceJson, ...]
    written: bool


class FormLineJson(Struct):
    """A line that takes expenses: its number in this year, its key that stays the same over the years, its name."""

    line: str
    key: str
    name: str


class TaxFormJson(Struct):
    """A form of a year for which there is data. `lines` are those that a category can be put into."""

    form: str
    year: str
    title: str
    first: date = field(name="from")
    last: date = field(name="to")
    currency: str
    grade: Grade = field(name="data")
    settings: dict[str, tuple[str, ...]]
    lines: tuple[FormLineJson, ...] = ()

    @classmethod
    def of(cls, value: TaxForm) -> Self:
        """Return a form of a year."""
        settings = {name: tuple(values) for name, values in value.settings.items()}
        lines = tuple(FormLineJson(line.line, line.key, line.name) for line in value.expense_lines)
        return cls(value.name, value.year, value.title, value.first, value.last, value.currency, value.grade, settings, lines)


class SetUpReturnJson(Struct):
    """A return that was set up: a form, with the name of the business if there are several, and a year. `reason`: why it is locked."""

    form: str
    year: str
    accounts: tuple[str, ...]
    settings: dict[str, str]
    locked: bool
    reason: str


class MissingReceiptJson(Struct):
    """A business order without a receipt; `page_kept`: a page of it can be printed."""

    order_id: str
    account: str
    day: date = field(name="date")
    title: str
    amount: DecimalText
    currency: str
    page_kept: bool


class ReceiptCountJson(Struct):
    """How many business orders there are, and those without a receipt, largest amounts first; `text` says it in one sentence."""

    orders: Count
    text: str
    missing: tuple[MissingReceiptJson, ...]

    @classmethod
    def of(cls, value: ReceiptCount) -> Self:
        """Return a count."""
        missing = (
            MissingReceiptJson(
                each.number, each.account, each.on, each.title, DecimalText(each.amount.decimal), each.amount.currency, each.page_kept
            )
            for each in value.missing
        )
        return cls(value.orders, value.said, tuple(missing))


class PurposeSubjectJson(Struct):
    """What a business purpose is best said for: a category, a seller, or an order by its number."""

    scope: PurposeScope
    value: str


class TaxQuestionJson(Struct):
    """A question about a form; `fix` is the command that answers it.

    `subject` has no business purpose yet, `category` has no line, `key` names a negative line.
    """

    code: TaxQuestionCode
    order_id: str | None
    account: str | None
    line: NamedItemJson | None
    amount: DecimalText | None
    currency: str | None
    text: str
    fix: str
    subject: PurposeSubjectJson | None = None
    category: str | None = None
    key: str | None = None

    @classmethod
    def of(cls, value: TaxQuestion) -> Self:
        """Return a question."""
        return cls(
            code=value.code,
            order_id=value.number,
            account=value.account,
            line=NamedItemJson(value.asin, value.title) if value.asin or value.title else None,
            amount=DecimalText(value.amount.decimal) if value.amount else None,
            currency=value.amount.currency if value.amount else None,
            text=value.text,
            fix=value.fix,
            subject=PurposeSubjectJson(*value.subject) if value.subject else None,
            category=value.category,
            key=value.key,
        )


class ReceiptJson(Struct):
    """A receipt of an order; `item` is the key of an item, 0 for the whole order; `state` says whether the file is as attached.

    `problem` is why it cannot be shown as pages, null if it can.
    """

    order_id: str
    item: Count
    sha256: str
    name: str
    path: str
    state: ReceiptState
    problem: ReceiptProblem | None = None


class TaxSetupBody(Struct):
    """Accounts and settings of a form and year; omitted ones stay unchanged."""

    accounts: Annotated[tuple[Short, ...], Meta(max_length=50)] = ()
    settings: dict[str, str] = {}


class CategoryLineBody(Struct):
    """The line of a category, by its number or key, and why."""

    line: Short
    why: Short = ""


class ReasonBody(Struct):
    """Why a year is locked or unlocked."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class PackBody(Struct):
    """What to write: the ZIP with everything or the PDF alone, and why."""

    kind: Literal["zip", "pdf"] = "zip"
    reason: Short = ""


class CollectBody(Struct):
    """Files and folders of this computer to find receipts in."""

    paths: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=4000)], ...], Meta(min_length=1, max_length=200)]


class PrintBody(Struct):
    """Orders whose kept pages are printed; without any, all business orders."""

    orders: Annotated[tuple[Short, ...], Meta(max_length=500)] = ()


class NotAttachedJson(Struct):
    """A file that was not attached, and why."""

    name: str
    why: str


class CollectedJson(Struct):
    """Names of receipts that were attached, how many were known before, and what was not attached."""

    attached: tuple[str, ...]
    known: Count
    left: tuple[NotAttachedJson, ...]


class AttachBody(Struct):
    """Files of this computer to attach to an order, by path."""

    account: Short
    order_id: Short
    paths: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=4000)], ...], Meta(min_length=1, max_length=50)]


class PurposeBody(Struct):
    """Why items are bought for the business: for a category, a seller or an order."""

    scope: PurposeScope
    value: Short
    text: Short


class QuarterlyUpdateJson(Struct, omit_defaults=True):
    """A cumulative update of Making Tax Digital, with HMRC's names; amounts are numbers there and decimal strings here."""

    form: str
    year: str
    quarter: int
    first: date = field(name="from")
    last: date = field(name="to")
    due: date
    income: dict[str, str] = field(name="periodIncome")
    expenses: dict[str, str] = field(name="periodExpenses")
    disallowable: dict[str, str] = field(name="periodDisallowableExpenses")
    questions: Count
    notice: str

    @classmethod
    def of(cls, value: QuarterlyUpdate) -> Self:
        """Return an update."""
        filled, quarter = value.filled, value.quarter
        return cls(
            form=filled.form,
            year=filled.year,
            quarter=quarter.number,
            first=quarter.first,
            last=quarter.last,
            due=quarter.due,
            income=dict(value.income),
            expenses=dict(value.expenses),
            disallowable=dict(value.disallowable),
            questions=filled.questions,
            notice=filled.notice,
        )


class ItemEvidenceJson(Struct):
    """The evidence for an item: how many of the seven parts are there, which are missing, and the command that helps most."""

    entry: str
    account: str
    order_id: str
    line: NamedItemJson | None
    amount: DecimalText
    currency: str
    score: Count
    missing: tuple[EvidencePart, ...]
    purpose: str
    subject: PurposeSubjectJson
    fix: str

    @classmethod
    def of(cls, value: ItemEvidence) -> Self:
        """Return the evidence."""
        item = value.item
        return cls(
            entry=item.entry,
            account=item.account,
            order_id=item.number,
            line=NamedItemJson(item.asin, item.title) if item.asin or item.title else None,
            amount=DecimalText(value.amount.decimal),
            currency=value.currency,
            score=value.score,
            missing=value.missing,
            purpose=value.purpose,
            subject=PurposeSubjectJson(*value.subject),
            fix=value.fix,
        )
