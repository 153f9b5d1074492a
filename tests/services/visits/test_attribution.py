"""A page belongs to the right account, whatever other browsers, cookie stores and marketplaces show in between."""

from datetime import timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.visits.shop_pages import BUSINESS, PERSONAL, SIGN_IN, page

KEYS = {PERSONAL: "per", BUSINESS: "biz"}
SITES = ("https://www.amazon.com", "https://www.amazon.de")
FRESH = timedelta(minutes=30)

steps = st.lists(
    st.tuples(
        st.sampled_from(("one", "two")),
        st.sampled_from(("default", "private")),
        st.sampled_from(SITES),
        st.sampled_from((PERSONAL, BUSINESS, "out", None, None, "late")),
        st.sampled_from((1, 40, 900, 1900)),
        st.booleans(),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps)
def test_interleaved_browsers_stores_and_marketplaces_share_nothing(household, clock, sequence):
    shown = {}
    example = uuid4().hex
    for browser, store, site, what, seconds, written in sequence:
        now, sign_in = clock.forward(seconds=seconds), (browser, store, site)
        fields = {"url": f"{site}/", "store": store, "at": now, "customer_id": what}
        if what == "out":
            fields |= {"customer_id": None, "nav": SIGN_IN}
        if what == "late":
            fields |= {"customer_id": BUSINESS, "at": now - timedelta(minutes=10)}
        reply = household.visits.answer(f"{browser} {example}", page("", **fields))
        if written:
            household.visits.write_down()
        if what in KEYS or what == "late":
            expected = (KEYS[BUSINESS if what == "late" else what], "sure")
        elif what == "out":
            expected = None
        else:
            who, since = shown.get(sign_in, (None, now))
            expected = (KEYS[who], "carried") if who in KEYS and now - since <= FRESH else None
        account = reply["account"]
        assert (account and (account["key"], account["certainty"])) == expected
        if what in KEYS or what == "out":
            shown[sign_in] = (what, now)


def test_a_browser_with_a_wrong_clock_never_gives_a_page_to_the_wrong_account(household, clock):
    household.visits.assess("ahead", page("/", at=clock.now + timedelta(hours=5)))
    household.visits.assess("right", page("/", customer_id=BUSINESS, at=clock.now))
    later = clock.forward(minutes=1)
    for browser, key in (("ahead", "per"), ("right", "biz")):
        reply = household.visits.assess(browser, page("/checkout/p/p-1/spc", customer_id=None, at=later))
        assert reply["account"]["key"] == key
    household.visits.assess("ahead", page("/", customer_id=BUSINESS, at=clock.forward(minutes=1)))
    reply = household.visits.assess("ahead", page("/checkout/p/p-1/spc", customer_id=None, at=clock.forward(minutes=1)))
    assert reply["account"]["key"] == "biz"


def test_identities_from_a_time_when_the_clock_was_ahead_are_not_carried_over(household, clock):
    before = clock.now
    household.visits.assess("one", page("/", at=clock.forward(days=1)))
    household.visits.assess("two", page("/", customer_id=BUSINESS, at=clock.now))
    clock.now = before
    for browser in ("one", "two"):
        assert household.visits.assess(browser, page("/checkout/p/p-1/spc", customer_id=None, at=clock.now))["account"] is None
    household.visits.assess("one", page("/", customer_id=BUSINESS, at=clock.forward(seconds=5)))
    reply = household.visits.assess("one", page("/checkout/p/p-1/spc", customer_id=None, at=clock.forward(seconds=5)))
    assert reply["account"]["key"] == "biz"
