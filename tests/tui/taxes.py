"""An invented tax year, its evidence and receipts that the tests of the terminal app show."""

from datetime import UTC, date, datetime

from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.taxes.evidence import EvidencePart, PurposeScope
from assistant.domain.taxes.forms import Grade, Treatment
from assistant.domain.taxes.questions import TaxQuestionCode
from assistant.domain.taxes.receipts import ReceiptProblem, ReceiptState
from assistant.domain.taxes.returns import ExportKind, FilledAsset, FilledLine, LeftOut, NamedPart, TaxReturn
from assistant.wire.books import NamedItemJson
from assistant.wire.shape import DecimalText
from assistant.wire.taxes import (
    FormLineJson,
    ItemEvidenceJson,
    MissingReceiptJson,
    NumberedExportJson,
    PurposeSubjectJson,
    ReceiptCountJson,
    ReceiptJson,
    SetUpReturnJson,
    TaxFormJson,
    TaxQuestionJson,
)

_LINES = (FormLineJson("18", "18", "Office expense"), FormLineJson("27b", "other_expenses", "Other expenses (from line 48)"))


def _form(name: str, year: str, first: date, last: date, currency: str) -> TaxFormJson:
    return TaxFormJson(name, year, f"{name} {year}", first, last, currency, Grade.VERIFIED, {"rounding": ("cents", "whole")}, _LINES)


FORMS = (
    _form("euer", "2025", date(2025, 1, 1), date(2025, 12, 31), "EUR"),
    _form("schedule-c", "2024", date(2024, 1, 1), date(2024, 12, 31), "USD"),
    _form("schedule-c", "2025", date(2025, 1, 1), date(2025, 12, 31), "USD"),
)
RETURN = TaxReturn(
    form="schedule-c",
    year="2025",
    title="Schedule C (Form 1040), Profit or Loss From Business",
    first=date(2025, 1, 1),
    last=date(2025, 12, 31),
    currency="USD",
    export=2,
    questions=2,
    lines=(
        FilledLine(line="18", key="18", name="Office expense", amount=Money(123456, "USD"), entries=("e1", "e2")),
        FilledLine(
            line="27b",
            key="other_expenses",
            name="Other expenses (from line 48)",
            amount=Money(8900, "USD"),
            entries=("e3",),
            parts=(NamedPart(name="books", amount=Money(4000, "USD")), NamedPart(name="software", amount=Money(4900, "USD"))),
        ),
    ),
    income=(FilledLine(line="6", key="6", name="Other income", amount=Money(2000, "USD"), entries=("e4",), grade=Grade.UNVERIFIED),),
    assets=(
        FilledAsset(
            entry="e5",
            amount=Money(349900, "USD"),
            treatment=Treatment.DEPRECIATE,
            line="13",
            reason=Sentence("equipment above the limits: Form 4562"),
        ),
    ),
    left_out=(LeftOut(entry="e6", amount=Money(1200, "USD"), reason=Sentence("category 'toys' has no line")),),
)
EVIDENCE = (
    ItemEvidenceJson(
        entry="1.1",
        account="biz",
        order_id="112-0000001-0000007",
        line=NamedItemJson("B0INVENT01", "Toner cartridge, black"),
        amount=DecimalText("61.70"),
        currency="USD",
        score=5,
        missing=(EvidencePart.PURPOSE, EvidencePart.RECEIPT),
        purpose="",
        subject=PurposeSubjectJson(PurposeScope.CATEGORY, "office"),
        fix="shopper receipts add 112-0000001-0000007 FILE",
    ),
    ItemEvidenceJson(
        entry="2.1",
        account="biz",
        order_id="112-0000002-0000007",
        line=None,
        amount=DecimalText("12.00"),
        currency="USD",
        score=7,
        missing=(),
        purpose="paper for client drafts",
        subject=PurposeSubjectJson(PurposeScope.ORDER, "112-0000002-0000007"),
        fix="",
    ),
)
TAX_QUESTIONS = (
    TaxQuestionJson(
        code=TaxQuestionCode.MISSING_RECEIPT,
        order_id="112-0000001-0000007",
        account="biz",
        line=None,
        amount=DecimalText("61.70"),
        currency="USD",
        text="No receipt is attached: a card statement alone does not say what was bought.",
        fix="shopper receipts add 112-0000001-0000007 FILE",
    ),
    TaxQuestionJson(
        code=TaxQuestionCode.MISSING_PURPOSE,
        order_id=None,
        account=None,
        line=None,
        amount=DecimalText("61.70"),
        currency="USD",
        text="Nobody said why 'office' is bought for the business. Say it once for all of it.",
        fix="shopper receipts purpose office TEXT",
        subject=PurposeSubjectJson(PurposeScope.CATEGORY, "office"),
    ),
    TaxQuestionJson(
        code=TaxQuestionCode.NO_LINE,
        order_id="112-0000003-0000007",
        account="biz",
        line=NamedItemJson("B0INVENT06", "Building blocks"),
        amount=DecimalText("12.00"),
        currency="USD",
        text="The category 'toys' has no line, so the form does not count this.",
        fix="shopper tax map schedule-c toys LINE",
        category="toys",
    ),
)
TAX_EXPORTS = (
    NumberedExportJson(1, ExportKind.EXPORT, datetime(2026, 3, 1, 9, tzinfo=UTC), "", (), written=True),
    NumberedExportJson(2, ExportKind.EXPORT, datetime(2026, 3, 2, 9, tzinfo=UTC), "for Kim", (), written=True),
)
RECEIPTS = (
    ReceiptJson("112-0000002-0000007", 0, "ab" * 32, "invoice.pdf", "/home/kim/receipts/invoice.pdf", ReceiptState.THERE),
    ReceiptJson("112-0000003-0000007", 0, "ba" * 32, "secret.pdf", "/home/kim/secret.pdf", ReceiptState.THERE, ReceiptProblem.ENCRYPTED),
    ReceiptJson("302-0000002-0000008", 0, "bb" * 32, "Rechnung Größe.pdf", "/home/kim/gone.pdf", ReceiptState.GONE),
)
MISSING_RECEIPTS = ReceiptCountJson(
    3,
    "2 of 3 business orders have no receipt: 45.00 EUR, 61.70 USD.",
    (
        MissingReceiptJson("112-0000001-0000007", "biz", date(2025, 5, 1), "Toner cartridge, black", DecimalText("61.70"), "USD", True),
        MissingReceiptJson("302-0000001-0000008", "biz", date(2025, 6, 1), "Schreibtischlampe", DecimalText("45.00"), "EUR", False),
    ),
)
SET_UP = (
    SetUpReturnJson("schedule-c", "2025", ("biz",), {"rounding": "cents"}, True, "filed in April"),
    SetUpReturnJson("schedule-c:print", "2025", (), {"rounding": "whole"}, False, ""),
)
