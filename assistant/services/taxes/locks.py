"""Locked years: a change to one needs a reason, and then makes a numbered correction that lists the differences.

A year is compared before and after each change that a person makes. Pages that arrive while shopping do not change a locked
form: its sums stay as they were kept, and `tax questions` says that the books differ by now.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from assistant.domain.errors import YearLocked
from assistant.domain.journal import current_author
from assistant.domain.languages.language import DEFAULT, speaking
from assistant.domain.languages.sentences import Sentence, in_every_language, sentence_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.money import Money
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.line_names import explained
from assistant.domain.taxes.returns import Difference, ExportKind, FilledAsset, FilledLine, LeftOut, TaxReturn, YearStatus
from assistant.services.taxes.fill import fill
from assistant.storage.engine import Database
from assistant.storage.taxes.exports import KeptExport, add_export, last_number
from assistant.storage.taxes.years import locked_years, replace_locked
from assistant.storage.unit_of_work import UnitOfWork
from assistant.wire.shape import decode, encode
from assistant.wire.taxes import TaxReturnJson

_SHOWN = 3


def check(database: Database, work: UnitOfWork) -> None:
    """Refuse a change of a locked year, or keep a correction if the author gives a reason. Raises YearLocked."""
    with database.reading() as before:
        locked = locked_years(before)
        if not locked:
            return
        still = locked_years(work.session)
        why = current_author().why
        for (form, year), kept in locked.items():
            ref = FormRef.of(form)
            if (form, year) not in still:
                if not why:
                    raise YearLocked(
                        translated("{form} {year} is locked. Give the reason for unlocking it: --reason TEXT", form=form, year=year)
                    )
                continue
            now = fill(work.session, ref, year).filled
            if not any(differences(form_of(kept.locked or ""), now)):
                continue
            # Does it differ because of this change, or because pages arrived while shopping?
            found = list(differences(fill(before, ref, year).filled, now))
            if found and not why:
                raise YearLocked(
                    translated(
                        "{form} {year} is locked ({reason}), and this changes {changes}. Give the reason: --reason TEXT",
                        form=form,
                        year=year,
                        reason=kept.reason,
                        changes=_differences_text(found),
                    )
                )
            if found:
                _correct(work, now, found, why)


def _correct(work: UnitOfWork, now: TaxReturn, found: list[Difference], why: str) -> None:
    form, year, filled = now.form, now.year, locked_json(now)
    number = (last_number(work.session, form, year) or 0) + 1
    kept = KeptExport(number=number, kind=ExportKind.CORRECTION, at=work.now(), why=why, filled=filled, differences=found, files=None)
    add_export(work.session, form, year, kept)
    replace_locked(work.session, form, year, filled)


def locked_json(filled: TaxReturn) -> str:
    """Return a filled form as the JSON that is kept while its year is locked, in English: later ones are compared with it."""
    with speaking(DEFAULT):
        shape = TaxReturnJson.of(filled)
        shape.status = YearStatus.LOCKED
        return encode(shape).decode()


def form_of(locked: str) -> TaxReturn:
    """Return the form that `locked_json` kept."""
    return decode(locked, TaxReturnJson).to_domain()


def reworded(kept: TaxReturn, now: TaxReturn) -> TaxReturn:
    """Return a kept form with the reasons that the form has now too in the current language: they were kept in English."""
    reasons = {*(each.reason for each in now.assets), *(each.reason for each in now.left_out)}
    said = {reason.english: reason for reason in reasons}
    return replace(
        kept,
        assets=tuple(replace(each, reason=said.get(each.reason.text, each.reason)) for each in kept.assets),
        left_out=tuple(replace(each, reason=said.get(each.reason.text, each.reason)) for each in kept.left_out),
    )


def differences(was: TaxReturn, now: TaxReturn) -> Iterator[Difference]:
    """Yield what differs between two fillings of a form."""
    zero = Money(0, now.currency)
    amounts_now = dict(_amounts(now))
    amounts = {name: (said, before, zero) for name, (said, before) in _amounts(was)}
    for name, (said, after) in amounts_now.items():
        amounts[name] = (said, amounts[name][1] if name in amounts else zero, after)
    for said, before, after in amounts.values():
        if before != after:
            yield Difference(said=said(), before=before.decimal, after=after.decimal)


_Named = tuple[tuple[str, ...], tuple[Callable[[], Sentence], Money]]
"""What an amount of a form is, to compare it, and to say it; the amount."""


def _amounts(filled: TaxReturn) -> Iterator[_Named]:
    for line in filled.lines:
        yield ("line", line.line, line.key, line.name), (partial(_line_said, to_translate("line {line}, {name}"), line), line.amount)
    for line in filled.income:
        yield ("income", line.line, line.name), (partial(_line_said, to_translate("income in line {line}, {name}"), line), line.amount)
    for asset in filled.assets:
        yield ("asset", asset.entry, asset.line, asset.treatment), (partial(_asset_said, asset), asset.amount)
    for left in filled.left_out:
        yield ("left out", left.entry, left.reason.english), (partial(_left_said, left), left.amount)


def _line_said(text: str, line: FilledLine) -> Sentence:
    return Sentence(text, (("line", line.line), ("name", in_every_language(lambda: explained(line.name)))))


def _asset_said(asset: FilledAsset) -> Sentence:
    treatment = in_every_language(lambda: shown_word(asset.treatment.value))
    return sentence_of("asset {entry} in line {line}, {treatment}", entry=asset.entry, line=asset.line, treatment=treatment)


def _left_said(left: LeftOut) -> Sentence:
    return sentence_of("not counted, {entry}: {reason}", entry=left.entry, reason=left.reason)


def _differences_text(found: list[Difference]) -> str:
    told = "; ".join(
        translated("{what} from {before} to {after}", what=each.what, before=each.before, after=each.after) for each in found[:_SHOWN]
    )
    return translated("{names} and {count} more", names=told, count=len(found) - _SHOWN) if len(found) > _SHOWN else told
