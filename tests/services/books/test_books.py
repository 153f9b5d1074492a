"""Books through importers and database: lists, sums and exports agree, ids survive, decisions can be undone."""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant.bootstrap import build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.books.claims import ClaimState
from assistant.domain.books.entries import EntryKind, QuestionCode
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.filters import Filter
from assistant.domain.languages.language import speaking
from assistant.services.books.splits import WantedSplit
from assistant.settings import Settings
from tests.purchases import DESK, LAMP, bought, export_of

pytestmark = pytest.mark.dated

YEARS = (Filter(since=date(2024, 1, 1), until=date(2024, 12, 31)), Filter(since=date(2025, 1, 1), until=date(2025, 12, 31)))


@pytest.fixture
def services(tmp_path, ledger_url):
    opened = build(Settings(home=tmp_path / "home", port=0, database=ledger_url))
    opened.accounts.add("Studio", "business", key="biz")
    opened.accounts.add("Private", "personal", key="per")
    yield opened
    opened.close()


@pytest.fixture
def ledger(services, tmp_path):
    first = export_of(tmp_path / "first.zip", bought(1, date(2024, 12, 20), DESK, LAMP, refund=22000), bought(2, date(2025, 2, 3), LAMP))
    services.imports.take_paths([first], account="biz")
    services.imports.take_paths([export_of(tmp_path / "second.zip", bought(3, date(2025, 2, 3), LAMP))], account="per")
    return services


def entries(services, found=None):
    return list(services.books.each(found or Filter()))


def sums(services, found):
    """Return the net amounts of a period by currency: in the export, the books and the expenses."""
    stream = io.BytesIO()
    exported = Counter()
    for purpose in ("business", "personal"):
        stream = io.BytesIO()
        services.exports.write("accountant-csv", Filter(since=found.since, until=found.until, purpose=purpose), stream)
        for row in csv.DictReader(io.StringIO(stream.getvalue().decode())):
            exported[row["currency"]] += Decimal(row["deductible"])
    books = Counter()
    for entry in entries(services, found):
        books[entry.currency] += Decimal(entry.gross.decimal)
    spent = Counter()
    for row in services.ledger.expenses(found).items:
        spent[row.currency] += Decimal(row.net.decimal)
    return exported, books, spent


def test_export_books_expenses_and_orders_agree_for_every_year(ledger):
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("personal=40%",), item=1))
    for year in YEARS:
        exported, books, spent = sums(ledger, year)
        assert exported == books == spent
    everything = Filter()
    orders = sum(Decimal((view.cost or view.refunded).decimal) for view in ledger.ledger.views(everything).items)
    back = sum(Decimal(view.refunded.decimal) for view in ledger.ledger.views(everything).items if view.refunded)
    assert orders - back == sum(sums(ledger, everything)[1].values())


def test_ids_survive_reimporting_and_rereading(ledger, tmp_path):
    before = [(entry.id, entry.parts.gross) for entry in entries(ledger)]
    ledger.imports.take_paths([tmp_path / "first.zip"], account="biz")
    newer = export_of(tmp_path / "newer.zip", bought(1, date(2024, 12, 20), DESK, LAMP, refund=22000), bought(4, date(2025, 3, 3), DESK))
    ledger.imports.take_paths([newer], account="biz")
    ledger.ledger.correct("biz", "112-0000002-0000001", {"item1.title": "Lamp"})
    after = [(entry.id, entry.parts.gross) for entry in entries(ledger)]
    assert set(before) <= set(after)
    assert len(after) == len(before) + 1


def test_a_split_also_applies_to_refunds_and_can_be_undone(ledger):
    plain = entries(ledger)
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("business=60%", "personal=40%")))
    found = [entry for entry in entries(ledger) if entry.order.number == "112-0000001-0000001"]
    assert {entry.kind for entry in found} == {EntryKind.PURCHASE, EntryKind.REFUND}
    assert all([share.gross * 10 for share in entry.shares] == [entry.parts.gross * 6, entry.parts.gross * 4] for entry in found)
    ledger.journal.undo()
    assert entries(ledger) == plain


