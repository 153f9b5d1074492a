"""Details of several rules: which accounts, orders and dates count, and which keys a fact may have."""

import pytest

from tests.rules.situations import BIZ, EVERYONE, LEE, PER, codes, item, order, verdict

FORM = {"page": "review_form", "items": [], "brand": "Acme"}
CONFLICT = {"type": "conflict", "brands": ["Acme"]}


@pytest.mark.parametrize(
    ("event", "rule", "raised"),
    [
        ({}, {"account": "biz"}, True),
        ({}, {"account": "lee"}, False),
        ({}, {"owner": "kim"}, True),
        ({}, {"owner": ["sol"]}, False),
        ({"brand": None, "items": [item("B01")]}, {"brands": [], "asin": "B01"}, True),
        ({"brand": None, "asin": "B02", "items": [item("B01")]}, {"brands": [], "asin": ["B01"]}, False),
        ({"brand": None, "asin": "B02"}, {"brands": [], "asins": ["B02"]}, True),
        ({"brand": "!"}, {"brands": ["?"]}, False),
    ],
)
def test_a_conflict_of_interest_belongs_to_one_person(event, rule, raised):
    assert codes({**FORM, **event}, rules=[{**CONFLICT, **rule}]) == ({"REVIEW_CONFLICT": "block-confirm"} if raised else {})


@pytest.mark.parametrize(
    ("note", "raised"),
    [
        ({"account": "lee", "asin": "B01"}, True),
        ({"asin": "B01"}, True),
        ({"account": "far", "asin": "B01"}, False),
        ({"account": "per", "asin": "B02"}, False),
    ],
)
def test_an_offer_for_a_review_counts_in_the_household(note, raised):
    note = {"type": "note", "compensation": "a voucher", **note}
    assert bool(codes({"page": "review_form", "asin": "B01", "items": []}, history=[note])) is raised
    assert codes({"page": "review_form", "items": [], "compensation": "5 USD"}) == {"REVIEW_COMPENSATED": "block-confirm"}


RETURN = {"page": "return_form", "items": [], "order_id": "1-1"}


def test_returns_are_counted_by_order_within_a_year():
    kept = [order("per", "2026-01-01", order_id=str(number)) for number in range(6)]
    back = [order("per", "2026-02-01", order_id=f"r{number}", state="returned") for number in range(5)]
    assert codes(RETURN, history=[*kept, *back]) == {"RETURN_RATE_HIGH": "notice"}
    assert verdict(RETURN, history=[*kept, *back]).reasons[0].evidence == ("5 of 11 orders returned",)
    assert codes(RETURN, history=[*kept, *back[:4]]) == {}
    old = [order("per", "2025-11-22", order_id=f"o{number}", state="returned") for number in range(9)]
    assert codes(RETURN, history=[*kept, *back[:4], *old]) == {}
    assert codes(RETURN, history=[*kept[:2], *back]) == {}
    lines = [order("per", "2026-02-01", order_id="r9", state=state) for state in ("returned", "delivered")]
    assert verdict(RETURN, history=[*kept, *back[:4], *lines]).reasons[0].evidence == ("5 of 11 orders returned",)
    nameless = [order("per", "2026-02-01", state="returned") for _ in range(5)]
    assert verdict(RETURN, history=[*kept, *nameless]).reasons[0].evidence == ("5 of 11 orders returned",)
    gone = [order("per", "2026-02-01", order_id=f"c{number}", state="cancelled") for number in range(9)]
    assert verdict(RETURN, history=[*kept, *back, *gone]).reasons[0].evidence == ("5 of 11 orders returned",)
    assert codes(RETURN, history=[order("biz", "2026-02-01", order_id=str(n), state="returned") for n in range(12)]) == {}


def test_an_order_on_two_accounts_is_this_accounts_own_unless_the_page_names_its_owner():
    both = [order("biz", "2026-11-01", order_id="1-1"), order("per", "2026-11-01", order_id="1-1")]
    assert codes(RETURN, history=both) == {}
    assert codes({**RETURN, "owner_account": "lee"}, history=both) == {"RETURN_WRONG_ACCOUNT": "warn"}
    assert codes({"page": "return_form", "items": [], "owner_account": "lee"}) == {"RETURN_WRONG_ACCOUNT": "warn"}
    assert codes({"page": "return_form", "items": []}, history=[order("lee", "2026-11-01")]) == {}


