"""While the disk is full, answered visits wait, and none of them is lost."""

import pytest

from assistant.domain.errors import LedgerUnusable
from tests.services.visits.shop_pages import BUSINESS, CART, page


def test_a_full_disk_loses_no_answered_visit(household, clock, monkeypatch):
    household.visits.assess("one", page("/"))
    household.visits.assess("two", page("/", customer_id=BUSINESS))
    clock.forward(minutes=1)

    def full(**_parts):
        raise LedgerUnusable("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(household.database, "writing", full)
        answered = [page("/gp/cart/view.html", CART, at=clock.now) for _ in range(200)]
        for visit in answered:
            household.visits.answer("one", visit)
        with pytest.raises(LedgerUnusable):
            household.visits.answer("two", page("/gp/cart/view.html", CART, customer_id=BUSINESS, at=clock.now))
        with pytest.raises(LedgerUnusable):
            household.visits.write_down()
    refused = page("/gp/cart/view.html", CART, customer_id=BUSINESS, at=clock.now)
    assert household.visits.answer("two", refused)["account"]["key"] == "biz"
    household.visits.write_down()
    with household.database.reading() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM visits").scalar()
    assert count == len(answered) + 3
