"""The user's rules: refusals, contradictions, previews on past orders, habits."""

import pytest

from assistant.domain.accounts.account import AccountChange
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.judging.user_rules.kinds import KINDS
from assistant.domain.judging.user_rules.parsing import read_rule, written_rule

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"


def line(number: int, day: str, asin: str, title: str) -> str:
    return f"113-{number:07d}-{number:07d},{day}T10:00:00Z,USD,20.00,20.00,{asin},1,{title},Closed\n"


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per", change=AccountChange(addresses=("home/97205",)))
    services.accounts.add("Ortiz Design", "business", key="biz")
    mine = [line(1, "2025-03-02", "B0TONER001", "Black toner"), line(2, "2025-05-02", "B0TONER002", "Cyan toner")]
    mine += [line(3, "2026-01-02", "B0TONER003", "Toner yellow"), line(4, "2026-01-03", "B0FACE0001", "Face cream")]
    theirs = [line(number, f"2026-02-{number:02d}", "B0LABEL001", "Thermal labels") for number in range(11, 15)]
    services.imports.take_bytes("Retail.OrderHistory.1.csv", (HEAD + "".join(mine)).encode(), account="per")
    services.imports.take_bytes("Retail.OrderHistory.2.csv", (HEAD + "".join(theirs)).encode(), account="biz")
    return services


ROUTE = {"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"type": "wish"}, "one of route, ship, pay"),
        ({"type": "route", "to": "biz"}, "at least one of words, category, item"),
        ({**ROUTE, "strength": "loud"}, "'strength' of a route rule is one of soft, hard, not 'loud'"),
        ({**ROUTE, "mtach": {}}, "no part 'mtach'"),
        ({**ROUTE, "match": ["toner"]}, "'match' says what a rule is about"),
        ({**ROUTE, "match": {"words": ["toner"], "price": {"min": "9", "max": "3"}}}, "'over' (9) is more than 'under' (3)"),
        ({"type": "budget", "account": "per", "month": "-5", "currency": "USD"}, "'month' is an amount above zero"),
        ({"type": "budget", "account": "per", "month": "NaN", "currency": "USD"}, "'month' is an amount above zero"),
        ({"type": "budget", "account": "per", "month": "5", "currency": "dollars"}, "three letters, like USD"),
        ({"type": "budget", "account": "per", "month": "5"}, "needs 'currency'"),
        ({"type": "mute", "code": ["DUP_SIMILAR"], "until": "next week"}, "'until' is a day like 2026-12-31"),
        ({"type": "mute", "code": ["toner?"]}, "like DUP_CROSS_ACCOUNT"),
        ({"type": "private", "account": "per", "reveal": "maybe"}, "one of hint, never"),
        ({"type": "tag", "match": {"words": [True]}, "tag": "x"}, "a list of up to 50 words"),
    ],
)
def test_an_impossible_rule_is_refused_with_the_name_of_its_part(household, rule, words):
    with pytest.raises(InvalidInput) as refused:
        household.rules.add(rule)
    assert words in str(refused.value)
    assert household.rules.all() == []


def test_an_unknown_account_is_reported_with_the_known_ones(household):
    with pytest.raises(NotFound, match=r"no account 'nobody'\. Registered: per, biz"):
        household.rules.add({**ROUTE, "to": "nobody"})


def test_a_word_that_is_in_no_list_is_refused_with_the_near_ones(household):
    budget = {"type": "budget", "month": "50", "currency": "USD"}
    kept = household.rules.add({**budget, "category": ["Office"], "purpose": ["Business"]})
    assert (kept.body["category"], kept.body["purpose"]) == (["office"], ["business"])
    with pytest.raises(NotFound, match=r"no category 'ofice'\..*office"):
        household.rules.add({**budget, "category": ["ofice"]})
    with pytest.raises(NotFound, match=r"no purpose 'bus'\..*business"):
        household.rules.edit(kept.id, {**budget, "purpose": ["bus"]})
    household.word_lists.add("category", "drawing")
    household.word_lists.add("purpose", "choir")
    named = household.rules.add({**budget, "category": ["drawing"], "purpose": ["choir"]})
    for kind, word in (("category", "drawing"), ("purpose", "choir")):
        with pytest.raises(Conflict, match=f"rule {named.id} names the {kind} '{word}'"):
            household.word_lists.remove(kind, word)
    household.rules.remove(named.id)
    household.word_lists.remove("purpose", "choir")


