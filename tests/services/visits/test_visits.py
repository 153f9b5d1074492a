"""A visit: its account, what is stored, and the answer."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from assistant.bootstrap import build
from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import LedgerUnusable, NotFound
from assistant.domain.filters import Filter
from assistant.domain.judging.verdict import Choice
from assistant.settings import Settings
from assistant.storage.accounts.register import account_row
from tests.services.visits.shop_pages import BUSINESS, CART, NOW, ORDERS, SIGN_IN, STRANGER, checkout, greeting, page, script


def test_the_customer_id_on_the_page_decides(household):
    reply = household.visits.assess("browser", page("/", customer_id=BUSINESS))
    assert reply["account"]["key"] == "biz"
    assert (reply["account"]["certainty"], reply["account"]["colour"], reply["account"]["registered"]) == ("sure", "#E69F00", True)
    assert reply["verdict"] == {"verdict": "allow", "suggest": None, "suggest_label": None, "reasons": []}


def test_a_page_without_an_id_takes_it_from_the_page_before_in_the_same_store(household, clock):
    household.visits.assess("browser", page("/"))
    carried = household.visits.assess("browser", page("/checkout/p/p-1/spc", customer_id=None, at=clock.forward(minutes=29)))
    assert (carried["account"]["key"], carried["account"]["certainty"]) == ("per", "carried")
    other = household.visits.assess("browser", page("/checkout/p/p-1/spc", customer_id=None, store="container-2", at=clock.now))
    assert other["account"] is None


CHECKOUT = "/checkout/p/p-1/spc"
GERMAN = "https://www.amazon.de"


def shown(household, clock, client: str = "one browser", **more):
    """Return the account and certainty at a checkout without a customer id."""
    reply = household.visits.assess(client, page(CHECKOUT, customer_id=None, at=clock.forward(seconds=5), **more))
    return (reply["account"]["key"], reply["account"]["certainty"]) if reply["account"] else None


def test_two_browsers_do_not_share_identities(household, clock):
    household.visits.assess("one browser", page("/", at=clock.now))
    assert shown(household, clock, "another browser") is None
    household.visits.assess("another browser", page("/", customer_id=BUSINESS, at=clock.now))
    assert shown(household, clock) == ("per", "carried")
    assert shown(household, clock, "another browser") == ("biz", "carried")


def test_two_marketplaces_of_one_browser_do_not_share_identities(household, clock):
    household.visits.assess("one browser", page("/", at=clock.now))
    assert shown(household, clock, url=f"{GERMAN}{CHECKOUT}") is None
    household.visits.assess("one browser", page("", customer_id=BUSINESS, url=f"{GERMAN}/", at=clock.now))
    assert shown(household, clock) == ("per", "carried")
    assert shown(household, clock, url=f"{GERMAN}{CHECKOUT}") == ("biz", "carried")
    household.visits.assess("one browser", page("", customer_id="", url=f"{GERMAN}/", nav=SIGN_IN, at=clock.forward(seconds=5)))
    assert shown(household, clock) == ("per", "carried")
    assert shown(household, clock, url=f"{GERMAN}{CHECKOUT}") is None


def test_a_greeting_of_another_account_makes_a_carried_identity_uncertain(household, clock):
    household.accounts.add("Kim", "family", key="fam")
    household.accounts.link("fam", STRANGER)
    household.visits.assess("one browser", page("/", nav=greeting("Robin"), at=clock.now))
    household.visits.assess("kim's browser", page("/", customer_id=STRANGER, nav=greeting("Kim"), at=clock.now))
    lamp = checkout("Desk lamp", asin="B0LAMP0001")
    unsure = household.visits.assess("one browser", page(CHECKOUT, lamp, None, nav=greeting("Kim"), at=clock.forward(seconds=5)))
    assert unsure["account"]["certainty"] == "unknown"
    assert [reason["code"] for reason in unsure["verdict"]["reasons"]] == ["ACCOUNT_UNCERTAIN"]
    own = household.visits.assess("one browser", page(CHECKOUT, lamp, None, nav=greeting("Robin"), at=clock.forward(seconds=5)))
    assert (own["account"]["certainty"], own["verdict"]["verdict"]) == ("carried", "allow")


def test_until_an_account_was_greeted_its_owner_or_label_is_compared_with_a_greeting(household, clock):
    household.accounts.add("Kim", "family", key="fam")
    household.accounts.add("Bookshop", "business", key="shop", change=AccountChange(owner="Lou"))
    household.visits.assess("one browser", page("/", nav=greeting("Robin"), at=clock.now))
    lamp = checkout("Desk lamp", asin="B0LAMP0001")
    for name, verdict in (("Kim", "warn"), ("Lou", "warn"), ("Sunshine", "allow"), ("Robin", "allow")):
        reply = household.visits.assess("one browser", page(CHECKOUT, lamp, None, nav=greeting(name), at=clock.forward(seconds=5)))
        assert (name, reply["verdict"]["verdict"]) == (name, verdict)


def test_a_page_with_the_ids_of_two_accounts_has_no_account(household, clock):
    household.visits.assess("one browser", page("/", at=clock.now))
    both = page(CHECKOUT, checkout("Desk lamp", asin="B0LAMP0001"), at=clock.forward(seconds=5))
    reply = household.visits.assess("one browser", replace(both, scripts=(*both.scripts, script(BUSINESS))))
    assert reply["account"] is None
    assert [reason["code"] for reason in reply["verdict"]["reasons"]] == ["ACCOUNT_UNCERTAIN"]


def test_identities_from_before_a_clock_was_set_back_do_not_count(household, clock):
    household.visits.assess("one browser", page("/", at=clock.now))
    clock.now -= timedelta(hours=1)
    assert shown(household, clock) is None
    household.visits.assess("one browser", page("/", customer_id=BUSINESS, at=clock.forward(minutes=40)))
    assert shown(household, clock) == ("biz", "carried")
    assert household.visits.assess("one browser", page(CHECKOUT, customer_id=None, at=clock.forward(minutes=29)))["account"]["key"] == "biz"


def test_an_id_older_than_half_an_hour_does_not_count(household, clock):
    household.visits.assess("browser", page("/"))
    reply = household.visits.assess("browser", page("/checkout/p/p-1/spc", customer_id=None, at=clock.forward(minutes=31)))
    assert reply["account"] is None


def test_signing_out_ends_the_identity(household, clock):
    household.visits.assess("browser", page("/"))
    reply = household.visits.assess("browser", page("/", customer_id="", nav=SIGN_IN, at=clock.forward(minutes=1)))
    assert (reply["account"], reply["signed_in"]) == (None, False)
    after = page("/gp/cart/view.html", customer_id=None, at=clock.forward(minutes=1))
    assert household.visits.assess("browser", after)["account"] is None


def test_a_cart_from_before_a_sign_out_does_not_give_the_account_of_a_checkout(household, clock):
    cart, lamp = page("/gp/cart/view.html", at=clock.now), checkout("Desk lamp", asin="B0LAMP0001")
    for browser in ("one browser", "another browser"):
        household.visits.assess(browser, replace(cart, id=str(uuid4())))
    household.visits.assess("one browser", page("/", customer_id="", nav=SIGN_IN, at=clock.forward(minutes=1)))
    after = household.visits.assess("one browser", page(CHECKOUT, lamp, None, at=clock.forward(minutes=1)))
    assert (after["account"], [reason["code"] for reason in after["verdict"]["reasons"]]) == (None, ["ACCOUNT_UNCERTAIN"])
    other = household.visits.assess("another browser", page(CHECKOUT, lamp, None, at=clock.forward(minutes=1)))
    assert (other["account"]["key"], other["verdict"]["verdict"]) == ("per", "allow")


def test_a_repeated_visit_gets_the_same_answer_and_has_no_second_effect(household):
    visit = page("/checkout/p/p-1/spc", checkout("Black toner"))
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    assert household.visits.assess("browser", visit) == household.visits.assess("browser", visit)
    assert household.alerts.alerts().total == 1
    with pytest.raises(NotFound):
        household.visits.assess("another browser", visit)


def test_a_hard_rule_holds_the_order_and_names_the_right_account(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    reply = household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("HP 414A black toner cartridge")))
    assert (reply["verdict"]["verdict"], reply["verdict"]["suggest"], reply["verdict"]["suggest_label"]) == (
        "block-confirm",
        "biz",
        "Ortiz Design",
    )
    assert [reason["code"] for reason in reply["verdict"]["reasons"]] == ["WRONG_ACCOUNT_ROUTE"]
    (alert,) = household.alerts.alerts().items
    assert (alert.code, alert.account, alert.url) == ("WRONG_ACCOUNT_ROUTE", "per", "https://www.amazon.com/checkout/p/p-1/spc")


def test_always_right_is_remembered_for_that_item_and_account(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    visit = page("/checkout/p/p-1/spc", checkout("Black toner"))
    household.visits.assess("browser", visit)
    household.visits.decide("browser", visit.id, "WRONG_ACCOUNT_ROUTE", Choice.ALWAYS_RIGHT)
    again = household.visits.assess("browser", page("/checkout/p/p-2/spc", checkout("Black toner")))
    assert again["verdict"]["verdict"] == "allow"
    other = household.visits.assess("browser", page("/checkout/p/p-3/spc", checkout("Cyan toner", asin="B0TONER002")))
    assert other["verdict"]["verdict"] == "block-confirm"


def test_the_address_and_the_card_of_another_account_are_noticed(household):
    household.accounts.edit("biz", AccountChange(addresses=("80 Mill Ln, Portland, OR 97209",)))
    html = checkout("Desk lamp", asin="B0LAMP0001", address="80 Mill Lane, Portland, OR 97209", card="American Express 3007")
    reply = household.visits.assess("browser", page("/checkout/p/p-1/spc", html))
    assert {reason["code"] for reason in reply["verdict"]["reasons"]} >= {"ADDRESS_MISMATCH", "CARD_MISMATCH"}


def test_an_account_change_between_cart_and_checkout_is_noticed(household):
    cart = """<div id="sc-active-cart"><div data-name="Active Items"><div data-itemtype="active" data-asin="B0LAMP0001" data-quantity="1"
    data-price="20.00" data-producttitle="Desk lamp"></div></div></div>"""
    household.visits.assess("browser", page("/gp/cart/view.html", cart, at=NOW - timedelta(minutes=3)))
    reply = household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Desk lamp", asin="B0LAMP0001"), customer_id=BUSINESS))
    assert "ACCOUNT_CHANGED" in {reason["code"] for reason in reply["verdict"]["reasons"]}


def test_an_unknown_account_is_warned_about_only_at_a_buying_step(household):
    assert household.visits.assess("browser", page("/", customer_id=STRANGER))["verdict"]["verdict"] == "allow"
    reply = household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Desk lamp"), customer_id=STRANGER))
    assert "ACCOUNT_UNKNOWN" in {reason["code"] for reason in reply["verdict"]["reasons"]}
    assert (reply["account"]["registered"], reply["account"]["letters"]) == (False, "?")


def test_an_order_page_is_stored_under_its_account(household):
    reply = household.visits.assess("browser", page("/your-orders/orders", ORDERS, customer_id=BUSINESS))
    assert (reply["captured"]["state"], reply["captured"]["new"]) == ("read", 1)
    view = household.ledger.order("biz", "112-0000001-0000001")
    assert view.order.total.decimal == "19.49"
    again = household.visits.assess("browser", page("/your-orders/orders", ORDERS, customer_id=BUSINESS))
    assert (again["captured"]["new"], again["captured"]["same"]) == (0, 1)


def test_a_page_of_an_unregistered_account_waits_until_its_id_is_linked(household):
    reply = household.visits.assess("browser", page("/your-orders/orders", ORDERS, customer_id=STRANGER))
    assert reply["captured"]["state"] == "parked"
    assert household.ledger.orders(Filter()).total == 0
    assert [identity.customer_id for identity in household.accounts.identities() if identity.account is None] == [STRANGER]
    household.accounts.add("Household", "household", key="home")
    household.accounts.link("home", STRANGER)
    assert [row.account for row in household.ledger.orders(Filter()).items] == ["home"]


def test_a_late_visit_is_stored_but_does_not_change_who_is_signed_in_now(household):
    late = page("/your-orders/orders", ORDERS, customer_id=BUSINESS, at=NOW - timedelta(minutes=10))
    assert household.visits.assess("browser", late)["captured"]["new"] == 1
    assert household.visits.assess("browser", page("/checkout/p/p-1/spc", customer_id=None))["account"] is None


def test_an_answer_becomes_a_rule_with_its_origin_and_can_be_undone(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    visit = page("/checkout/p/p-1/spc", checkout("Black toner"))
    assert household.visits.assess("browser", visit)["verdict"]["suggest"] == "biz"
    household.visits.decide("browser", visit.id, "WRONG_ACCOUNT_ROUTE", Choice.ALWAYS_RIGHT)
    learned = household.rules.all()[-1]
    assert learned.text == "No warning about an item that your rules send elsewhere for item B0TONER001 on Personal"
    assert learned.learned_from == "you said 'always right' on 2026-11-25, warned about an item that your rules send elsewhere"
    again = page("/checkout/p/p-1/spc", checkout("Black toner"))
    assert household.visits.assess("browser", again)["verdict"]["suggest"] is None
    household.rules.remove(learned.id)
    undone = page("/checkout/p/p-1/spc", checkout("Black toner"))
    assert household.visits.assess("browser", undone)["verdict"]["suggest"] == "biz"


def test_a_window_of_one_account_warns_on_every_page_while_another_is_signed_in(household, clock):
    def codes(path, customer_id, window_id):
        visit = replace(page(path, customer_id=customer_id, at=clock.forward(seconds=5)), window_id=window_id)
        return [reason["code"] for reason in household.visits.assess("browser", visit)["verdict"]["reasons"]]

    (personal, business) = (clients_window(household, key) for key in ("per", "biz"))
    assert codes("/", BUSINESS, personal) == codes(CHECKOUT, BUSINESS, personal) == ["WINDOW_OF_ANOTHER"]
    assert codes("/", BUSINESS, business) == codes(CHECKOUT, BUSINESS, business) == codes("/", BUSINESS, None) == []
    assert codes("/", BUSINESS, 4711) == []


def clients_window(household, key: str) -> int:
    """Pair a browser as the window of an account and return the account's id."""
    with household.database.reading() as session:
        return account_row(session, key).id


