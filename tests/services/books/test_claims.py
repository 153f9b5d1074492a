"""Claims between accounts: what was settled stays settled, and a difference afterwards is a claim of its own."""

from datetime import date

import pytest

from assistant.services.books.splits import WantedSplit
from tests.purchases import LAMP, TONER, bought, export_of

ONE, TWO = (bought(number, date(2025, 3, number), product) for number, product in ((1, LAMP), (2, TONER)))


@pytest.fixture
def household(services, tmp_path):
    """A personal account that bought a lamp, of which 60 % is business, and toner, all of it for the family; both are settled."""
    services.accounts.add("Personal", "personal", key="per")
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.imports.take_paths([export_of(tmp_path / "a.zip", ONE, TWO)], account="per")
    services.splits.split("per", ONE.number, WantedSplit(parts=("business=60%",), item=1))
    services.ledger.set_item("per", TWO.number, 0, purpose="family")
    services.claims.settle([claim.id for claim in services.claims.all()])
    return services


def shown(services):
    return sorted((claim.state.value, claim.owes, claim.paid, claim.amount.decimal) for claim in services.claims.all())


def test_settled_claims_stay_settled_when_either_account_gets_another_key_or_one_is_added_for_the_purpose(household):
    assert shown(household) == [("settled", "biz", "per", "33.00"), ("settled", "family", "per", "98.98")]
    household.account_moves.rename("per", "mine")
    household.account_moves.rename("biz", "studio")
    household.accounts.add("The family", "family", key="fam")
    settled = [("settled", "fam", "mine", "98.98"), ("settled", "studio", "mine", "33.00")]
    assert shown(household) == settled
    household.account_moves.remove("fam")
    household.account_moves.remove("studio")
    assert shown(household) == [("settled", "business", "mine", "33.00"), ("settled", "family", "mine", "98.98")]
    for _ in range(2):
        household.journal.undo()
    assert shown(household) == settled


def test_a_share_that_is_taken_back_after_it_was_settled_is_a_claim_the_other_way(household):
    household.splits.split("per", ONE.number, WantedSplit(parts=(), item=1))
    household.ledger.set_item("per", TWO.number, 0, purpose="business")
    assert shown(household) == [
        ("open", "biz", "per", "98.98"),
        ("open", "per", "biz", "33.00"),
        ("open", "per", "family", "98.98"),
        ("settled", "biz", "per", "33.00"),
        ("settled", "family", "per", "98.98"),
    ]
    household.claims.settle([claim.id for claim in household.claims.all() if claim.owes == "per"])
    assert [claim for claim in shown(household) if claim[0] == "open"] == [("open", "biz", "per", "98.98")]
    household.splits.split("per", ONE.number, WantedSplit(parts=("business=60%",), item=1))
    assert ("open", "biz", "per", "33.00") in shown(household)
