"""Filling a form: one test per rule, for the countries that have it, and sums that agree with the books."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.books.conversion import DayRate, SettledPart
from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.shares import PurposeShare
from assistant.domain.books.sharing import share_out
from assistant.domain.taxes.filling import Filling
from assistant.domain.taxes.forms import FormSetup
from assistant.domain.taxes.items import TaxItems
from assistant.exports.taxes.form_files import form_years, tax_form

SHOPS = {"USD": "amazon.com", "GBP": "amazon.co.uk", "EUR": "amazon.de", "CAD": "amazon.ca"}
CODES = {"USD": "sales_tax", "GBP": "vat", "EUR": "vat", "CAD": "hst"}


def bought(number, day, goods, *, tax=0, category="office", currency="USD", business=100, quantity=1, **more):
    sign = -1 if more.pop("refund", False) else 1
    parts = Parts(goods=sign * goods, tax=sign * tax, shipping=sign * more.pop("shipping", 0), discount=-sign * more.pop("discount", 0))
    words = ("business", "personal") if business < 100 else ("business",)
    grosses = share_out(parts.gross, [business, 100 - business][: len(words)])
    rate = more.pop("rate", None)
    code = more.pop("code", CODES[currency])
    taxes = (TaxShare(code=code, rate=rate, base=sign * goods, amount=sign * tax, certainty=Certainty.STATED),) if tax else ()
    return Entry(
        id=f"{number}.1.{1 if sign < 0 else 0}.0",
        kind=EntryKind.REFUND if sign < 0 else EntryKind.PURCHASE,
        on=day,
        basis=DateBasis.CHARGED,
        account="biz",
        order=EntryOrder(number=f"111-{number:07}-0000001", marketplace=more.pop("shop", SHOPS[currency])),
        item=EntryItem(asin=f"B{number:09}", title="Thing", nth=1, quantity=quantity, category=category),
        parts=parts,
        currency=currency,
        certainty=Certainty.STATED,
        taxes=taxes,
        paid=(PurseShare(instrument="card", amount=parts.gross),),
        shares=tuple(PurposeShare(purpose=word, share=Decimal(1), gross=gross) for word, gross in zip(words, grosses, strict=True)),
    )


def no_rate(_unit, _home, _day):
    return None


def filled(name, year, *entries, earlier=(), lines=None, rates=no_rate, settled=lambda _: (), **chosen):
    form = tax_form(name, year)
    setup = FormSetup(settings=form.checked({key.replace("_", "-"): value for key, value in chosen.items()}), lines=lines or {}, known=True)
    items = TaxItems(form, setup, rates, settled)
    items.add_earlier(earlier)
    items.add(entries)
    filling = Filling(form, setup)
    filling.add(items)
    return filling.filled(name, items.used_rates)


def amounts(rows):
    return {row.line: row.amount.decimal for row in rows}


def test_other_expenses_have_the_line_number_of_the_year():
    for year, line in (("2024", "27a"), ("2025", "27b")):
        handbook = bought(1, date(int(year), 3, 1), 1500, tax=124, category="books")
        (row,) = filled("schedule-c", year, handbook).lines
        assert (row.line, row.key, row.amount.decimal) == (line, "other_expenses", "16.24")
        assert [(part.name, part.amount.decimal) for part in row.parts] == [("books", "16.24")]


def test_the_safe_harbor_limit_applies_per_unit_including_shipping():
    day = date(2025, 5, 5)
    camera = bought(1, day, 249900, shipping=500, category="electronics")
    laptop = bought(2, day, 249500, shipping=500, category="electronics")
    five = bought(3, day, 5 * 249500, shipping=5000, category="electronics", quantity=5)
    found = filled("schedule-c", "2025", camera, laptop, five, safe_harbor="yes")
    assert {(each.entry, each.treatment.value, each.line) for each in found.assets} == {
        (camera.id, "depreciate", "13"),
        (laptop.id, "expense", "22"),
        (five.id, "depreciate", "13"),
    }
    assert amounts(found.lines) == {"22": "2500.00"}


def test_a_refund_lowers_its_line_in_the_same_year_and_is_income_in_a_later_one():
    first, second = bought(1, date(2024, 12, 20), 2000, tax=165), bought(2, date(2025, 2, 1), 3000)
    back = bought(1, date(2025, 1, 20), 2000, tax=165, refund=True), bought(2, date(2025, 3, 1), 1000, refund=True)
    found = filled("schedule-c", "2025", second, *back, earlier=[first])
    assert amounts(found.lines) == {"18": "20.00"}
    assert amounts(found.income) == {"6": "21.65"}
    assert amounts(filled("schedule-c", "2024", first).lines) == {"18": "21.65"}


def test_a_refund_of_a_meal_of_an_earlier_year_is_income_only_for_the_deducted_part():
    meal = bought(1, date(2024, 12, 20), 4000, category="meals")
    found = filled("schedule-c", "2025", bought(1, date(2025, 1, 20), 4000, category="meals", refund=True), earlier=[meal])
    assert amounts(found.income) == {"6": "20.00"}
    assert [left.amount.decimal for left in found.left_out] == ["-20.00"]


@pytest.mark.parametrize(("form", "year", "line"), [("sa103f", "2024-25", "16"), ("sa103s", "2025-26", "10"), ("t2125", "2025", "8230")])
def test_refunds_of_earlier_years_have_a_line_in_every_country(form, year, line):
    unit, start = tax_form(form, year).currency, tax_form(form, year).first
    before, back = date(start.year - 1, 12, 1), date(start.year, 7, 1)
    found = filled(form, year, bought(1, back, 1200, currency=unit, refund=True), earlier=[bought(1, before, 1200, currency=unit)])
    assert amounts(found.income) == {line: "12.00"}


def test_the_german_form_corrects_the_input_tax_of_a_refund_of_an_earlier_year():
    pens = {"tax": 190, "currency": "EUR", "rate": Decimal("0.19")}
    first, back = bought(1, date(2024, 12, 20), 1000, **pens), bought(1, date(2025, 1, 20), 1000, refund=True, **pens)
    found = filled("euer", "2025", back, earlier=[first])
    assert (amounts(found.lines), amounts(found.income)) == ({"57": "-1.90"}, {"16": "10.00"})
    small = filled("euer", "2025", back, earlier=[first], vat="small-business")
    assert (amounts(small.lines), amounts(small.income)) == ({}, {"12": "11.90"})


def test_the_full_british_form_has_a_mixed_item_in_full_and_its_private_part_in_the_disallowable_box():
    monitor = bought(1, date(2025, 5, 1), 20000, tax=4000, currency="GBP", business=60, rate=Decimal("0.20"))
    found = filled("sa103f", "2025-26", monitor)
    assert {(row.line, row.key): row.amount.decimal for row in found.lines} == {
        ("23", "adminCosts"): "240.00",
        ("38", "adminCostsDisallowable"): "96.00",
    }
    assert amounts(filled("sa103s", "2025-26", monitor).lines) == {"18": "144.00"}
    registered = filled("sa103f", "2025-26", monitor, vat="registered")
    assert amounts(registered.lines) == {"23": "200.00", "38": "80.00"}
    assert [left.amount.decimal for left in registered.left_out] == ["24.00"]


def test_entertaining_is_in_full_in_its_box_and_in_the_disallowable_box():
    found = filled("sa103f", "2024-25", bought(1, date(2024, 5, 1), 5000, currency="GBP", category="meals"))
    assert {(row.line, row.amount.decimal) for row in found.lines} == {("24", "50.00"), ("39", "50.00")}
    assert [left.amount.decimal for left in found.left_out] == ["50.00"]
    short = filled("sa103s", "2024-25", bought(1, date(2024, 5, 1), 5000, currency="GBP", category="meals"))
    assert (short.lines, [left.amount.decimal for left in short.left_out]) == ((), ["50.00"])


def test_a_german_limit_applies_to_the_net_amount_for_every_vat_setting():
    day, vat = date(2025, 5, 1), {"currency": "EUR", "category": "electronics", "rate": Decimal("0.19")}
    cheap, dear = bought(1, day, 79900, tax=15181, **vat), bought(2, day, 80001, tax=15200, **vat)
    small = filled("euer", "2025", cheap, dear, vat="small-business")
    assert amounts(small.lines) == {"36": "950.81"}
    assert [(each.line, each.amount.decimal) for each in small.assets] == [("36", "950.81"), ("33", "952.01")]
    regular = filled("euer", "2025", cheap, dear)
    assert amounts(regular.lines) == {"36": "799.00", "57": "303.81"}
    assert [each.amount.decimal for each in regular.assets] == ["799.00", "800.01"]


def test_only_a_seller_that_states_german_tax_gives_input_tax():
    day = date(2025, 5, 1)
    with_tax, without = bought(1, day, 10000, tax=1900, currency="EUR", rate=Decimal("0.19")), bought(2, day, 10000, currency="EUR")
    austrian = bought(3, day, 10000, tax=2000, currency="EUR", rate=Decimal("0.20"))
    assert amounts(filled("euer", "2025", with_tax, without, austrian).lines) == {"51": "320.00", "57": "19.00"}


def test_canadian_taxes_that_are_claimed_back_are_listed_separately():
    day = date(2025, 5, 1)
    gst = TaxShare(code="gst", rate=Decimal("0.05"), base=10000, amount=500, certainty=Certainty.STATED)
    qst = TaxShare(code="qst", rate=Decimal("0.09975"), base=10000, amount=998, certainty=Certainty.STATED)
    pst = TaxShare(code="pst", rate=Decimal("0.07"), base=10000, amount=700, certainty=Certainty.STATED)
    paper = bought(1, day, 10000, tax=1498, currency="CAD")
    quebec = paper._replace(taxes=(gst, qst))
    other = bought(2, day, 10000, tax=1200, currency="CAD")
    coast = other._replace(taxes=(gst, pst))
    found = filled("t2125", "2025", quebec, coast, gst="registered")
    assert amounts(found.lines) == {"8811": "207.00"}
    assert sorted(left.amount.decimal for left in found.left_out) == ["5.00", "5.00", "9.98"]
    assert amounts(filled("t2125", "2025", quebec, coast).lines) == {"8811": "226.98"}


def test_a_foreign_amount_is_converted_at_the_last_known_rate_and_names_it():
    def rates(_unit, _home, day):
        return DayRate(Decimal("1.1252") / Decimal("0.8477"), date(2025, 5, 9), "ECB") if day == date(2025, 5, 10) else None

    binder = bought(1, date(2025, 5, 10), 3000, currency="GBP"), bought(2, date(2025, 5, 11), 3000, currency="GBP")
    found = filled("schedule-c", "2025", *binder, rates=rates)
    assert amounts(found.lines) == {"18": "39.82"}
    assert [(used.entry, used.day) for used in found.rates] == [(binder[0].id, date(2025, 5, 9))]


def test_the_amount_charged_to_the_card_is_used_instead_of_the_rate_of_the_day():
    binder, stand = bought(1, date(2025, 5, 10), 3000, currency="GBP"), bought(2, date(2025, 5, 11), 3000, currency="GBP")
    settled = {binder.id: [SettledPart(3000, 4100, "USD", date(2025, 5, 12), "visa 1234")]}
    found = filled("schedule-c", "2025", binder, stand, settled=lambda entry: settled.get(entry, ()))
    assert amounts(found.lines) == {"18": "41.00"}
    assert [(used.entry, used.source) for used in found.rates] == [(binder.id, "charged to visa 1234")]


def test_a_gift_counts_up_to_the_limit_and_a_german_gift_above_it_not_at_all():
    mugs = bought(1, date(2025, 5, 1), 6000, category="client-gifts", quantity=2)
    found = filled("schedule-c", "2025", mugs)
    assert (amounts(found.lines), [left.amount.decimal for left in found.left_out]) == ({"27b": "50.00"}, ["10.00"])
    wine = bought(1, date(2025, 5, 1), 5001, currency="EUR", category="client-gifts")
    german = filled("euer", "2025", wine)
    assert (german.lines, [left.amount.decimal for left in german.left_out]) == ((), ["50.01"])


def test_whole_units_are_rounded_once_per_line():
    thirds = [bought(number, date(2025, 5, 1), 1030) for number in (1, 2)]
    assert amounts(filled("schedule-c", "2025", *thirds, rounding="whole").lines) == {"18": "21.00"}


def test_a_line_chosen_by_the_user_wins_and_a_private_category_is_left_out():
    paper, toys = bought(1, date(2025, 5, 1), 2000), bought(2, date(2025, 5, 1), 1200, category="toys")
    found = filled("schedule-c", "2025", paper, toys, lines={"office": "22"})
    assert amounts(found.lines) == {"22": "20.00"}
    assert [(left.amount.decimal, left.why) for left in found.left_out] == [("12.00", "category 'toys' has no line")]


CATEGORY = st.sampled_from(["office", "books", "electronics", "meals", "client-gifts", "resale", "toys", "tools", None])
ENTRY = st.tuples(st.integers(1, 400_000), st.integers(0, 19), CATEGORY, st.sampled_from([100, 60, 33]), st.integers(1, 3), st.booleans())


@settings(max_examples=30, deadline=None)
@given(found=st.lists(ENTRY, min_size=1, max_size=12), form=st.sampled_from(form_years()), setting=st.integers(0, 1))
def test_every_form_adds_up_to_the_business_part_of_its_entries(found, form, setting):
    about = tax_form(*form)
    entries, earlier = [], []
    for number, (goods, percent, category, business, quantity, back) in enumerate(found, 1):
        more = {"tax": goods * percent // 100, "category": category, "currency": about.currency, "business": business, "quantity": quantity}
        purchase = bought(number, about.first, goods, **more)
        if back and number % 2:
            earlier.append(bought(number, date(about.first.year - 1, 1, 1), goods, **more))
        else:
            entries.append(purchase)
        if back:
            entries.append(bought(number, about.last, goods, refund=True, **more))
    chosen = {
        name.replace("-", "_"): values[min(setting, len(values) - 1)] for name, values in about.settings.items() if name != "rounding"
    }
    done = filled(*form, *entries, earlier=earlier, **chosen)
    twins = {line.twin.key for line in about.lines if line.twin}
    named = {entry for row in done.lines for entry in row.entries}
    lines = sum(row.amount.minor * (-1 if row.key in twins else 1) for row in done.lines)
    apart = sum(asset.amount.minor for asset in done.assets if asset.entry not in named)
    left = sum(each.amount.minor for each in done.left_out)
    income = sum(row.amount.minor for row in done.income)
    assert lines + apart + left - income == sum(entry.share_for("business") for entry in entries)