@pytest.mark.parametrize(
    ("entry", "raised"),
    [
        ({}, True),
        ({"type": "coupon_used"}, True),
        ({"type": "order"}, True),
        ({"type": "order", "promo": None}, False),
        ({"order_id": "1-2"}, False),
        ({"order_state": "cancelled"}, False),
        ({"type": "order", "state": "cancelled"}, False),
        ({"order_state": "returned"}, True),
    ],
)
def test_a_return_loses_the_promotion_of_the_order(entry, raised):
    used = {"type": "promo_used", "account": "per", "order_id": "1-1", "promo": "A", **entry}
    assert codes(RETURN, history=[used]) == ({"PROMO_CREDIT_LOST": "notice"} if raised else {})


NEW = {"page": "promo_entry", "items": [], "promo": {"id": "HI", "terms": {"scope": "account", "new_customer": True}}}


@pytest.mark.parametrize(
    ("entry", "evidence"),
    [
        (order("biz", "2025-01-01", state="returned"), "an order of 1 Jan 2025"),
        (order("biz", None), "an earlier order"),
        (order("biz", "2025-01-01", state="cancelled"), None),
        (order("lee", "2025-01-01"), None),
        ({"type": "promo_used", "account": "per", "at": "2026-01-02", "promo": "X"}, "an order of 2 Jan 2026"),
        ({"type": "coupon_used", "account": "per", "promo": "X"}, "an earlier order"),
        ({"type": "promo_used", "account": "per", "promo": "X", "order_state": "cancelled"}, None),
        ({"type": "year_orders", "account": "per", "orders": 1}, "orders of this year"),
        ({"type": "year_orders", "account": "per", "orders": 0}, None),
        ({"type": "month_spend", "account": "per", "amount": 1}, "orders of this year"),
        ({"type": "year_spend", "account": "per"}, None),
        ({"type": "membership", "account": "per"}, None),
    ],
)
def test_somebody_who_ordered_before_is_not_a_new_customer(entry, evidence):
    others = [order("lee", "2025-01-01"), order("per", "2025-01-01", state="cancelled"), {"type": "year_orders", "account": "per"}]
    found = verdict(NEW, history=[*others, entry]).reasons
    assert [reason.evidence for reason in found] == ([(evidence,)] if evidence else [])


DAILY = {"page": "daily_tick", "account": None, "items": []}


@pytest.mark.parametrize(
    ("others", "entry", "code"),
    [
        (
            [{}, {"return_until": "2026-12-24"}, {"return_until": "2026-11-24", "state": "returned"}],
            {"return_by": "2026-11-24"},
            "RETURN_WINDOW_SOON",
        ),
        (
            [{}, {"seller": "Amazon"}, {"seller": "Shop", "latest_delivery": "2026-12-01"}],
            {"seller": "Shop", "latest_delivery": "2026-11-01", "state": "placed"},
            "AZ_CLAIM_WINDOW",
        ),
        ([{"type": "membership", "plan": "paid"}], {"type": "membership", "plan": "trial", "to": "2026-11-24"}, "TRIAL_ENDS_SOON"),
        (
            [{"type": "membership", "service": "audible", "charged_on": "2026-11-20"}],
            {"type": "membership", "service": "prime", "charged_at": "2026-11-20"},
            "PRIME_REFUND_WINDOW",
        ),
        (
            [{"type": "instalment", "paid": True, "due": "2026-11-24"}, {"type": "instalment", "due": "2026-12-24"}],
            {"type": "instalment", "due": "2026-11-24"},
            "PAYMENT_DUE_SOON",
        ),
    ],
)
def test_entries_that_give_no_reason_do_not_hide_the_one_that_does(others, entry, code):
    history = [{"type": "order", "account": "per", "at": "2026-11-01", "state": "delivered", **one} for one in (*others, entry)]
    assert codes(DAILY, history=history) == {code: "notice"}


@pytest.mark.parametrize(
    ("plan", "raised"),
    [
        ({"last_due": "2026-12-11", "card_expires": "2026-12"}, False),
        ({"last_due": "2026-12-12", "card_expires": "2026-12"}, True),
        ({"last_due": "2026-12-12", "card_expires": "2026-12-31"}, True),
        ({"last_due": "2026-12-12", "card_expires": "2027-01"}, False),
        ({"last_due": "2026-11-22", "card_expires": "2026-01"}, False),
        ({"last_due": "2026-11-23", "card_expires": "2026-01"}, True),
        ({"last_due": "2026-12-12", "card_expires": "soon"}, False),
        ({"last_due": "2026-12-12"}, False),
        ({"card_expires": "2026-01"}, False),
        ({"last_due": "9999-12-31", "card_expires": "2026-01"}, False),
        ({"last_due": "9999-12-11", "card_expires": "2026-01"}, True),
        ({"last_due": "2026-12-12", "card_expires": "2026-12", "paid": True}, False),
    ],
)
def test_the_card_of_a_plan_must_last_twenty_days_longer_than_the_plan(plan, raised):
    entry = {"type": "instalment", "account": "per", "due": "2026-12-01", **plan}
    assert codes(DAILY, history=[entry]) == ({"PAYMENT_DUE_SOON": "notice"} if raised else {})


