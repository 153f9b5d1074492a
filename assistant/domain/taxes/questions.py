"""Open questions about a form: everything that was not placed, assumed or estimated, largest amounts first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from shlex import quote

from assistant.domain.languages.labels import shown_category
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money, exponent
from assistant.domain.taxes.evidence import EvidencePart, ItemEvidence, PurposeScope, PurposeSubject
from assistant.domain.taxes.filling import Filling, NotPlaced
from assistant.domain.taxes.forms import FormRef, FormSetup, TaxForm
from assistant.domain.taxes.items import TaxItem, TaxItems, Unconverted
from assistant.domain.taxes.line_names import explained
from assistant.domain.taxes.receipts import ReceiptProblem, ReceiptState
from assistant.domain.taxes.returns import FilledLine, TaxReturn


class TaxQuestionCode(StrEnum):
    """Kinds of open questions about a form."""

    NOT_SET_UP = "not_set_up"
    NO_ENTRIES = "no_entries"
    ACCOUNT_TWICE = "account_on_two_forms"
    MISSING_CATEGORY = "missing_category"
    NO_LINE = "no_line"
    MISSING_AMOUNT = "missing_amount"
    IN_QUARANTINE = "in_quarantine"
    MISSING_RATE = "missing_rate"
    ABOVE_CAP = "above_cap"
    ESTIMATED_TAX = "estimated_tax"
    NEGATIVE_LINE = "negative_line"
    CHANGED_SINCE_LOCK = "changed_since_lock"
    MISSING_RECEIPT = "missing_receipt"
    MISSING_PURPOSE = "missing_purpose"
    RECEIPT_LOST = "receipt_lost"
    RECEIPT_UNREADABLE = "receipt_unreadable"


_MINOR = attrgetter("minor")
EVIDENCE = frozenset(
    {
        TaxQuestionCode.MISSING_RECEIPT,
        TaxQuestionCode.MISSING_PURPOSE,
        TaxQuestionCode.RECEIPT_LOST,
        TaxQuestionCode.RECEIPT_UNREADABLE,
    }
)
"""What a tax office asks for beside the amounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxQuestion:
    """One question about a form; `fix` is a command.

    `subject` has no business purpose yet, `category` has no line, `key` names a negative line.
    """

    code: TaxQuestionCode
    text: str
    fix: str
    amount: Money | None = None
    account: str | None = None
    number: str | None = None
    asin: str | None = None
    title: str | None = None
    subject: PurposeSubject | None = None
    category: str | None = None
    key: str | None = None


