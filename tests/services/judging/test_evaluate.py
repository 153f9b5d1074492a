"""A user's rule gives the same result on past orders, in the retrospective, at a live checkout and in a described file."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from assistant.amazon.marketplaces import by_host
from assistant.amazon.observed_page import SeenPage
from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.documents import Extraction, Source
from assistant.domain.judging.situation import Situation
from assistant.domain.money import Money
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Basket, BasketLine, PageAccount, SignIn, Visit
from assistant.rules import codes_changed_by, judge
from assistant.rules.described.reading import read_situation
from assistant.rules.described.user_rules import stored_rules
from assistant.rules.described.writing import describe
from assistant.services.judging.judge_page import situations_of_page
from assistant.services.user_rules.preview import preview
from assistant.services.warnings.retrospective import KnownThen
from assistant.storage.accounts import register
from assistant.storage.orders.history import purchases_before
from assistant.storage.products import ProductRow
from assistant.storage.tables import ItemRow, OrderRow, PaymentRow
from assistant.storage.unit_of_work import Session
from assistant.storage.user_rules import add_rule, rule_texts

DAY = date(2026, 11, 24)
TITLES = ("Black toner cartridge for laser printer", "Desk lamp with clamp", "Zyxqw Vbnmk", "Dog leash")
ADDRESSES = ("12 Fern Street, Portland, OR 97205", "80 Mill Lane, Portland, OR 97209", "9 Elm Ct, Portland, OR 97209")
CUSTOMERS = {"per": "A1PER0000001", "biz": "A1BIZ0000002"}

ITEMS = st.fixed_dictionaries(
    {
        "asin": st.sampled_from(["B000000001", "B000000002"]),
        "title": st.sampled_from(TITLES),
        "seller": st.sampled_from(["Acme Office LLC", "Globex", None]),
        "brand": st.sampled_from(["Makra", "Tolva", None]),
        "filed": st.sampled_from(["office", "pet", None]),
        "price": st.integers(500, 9000),
        "quantity": st.integers(1, 3),
    }
)
PARTS = {
    "words": [["toner"], ["lamp", "leash"]],
    "category": [["office"], ["Pet"]],
    "seller": [["acme office"], ["Globex Inc"]],
    "brand": [["makra"], ["Tolva"]],
    "asin": [["b000000001"], ["B000000002"]],
}
# Mostly one part, so that many rules match; sometimes two, or a part and a price.
ONE_PART = st.one_of(*(st.fixed_dictionaries({name: st.sampled_from(values)}) for name, values in PARTS.items()))
MATCHES = st.one_of(
    ONE_PART,
    ONE_PART,
    st.builds(lambda one, other: one | other, ONE_PART, ONE_PART),
    st.builds(lambda one: one | {"price": {"min": 20, "currency": "USD"}}, ONE_PART),
)
ROUTES = st.builds(
    lambda match, to, strength: {"type": "route", "match": match, "to": to, "strength": strength},
    MATCHES,
    st.sampled_from(["per", "biz"]),
    st.sampled_from(["hard", "soft"]),
)
SHIPS = st.builds(
    lambda account, only: {"type": "ship", "account": account, "only": only, "strength": "hard"},
    st.sampled_from(["per", "biz"]),
    st.sampled_from([["12 Fern St, Portland, OR 97205"], ["80 Mill Ln, Portland, OR 97209"]]),
)
PAYS = st.builds(
    lambda account, only: {"type": "pay", "account": account, "only": only},
    st.sampled_from(["per", "biz"]),
    st.sampled_from([["Visa / 1111"], ["mastercard/2222"]]),
)


@pytest.fixture
def household(services: Services) -> Services:
    for key, label in (("per", "Personal"), ("biz", "Ortiz Design")):
        services.accounts.add(label, "personal", key=key, change=AccountChange(marketplaces=("amazon.com",)))
        services.accounts.link(key, CUSTOMERS[key])
    return services


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    items=st.lists(ITEMS, min_size=1, max_size=3, unique_by=lambda item: item["asin"]),
    rule=st.one_of(ROUTES, ROUTES, ROUTES, SHIPS, PAYS),
    key=st.sampled_from(["per", "biz"]),
    delivery=st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(["1111", "9999"])),
)
def test_a_rule_gives_the_same_result_for_every_source(household: Services, items, rule, key, delivery):
    said, tried = judged_everywhere(household, items, rule, key, delivery)
    assert said[1:] == [said[0]] * 3
    assert tried == bool(said[0])


@pytest.mark.parametrize(
    "rule",
    [
        *({"type": "route", "match": {name: values[0]}, "to": "biz", "strength": "hard"} for name, values in PARTS.items()),
        {"type": "ship", "account": "per", "only": ["80 Mill Ln, Portland, OR 97209"], "strength": "hard"},
        {"type": "pay", "account": "per", "only": ["mastercard/2222"]},
    ],
    ids=lambda rule: next(iter(rule.get("match", {})), rule["type"]),
)
def test_a_rule_by_each_field_warns_in_every_source(household: Services, rule):
    """One example per field that must warn: generated examples may never match a field that a builder forgot."""
    item = {"asin": "B000000001", "title": TITLES[0], "seller": "Acme Office LLC", "brand": "Makra", "filed": "office"}
    said, tried = judged_everywhere(household, [{**item, "price": 4900, "quantity": 2}], rule, "per", (ADDRESSES[0], "1111"))
    assert said[0]
    assert said[1:] == [said[0]] * 3
    assert tried == 1


def judged_everywhere(household: Services, items, rule, key: str, delivery):
    """Return a rule's reasons in the retrospective, live and in the described forms of both, and how often its preview warns."""
    address, last4 = delivery
    with household.database.writing() as work:
        session = work.session
        body = {name: value for name, value in rule.items() if name != "type"}
        add_rule(session, rule["type"], body, "2026-11-01T00:00:00+00:00")
        store(session, key, items, address, last4)
        kind = type(stored_rules(rule_texts(session))[0])
        back = looked_back(session)
        live = on_the_page(session, key, items, address, last4)
        tried = preview(session, stored_rules(rule_texts(session)), register.accounts_by_id(session))
        said = [
            {(reason.code, reason.level, reason.suggest) for reason in judge(one).reasons if reason.code in codes_changed_by(kind)}
            for one in (back, live, read_situation(describe(back)), read_situation(describe(live)))
        ]
        # Nothing is committed, so that the next example starts with an empty ledger.
        return said, sum(tried.warned.values())