ALWAYS_ELSEWHERE = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n" + "".join(
    f"113-000000{number}-0000001,2026-0{number}-02T10:00:00Z,USD,9.00,9.00,B0TONER001,1,Black toner,Closed\n" for number in (1, 2, 3)
)


def test_switching_account_twice_adds_a_rule_and_always_right_removes_it(household):
    household.imports.take_bytes("Retail.OrderHistory.1.csv", ALWAYS_ELSEWHERE.encode(), account="biz")
    for times in (0, 1):
        visit = page("/checkout/p/p-1/spc", checkout("Black toner"))
        household.visits.assess("browser", visit)
        household.visits.decide("browser", visit.id, "WRONG_ACCOUNT_HISTORY", Choice.LEFT)
        assert len(household.rules.all()) == times
    (learned,) = household.rules.all()
    assert learned.text == "Item B0TONER001 goes to Ortiz Design"
    assert "stay with the other account" in (learned.learned_from or "")
    visit = page("/checkout/p/p-1/spc", checkout("Black toner"))
    household.visits.assess("browser", visit)
    household.visits.decide("browser", visit.id, "WRONG_ACCOUNT_ROUTE", Choice.ALWAYS_RIGHT)
    assert [rule.body["type"] for rule in household.rules.all()] == ["mute"]