def test_clearing_the_split_of_an_order_clears_those_of_its_items_too(ledger):
    plain = entries(ledger)
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("personal=40%",), item=1))
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("business=30%", "personal=70%"), item=2))
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=()))
    assert entries(ledger) == plain


def test_shares_that_change_nothing_are_refused(ledger):
    plain = entries(ledger)
    for item in (1, None):
        with pytest.raises(InvalidInput, match="personal=40%"):
            ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("business=60%",), item=item))
    ledger.ledger.set_item("biz", "112-0000001-0000001", 0, purpose="personal")
    with pytest.raises(InvalidInput, match="business=40%"):
        ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("personal=60%",), item=1))
    ledger.journal.undo()
    assert entries(ledger) == plain


def test_the_rest_of_a_split_stays_what_the_item_was_for(ledger):
    ledger.ledger.set_item("biz", "112-0000001-0000001", 0, purpose="personal")
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("business=40%",), item=1))
    found = [entry for entry in entries(ledger) if entry.order.number == "112-0000001-0000001" and entry.item.asin == DESK.asin]
    assert {entry.kind for entry in found} == {EntryKind.PURCHASE, EntryKind.REFUND}
    for entry in found:
        assert [(share.purpose, str(share.share)) for share in entry.shares] == [("business", "0.40"), ("personal", "0.60")]


def test_purposes_are_a_closed_list_with_synonyms(ledger):
    wanted = WantedSplit(parts=("bus=60%",), item=1)
    with pytest.raises(NotFound, match="Did you mean business"):
        ledger.splits.split("biz", "112-0000001-0000001", wanted)
    with pytest.raises(InvalidInput):
        ledger.ledger.set_item("biz", "112-0000001-0000001", 0, purpose="60% business")
    with pytest.raises(InvalidInput, match="110"):
        ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("business=60%", "personal=50%")))
    ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=("club=60%",), item=1, new_purpose=True))
    assert "club" in ledger.word_lists.words("purpose")


def test_a_split_rule_applies_to_every_item_of_a_product_also_in_later_imports(ledger, tmp_path):
    wanted = WantedSplit(parts=("personal=50%",), item=2, repeat="item")
    ledger.splits.split("biz", "112-0000001-0000001", wanted)
    ledger.imports.take_paths([export_of(tmp_path / "later.zip", bought(5, date(2025, 5, 5), LAMP, DESK))], account="biz")
    found = {entry.order.number: len(entry.shares) for entry in entries(ledger) if entry.item and entry.item.asin == LAMP.asin}
    assert found["112-0000002-0000001"] == found["112-0000005-0000001"] == 2
    assert all(len(entry.shares) == 1 for entry in entries(ledger) if entry.item and entry.item.asin == DESK.asin)


def purposes_of(services):
    return Counter((share.purpose, share.gross) for entry in entries(services) for share in entry.shares)


def test_undoing_a_split_rule_restores_every_order_that_it_changed(services, tmp_path):
    many = [replace(bought(1, date(2025, 2, 3), LAMP), number=f"112-{place:07d}-0000001") for place in range(501)]
    services.imports.take_paths([export_of(tmp_path / "many.zip", *many)], account="biz")
    services.splits.split("biz", "112-0000000-0000001", WantedSplit(parts=("personal=50%",), item=1, repeat="item"))
    assert purposes_of(services) == {("personal", 2750): 501, ("business", 2750): 501}
    undone = services.journal.undo()
    assert purposes_of(services) == {("business", 5500): 501}
    services.journal.undo(undone.id)
    assert purposes_of(services) == {("personal", 2750): 501, ("business", 2750): 501}