def store(session: Session, key: str, items, address: str, last4: str) -> None:
    """Store one order, with categories of its products if the example has them."""
    accounts = {account.key: number for number, account in register.accounts_by_id(session).items()}
    plain = {"kind": "retail", "amounts": {}, "sources": {}, "conflicts": []}
    order = {"id": 1, "account_id": accounts[key], "number": "112-0000001-0000001", "placed_on": DAY.isoformat(), "status": "placed"}
    more = {"marketplace": "amazon.com", "currency": "USD", "total": sum(item["price"] for item in items), "address": address}
    session.execute(insert(OrderRow), [{**plain, **order, **more}])
    for line, item in enumerate(items):
        values = {name: item[name] for name in ("asin", "title", "seller", "brand", "quantity")}
        session.execute(insert(ItemRow), [{"order_id": 1, "line": line, "currency": "USD", "unit_price": item["price"], **values}])
        if item["filed"]:
            filed = {"key": item["asin"], "title": item["title"], "category": item["filed"], "source": "guess", "confidence": 80}
            session.execute(insert(ProductRow), [{**filed, "stale": False}])
    session.execute(insert(PaymentRow), [{"order_id": 1, "position": 0, "method": "Visa", "last4": last4}])


def looked_back(session: Session) -> Situation:
    known = KnownThen(session)
    (purchase,) = purchases_before(session, known.keys, date(2027, 1, 1), 5)
    known.gather([purchase], None)
    return known.judged(purchase).situations[0]


def on_the_page(session: Session, key: str, items, address: str, last4: str) -> Situation:
    lines = tuple(
        BasketLine(
            asin=item["asin"],
            title=item["title"],
            quantity=item["quantity"],
            price=Money(item["price"], "USD"),
            seller=item["seller"],
            brand=item["brand"],
        )
        for item in items
    )
    basket = Basket(lines=lines, ship_to=address, method="Visa", last4=last4, total=Money(1, "USD"))
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    visit = Visit(id="v", at=at, url="https://www.amazon.com/checkout/p/p-1/spc", tab=1, store="default")
    seen = SeenPage(
        kind=SourceKind.CHECKOUT,
        marketplace=by_host("amazon.com"),
        account=PageAccount(signed_in=True, customer_id=CUSTOMERS[key]),
        extraction=Extraction(source=Source(name=visit.url), checkout=basket),
    )
    found = Attribution(register.accounts_by_id(session), SignIn("one browser", "default", "amazon.com"), CUSTOMERS[key], "sure", True)
    (situation,) = situations_of_page(session, visit, seen, SourceKind.CHECKOUT, found)
    return situation