def test_an_item_never_bought_before_is_judged_by_its_title(household):
    household.rules.add({"type": "route", "match": {"category": ["office"]}, "to": "biz"})
    known = page("/checkout/p/p-1/spc", checkout("Black toner cartridge for laser printer", asin="B0UNSEEN01"))
    assert household.visits.assess("browser", known)["verdict"]["suggest"] == "biz"
    unknown = page("/checkout/p/p-1/spc", checkout("Zyxqw Vbnmk 12", asin="B0UNSEEN02"))
    assert household.visits.assess("browser", unknown)["verdict"]["suggest"] is None


@pytest.mark.parametrize(("notice", "level"), [("You cannot open a new account.", "block-confirm"), ("", "warn")])
def test_a_closed_account_matters_at_the_checkout_of_another(household, notice, level):
    change = AccountChange(status="closed_by_amazon", closed_at="2026-03-02", notice=notice)
    household.accounts.edit("biz", change)
    verdict = household.visits.assess("c1", page("/checkout/p/p-1/spc", checkout("Mug", asin="B0MUG00001")))["verdict"]
    (reason,) = (reason for reason in verdict["reasons"] if reason["code"] == "CLOSED_ACCOUNT_BYPASS")
    assert reason["level"] == level
    assert "closed on 2 Mar 2026" in reason["evidence"]
    assert (f"Amazon wrote: “{notice}”" in reason["evidence"]) == bool(notice)


