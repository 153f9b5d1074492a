"""Tax years: the forms, their setup, the lines of categories, filled forms, and locks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.journal import Action, current_author
from assistant.domain.languages.labels import label_said
from assistant.domain.languages.language import DEFAULT, current_language
from assistant.domain.languages.sentences import Sentence, in_every_language, sentence_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.taxes.evidence import ItemEvidence, incomplete_first
from assistant.domain.taxes.forms import FormLine, FormRef, TaxForm
from assistant.domain.taxes.line_names import explained
from assistant.domain.taxes.quarters import QuarterlyUpdate, quarter_of, quarterly_update
from assistant.domain.taxes.questions import TaxQuestion, TaxQuestionCode
from assistant.domain.taxes.returns import NumberedExport, SetUpReturn, TaxReturn, YearStatus
from assistant.domain.text import clean_text
from assistant.exports.taxes.form_files import form_years, newest_lines, tax_form
from assistant.services.books.word_lists import known_word
from assistant.services.taxes.fill import fill
from assistant.services.taxes.locks import differences, form_of, locked_json, reworded
from assistant.storage.accounts.register import account_keys, account_row
from assistant.storage.engine import Database
from assistant.storage.taxes import years as storage
from assistant.storage.taxes.exports import last_number, numbered
from assistant.storage.taxes.year_entries import entries_of_year
from assistant.storage.unit_of_work import Session

_LONGEST_REASON = 200


class Taxes:
    """Sets up, fills and locks forms."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def forms(self) -> list[TaxForm]:
        """Return every form and year with data."""
        return [tax_form(name, year) for name, year in form_years()]

    def setup(self, ref: FormRef, year: str, accounts: Sequence[str], settings: Mapping[str, str]) -> TaxForm:
        """Choose accounts and settings of a form and year; omitted ones stay unchanged. Raises NotFound, InvalidInput."""
        form = tax_form(ref.form, year)
        with self._database.writing() as work:
            session = work.session
            kept = storage.kept_year(session, ref, form.year) or storage.KeptYear(form=str(ref), year=form.year)
            ids = [account_row(session, name).id for name in accounts] or list(kept.accounts)
            chosen = form.checked({**kept.settings, **settings})
            with work.step(Action.TAX_CHANGED, _said(ref, form.year, accounts, settings)):
                storage.keep_setup(session, ref, form.year, list(dict.fromkeys(ids)), chosen)
            work.commit()
        return form

    def returns(self) -> list[SetUpReturn]:
        """Return what was set up: every form, business and year."""
        with self._database.reading() as session:
            keys = account_keys(session)
            return [
                SetUpReturn(
                    form=kept.form,
                    year=kept.year,
                    accounts=tuple(keys[number] for number in kept.accounts if number in keys),
                    settings=kept.settings,
                    locked=kept.locked is not None,
                    reason=kept.reason,
                )
                for kept in storage.kept_years(session)
            ]

    def map_category(self, ref: FormRef, category: str, line: str, why: str = "") -> FormLine:
        """Choose the line of a category, by its number or key. Raises NotFound for a form, category or line."""
        with self._database.writing() as work:
            word = known_word(work.session, "category", category).casefold()
            chosen = _line_of_form(ref, word, line)
            what = sentence_of(
                "Put the category '{category}' of {form} into line {line} ({name})",
                category=label_said("category", word),
                form=str(ref),
                line=chosen.line,
                name=in_every_language(lambda: explained(chosen.name)),
            )
            with work.step(Action.TAX_CHANGED, what):
                storage.keep_category_line(work.session, ref, word, chosen.key, clean_text(why)[:_LONGEST_REASON])
            work.commit()
        return chosen

    def show(self, ref: FormRef, year: str) -> TaxReturn:
        """Return the filled form; a locked one as it was locked or last corrected. Raises NotFound."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            kept = kept_form(session, ref, form.year)
            if kept is not None and current_language() == DEFAULT:
                return kept
            filled = fill(session, ref, form.year).filled
            return filled if kept is None else reworded(kept, filled)

    def quarterly(self, ref: FormRef, year: str, number: int, *, calendar: bool = False) -> QuarterlyUpdate:
        """Return the update from the start of the year to the end of a quarter. Raises NotFound, InvalidInput."""
        form = tax_form(ref.form, year)
        quarter = quarter_of(form, number, calendar=calendar)
        with self._database.reading() as session:
            filled = fill(session, ref, form.year, (quarter.first, quarter.last)).filled
        return quarterly_update(form, quarter, filled)

    def line_entries(self, ref: FormRef, year: str, key: str) -> list[Entry]:
        """Return the entries of a line of expenses or income, by its key. Raises NotFound for a form, or a line without an amount."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            filled = kept_form(session, ref, form.year) or fill(session, ref, form.year).filled
            line = next((line for line in (*filled.lines, *filled.income) if line.key == key), None)
            if line is None:
                raise NotFound(
                    translated("{ref} {year} has no amount in a line with the key '{key}'.", ref=ref, year=form.year, key=key[:40])
                )
            wanted, accounts = set(line.entries), storage.setup_of(session, ref, form.year).accounts
            return [entry for entry in entries_of_year(session, accounts, form.first, form.last) if entry.id in wanted]

    def worklist(self, ref: FormRef, year: str) -> list[ItemEvidence]:
        """Return the evidence for each item of a form, incomplete ones first, then the largest amounts. Raises NotFound."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            return incomplete_first(fill(session, ref, form.year).evidence)

    def questions(self, ref: FormRef, year: str) -> list[TaxQuestion]:
        """Return the open questions about a form, largest amounts first. Raises NotFound."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            filled = fill(session, ref, form.year)
            kept = kept_form(session, ref, form.year)
        changed = list(differences(reworded(kept, filled.filled), filled.filled)) if kept else []
        if not changed:
            return list(filled.questions)
        text = translated(
            "The books differ from the locked form in {count} places, first in {place}.", count=len(changed), place=changed[0].what
        )
        fix = f"shopper tax unlock {ref} {form.year} --reason TEXT"
        return [TaxQuestion(code=TaxQuestionCode.CHANGED_SINCE_LOCK, text=text, fix=fix), *filled.questions]

    def exports(self, ref: FormRef, year: str) -> list[NumberedExport]:
        """Return the exports and corrections of a year, by number. Raises NotFound."""
        form = tax_form(ref.form, year)
        with self._database.reading() as session:
            return numbered(session, str(ref), form.year)

    def lock(self, ref: FormRef, year: str) -> TaxReturn:
        """Lock a year with its sums of now; the reason is the author's. Raises InvalidInput without one."""
        form, reason = tax_form(ref.form, year), _reason(to_translate("Give the reason for locking the year: --reason TEXT"))
        with self._database.writing() as work:
            session = work.session
            if found := kept_form(session, ref, form.year):
                return found
            filled = replace(fill(session, ref, form.year).filled, status=YearStatus.LOCKED)
            with work.step(Action.TAX_CHANGED, sentence_of("Locked {form} {year}", form=str(ref), year=form.year)):
                storage.lock(session, ref, form.year, locked_json(filled), at=self._clock().isoformat(), reason=reason)
            work.commit()
        return filled

    def unlock(self, ref: FormRef, year: str) -> None:
        """Unlock a year; the reason is the author's. Raises InvalidInput without one, NotFound if the year is not locked."""
        form = tax_form(ref.form, year)
        _reason(to_translate("Give the reason for unlocking the year: --reason TEXT"))
        with self._database.writing() as work:
            if kept_form(work.session, ref, form.year) is None:
                raise NotFound(translated("{ref} {year} is not locked.", ref=ref, year=form.year))
            with work.step(Action.TAX_CHANGED, sentence_of("Unlocked {form} {year}", form=str(ref), year=form.year)):
                storage.unlock(work.session, ref, form.year)
            work.commit()


