"""The user's rules: what they match, when they end, contradictions, budgets."""

import pytest

from tests.rules.situations import BIZ, EVERYONE, LEE, PER, codes, item, order, verdict


def route(to="biz", strength="soft", **match):
    return {"type": "route", "match": match, "to": to, "strength": strength}


DRILL = item(title="Cordless drill", category="tools", price="99.90", brand="Makra GmbH", seller="Tool Barn")


@pytest.mark.parametrize(
    ("match", "fits"),
    [
        ({"brand": ["makra"]}, True),
        ({"brand": "Makra Inc."}, True),
        ({"brand": ["Makr"]}, False),
        ({"brand": ["GmbH"]}, False),
        ({"seller": ["TOOL BARN"]}, True),
        ({"seller": ["Tool"]}, False),
        ({"price": {"min": 99.90}}, True),
        ({"price": {"min": 99.91}}, False),
        ({"price": {"max": "99.90"}}, True),
        ({"price": {"max": 99.89}}, False),
        ({"price": {"min": 50, "max": 100, "currency": "usd"}}, True),
        ({"price": {"min": 50, "currency": "EUR"}}, False),
        ({"price": {"currency": "USD"}}, False),
        ({"price": {"min": "much"}}, False),
        ({"words": ["drills"], "brand": ["Makra"], "price": {"min": 10}}, True),
        ({"words": ["drills"], "brand": ["Other"]}, False),
        ({"words": ["hammer", "drill"]}, True),
        ({"category": ["Tools"]}, True),
        ({"category": ["garden"]}, False),
        ({"asin": "B0THING001"}, True),
        ({"asin": ["B0THING002"]}, False),
        ({"colour": ["red"]}, False),
        ({"words": []}, False),
        ({"words": [], "category": ["tools"]}, True),
        ({"words": 7, "category": ["tools"]}, True),
        ({}, False),
    ],
)
def test_a_match_fits_when_all_its_parts_fit(match, fits):
    assert codes({"items": [DRILL]}, rules=[route(**match)]) == ({"WRONG_ACCOUNT_ROUTE": "warn"} if fits else {})


@pytest.mark.parametrize("part", ["brand", "seller", "price", "category", "title"])
def test_an_unknown_attribute_does_not_match(part):
    match = {"brand": ["Makra"], "seller": ["Tool Barn"], "price": {"min": 1}, "category": ["tools"], "words": ["drill"]}
    rest = {name: value for name, value in DRILL.items() if name != part}
    assert codes({"items": [rest]}, rules=[route(**match)]) == {}


@pytest.mark.parametrize(
    ("site", "word", "title", "fits"),
    [
        ("amazon.de", "Papier", "Druckerpapier A4, 500 Blatt", True),
        ("amazon.de", "Kabel", "Kabeljau in Öl", False),
        ("amazon.de", "Stühle", "Bürostuhl ergonomisch", True),
        ("amazon.de", "Strasse", "Straße der Bücher", True),
        ("amazon.fr", "imprimante", "Papier pour imprimantes laser", True),
        ("amazon.fr", "cafe", "Café moulu 1 kg", True),
        ("amazon.it", "libro", "Libri per bambini", True),
        ("amazon.es", "ratón", "Ratones inalámbricos", True),
        ("amazon.nl", "papier", "Printerpapier A4", True),
        ("amazon.se", "papper", "Skrivarpapper A4", True),
        ("amazon.pl", "drukarka", "Drukarki laserowe", True),
        ("amazon.com.br", "caneta", "Canetas azuis, 50 unidades", True),
        ("amazon.com.tr", "defter", "Defterler, 5 adet", True),
        ("amazon.co.jp", "プリンター", "プリンター用紙 A4", True),
        ("amazon.co.jp", "京都", "東京都の地図", False),
        ("amazon.com", "art", "Cartridge, black", False),
        ("amazon.com", "yoga mats", "Yoga mat, 6 mm", True),
        ("amazon.com", "mat yoga", "Yoga mat, 6 mm", False),
        ("amazon.com", "mat", "Yoga", False),
        ("amazon.com", "yoga mat thick", "Yoga mat", False),
    ],
)
def test_words_match_in_the_language_of_the_marketplace(site, word, title, fits):
    accounts = [{**PER, "sites": [site]}, {**BIZ, "sites": [site]}]
    event = {"site": site, "items": [item(title=title)]}
    assert codes(event, rules=[route(words=[word])], accounts=accounts) == ({"WRONG_ACCOUNT_ROUTE": "warn"} if fits else {})


