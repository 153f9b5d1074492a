"""Accounts are merged, removed, unlinked and renamed, and every step can be undone completely."""

from datetime import date

import pytest

from assistant.demo.export_zips import write_export
from assistant.domain.accounts.account import AccountChange
from assistant.domain.books.claims import ClaimState
from assistant.domain.errors import Conflict, NotFound
from assistant.domain.filters import Filter
from assistant.domain.terms import Term, TermKind
from assistant.services.books.splits import WantedSplit
from assistant.storage.taxes.order_pages import OrderPage, keep_order_page, order_pages
from tests.services.imports.test_removal import numbers, purchase
from tests.services.visits.shop_pages import BUSINESS, ORDERS, PERSONAL, page

SEEN = "112-0000009-0000001"
"""The order of a page that a browser has shown."""


@pytest.fixture
def household(services, tmp_path):
    services.accounts.add("Personal", "personal", key="per", change=AccountChange(cards=("visa/4821",)))
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.accounts.link("per", PERSONAL)
    services.accounts.link("biz", BUSINESS)
    for name, account, orders in (("a.zip", "per", (1, 2)), ("b.zip", "biz", (2, 3))):
        write_export(tmp_path / name, [purchase(number) for number in orders], old=False)
        services.imports.take_paths([tmp_path / name], account=account)
    services.visits.assess("c1", page("/your-orders/orders", ORDERS.replace("112-0000001-0000001", SEEN)))
    services.ledger.set_item("per", purchase(1).number, 0, category="office")
    services.ledger.correct("per", purchase(2).number, {"total": "25.00"})
    for number in (1, 2):
        services.splits.split("per", purchase(number).number, WantedSplit(parts=("family=50%", "business=20%"), item=1))
    services.claims.settle([claim.id for claim in services.claims.all() if claim.owes == "family"])
    services.terms.add(Term(kind=TermKind.MEMBERSHIP, account="per", what="prime", on=date(2026, 11, 1), details={"plan": "paid"}))
    return services


def state(services):
    """Return everything about accounts, orders, entries, claims and terms that a person sees."""
    orders = {(view.account, view.order.number): view for view in services.ledger.each_order(Filter())}
    entries, claims = list(services.books.each(Filter())), services.claims.all()
    return services.accounts.all(), orders, services.ledger.expenses(Filter()), entries, claims, services.terms.terms().items


def test_a_merge_moves_orders_customer_ids_and_terms(household):
    household.account_moves.merge("per", "biz")
    (left,) = household.accounts.all()
    assert (left.key, set(left.customer_ids)) == ("biz", {PERSONAL, BUSINESS})
    assert numbers(household) == sorted([purchase(1).number, purchase(2).number, purchase(3).number, SEEN])
    assert household.ledger.order("biz", purchase(1).number).categories == ("office",)
    assert household.ledger.order("biz", purchase(2).number).order.total.decimal == "25.00"
    assert [term.account for term in household.terms.terms().items] == ["biz"]
    shared = {entry.order.number: [(share.purpose, str(share.share)) for share in entry.shares] for entry in household.books.each(Filter())}
    settled = [(claim.owes, claim.paid, claim.amount.decimal) for claim in household.claims.all() if claim.state is ClaimState.SETTLED]
    assert settled == [("family", "biz", "12.50"), ("family", "biz", "27.50")]
    for number in (1, 2):
        assert shared[purchase(number).number] == [("family", "0.50"), ("business", "0.50")]


@pytest.mark.parametrize("step", ["merge", "remove", "unlink", "rename"])
def test_undo_restores_everything_and_redo_applies_it_again(household, step):
    moves = {
        "merge": lambda: household.account_moves.merge("per", "biz"),
        "remove": lambda: household.account_moves.remove("per"),
        "unlink": lambda: household.account_moves.unlink("per", PERSONAL),
        "rename": lambda: household.account_moves.rename("per", "mine"),
    }
    before = state(household)
    moves[step]()
    after = state(household)
    assert after != before
    undo = household.journal.undo()
    assert state(household) == before
    household.journal.undo(undo.id)
    assert state(household) == after


def test_a_removed_account_is_gone_with_its_orders(household):
    household.account_moves.remove("per")
    assert [account.key for account in household.accounts.all()] == ["biz"]
    assert numbers(household) == [purchase(2).number, purchase(3).number]
    with pytest.raises(NotFound):
        household.accounts.get("per")


def test_rules_follow_a_rename_and_block_the_removal_of_an_account(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    household.account_moves.rename("biz", "studio")
    assert [rule.body["to"] for rule in household.rules.all()] == ["studio"]
    with pytest.raises(Conflict, match="Rules name"):
        household.account_moves.remove("studio")
    household.account_moves.merge("studio", "per")
    assert [rule.body["to"] for rule in household.rules.all()] == ["per"]
    household.journal.undo()
    assert [rule.body["to"] for rule in household.rules.all()] == ["studio"]


def test_pages_of_an_unlinked_customer_id_wait_for_the_next_linked_account(household):
    assert household.account_moves.unlink("per", PERSONAL) == 1
    assert SEEN not in numbers(household)
    household.accounts.link("biz", PERSONAL)
    assert SEEN in numbers(household, accounts=("biz",))
    household.journal.undo()
    household.journal.undo()
    assert SEEN in numbers(household, accounts=("per",))
    with pytest.raises(Conflict, match="not linked"):
        household.account_moves.unlink("biz", PERSONAL)


def test_kept_pages_go_with_their_account_and_come_back(household):
    own, same = purchase(1).number, purchase(2).number
    ids = {"per": 1, "biz": 2}

    def kept():
        with household.database.reading() as session:
            return sorted((each.account, each.number, each.content) for each in order_pages(session, [own, same]))

    with household.database.writing() as work:
        for account, number in (("per", own), ("per", same), ("biz", same)):
            said = OrderPage(
                account=account, number=number, kind="invoice", url=None, seen_at="2026", printed=False, content=account.encode()
            )
            keep_order_page(work.session, ids[account], said)
        work.commit()
    household.account_moves.merge("per", "biz")
    assert kept() == [("biz", own, b"per"), ("biz", same, b"biz")]
    household.journal.undo()
    assert kept() == [("biz", same, b"biz"), ("per", own, b"per")]
    household.account_moves.remove("per")
    assert kept() == [("biz", same, b"biz")]
