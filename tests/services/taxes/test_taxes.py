"""Tax years over the real ledger: setup, categories and their lines, and locks that need a reason."""

from datetime import date

import pytest

from assistant.domain.errors import InvalidInput, NotFound, YearLocked
from assistant.domain.filters import Filter
from assistant.domain.journal import Author, acting_as
from assistant.domain.taxes.forms import FormRef
from assistant.domain.taxes.questions import EVIDENCE, TaxQuestionCode
from assistant.domain.taxes.returns import YearStatus
from assistant.services.taxes import locks
from assistant.services.taxes.fill import fill

FORM = FormRef.of("schedule-c")


def lines(services, year, form=FORM):
    return {row.line: row.amount.decimal for row in services.taxes.show(form, year).lines}


def asked(services):
    """Return the questions about 2025 that are not about evidence."""
    return [question for question in services.taxes.questions(FORM, "2025") if question.code not in EVIDENCE]


def reason(text):
    return acting_as(Author(who="test", why=text))


def test_a_form_counts_the_accounts_that_were_chosen(studio):
    assert lines(studio, "2025") == {"18": "20.00", "27b": "15.00"}
    assert [question.code for question in asked(studio)] == [TaxQuestionCode.NOT_SET_UP]
    studio.taxes.setup(FORM, "2025", ["studio"], {"safe-harbor": "yes"})
    studio.taxes.setup(FormRef.of("schedule-c:shop"), "2025", ["shop"], {})
    assert lines(studio, "2025") == {"18": "20.00"}
    assert lines(studio, "2025", FormRef.of("Schedule-C:Shop")) == {"27b": "15.00"}
    assert asked(studio) == []


def test_an_account_on_two_forms_is_a_question(studio):
    studio.taxes.setup(FORM, "2025", ["studio", "shop"], {})
    studio.taxes.setup(FormRef.of("schedule-c:shop"), "2025", ["shop"], {})
    (question,) = asked(studio)
    assert (question.code, question.account) == (TaxQuestionCode.ACCOUNT_TWICE, "shop")


def test_unknown_accounts_choices_and_lines_are_refused(studio):
    with pytest.raises(NotFound, match="nobody"):
        studio.taxes.setup(FORM, "2025", ["nobody"], {})
    with pytest.raises(InvalidInput, match="safe-harbor"):
        studio.taxes.setup(FORM, "2025", [], {"vat": "none"})
    with pytest.raises(InvalidInput, match="yes"):
        studio.taxes.setup(FORM, "2025", [], {"safe-harbor": "maybe"})
    with pytest.raises(NotFound, match="99"):
        studio.taxes.map_category(FORM, "office", "99")
    assert studio.journal.steps().items[0].what.startswith("Labelled")


def test_a_chosen_line_counts_in_every_year_and_can_be_undone(studio):
    studio.taxes.map_category(FORM, "Office", "27a", "toner is no paper")
    assert (lines(studio, "2024"), lines(studio, "2025")) == ({"27a": "20.00"}, {"27b": "35.00"})
    studio.journal.undo()
    assert lines(studio, "2025") == {"18": "20.00", "27b": "15.00"}


def test_a_locked_year_refuses_changes_without_a_reason_and_corrects_itself_with_one(studio):
    with pytest.raises(InvalidInput, match="reason"):
        studio.taxes.lock(FORM, "2025")
    with reason("filed"):
        studio.taxes.lock(FORM, "2025")
    changes = (
        lambda: studio.ledger.set_item("studio", "112-0000002-0000001", 0, category="books"),
        lambda: studio.taxes.map_category(FORM, "books", "22"),
        lambda: studio.taxes.setup(FORM, "2025", ["shop"], {}),
        lambda: studio.taxes.unlock(FORM, "2025"),
        studio.journal.undo,
    )
    for change in changes:
        with pytest.raises((YearLocked, InvalidInput), match="reason"):
            change()
    studio.ledger.set_item("studio", "112-0000001-0000001", 0, category="books")
    shown = studio.taxes.show(FORM, "2025")
    assert (shown.status, shown.export, lines(studio, "2025")) == (YearStatus.LOCKED, None, {"18": "20.00", "27b": "15.00"})
    with reason("it was a handbook"):
        changes[0]()
    shown = studio.taxes.show(FORM, "2025")
    assert (shown.status, shown.export, lines(studio, "2025")) == (YearStatus.LOCKED, 1, {"27b": "35.00"})
    with reason("no, paper"):
        studio.journal.undo()
    assert (studio.taxes.show(FORM, "2025").export, lines(studio, "2025")) == (2, {"18": "20.00", "27b": "15.00"})
    with reason("amended"):
        studio.taxes.unlock(FORM, "2025")
    changes[0]()
    assert studio.taxes.show(FORM, "2025").status is YearStatus.OPEN


def test_an_import_into_a_locked_year_needs_a_reason_and_a_later_refund_does_not(studio, exported, purchase):
    with reason("filed"):
        studio.taxes.lock(FORM, "2025")
    late = exported("late", purchase(2, date(2025, 5, 1), refunded_on=date(2026, 1, 20)))
    other = exported("other", purchase(4, date(2025, 7, 1)))
    studio.imports.take_paths([late], account="studio")
    assert len(list(studio.books.each(Filter(accounts=("studio",))))) == 3
    with pytest.raises(YearLocked, match="2025"):
        studio.imports.take_paths([other], account="studio")
    assert asked(studio) == []
    assert lines(studio, "2025") == {"18": "20.00", "27b": "15.00"}


def test_a_renamed_account_stays_on_its_form(studio):
    studio.taxes.setup(FORM, "2025", ["studio"], {})
    studio.account_moves.rename("studio", "atelier")
    assert lines(studio, "2025") == {"18": "20.00"}


def test_a_change_outside_a_locked_year_fills_its_form_once_and_one_inside_twice(studio, monkeypatch, exported, purchase):
    with reason("filed"):
        studio.taxes.lock(FORM, "2025")
    filled = []
    monkeypatch.setattr(locks, "fill", lambda session, ref, year: filled.append(year) or fill(session, ref, year))
    studio.imports.take_paths([exported("older", purchase(7, date(2024, 7, 1)))], account="studio")
    assert filled == ["2025"]
    with pytest.raises(YearLocked):
        studio.ledger.set_item("studio", "112-0000002-0000001", 0, category="books")
    assert filled == ["2025"] * 3