def test_a_page_without_news_is_answered_while_an_import_holds_the_ledger(household, clock):
    household.visits.assess("browser", page("/"))
    visit = page("/checkout/p/p-1/spc", checkout("Black toner"), at=clock.forward(minutes=5))
    with household.database.writing() as work:
        # The first statement locks the ledger.
        work.session.connection()
        reply = household.visits.answer("browser", visit)
        assert (reply["account"]["key"], reply["verdict"]["verdict"], reply["captured"]) == ("per", "allow", None)
        assert household.visits.answer("browser", visit) == reply
        with pytest.raises(NotFound):
            household.visits.answer("another browser", visit)
        with suppress(LedgerUnusable):
            household.visits.write_down()
    household.visits.write_down()
    assert household.accounts.get("per").last_seen == visit.at
    assert household.visits.answer("browser", visit) == reply


@pytest.mark.parametrize("written", [False, True])
def test_a_page_counts_for_the_next_one_before_it_is_stored(household, clock, written):
    household.visits.assess("browser", page("/"))
    household.visits.assess("browser", page("/", customer_id=BUSINESS, store="work"))
    household.visits.answer("browser", page("/gp/cart/view.html", CART, at=clock.forward(minutes=40)))
    if written:
        household.visits.write_down()
    carried = household.visits.answer("browser", page("/", customer_id=None, tab=8, at=clock.forward(minutes=1)))
    assert (carried["account"]["key"], carried["account"]["certainty"]) == ("per", "carried")
    fitting = checkout("Black toner", address="80 Mill Lane, Portland, OR 97209", card="American Express 3007")
    switched = page("/checkout/p/p-1/spc", fitting, customer_id=BUSINESS, at=clock.forward(minutes=1))
    reply = household.visits.answer("browser", switched)
    assert [reason["code"] for reason in reply["verdict"]["reasons"]] == ["ACCOUNT_CHANGED"]


def test_waiting_visits_are_stored_when_the_program_ends(household, clock, home, ledger_url):
    household.visits.assess("browser", page("/"))
    visit = page("/gp/cart/view.html", CART, at=clock.forward(minutes=5))
    household.visits.answer("browser", visit)
    household.close()
    again = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    assert again.accounts.get("per").last_seen == visit.at
    again.close()


def test_a_page_with_news_is_stored_before_it_is_answered(household, clock, home, ledger_url):
    other = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    household.visits.answer("browser", page("/your-orders/orders", ORDERS))
    assert other.ledger.orders(Filter()).total == 1
    household.visits.answer("browser", page("/", customer_id=STRANGER))
    assert STRANGER in {identity.customer_id for identity in other.accounts.identities()}
    household.visits.answer("browser", page("/checkout/p/p-1/spc", checkout("Lamp", card="American Express 3007")))
    assert other.alerts.alerts().total == 1
    other.close()
