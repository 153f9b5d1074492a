"""Mails in the ledger: one by one or together, beside exports, and their account."""

from itertools import permutations

import pytest

from assistant.domain.errors import AccountMissing
from assistant.domain.filters import Filter
from assistant.domain.orders.order import OrderStatus
from tests.importers.export_files import retail_csv, retail_row
from tests.importers.mail_files import ENGLISH, NUMBER, mail, mbox, story


@pytest.fixture
def letters(tmp_path):
    paths = [tmp_path / f"{place}.eml" for place in range(5)]
    for path, message in zip(paths, story(), strict=True):
        path.write_bytes(message.as_bytes())
    return paths


def only_view(services):
    (view,) = services.ledger.views(Filter()).items
    return view


@pytest.mark.parametrize("places", list(permutations(range(5)))[::29])
def test_mails_that_come_one_by_one_give_one_order(services, letters, places):
    services.imports.take_paths([letters[place] for place in places])
    order = only_view(services).order
    assert (order.number, order.status, order.total.decimal) == (NUMBER, OrderStatus.SHIPPING, "25.00")
    assert {item.asin for item in order.items} == {"B0EXAMPLE1", "B0EXAMPLE2"}
    assert {(parcel.tracking, parcel.delivered_on is not None) for parcel in order.shipments} == {
        ("TBA000000000001", True),
        ("TBA000000000002", False),
    }
    assert [refund.amount.decimal for refund in order.refunds] == ["12.50"]


def test_a_mailbox_gives_the_same_as_its_mails(services, letters, tmp_path):
    (tmp_path / "Inbox").write_bytes(mbox(*story()))
    (result,) = services.imports.take_paths([tmp_path / "Inbox"])
    assert (result.kind, result.new) == ("email", 1)
    before = only_view(services).order
    assert [(entry.new, entry.changed, entry.same) for entry in services.imports.take_paths(letters)] == [(0, 0, 1)] * 5
    assert only_view(services).order == before


def test_an_export_outweighs_a_mail_and_the_mail_fills_its_gaps(services, letters, tmp_path):
    (tmp_path / "orders.csv").write_bytes(retail_csv([retail_row({"Order ID": NUMBER, "ASIN": "B0EXAMPLE1"})]))
    services.imports.take_paths([*letters, tmp_path / "orders.csv"])
    order = only_view(services).order
    assert (order.total.decimal, len(order.items)) == ("11.90", 1)
    assert [refund.amount.decimal for refund in order.refunds] == ["12.50"]


def test_mails_need_a_named_account(services, letters):
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.accounts.add("Personal", "personal", key="per")
    with pytest.raises(AccountMissing, match="Choose one: Ortiz Design, Personal"):
        services.imports.take_paths(letters[:1])
    services.imports.take_paths(letters[:1], account="biz")
    assert only_view(services).account == "biz"


def test_a_forged_mail_is_kept_out_and_named(services, tmp_path):
    (tmp_path / "x.eml").write_bytes(mail(ENGLISH, sender="Amazon <x@amazon.com.evil.test>").as_bytes())
    (result,) = services.imports.take_paths([tmp_path / "x.eml"])
    assert (result.state, result.new, [problem.code for problem in result.problems]) == ("read", 0, ["impostor"])
    assert services.ledger.views(Filter()).items == ()