@pytest.mark.parametrize(
    ("first", "second", "to", "why"),
    [
        (route("biz", words=["drill"]), route("lee", "hard", category=["tools"]), "lee", "it is a hard rule"),
        (route("biz", category=["tools"]), route("lee", words=["drill"]), "lee", "it describes the item more closely"),
        (route("biz", words=["drill"]), route("lee", asin=["B0THING001"]), "lee", "it describes the item more closely"),
        (route("biz", price={"min": 1}), route("lee", category=["tools"]), "lee", "it describes the item more closely"),
        (route("biz", seller=["Tool Barn"]), route("lee", brand=["Makra"]), "lee", "it describes the item more closely"),
        (route("biz", category=["tools"]), route("lee", seller=["Tool Barn"]), "lee", "it describes the item more closely"),
        (route("biz", brand=["Makra"]), route("lee", words=["drill"]), "lee", "it describes the item more closely"),
        (route("lee", words=["drill"]), route("biz", words=["cordless"]), "lee", "it comes first"),
    ],
)
def test_contradicting_rules_are_shown_with_the_one_that_decided(first, second, to, why):
    found = verdict({"items": [DRILL]}, rules=[first, second], accounts=[PER, BIZ, LEE]).reasons[0]
    assert found.suggest == to
    winner, loser = ("rule 1", "rule 2") if first["to"] == to else ("rule 2", "rule 1")
    other = BIZ["label"] if to == "lee" else LEE["label"]
    assert found.evidence[-1] == f"'Cordless drill': your rules disagree, {loser} sends it to {other}; {winner} was followed because {why}"


def test_agreeing_rules_are_not_a_contradiction():
    found = verdict({"items": [DRILL]}, rules=[route(words=["drill"]), route(category=["tools"])]).reasons[0]
    assert len(found.evidence) == 1
    assert found.evidence == ("drill goes to Kim's Studio",)


def test_a_match_is_shown_as_its_owner_wrote_it():
    match = {"words": ["drill"], "category": ["tools"], "asin": "B0THING001", "brand": ["Makra"], "seller": ["Tool Barn"]}
    evidence = verdict({"items": [DRILL]}, rules=[route(**match, price={"min": 5, "max": 100})]).reasons[0].evidence[0]
    assert evidence == "drill, tools, B0THING001, Makra, Tool Barn, from 5, up to 100 goes to Kim's Studio"


@pytest.mark.parametrize(
    ("until", "applies"), [("2026-11-22", False), ("2026-11-23", True), ("2027-01-01", True), ("some day", True), (None, True)]
)
def test_a_rule_ends_after_its_last_day(until, applies):
    assert bool(codes({"items": [DRILL]}, rules=[{**route(words=["drill"]), "until": until}])) is applies


@pytest.mark.parametrize(("until", "warned"), [("2026-11-22", True), ("2026-11-23", False)])
def test_a_mute_ends_after_its_last_day(until, warned):
    mute = {"type": "mute", "code": "DUP_CROSS_ACCOUNT", "asin": "B0THING001", "until": until}
    assert bool(codes({}, history=[order("lee", "2026-11-22")], rules=[mute])) is warned


def test_a_rule_is_muted_by_its_number_and_other_rules_are_not():
    rules = [{"id": 7, **route(words=["drill"])}, {"id": 8, **route(category=["garden"])}]
    fork = item("B0FORK0001", "Garden fork", "garden")
    assert codes({"items": [DRILL, fork], "page": "buy_now"}, rules=[*rules, {"type": "mute", "rule": 7}]) == {
        "WRONG_ACCOUNT_ROUTE": "warn"
    }
    assert codes({"items": [DRILL]}, rules=[*rules, {"type": "mute", "rule": 7}]) == {}
    assert codes({"items": [DRILL]}, rules=[*rules, {"type": "mute", "rule": 7, "until": "2026-11-01"}]) == {"WRONG_ACCOUNT_ROUTE": "warn"}


def test_several_allowed_addresses_are_all_accepted_and_listed():
    rules = [
        {"type": "ship", "account": "per", "only": ["home/10001"], "strength": "soft"},
        {"type": "ship", "account": "per", "only": ["flat/60000"], "strength": "hard"},
    ]
    assert codes({"ship_to": "flat/60000"}, rules=rules) == {}
    found = verdict({"ship_to": "studio/10002"}, rules=rules).reasons[0]
    assert (found.level.value, found.source) == ("block-confirm", "rule 2")
    assert found.evidence == (
        "rule 1 allows home/10001",
        "rule 2 allows flat/60000",
        "your rules differ; whatever one of them allows is accepted",
    )
    assert len(verdict({"ship_to": "studio/10002"}, rules=rules[1:]).reasons[0].evidence) == 1