def test_the_rest_of_a_split_follows_the_purpose_of_its_account(services, tmp_path):
    services.imports.take_paths(
        [export_of(tmp_path / "one.zip", bought(1, date(2025, 2, 3), DESK), bought(2, date(2025, 2, 3), LAMP))], account="per"
    )
    services.splits.split("per", "112-0000001-0000001", WantedSplit(parts=("business=50%",)))
    services.accounts.edit("per", AccountChange(purpose="family"))
    assert purposes_of(services) == {("business", 11000): 1, ("family", 11000): 1, ("family", 5500): 1}
    services.journal.undo()
    assert purposes_of(services) == {("business", 11000): 1, ("personal", 11000): 1, ("personal", 5500): 1}


def test_a_claim_follows_refunds_and_is_settled_once(ledger, tmp_path):
    ledger.ledger.set_item("per", "112-0000003-0000001", 0, purpose="business")
    (claim,) = ledger.claims.all()
    assert (claim.owes, claim.paid, claim.amount.decimal, claim.state) == ("biz", "per", "55.00", ClaimState.OPEN)
    ledger.claims.settle([claim.id])
    with pytest.raises(NotFound):
        ledger.claims.settle([claim.id])
    newer = export_of(tmp_path / "newer.zip", bought(3, date(2025, 2, 3), LAMP, refund=2000))
    ledger.imports.take_paths([newer], account="per")
    states = {(claim.owes, claim.paid, claim.amount.decimal, claim.state) for claim in ledger.claims.all()}
    assert states == {("biz", "per", "55.00", ClaimState.SETTLED), ("per", "biz", "20.00", ClaimState.OPEN)}


def test_one_order_under_two_accounts_counts_once(ledger, tmp_path):
    before = sums(ledger, Filter())[1]
    ledger.imports.take_paths([tmp_path / "first.zip"], account="per")
    assert sums(ledger, Filter())[1] == before
    asked = {question.number for question in ledger.books.questions(Filter()) if question.code is QuestionCode.SAME_ORDER_TWICE}
    assert asked == {"112-0000001-0000001", "112-0000002-0000001"}


def test_another_time_zone_moves_dates_when_the_ledger_is_opened(ledger, tmp_path, ledger_url):
    days = [entry.on for entry in entries(ledger)]
    ledger.close()
    elsewhere = build(Settings(home=tmp_path / "home", port=0, zone="Pacific/Kiritimati", database=ledger_url))
    assert [entry.on for entry in entries(elsewhere)] != days
    elsewhere.close()
    back = build(Settings(home=tmp_path / "home", port=0, database=ledger_url))
    assert [entry.on for entry in entries(back)] == days
    back.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET gross = gross + 1",
        "UPDATE entries SET kind = 'gift'",
        "UPDATE entries SET kind = 'refund' WHERE kind = 'purchase'",
        "INSERT INTO splits (order_id, item, position, purpose) VALUES (1, 0, 0, 'business')",
        "INSERT INTO splits (order_id, item, position, purpose, percent) VALUES (999, 0, 0, 'business', 5000)",
    ],
)
def test_the_database_refuses_entries_that_do_not_add_up(ledger, statement):
    with pytest.raises(DBAPIError), ledger.database.writing() as work:
        work.session.execute(text(statement))


@pytest.mark.parametrize(("language", "business", "personal"), [("it", "azienda", "personale"), ("de", "geschäftlich", "privat")])
def test_purposes_are_typed_in_the_users_language_and_stored_in_english(ledger, language, business, personal):
    with speaking(language):
        assert len(entries(ledger, Filter(purpose=business))) == len(entries(ledger, Filter(purpose="business"))) > 0
        ledger.splits.split("biz", "112-0000001-0000001", WantedSplit(parts=(f"{personal}=40%",)))
        found = entries(ledger, Filter(purpose=personal))
    assert found == entries(ledger, Filter(purpose="personal"))
    assert {share.purpose for entry in found for share in entry.shares} == {"business", "personal"}