@pytest.mark.parametrize(
    ("charged", "today", "raised"),
    [
        ("2026-11-20", "2026-11-25", True),
        ("2026-11-20", "2026-11-26", False),
        ("2026-11-21", "2026-11-25", True),
        ("2026-11-21", "2026-11-26", False),
        ("2026-11-23", "2026-11-26", True),
        ("2026-11-23", "2026-11-27", False),
        ("2026-11-23", "2026-11-23", True),
        ("2026-11-24", "2026-11-23", False),
        (None, "2026-11-23", False),
    ],
)
def test_three_business_days_leave_out_weekends(charged, today, raised):
    for name in ("charged_on", "charged_at"):
        entry = {"type": "membership", "account": "per", "service": "prime", name: charged}
        assert codes({**DAILY, "at": today}, history=[entry]) == ({"PRIME_REFUND_WINDOW": "notice"} if raised else {})
        assert codes({**DAILY, "at": today}, history=[{**entry, "service": "audible"}]) == {}


@pytest.mark.parametrize(("asin", "raised"), [(None, False), ("B0THING001", False), ("B0OTHER001", True)])
def test_a_return_window_is_muted_for_its_item(asin, raised):
    mute = {"type": "mute", "code": "RETURN_WINDOW_SOON", "asin": asin}
    found = codes(DAILY, history=[order("per", "2026-11-01", return_until="2026-11-24")], rules=[mute])
    assert found == ({"RETURN_WINDOW_SOON": "notice"} if raised else {})


def test_reminders_name_services_in_words_and_private_orders_not_at_all():
    trial = {"type": "membership", "account": "per", "service": "music-unlimited", "plan": "trial", "to": "2026-11-24"}
    assert verdict(DAILY, history=[trial]).reasons[0].text.startswith("The free trial of Music Unlimited ends on 24 Nov 2026")
    gift = order("per", "2026-11-01", return_until="2026-11-24", private=True)
    for entry in (gift, {**gift, "private": False, "title": None}):
        assert verdict(DAILY, history=[entry]).reasons[0].text == "An order can be returned until 24 Nov 2026."


def test_a_source_that_was_read_more_than_six_months_ago_says_so():
    entry = order("per", "2027-11-01", return_until="2027-11-24")
    assert "older than six months" in verdict({**DAILY, "at": "2027-11-23"}, history=[entry]).reasons[0].source


@pytest.mark.parametrize(
    ("more", "raised"),
    [
        ({"third_party": True, "seller": "Amazon"}, True),
        ({"third_party": False, "seller": "Shop"}, False),
        ({"seller": " AMAZON EU"}, False),
        ({"seller": "Shop"}, True),
        ({}, False),
        ({"problem": "broken", "state": "delivered"}, True),
        ({"seller": "Shop", "state": "delivered"}, False),
        ({"seller": "Shop", "state": "cancelled"}, False),
        ({"seller": "Shop", "state": "returned"}, False),
        ({"seller": "Shop", "kind": "digital"}, False),
        ({"seller": "Shop", "chargeback": True}, False),
        ({"seller": "Shop", "latest_delivery": "2026-11-23"}, False),
        ({"seller": "Shop", "latest_delivery": "2026-11-22"}, True),
        ({"seller": "Shop", "latest_delivery": "2026-08-25"}, True),
        ({"seller": "Shop", "latest_delivery": "2026-08-24"}, False),
    ],
)
def test_a_claim_is_for_late_or_wrong_orders_from_other_sellers_within_ninety_days(more, raised):
    entry = order("per", "2026-08-01", **{"state": "shipping", "latest_delivery": "2026-11-01", **more})
    assert codes(DAILY, history=[entry]) == ({"AZ_CLAIM_WINDOW": "notice"} if raised else {})


TRIAL = {"page": "trial_signup", "items": [], "offer": {"service": "audible"}}