def spend(account, amount, **more):
    return {"type": "month_spend", "account": account, "month": "2026-11", "amount": amount, "currency": "USD", **more}


def budget(month=100, **more):
    return {"type": "budget", "month": month, "currency": "USD", **more}


@pytest.mark.parametrize(
    ("rule", "history", "event", "raised"),
    [
        (budget(account="per"), [spend("per", 60)], {"total": 40}, False),
        (budget(account="per"), [spend("per", 60)], {"total": "40.01"}, True),
        (budget(account="per"), [spend("per", 60), spend("per", 30)], {"total": 20}, True),
        (budget(account="per"), [spend("lee", 90)], {"total": 40}, False),
        (budget(account=["per", "lee"]), [spend("lee", 90)], {"total": 40}, False),
        (budget(account="per"), [spend("per", 90, month="2026-10")], {"total": 40}, False),
        (budget(account="per"), [spend("per", 90, currency="EUR")], {"total": 40}, False),
        (budget(account="per"), [spend("per", 90, currency=None)], {"total": 40}, True),
        (budget(account="per"), [spend("per", 190)], {"total": 0}, False),
        (budget(account="per"), [spend("per", 90)], {"total": 40, "currency": "EUR"}, False),
        (budget(account="per"), [spend("per", 90)], {"items": [item(price=6, qty=2)]}, True),
        (budget(account="per"), [spend("per", 90)], {"items": [item(price=None)]}, False),
        (budget(account="biz"), [spend("biz", 90)], {"total": 40}, False),
        (budget(), [spend("per", 90)], {"total": 40}, False),
        (budget("a lot", account="per"), [spend("per", 90)], {"total": 40}, False),
        (budget(purpose="personal"), [spend("lee", 90)], {"total": 40}, True),
        (budget(purpose="personal"), [spend("biz", 90)], {"total": 40}, False),
        (budget(purpose="business"), [spend("biz", 90)], {"total": 40}, False),
        (budget(category=["home"]), [spend("lee", 70, category="home")], {"total": 99}, True),
        (budget(category=["home"]), [spend("lee", 60, category="Home")], {"total": 99}, False),
        (budget(category=["home"]), [spend("lee", 70)], {"total": 99}, False),
        (budget(category=["toys"]), [spend("lee", 170, category="toys")], {"total": 99}, False),
        (budget(account="per"), [spend("per", 70, category="home")], {"total": 99}, False),
        (budget(account="per"), [spend("per", 90, month="2026-11-30")], {"total": 40}, True),
        (budget(account="per"), [spend("lee", 1), spend("per", None), spend("per", 90)], {"total": 40}, True),
        (budget(account="per"), [spend("per", 95)], {"items": [{"title": "Lamp", "price": 5}]}, False),
        (budget(account="per"), [spend("per", 95)], {"items": [{"title": "Lamp", "price": 6}]}, True),
    ],
)
def test_a_budget_counts_its_own_account_purpose_and_categories(rule, history, event, raised):
    assert codes(event, rules=[rule], history=history) == ({"BUDGET_EXCEEDED": "notice"} if raised else {})


@pytest.mark.parametrize(
    ("rule", "subject"),
    [
        (budget(10, account="per"), "Personal comes to 40.00 USD; the budget is 10.00 USD."),
        (budget(10, purpose="personal"), "personal comes to"),
        (budget(10, category=["home"], account="per"), "Personal, home comes to"),
        (budget(10, category=["home", "tools"]), "home, tools comes to"),
    ],
)
def test_a_budget_is_described_by_what_it_covers(rule, subject):
    found = verdict({}, rules=[rule], accounts=EVERYONE).reasons[0]
    assert found.text.startswith(f"With this order, this month's spending for {subject}")
    assert (found.source, found.evidence, found.group) == ("rule 1", ("0.00 USD before this order",), "account")


def test_a_budget_of_another_account_hides_no_other_budget_and_yen_have_no_fractions():
    rules = [budget(account="biz"), budget(account="per", currency="EUR"), budget(9, account="per", currency="JPY")]
    found = verdict({"currency": "JPY", "total": 40}, rules=rules).reasons
    assert [reason.text for reason in found] == [
        "With this order, this month's spending for Personal comes to 40 JPY; the budget is 9 JPY."
    ]


def test_a_budget_in_an_unknown_currency_is_shown_as_written():
    rule = {"type": "budget", "account": "per", "month": "1e14", "currency": "XQZ"}
    assert codes({"currency": "XQZ", "total": "9e14"}, rules=[rule]) == {"BUDGET_EXCEEDED": "notice"}
