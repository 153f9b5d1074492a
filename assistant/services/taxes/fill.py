"""Fills a form from the ledger, within the caller's transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.domain.books.conversion import SettledPart
from assistant.domain.errors import NotFound
from assistant.domain.filters import Filter
from assistant.domain.languages.translating import translated
from assistant.domain.taxes.conversion import PURPOSE
from assistant.domain.taxes.evidence import ItemEvidence, evidence_of
from assistant.domain.taxes.filling import Filling
from assistant.domain.taxes.forms import FormRef, FormSetup, TaxForm
from assistant.domain.taxes.items import Settled, TaxItems
from assistant.domain.taxes.questions import Asking, TaxQuestion, TaxQuestionCode, dearest
from assistant.domain.taxes.returns import TaxReturn
from assistant.exports.taxes.form_files import tax_form
from assistant.services.books.exchange_rates import ecb_rate
from assistant.services.books.one_currency import settled_parts
from assistant.services.books.statements import matches_of
from assistant.services.taxes.receipt_files import state_of
from assistant.storage.accounts.register import account_keys
from assistant.storage.books.read_entries import not_booked
from assistant.storage.taxes.exports import last_number
from assistant.storage.taxes.receipts import business_purposes, receipts
from assistant.storage.taxes.year_entries import earlier_purchases, entries_of_year
from assistant.storage.taxes.years import kept_years, setup_of
from assistant.storage.unit_of_work import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A filled form with its sources, the questions about it, largest amounts first, and the evidence for each item."""

    form: TaxForm
    setup: FormSetup
    filled: TaxReturn
    questions: tuple[TaxQuestion, ...]
    evidence: tuple[ItemEvidence, ...]


def fill(session: Session, ref: FormRef, year: str, days: tuple[date, date] | None = None) -> FilledForm:
    """Fill a form of a year, or of some of its days. Raises NotFound for a form or year without data, or an unknown business."""
    form = tax_form(ref.form, year)
    _check_business(session, ref, form.year)
    if days is not None:
        form = replace(form, first=days[0], last=days[1])
    kept = setup_of(session, ref, form.year)
    setup = replace(kept, settings=form.checked(kept.settings))
    items = TaxItems(form, setup, ecb_rate, _settled(session, form.currency))
    items.add_earlier(earlier_purchases(session, setup.accounts, form.first, form.last))
    items.add(entries_of_year(session, setup.accounts, form.first, form.last))
    filling = Filling(form, setup)
    filling.add(items)
    filled = replace(filling.filled(str(ref), items.used_rates), export=last_number(session, str(ref), form.year))
    asking = Asking(form, setup, ref)
    attached = receipts(session)
    evidence = evidence_of(items, {receipt.number for receipt in attached}, business_purposes(session), form.currency)
    orders = {item.number for item in items}
    states = ((receipt.number, receipt.name, state_of(receipt), receipt.problem) for receipt in attached if receipt.number in orders)
    questions = [
        *asking.questions(items, filling, filled),
        *asking.evidence(evidence),
        *asking.receipts(states),
        *_not_booked(session, setup, form),
        *_accounts_twice(session, ref, form.year),
    ]
    questions.sort(key=dearest)
    filled = replace(filled, questions=len(questions))
    return FilledForm(form=form, setup=setup, filled=filled, questions=tuple(questions), evidence=tuple(evidence))


def _check_business(session: Session, ref: FormRef, year: str) -> None:
    """Refuse the name of a business that was never set up: its form would contain the purchases of every account."""
    if not ref.business:
        return
    known = list(dict.fromkeys(each.business for kept in kept_years(session) if (each := FormRef.of(kept.form)).form == ref.form))
    if ref.business not in known:
        named = [name for name in known if name]
        there = translated("Set up: {names}.", names=", ".join(f"{ref.form}:{name}" for name in named)) if named else ""
        raise NotFound(
            translated(
                "No business '{business}' was set up. Set it up: shopper tax setup {ref} {year} --account KEY {there}",
                business=ref.business,
                there=there,
                ref=ref,
                year=year,
            ).rstrip()
        )


def _not_booked(session: Session, setup: FormSetup, form: TaxForm) -> Iterator[TaxQuestion]:
    """Yield a question for each business order of the year that no line has: it is in quarantine, or an item has no price."""
    for number, account, title, held in not_booked(
        session, Filter(accounts=tuple(setup.accounts), purpose=PURPOSE, since=form.first, until=form.last)
    ):
        yield TaxQuestion(
            code=TaxQuestionCode.IN_QUARANTINE if held else TaxQuestionCode.MISSING_AMOUNT,
            text=translated("The order is in quarantine, so no line has it. 'shopper imports' says why.")
            if held
            else translated("No source says what an item costs, so no line has it."),
            fix=f"shopper imports confirm {number} --account {account}"
            if held
            else f"shopper order {number} --account {account} --set item1.price=AMOUNT",
            account=account,
            number=number,
            title=title,
        )


def _settled(session: Session, currency: str) -> Settled:
    """Return what cards were charged for foreign entries. Statements are matched when the first one is asked for."""

    @cache
    def found() -> dict[str, list[SettledPart]]:
        return settled_parts(matches_of(session), currency)

    return lambda entry: found().get(entry, ())


def _accounts_twice(session: Session, ref: FormRef, year: str) -> list[TaxQuestion]:
    """Return a question for every account that another business has on the same form and year."""
    years = [kept for kept in kept_years(session) if kept.year == year and FormRef.of(kept.form).form == ref.form]
    mine = next((set(kept.accounts) for kept in years if kept.form == str(ref)), set())
    keys = account_keys(session)
    return [
        TaxQuestion(
            code=TaxQuestionCode.ACCOUNT_TWICE,
            text=translated(
                "The account '{account}' is also on {form} {year}, so its expenses count twice.",
                account=keys.get(number, number),
                form=kept.form,
                year=year,
            ),
            fix=f"shopper tax setup {kept.form} {year} --account OTHER",
            account=keys.get(number),
        )
        for kept in years
        if kept.form != str(ref)
        for number in sorted(mine & set(kept.accounts))
    ]
