"""Locked years: a change to one needs a reason, and then makes a numbered correction that lists the differences.

A year is compared before and after each change that a person makes. Pages that arrive while shopping change nothing of a locked
form: its sums stay as they were kept, and `tax questions` says that the books differ by now.
"""

from collections.abc import Iterator

from assistant.domain.errors import YearLocked
from assistant.domain.journal import current_author
from assistant.domain.languages.language import DEFAULT, speaking
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.returns import Difference, ExportKind, TaxReturn, YearStatus
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


def differences(was: TaxReturn, now: TaxReturn) -> Iterator[Difference]:
    """Yield what differs between two fillings of a form: {"what", "before", "after"}, an amount that is missing is "0.00"."""
    zero = Money(0, now.currency)
    for what, amounts in _named_amounts(was, now).items():
        before, after = (amount or zero for amount in amounts)
        if before != after:
            yield {"what": what, "before": before.decimal, "after": after.decimal}


def _named_amounts(was: TaxReturn, now: TaxReturn) -> dict[str, list[Money | None]]:
    found: dict[str, list[Money | None]] = {}
    for place, filled in enumerate((was, now)):
        amounts = [
            *((f"line {line.line} {line.key} {line.name}", line.amount) for line in filled.lines),
            *((f"income {line.line} {line.name}", line.amount) for line in filled.income),
            *((f"asset {asset.entry} in line {asset.line}, {asset.treatment.value}", asset.amount) for asset in filled.assets),
            *((f"left out {left.entry}: {left.reason.english}", left.amount) for left in filled.left_out),
        ]
        for what, amount in amounts:
            found.setdefault(what, [None, None])[place] = amount
    return found


def _differences_text(found: list[Difference]) -> str:
    told = "; ".join(translated("{what} from {before} to {after}", **each) for each in found[:_SHOWN])
    return translated("{names} and {count} more", names=told, count=len(found) - _SHOWN) if len(found) > _SHOWN else told
