"""While another program writes, pages are judged at once, and their content is stored afterwards."""

import stat
import threading
import time
from contextlib import contextmanager

import pytest

from assistant.bootstrap import build
from assistant.domain.errors import LedgerBusy, LedgerUnusable, NotFound
from assistant.domain.filters import Filter
from assistant.domain.judging.verdict import Choice
from assistant.settings import Settings
from tests.services.visits.shop_pages import BUSINESS, ORDERS, STRANGER, checkout, page

SOON = 0.25


@contextmanager
def ledger_held(services):
    """Hold the write lock, as an import does."""
    with services.database.writing() as work:
        work.session.connection()
        yield


@pytest.fixture
def routed(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    household.visits.assess("browser", page("/checkout/p/p-0/spc", checkout("Black toner")))
    return household


def checkouts(clock, count: int):
    return [
        page(f"/checkout/p/p-{n}/spc", checkout(f"Toner {n}", asin=f"B0CYAN{n:04d}"), at=clock.forward(seconds=5)) for n in range(count)
    ]


def test_a_checkout_is_held_at_once_while_the_ledger_is_busy_and_stored_afterwards(routed, clock, home):
    visits, before = checkouts(clock, 3), routed.alerts.alerts().total
    with ledger_held(routed):
        for place, visit in enumerate(visits):
            started = time.monotonic()
            reply = routed.visits.answer("browser", visit)
            assert (reply["verdict"]["verdict"], reply["verdict"]["suggest"]) == ("block-confirm", "biz")
            # The first one waits a moment for the lock. The others need not.
            assert time.monotonic() - started < SOON * (2 if place == 0 else 1)
            assert routed.visits.answer("browser", visit) == reply
        assert stat.S_IMODE((home / "waiting-visits.jsonl").stat().st_mode) == 0o600
        assert routed.alerts.alerts().total == before
    routed.visits.write_down()
    assert routed.alerts.alerts().total == before + 3
    assert not (home / "waiting-visits.jsonl").exists()
    assert routed.visits.answer("browser", visits[0])["verdict"]["verdict"] == "block-confirm"
    routed.visits.write_down()
    assert routed.alerts.alerts().total == before + 3


def test_visits_that_a_killed_server_answered_are_stored_by_the_next_one(routed, clock, home, ledger_url):
    first, second = checkouts(clock, 2)
    orders = page("/your-orders/orders", ORDERS, at=clock.now)
    with ledger_held(routed):
        for visit in (first, second, orders):
            routed.visits.answer("browser", visit)
    with (home / "waiting-visits.jsonl").open("ab") as stream:
        stream.write(b'{"client_id": "cut off by the')
    again = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    again.visits.write_down()
    assert again.alerts.alerts().total == 3
    assert again.ledger.orders(Filter()).total == 1
    again.close()


def test_a_postponed_identity_counts_for_the_next_page(routed, clock):
    with ledger_held(routed):
        routed.visits.answer("browser", page("/", customer_id=STRANGER, store="work", at=clock.forward(seconds=5)))
        routed.visits.answer("browser", page("/", customer_id=BUSINESS, store="work", at=clock.forward(seconds=5)))
        carried = routed.visits.answer("browser", page("/gp/cart/view.html", customer_id=None, store="work", at=clock.forward(seconds=5)))
    assert (carried["account"]["key"], carried["account"]["certainty"]) == ("biz", "carried")


@pytest.mark.dated
def test_after_a_failed_write_the_visits_still_wait(routed, clock, monkeypatch):
    monkeypatch.setattr("assistant.storage.engine._PATIENCE", 50)
    (visit,) = checkouts(clock, 1)
    with ledger_held(routed):
        routed.visits.answer("browser", visit)
        other = type(routed.database)(routed.database.url)
        with pytest.raises(LedgerBusy), other.writing() as work:
            work.session.connection()
        other.close()
    routed.database._faults = ["a page is damaged"]
    with pytest.raises(LedgerUnusable):
        routed.visits.write_down()
    routed.database._faults = []
    routed.visits.write_down()
    assert routed.alerts.alerts().total == 2


def test_a_choice_made_while_the_ledger_is_busy_is_recorded_afterwards(routed, clock, home, ledger_url):
    earlier, first, second = checkouts(clock, 3)
    before = routed.visits.answer("browser", earlier)["visit"]
    with ledger_held(routed):
        held = routed.visits.answer("browser", first)["visit"]
        routed.visits.answer("browser", second)
        for visit in (before, held):
            started = time.monotonic()
            routed.visits.decide("browser", visit, "WRONG_ACCOUNT_ROUTE", Choice.CONTINUE)
            assert time.monotonic() - started < SOON
        for stranger, visit in (("other", held), ("browser", "no such visit")):
            with pytest.raises(NotFound):
                routed.visits.decide(stranger, visit, "WRONG_ACCOUNT_ROUTE", Choice.LEFT)
    again = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    again.visits.write_down()
    assert sorted(str(alert.choice) for alert in again.alerts.alerts().items) == ["None", "None", "continue", "continue"]
    again.close()


def test_too_many_waiting_visits_are_refused_for_a_moment(routed, clock, monkeypatch):
    monkeypatch.setattr("assistant.services.visits.postponed._MOST", 1)
    first, second = checkouts(clock, 2)
    with ledger_held(routed):
        routed.visits.answer("browser", first)
        with pytest.raises(LedgerBusy):
            routed.visits.answer("browser", second)
    routed.visits.write_down()
    assert routed.visits.answer("browser", second)["verdict"]["verdict"] == "block-confirm"


def test_visits_that_come_without_a_pause_do_not_lengthen_the_queue_once_the_ledger_is_free(routed, clock, home, monkeypatch):
    monkeypatch.setattr("assistant.services.visits.postponed._PAUSE", 0.0)
    visits = checkouts(clock, 11)
    with ledger_held(routed):
        for visit in visits[:6]:
            routed.visits.answer("browser", visit)
    for visit in visits[6:]:
        routed.visits.answer("browser", visit)
    assert not (home / "waiting-visits.jsonl").exists()
    assert routed.alerts.alerts().total == 1 + len(visits)


def test_a_visit_waits_neither_for_a_large_page_nor_for_a_thread_that_writes_earlier_visits(routed, clock, home, monkeypatch):
    monkeypatch.setattr("assistant.services.visits.postponed._PAUSE", 0.0)
    large = page("/your-orders/orders", ORDERS + "<p>" + "x" * (60 << 10), at=clock.now)
    first, second, third = checkouts(clock, 3)
    with ledger_held(routed):
        routed.visits.answer("browser", large)
    read = routed.visits._pages.read
    begun, done = threading.Event(), threading.Event()

    def slow(visit):
        if visit.id == large.id:
            begun.set()
            assert done.wait(10)
        return read(visit)

    monkeypatch.setattr(routed.visits._pages, "read", slow)
    started = time.monotonic()
    assert routed.visits.answer("browser", first)["verdict"]["verdict"] == "block-confirm"
    writing = threading.Thread(target=routed.visits.write_down)
    writing.start()
    assert begun.wait(10)
    for visit in (second, third):
        assert routed.visits.answer("browser", visit)["verdict"]["verdict"] == "block-confirm"
    assert time.monotonic() - started < 3 * SOON
    done.set()
    writing.join()
    routed.visits.write_down()
    assert not (home / "waiting-visits.jsonl").exists()
    assert routed.alerts.alerts().total == 4
    assert routed.ledger.orders(Filter()).total == 1


def test_a_visit_that_cannot_be_written_keeps_no_other_from_being_written(routed, clock, monkeypatch):
    broken, *others = checkouts(clock, 4)
    real = routed.visits._write_answered

    def failing(one):
        if one.visit.id == broken.id:
            raise ValueError(one.visit.url)
        real(one)

    monkeypatch.setattr(routed.visits, "_write_answered", failing)
    with ledger_held(routed):
        for visit in (broken, *others[:2]):
            routed.visits.answer("browser", visit)
    with pytest.raises(ValueError, match="/checkout/"):
        routed.visits.write_down()
    assert routed.visits.answer("browser", others[2])["verdict"]["verdict"] == "block-confirm"
    with pytest.raises(ValueError, match="/checkout/"):
        routed.visits.write_down()
    assert routed.alerts.alerts().total == 1 + len(others)
    monkeypatch.undo()
    routed.visits.write_down()
    assert routed.alerts.alerts().total == 2 + len(others)