def kept_form(session: Session, ref: FormRef, year: str) -> TaxReturn | None:
    """Return the form of a locked year as it was locked or last corrected, None for an open year."""
    kept = storage.kept_year(session, ref, year)
    if kept is None or kept.locked is None:
        return None
    return replace(form_of(kept.locked), export=last_number(session, str(ref), year))


def _line_of_form(ref: FormRef, category: str, text: str) -> FormLine:
    found = newest_lines(ref.form, text)
    if not found:
        raise NotFound(
            translated(
                "{form} has no line '{text}' for expenses. 'shopper tax forms {form}' lists its lines.", form=ref.form, text=text[:40]
            )
        )
    usual = tax_form(ref.form, [year for form, year in form_years() if form == ref.form][-1]).categories.get(category)
    return next((line for line in found if usual and line.key == usual.key), found[0])


def _reason(missing: str) -> str:
    why = current_author().why
    if not why:
        raise InvalidInput(translated(missing))
    return why


def _said(ref: FormRef, year: str, accounts: Sequence[str], settings: Mapping[str, str]) -> Sentence:
    changes = (*accounts, *(f"{name}={value}" for name, value in settings.items()))
    if not changes:
        return sentence_of("Set up {form} {year}: nothing new", form=str(ref), year=year)
    return sentence_of("Set up {form} {year}: {changes}", form=str(ref), year=year, changes=changes)