EVERY_KIND = {
    "route": (
        {"words": "toner, ink", "category": "office", "to": "biz", "strength": "hard"},
        "'toner' or 'ink' in office goes to Ortiz",
    ),
    "ship": ({"account": "biz", "only": "office/98101"}, "Ortiz Design ships only to office/98101"),
    "pay": ({"account": "biz", "only": "visa/1234, mc/5678"}, "Ortiz Design pays only with visa/1234 or mc/5678"),
    "purpose": ({"account": "biz", "business_categories": "toys, crafts"}, "Toys and crafts are business on Ortiz Design"),
    "budget": ({"account": "per", "month": "600", "currency": "usd"}, "At most 600 USD a month for Personal"),
    "private": ({"account": "per", "order": "113-1", "reveal": "never"}, "Order 113-1 of Personal is private: others see nothing of it"),
    "conflict": ({"brands": "Crumb Bakery", "relation": "own"}, "Never review Crumb Bakery: it is your own business"),
    "mute": ({"code": "CARD_MISMATCH", "until": "2026-12-31"}, "No warning about the card until 2026-12-31"),
    "tag": ({"words": "faucet cartridge", "tag": "resale"}, "'faucet cartridge' is resale"),
    "soften": ({"code": "CARD_MISMATCH", "account": "biz"}, "Warnings about the card on Ortiz Design are one level quieter"),
    "gift_card": ({"to": "per", "strength": "hard"}, "Gift cards go to Personal; hold"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_rule_is_stored_described_and_read_back(household, kind):
    answers, sentence = EVERY_KIND[kind]
    kept = household.rules.add(read_rule(kind, answers))
    assert kept.text.startswith(sentence)
    assert household.rules.edit(kept.id, read_rule(kind, written_rule(kept.body))).body == kept.body
    household.rules.remove(kept.id)
    assert household.rules.all() == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_rule_can_have_a_last_day_and_shows_it(household, kind):
    answers, _ = EVERY_KIND[kind]
    for day in ("2026-12-31", "2028-02-29"):
        kept = household.rules.add(read_rule(kind, answers | {"until": day}))
        assert kept.body["until"] == day
        assert f" until {day}" in kept.text
        assert written_rule(kept.body)["until"] == day
        with pytest.raises(InvalidInput, match="'until' is a day like 2026-12-31"):
            household.rules.edit(kept.id, kept.body | {"until": "2027-02-29"})


def test_an_ended_rule_no_longer_warns_beside_another(household):
    for word, day in (("toner", "2025-12-31"), ("cream", "2026-01-03")):
        rule = {"type": "route", "match": {"words": [word]}, "to": "biz", "until": day}
        household.rules.add(rule)
    # The toners of 2025 were bought while the rule held, the one of 2026 was not; the cream was bought on the last day of its rule.
    numbers = [
        [entry.number for entry in household.rules.preview({**rule.body, "strength": "hard"}, instead_of=rule.id).examples]
        for rule in household.rules.all()
    ]
    assert numbers == [["113-0000002-0000002", "113-0000001-0000001"], ["113-0000004-0000004"]]


@pytest.mark.parametrize(
    ("written", "addresses"),
    [
        ("home/78704", ["home/78704"]),
        ("home/78704, office/98101", ["home/78704", "office/98101"]),
        ("12 Elm St, Apt 4, Austin, TX 78704", ["12 Elm St, Apt 4, Austin, TX 78704"]),
        ("12 Elm St, Austin, TX 78704; Hauptstr. 5, 10115 Berlin", ["12 Elm St, Austin, TX 78704", "Hauptstr. 5, 10115 Berlin"]),
        ("home/78704; 12 Elm St, Austin, TX 78704\noffice/98101", ["home/78704", "12 Elm St, Austin, TX 78704", "office/98101"]),
    ],
)
@pytest.mark.parametrize("part", ["only", "also"])
def test_a_whole_address_is_not_split_at_its_commas(household, part, written, addresses):
    kept = household.rules.add(read_rule("ship", {"account": "biz", part: written}))
    assert kept.body[part] == addresses
    assert read_rule("ship", written_rule(kept.body)) == kept.body


def test_the_same_rule_twice_is_reported(household):
    household.rules.add(ROUTE)
    with pytest.raises(Conflict, match="Rule 1 already says exactly that"):
        household.rules.add(ROUTE)


@pytest.mark.parametrize(
    ("rule", "decides"),
    [
        ({**ROUTE, "to": "per"}, "Rule 1 is followed: it is the older one."),
        ({**ROUTE, "to": "per", "strength": "soft"}, "Rule 1 is followed: it holds the order, the other only warns."),
        (
            {**ROUTE, "to": "per", "match": {"words": ["toner"], "category": ["beauty"]}},
            "This one is followed: it describes the item more closely.",
        ),
    ],
)
def test_a_contradiction_is_shown_with_the_rule_that_decides(household, rule, decides):
    household.rules.add(ROUTE)
    (sentence,) = household.rules.preview(rule).contradictions
    assert sentence.startswith("Rule 1 says otherwise ('toner' goes to Ortiz Design; hold the order).")
    assert sentence.endswith(decides)
    assert household.rules.add(rule).contradictions == (sentence,)


def test_a_rule_that_has_ended_contradicts_no_other(household, clock):
    last = clock().date()
    household.rules.add({**ROUTE, "until": last.isoformat()})
    assert len(household.rules.add({**ROUTE, "to": "per"}).contradictions) == 1
    clock.forward(days=1)
    assert [rule.contradictions for rule in household.rules.all()] == [(), ()]
    (sentence,) = household.rules.preview({**ROUTE, "strength": "soft"}).contradictions
    assert sentence.startswith("Rule 2 says otherwise")


def test_rules_about_different_items_do_not_contradict(household):
    household.rules.add(ROUTE)
    assert household.rules.add({**ROUTE, "match": {"words": ["cream"]}, "to": "per"}).contradictions == ()


def test_a_preview_counts_by_year_shows_examples_and_stores_nothing(household):
    found = household.rules.preview(ROUTE)
    assert found.text == "Would have warned once in 2026 and 2 times in 2025 (8 past orders)."
    assert [(entry.account, entry.number, str(entry.on)) for entry in found.examples] == [
        ("per", "113-0000003-0000003", "2026-01-02"),
        ("per", "113-0000002-0000002", "2025-05-02"),
        ("per", "113-0000001-0000001", "2025-03-02"),
    ]
    assert household.rules.all() == []


def test_the_preview_of_a_changed_rule_ignores_its_old_form(household):
    kept = household.rules.add(ROUTE)
    assert sum(household.rules.preview(ROUTE, kept.id).warned.values()) == 3
    assert household.rules.preview({**ROUTE, "match": {"words": ["anvil"]}}, kept.id).text == "Would have changed nothing (8 past orders)."


def test_a_budget_is_tried_with_the_spending_of_the_month_so_far(household):
    found = household.rules.preview({"type": "budget", "account": "biz", "month": "50", "currency": "USD"})
    assert found.text == "Would have warned 2 times in 2026 (8 past orders)."
    assert {entry.number for entry in found.examples} == {"113-0000013-0000013", "113-0000014-0000014"}


def test_a_budget_counts_what_was_paid_in_the_month_not_what_was_ordered_in_it(household):
    """Of two orders of 30 March one is shipped, and so paid, in April. A refund in April lowers the spending of April."""
    head = HEAD.replace("Order Status", "Order Status,Ship Date")

    def shipped(number: int, day: str, asin: str, ship: str) -> str:
        return line(number, day, asin, "Cable").replace(",Closed\n", f",Closed,{ship}T18:00:00Z\n")

    lines = [shipped(21, "2026-03-20", "B0CABLE001", "2026-03-21"), shipped(22, "2026-03-30", "B0CABLE002", "2026-04-02")]
    lines += [shipped(23, "2026-03-31", "B0CABLE003", "2026-03-31"), shipped(24, "2026-04-03", "B0CABLE004", "2026-04-04")]
    household.imports.take_bytes("Retail.OrderHistory.3.csv", (head + "".join(lines)).encode(), account="biz")
    budget = {"type": "budget", "account": "biz", "month": "35", "currency": "USD"}

    def late(limit: str) -> set[str]:
        return {entry.number for entry in household.rules.preview({**budget, "month": limit}).examples if "Cable" in entry.title}

    # On 31 March the order of the day before is not paid yet; on 3 April it is.
    assert late("35") == {"113-0000022-0000022", "113-0000023-0000023", "113-0000024-0000024"}
    assert late("45") == set()
    refund = "Order ID,Reversal ID,Refund Completion Date,Currency,Amount Refunded,Status,Disbursement Type\n"
    refund += "113-0000022-0000022,R1,2026-04-03T08:00:00Z,USD,20.00,Completed,Refund\n"
    household.imports.take_bytes("Retail.OrdersReturned.Payments.1.csv", refund.encode(), account="biz")
    assert "113-0000024-0000024" not in late("35")


def test_the_preview_of_a_mute_counts_the_warnings_that_it_would_have_hidden(household):
    household.rules.add(ROUTE)
    found = household.rules.preview({"type": "mute", "code": ["WRONG_ACCOUNT_ROUTE"], "asin": ["B0TONER001"]})
    assert found.text == "Would have hidden a warning once in 2025 (8 past orders)."


def test_purchases_always_on_one_account_are_a_habit_until_a_rule_covers_them(household):
    (habit,) = [habit for habit in household.habits.all() if habit.kind == "item"]
    assert (habit.name, habit.account, habit.times, habit.warns) == ("B0LABEL001", "biz", 4, True)
    household.rules.add({"type": "route", "match": {"asin": ["B0LABEL001"]}, "to": "biz"})
    assert [habit for habit in household.habits.all() if habit.kind == "item"] == []


def test_private_orders_are_not_a_habit(household):
    household.rules.add({"type": "private", "account": "biz", "asin": ["B0LABEL001"], "reveal": "never"})
    assert household.habits.all() == []
