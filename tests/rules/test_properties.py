"""Random situations: each gets a verdict, invalid facts are ignored, and names do not matter."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.judging.sentences import spoken
from assistant.domain.judging.situation import BUYING
from assistant.rules import RULES, judge, trials
from assistant.rules.described.reading import read_situation
from assistant.rules.redaction import Redaction
from tests.rules.situations import BIZ, FAR, LEE, PER

KEYS = ("per", "biz", "lee", "far")
CODES = {code for rule in RULES for code in rule.codes}
ASINS = ("B0THING001", "B0THING002")
DAYS = ("2025-11-23", "2026-11-08", "2026-11-09", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-26")
PAGES = (
    *("home", "product", "cart", "checkout", "buy_now", "sns_signup", "promo_entry", "coupon_clip", "gift_card_redeem", "prime_signup"),
    *("prime_interstitial", "trial_signup", "family_invite", "return_form", "review_form", "review_vote", "close_account", "daily_tick"),
)
TITLES = ("Desk lamp", "Black toner", "Kids pajamas", "Druckerpapier")
LIMIT = st.fixed_dictionaries({"scope": st.sampled_from(["customer", "household", "account", None]), "max": st.integers(0, 3)})


def picked(**parts):
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(part) if isinstance(part, tuple) else part for name, part in parts.items()}
    )


ITEM = picked(
    asin=ASINS, title=TITLES, category=("office", "toys", "consumable"), qty=st.integers(-1, 4), price=(10, "10.50", None, -3), limit=LIMIT
)
ENTRY = st.one_of(
    picked(
        type=("order",), account=KEYS, at=DAYS, asin=ASINS, title=TITLES, price=(10, None), qty=(1, 2), order_id=("1-1", "1-2"),
        state=("delivered", "shipping", "cancelled", "returned"), private=(True, False), return_until=DAYS,
    ),
    picked(type=("identity_seen", "cart_seen"), account=KEYS, at=("2026-11-23T09:30", "2026-11-23T09:50", "2026-11-23T08:00"), tab=(1, 2)),
    picked(type=("promo_used", "promo_issued"), account=KEYS, at=DAYS, promo=("SAVE5",), order_state=("delivered", "cancelled")),
    picked(type=("membership",), account=KEYS, service=("prime", "audible"), plan=("trial", "paid"), **{"from": DAYS, "to": DAYS}),
    picked(type=("subscription",), account=KEYS, asin=ASINS, next_delivery=DAYS),
    picked(type=("review",), account=KEYS, asin=ASINS, review_id=("RV1",)),
    picked(type=("month_spend",), account=KEYS, month=("2026-11",), amount=(5, 95), currency=("USD", "EUR")),
    picked(type=("year_orders",), account=KEYS, orders=(9, 10), returned=(4, 5)),
    picked(type=("family_left",), account=KEYS, at=DAYS),
)  # fmt: skip
RULE = st.one_of(
    picked(type=("route",), match=picked(words=(["lamp"], ["toner"]), category=(["office"],)), to=KEYS, strength=("hard", "soft")),
    picked(type=("ship", "pay"), account=KEYS, only=(["home/10001"], ["visa/1111"]), strength=("hard", "soft")),
    picked(type=("private",), account=KEYS, reveal=("hint", "never")),
    picked(type=("mute",), code=("DUP_CROSS_ACCOUNT", "MIXED_CART"), asin=ASINS),
    picked(type=("budget",), account=KEYS, month=(50, 100), currency=("USD",)),
    picked(type=("purpose",), account=KEYS, business_categories=(["toys"],)),
)
EVENT = st.builds(
    lambda base, more: {**base, **more},
    st.fixed_dictionaries({"at": st.just("2026-11-23T10:00"), "page": st.sampled_from(PAGES), "account": st.sampled_from((*KEYS, None))}),
    picked(
        items=st.lists(ITEM, max_size=3), ship_to=("home/10001", "studio/10002", "new/1"), pay=("visa/1111", "amex/2222", "1111"),
        total=(10, 60), currency=("USD", "EUR"), order_id=("1-1",), asin=ASINS, review_id=("RV1",), invitee=KEYS, tab=(1, 2),
        promo=st.just({"id": "SAVE5", "terms": {"scope": "customer", "limit": 1}}), plan=("monthly_payments",),
        offer=st.just({"service": "prime", "kind": "free_trial"}),
        seen=picked(customer_id=("A1PER0000001", "A1BIZ0000002", "A9STRANGER", "", None), greeting=("Kim", "Lee")),
    ),
)  # fmt: skip
SITUATION = st.fixed_dictionaries(
    {
        "accounts": st.just([PER, BIZ, LEE, FAR]),
        "rules": st.lists(RULE, max_size=4),
        "history": st.lists(ENTRY, max_size=6),
        "event": EVENT,
    }
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from([*KEYS, *ASINS, *DAYS, "order", "route"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "account", "asin", "at", "limit", "max"]), inner, max_size=4)
    ),
    max_leaves=8,
)


def answer(described):
    return judge(read_situation(described))


@settings(max_examples=60)
@given(SITUATION, st.data())
def test_a_random_value_anywhere_gives_a_verdict_with_explained_reasons(described, data):
    """A value of a wrong type is ignored: judging never raises, and every reason belongs to a trial."""
    described = json.loads(json.dumps(described))
    places = [(part, name) for part in [described, described["event"], *described["rules"], *described["history"]] for name in part]
    part, name = data.draw(st.sampled_from(places))
    part[name] = data.draw(JSON)
    situation = read_situation(described)
    told = {reason for trial in trials(situation) for reason in trial.reasons}
    assert set(judge(situation).reasons) <= told


@settings(max_examples=60)
@given(JSON, JSON, JSON, JSON, JSON)
def test_any_json_gets_a_verdict_with_known_codes(accounts, rules, history, event, defaults):
    found = answer({"accounts": accounts, "rules": rules, "history": history, "event": event, "defaults": defaults})
    assert {reason.code for reason in found.reasons} <= CODES


@settings(max_examples=60)
@given(SITUATION)
def test_the_same_situation_gets_the_same_verdict_again(described):
    situation = read_situation(described)
    first = judge(situation)
    assert judge(situation) == first == answer(json.loads(json.dumps(described)))
    assert answer({**described, "unknown": 1}) == first


@settings(max_examples=60)
@given(SITUATION, st.lists(ENTRY, max_size=4))
def test_an_unrelated_order_or_account_changes_nothing(described, others):
    stranger = {
        **FAR,
        "key": "zed",
        "label": "Zed",
        "cid": "A1ZED",
        "owner": "zed",
        "home": "H9",
        "greeting": "Zed",
        "addresses": [],
        "cards": [],
    }
    entries = [
        {**entry, "account": "zed", "asin": "B0OTHER999", "promo": "OTHER", "order_id": "9-9", "review_id": "RV9"} for entry in others
    ]
    if described["event"]["page"] == "daily_tick":
        entries = []
    entries = [entry for entry in entries if entry.get("type") not in ("identity_seen", "cart_seen")]
    # Rules stay as they are: none of them names the new account.
    more = {**described, "accounts": [*described["accounts"], stranger], "history": [*described["history"], *entries]}
    assert answer(more) == answer(described)


@settings(max_examples=60)
@given(SITUATION)
def test_renaming_accounts_changes_nothing_but_names(described):
    text = json.dumps(described)
    for key in KEYS:
        text = text.replace(f'"{key}"', f'"{key}-x"')
    before, after = answer(described), answer(json.loads(text))
    assert [replace(reason, suggest=None) for reason in before.reasons] == [replace(reason, suggest=None) for reason in after.reasons]
    assert after.suggest == (f"{before.suggest}-x" if before.suggest else None)


@settings(max_examples=60)
@given(SITUATION)
def test_a_checkout_with_an_unknown_account_is_never_silent(described):
    seen = {"customer_id": None, "greeting": "Somebody"}
    event = {**described["event"], "page": "checkout", "account": None, "seen": seen}
    unseen = [entry for entry in described["history"] if entry.get("type") not in ("identity_seen", "cart_seen")]
    mutes = [rule for rule in described["rules"] if rule.get("type") != "mute"]
    for shown in (seen, None, {"customer_id": "A9STRANGER"}):
        found = answer({**described, "rules": mutes, "history": unseen, "event": {**event, "seen": shown}})
        assert {"ACCOUNT_UNCERTAIN", "ACCOUNT_UNKNOWN"} & {reason.code for reason in found.reasons}


@settings(max_examples=60)
@given(SITUATION)
def test_policy_advice_names_no_account_and_buying_rules_need_a_buying_step(described):
    found = answer(described).reasons
    names = {account[name].casefold() for account in described["accounts"] for name in ("key", "label")}
    assert not [
        reason for reason in found if reason.group == "policy" and names & set(spoken(reason).advice.casefold().replace(".", " ").split())
    ]
    if described["event"]["page"] not in BUYING:
        assert not [reason for reason in found if reason.group in ("identity", "duplicate")]


@settings(max_examples=60)
@given(SITUATION)
def test_a_redacted_answer_contains_no_original_text(described):
    redaction = Redaction()
    redaction.learn(described)
    told = " ".join(redaction.redacted([spoken(reason).text for reason in answer(described).reasons]))
    assert not [text for text in ("Kim's Studio", "Personal,", "Desk lamp", "Black toner", "B0THING001") if text in told]


def test_long_and_odd_titles_match_by_their_words():
    rule = {"type": "route", "match": {"words": ["lamp", "نور", "灯", "🙂", "\u00ad", ""]}, "to": "biz"}
    for title in ("lamp " * 2000, "x" * 10000, "\u202elamp", "نور" * 3000, "灯" * 10000, "🙂" * 99, "\x00", "ﬁ" * 9999, "é" * 5000):
        event = {"at": "2026-11-23T10:00", "page": "cart", "account": "per", "items": [{"title": title, "qty": 0, "price": "1e400"}]}
        found = answer({"accounts": [PER, BIZ], "rules": [rule], "history": [], "event": event})
        assert [reason.code for reason in found.reasons] == (["WRONG_ACCOUNT_ROUTE"] if "lamp" in title else [])