@pytest.mark.parametrize(
    ("entry", "raised"),
    [
        ({"from": "2026-11-24"}, False),
        ({"from": "2026-11-23"}, True),
        ({"from": "2026-11-22", "to": "2026-11-23"}, True),
        ({"from": "2025-01-01", "to": "2025-11-22"}, False),
        ({"to": "some day"}, False),
        ({"from": "2026-11-24", "to": "2026-12-24"}, False),
        ({"service": "Audible", "to": "2026-01-01"}, True),
    ],
)
def test_a_membership_counts_from_its_first_day(entry, raised):
    other = {"type": "membership", "account": "lee", "service": "audible"}
    history = [other, {"type": "membership", "account": "biz", "service": "audible", **entry}]
    assert codes(TRIAL, history=history) == ({"TRIAL_REPEAT": "warn"} if raised else {})


def test_an_expired_membership_is_described():
    ended = {"type": "membership", "account": "biz", "service": "audible", "plan": "trial", "to": "2026-01-02"}
    assert verdict(TRIAL, history=[ended]).reasons[0].evidence == ("trial on Kim's Studio until 2 Jan 2026",)
    assert verdict(TRIAL, history=[{**ended, "to": "2026-11-23"}]).reasons[0].evidence == ("trial on Kim's Studio, still running",)
    unnamed = {**ended, "plan": None, "to": "2026-11-24"}
    assert verdict(TRIAL, history=[unnamed]).reasons[0].evidence == ("membership on Kim's Studio, still running",)
    signup = {"page": "prime_interstitial", "account": "lee", "items": [], "offer": {"kind": "free_trial"}}
    assert set(codes(signup, accounts=[{**PER, "home": "H9"}, {**LEE, "prime": "trial"}])) == {"TRIAL_REPEAT"}
    assert codes(signup, accounts=[{**PER, "home": "H9"}, {**LEE, "prime": "family"}]) == {}


@pytest.mark.parametrize(
    ("invitee", "expected"),
    [
        ({"account": "far"}, {"PRIME_SHARE_OUTSIDE": "warn"}),
        ({"account": "lee"}, {}),
        ({"home": "H7"}, {"PRIME_SHARE_OUTSIDE": "warn"}),
        ({"home": "H1"}, {}),
        ({"name": "Oma"}, {}),
        ("ghost", {}),
    ],
)
def test_an_invitation_can_be_described_in_several_ways(invitee, expected):
    assert codes({"page": "family_invite", "items": [], "invitee": invitee}) == expected
    assert codes({"page": "family_invite", "items": [], "invitee": invitee}, accounts=[{**PER, "home": None}, *EVERYONE[1:]]) == {}


@pytest.mark.parametrize(
    ("left", "raised"), [("2025-11-23", False), ("2025-11-24", True), ("2026-11-23", True), ("2026-11-24", False), (None, False)]
)
@pytest.mark.parametrize("who", ["biz", "lee"])
def test_twelve_months_between_families_follow_the_calendar(left, raised, who):
    entry = {"type": "family_left", "account": who, "at": left}
    invite = {"page": "family_invite", "items": [], "invitee": "lee"}
    assert codes(invite, history=[entry]) == ({"FAMILY_WAIT_PERIOD": "notice"} if raised else {})
    assert codes(invite, history=[{**entry, "account": "far"}]) == {}


@pytest.mark.parametrize(
    ("ship_to", "raised"),
    [
        ("customer (new)/60625", True),
        ("Customers/1", True),
        ("customer", True),
        ("customary/1", False),
        ("my customer/1", False),
        ("depot/1", True),
        ("DEPOT/1 ", True),
        ("depot/2", False),
        ("/customer", False),
    ],
)
def test_a_customers_address_is_labelled_or_tagged(ship_to, raised):
    tag = {"type": "tag", "tag": "customer", "match": {"ship_to": ["Depot/1"]}}
    others = [
        {"type": "tag", "tag": "stock", "ship_to": "depot/2"},
        {"type": "tag", "tag": "customer", "account": "lee", "ship_to": "depot/2"},
    ]
    assert codes({"ship_to": ship_to}, rules=[tag, *others]) == ({"PRIME_RESALE": "warn"} if raised else {})


MONTHLY = {"plan": "monthly_payments"}


@pytest.mark.parametrize(
    ("rules", "raised"),
    [
        ([], False),
        ([{"type": "tag", "tag": "business", "match": {"words": ["lamp"]}}], True),
        ([{"type": "tag", "tag": "business", "match": {"words": ["chair"]}}], False),
        ([{"type": "tag", "tag": "business", "account": "per", "match": {"words": ["lamp"]}}], True),
        ([{"type": "tag", "tag": "resold", "match": {"words": ["lamp"]}}], False),
        ([{"type": "tag", "tag": "business", "account": "lee", "match": {"words": ["lamp"]}}], False),
    ],
)
def test_a_tag_makes_a_business_purchase(rules, raised):
    assert ("MONTHLY_PAY_BUSINESS" in codes(MONTHLY, rules=rules)) is raised