class Asking:
    """Raises the questions about one filled form."""

    def __init__(self, form: TaxForm, setup: FormSetup, ref: FormRef) -> None:
        self._form = form
        self._setup = setup
        self._ref = ref

    def questions(self, items: TaxItems, filling: Filling, filled: TaxReturn) -> Iterator[TaxQuestion]:
        """Yield the questions, in no order."""
        if not self._setup.known:
            chosen = ", ".join(f"{name}={value}" for name, value in self._setup.settings.items())
            text = translated(
                "Nobody set up {form} {year}: every account counts, with {settings}.", form=self._ref, year=self._form.year, settings=chosen
            )
            yield TaxQuestion(
                code=TaxQuestionCode.NOT_SET_UP, text=text, fix=f"shopper tax setup {self._ref} {self._form.year} --account KEY"
            )
        if not any(items) and not items.unconverted:
            whose = ", ".join(self._setup.accounts) or translated("any account")
            yield TaxQuestion(
                code=TaxQuestionCode.NO_ENTRIES,
                text=translated(
                    "No business purchase or refund of {accounts} is in {first} to {last}, so the form is empty.",
                    accounts=whose,
                    first=self._form.first,
                    last=self._form.last,
                ),
                fix=f"shopper books --from {self._form.first} --to {self._form.last}",
            )
        yield from map(self._not_placed, filling.not_placed)
        yield from map(self._above_cap, filling.capped)
        yield from (self._estimated(item) for item in items if item.estimated_tax)
        yield from map(self._without_rate, items.unconverted)
        yield from (self._negative(line) for line in filled.lines if line.amount.minor < 0)

    def evidence(self, found: Iterable[ItemEvidence]) -> Iterator[TaxQuestion]:
        """Yield a question for each order without a receipt, and for each category or seller without a business purpose."""
        orders: dict[str, tuple[ItemEvidence, int]] = {}
        purposes: dict[PurposeSubject, int] = {}
        for each in found:
            missing = each.missing
            if not missing:
                continue
            if EvidencePart.RECEIPT in missing:
                largest, minor = orders.get(each.item.number, (each, 0))
                orders[each.item.number] = (max(largest, each, key=_MINOR), minor + each.minor)
            if EvidencePart.PURPOSE in missing:
                subject = each.subject
                purposes[subject] = purposes.get(subject, 0) + each.minor
        text = translated("No receipt is attached: a card statement alone does not say what was bought.")
        for number, (largest, minor) in orders.items():
            if minor > 0:
                yield self._about(TaxQuestionCode.MISSING_RECEIPT, largest.item, minor, text, f"shopper receipts add {number} FILE")
        for subject, minor in purposes.items():
            if minor > 0:
                yield TaxQuestion(
                    code=TaxQuestionCode.MISSING_PURPOSE,
                    text=translated(
                        "Nobody said why {subject} is bought for the business. Say it once for all of it.", subject=_subject_text(subject)
                    ),
                    fix=subject.command,
                    amount=Money(minor, self._form.currency),
                    subject=subject,
                )

    def receipts(self, found: Iterable[tuple[str, str, ReceiptState, ReceiptProblem | None]]) -> Iterator[TaxQuestion]:
        """Yield a question for each receipt, given as order, name, state and problem, that is gone, was changed or cannot be shown."""
        for number, name, state, problem in found:
            if state is not ReceiptState.THERE:
                text = (
                    translated("The receipt {name} is gone. No pack can be written without it.", name=name)
                    if state is ReceiptState.GONE
                    else translated("The receipt {name} was changed since it was attached. No pack can be written without it.", name=name)
                )
                yield TaxQuestion(code=TaxQuestionCode.RECEIPT_LOST, text=text, fix="shopper receipts find FOLDER", number=number)
            elif problem is not None:
                text = translated(
                    "The receipt {name} {problem}. A pack keeps it as a file, not as pages.", name=name, problem=translated(problem.said)
                )
                fix = f"shopper receipts add {number} FILE"
                yield TaxQuestion(code=TaxQuestionCode.RECEIPT_UNREADABLE, text=text, fix=fix, number=number)

    def _without_rate(self, lost: Unconverted) -> TaxQuestion:
        about = lost.entry.item
        return TaxQuestion(
            code=TaxQuestionCode.MISSING_RATE,
            text=translated(
                "There is no rate from {currency} to {wanted} for {day}, so no line has this.",
                currency=lost.amount.currency,
                wanted=self._form.currency,
                day=lost.entry.on,
            ),
            fix=f"shopper order {lost.entry.order.number} --account {lost.entry.account} --set currency={self._form.currency}",
            amount=lost.amount,
            account=lost.entry.account,
            number=lost.entry.order.number,
            asin=about.asin if about else None,
            title=about.title if about else None,
        )

    def _negative(self, line: FilledLine) -> TaxQuestion:
        text = translated(
            "Line {line} ({name}) is negative: more came back than was bought. Tax offices refuse that in most lines.",
            line=line.line,
            name=explained(line.name),
        )
        return TaxQuestion(
            code=TaxQuestionCode.NEGATIVE_LINE,
            text=text,
            fix=f"shopper tax show {self._ref} {self._form.year}",
            amount=-line.amount,
            key=line.key,
        )

    def _not_placed(self, found: NotPlaced) -> TaxQuestion:
        item = found.item
        if item.category is None:
            fix = f"shopper order {item.number} --account {item.account} --set item{item.place + 1}.category=office"
            return self._about(TaxQuestionCode.MISSING_CATEGORY, item, found.minor, translated("No category, so no line has this."), fix)
        text = translated("The category '{category}' has no line, so the form does not count this.", category=shown_category(item.category))
        asked = self._about(TaxQuestionCode.NO_LINE, item, found.minor, text, f"shopper tax map {self._ref} {quote(item.category)} LINE")
        return replace(asked, category=item.category)

    def _above_cap(self, found: NotPlaced) -> TaxQuestion:
        text = translated(
            "Above {limit} per person and year. Amazon's data name no person; each unit was taken for one.", limit=found.limit
        )
        fix = f"shopper split {found.item.number} --account {found.item.account} business=AMOUNT"
        return self._about(TaxQuestionCode.ABOVE_CAP, found.item, found.minor, text, fix)

    def _estimated(self, item: TaxItem) -> TaxQuestion:
        text = translated("The tax that is claimed back was estimated, and needs an invoice that states it.")
        return self._about(TaxQuestionCode.ESTIMATED_TAX, item, item.amounts.tax, text, "shopper import INVOICE.html")

    def _about(self, code: TaxQuestionCode, item: TaxItem, minor: int, text: str, fix: str) -> TaxQuestion:
        amount = Money(abs(minor), self._form.currency)
        return TaxQuestion(
            code=code, text=text, fix=fix, amount=amount, account=item.account, number=item.number, asin=item.asin, title=item.title
        )


def _subject_text(subject: PurposeSubject) -> str:
    if subject.scope is PurposeScope.CATEGORY:
        return f"'{shown_category(subject.value)}'"
    if subject.scope is PurposeScope.SELLER:
        return translated("what '{seller}' sells", seller=subject.value)
    return translated("what the order {number} holds", number=subject.value)


def dearest(question: TaxQuestion) -> tuple[float, str, str]:
    """Return the key that sorts questions: those about the whole form first, then the largest amounts."""
    amount = question.amount
    size = amount.minor / 10 ** exponent(amount.currency) if amount else float("inf")
    return -size, question.number or "", question.code.value