def test_a_route_to_a_private_account_makes_a_business_purchase_private():
    rules = [{"type": "route", "match": {"words": ["lamp"]}, "to": "per"}]
    assert "MONTHLY_PAY_BUSINESS" not in codes({**MONTHLY, "account": "biz"}, rules=rules)
    own = {**BIZ, "amazon_business": False}
    assert codes({**MONTHLY, "account": "biz"}, accounts=[own]) == {"MONTHLY_PAY_BUSINESS": "warn"}


def test_a_household_business_card_on_a_business_account_gives_no_bookkeeping_hint():
    other = {**BIZ, "key": "shop", "label": "Shop", "cid": "A1SHOP", "cards": ["visa/7777"]}
    assert codes({"account": "biz", "pay": "visa/7777"}, accounts=[PER, BIZ, other]) == {"CARD_MISMATCH": "warn"}
    assert codes({"account": "biz", "pay": "visa/7777"}, accounts=[{**PER, "cards": ["visa/7777"]}, BIZ, other]) == {
        "CARD_MISMATCH": "notice"
    }
    assert codes({"pay": "mc/3333"}, rules=[{"type": "pay", "account": "per", "also": ["amex/1"]}]) == {"CARD_MISMATCH": "warn"}


def test_editing_a_review_of_this_account_is_fine_when_others_also_wrote_one():
    review = {"type": "review", "account": "per", "asin": "B01"}
    event = {"page": "review_form", "asin": "B01", "items": []}
    assert codes(event, history=[review, {**review, "account": "biz"}, {**review, "account": "lee"}]) == {}
    assert codes({"page": "review_form", "items": [item("B01")]}, history=[{**review, "account": "biz"}]) == {
        "REVIEW_DUPLICATE": "block-confirm"
    }
    assert codes({"page": "review_form", "items": []}, history=[{"type": "review", "account": "biz"}]) == {}


def test_a_person_without_a_household_counts_as_a_household():
    mine, other = {**PER, "home": None, "prime": "none"}, {**BIZ, "home": None}
    use = {"type": "promo_used", "account": "biz", "at": "2026-11-10", "promo": "A"}
    promo = {"page": "promo_entry", "items": [], "promo": {"id": "A", "terms": {"scope": "household"}}}
    assert codes(promo, accounts=[mine, other], history=[use]) == {"PROMO_REUSE_LIMITED": "warn"}
    assert codes(promo, accounts=[mine, {**other, "owner": "sol"}], history=[use]) == {}
    for home, others in (("H1", None), (None, "H1")):
        accounts = [{**mine, "home": home}, {**other, "home": others}]
        assert codes(promo, accounts=accounts, history=[use]) == {"PROMO_REUSE_LIMITED": "warn"}


@pytest.mark.parametrize(
    ("entry", "raised"),
    [
        ({"account": "biz"}, True),
        ({"account": "biz", "plan": "trial"}, False),
        ({"account": "biz", "service": "audible"}, False),
        ({"account": "biz", "to": "2026-11-22"}, False),
        ({"account": "biz", "from": "2026-11-24"}, False),
        ({"account": "far"}, False),
        ({"account": "lee"}, False),
    ],
)
def test_a_running_paid_membership_means_the_household_pays_for_prime(entry, raised):
    accounts = [{**account, "prime": "none"} for account in EVERYONE]
    signup = {"page": "prime_signup", "account": "lee", "items": []}
    history = [{"type": "membership", "service": "prime", "plan": "paid", **entry}]
    assert codes(signup, accounts=accounts, history=history) == ({"PRIME_DOUBLE": "notice"} if raised else {})


@pytest.mark.parametrize(
    ("more", "raised"),
    [({}, True), ({"state": "paused"}, False), ({"group": "tea"}, False), ({"account": "per"}, False), ({"account": "far"}, False)],
)
def test_running_subscriptions_of_one_group_on_two_accounts_are_split(more, raised):
    entry = {"type": "subscription", "account": "lee", "group": "soap", **more}
    for event in ({"group": "soap"}, {"items": [item(group="soap")]}):
        assert codes({"page": "sns_signup", **event}, history=[entry]) == ({"SNS_SPLIT": "notice"} if raised else {})
