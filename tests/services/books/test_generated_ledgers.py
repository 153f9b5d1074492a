"""In generated ledgers all lists, sums and exports agree to the cent: two accounts, two currencies, two refunds on a day, two years."""

import csv
import io
import json
import shutil
import sys
from collections import Counter
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.bootstrap import build
from assistant.cli import app as cli
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.domain.books.entries import EntryKind
from assistant.domain.errors import NotFound
from assistant.domain.filters import Filter
from assistant.exports import CALENDAR
from assistant.services.books.splits import WantedSplit
from assistant.services.judging.page_history import spent_this_month
from assistant.settings import Settings
from assistant.storage.accounts import register
from tests.exports.sums import business_sums, sums_in

TODAY = date(2026, 3, 20)
FIRST = date(2025, 11, 1)
PURPOSES = ("business", "personal", "family")
PRODUCTS = [CatalogueProduct(f"B0GEN{number:05d}", f"Product {number}", 100, "office", 1) for number in range(4)]

OTHER = {"biz": "personal", "per": "business"}
"""A purpose that the account does not have."""

FORMATS = (
    *("accountant-csv", "xlsx", "hledger", "beancount", "ofx", "qfx", "qbo", "qif", "gnucash", "quickbooks-csv", "iif", "xero-bank"),
    *("xero-precoded", "xero-bills", "freeagent", "datev", "txf", "ynab", "monarch", "actual"),
)
OF_ALL_CURRENCIES = {"accountant-csv", "xlsx", "hledger", "beancount", "ofx", "qfx", "qbo", "gnucash", "xero-bills"}

LINES = st.lists(st.tuples(st.sampled_from(PRODUCTS), st.integers(1, 3), st.integers(1, 5000), st.integers(0, 400)), min_size=1, max_size=3)
ORDERS = st.lists(
    st.tuples(
        st.sampled_from(("biz", "per")),
        st.sampled_from(("USD", "EUR")),
        st.integers(0, 130),
        LINES,
        st.sampled_from((0, 0, 30, 100)),
        st.booleans(),
        st.sampled_from((None, "other=60%", "family=33.33%", "other=1.00")),
    ),
    min_size=1,
    max_size=6,
)


def purchase(number, currency, day, lines, percent):
    rows = tuple(ExportLine(product=product, quantity=units, price=price, tax=tax) for product, units, price, tax in lines)
    total = sum((row.price + row.tax) * row.quantity for row in rows)
    refund = total * percent // 100
    on = FIRST + timedelta(days=day)
    return ExportOrder(
        number=f"112-{number:07d}-0000001",
        on=on,
        lines=rows,
        site="Amazon.com" if currency == "USD" else "Amazon.de",
        currency=currency,
        payment="Visa - 1111",
        address="1 Sample Way",
        refund=refund,
        refunded_on=on + timedelta(days=40) if refund else None,
    )


def filled(services, folder, drawn):
    """Import the orders, add a second refund on the day of the first, and split."""
    for key, purpose in (("biz", "business"), ("per", "personal")):
        services.accounts.add(key, purpose, key=key)
        mine = [(place, entry) for place, entry in enumerate(drawn) if entry[0] == key]
        if not mine:
            continue
        made = [purchase(place, entry[1], entry[2], entry[3], entry[4]) for place, entry in mine]
        write_export(folder / f"{key}.zip", made, old=False)
        services.imports.take_paths([folder / f"{key}.zip"], account=key)
        for order, (_, (_, _, _, _, percent, twice, split)) in zip(made, mine, strict=True):
            if twice and order.refund and percent == 30:
                again = {"refund2.amount": "0.07", "refund2.date": order.refunded_on.isoformat()}
                services.ledger.correct(key, order.number, again)
            # An order that cost less than the amount cannot give it.
            cost = sum((row.price + row.tax) * row.quantity for row in order.lines)
            if split and (cost >= 100 or "%" in split):
                services.splits.split(key, order.number, WantedSplit(parts=(split.replace("other", OTHER[key]),)))


def test_every_format_of_exports_is_compared(services):
    assert {entry.name for entry in services.exports.formats()} - {*FORMATS, CALENDAR.name} == set()


def net(rows):
    found = Counter()
    for unit, amount in rows:
        found[unit] += Decimal(amount)
    return {unit: amount for unit, amount in found.items() if amount}


def books(services, found):
    return [entry for entry in services.books.each(found) if entry.kind is not EntryKind.TOP_UP]


def exported(services, name, found):
    """Return the file of an export, None if no entry matches: then nothing is written."""
    stream = io.BytesIO()
    if any(entry.kind is not EntryKind.TOP_UP for entry in services.books.each(found)):
        services.exports.write(name, found, stream)
        return stream
    with pytest.raises(NotFound):
        services.exports.write(name, found, stream)
    assert stream.getvalue() == b""
    return None


def as_csv(services, found):
    if (stream := exported(services, "accountant-csv", found)) is None:
        return []
    return [(row["currency"], row["deductible"]) for row in csv.DictReader(io.StringIO(stream.getvalue().decode()))]


def as_workbook(services, found):
    if (stream := exported(services, "xlsx", found)) is None:
        return []
    rows = list(openpyxl.load_workbook(stream, read_only=True)["Entries"].iter_rows(values_only=True))
    unit, cost = rows[0].index("Currency"), rows[0].index("Cost")
    return [(row[unit], str(Decimal(str(row[cost])).quantize(Decimal("0.01")))) for row in rows[1:] if row[0] is not None]


def check_orders(services):
    """Entries of an order are its cost less refunds; refunds never exceed the cost."""
    entries = Counter()
    for entry in books(services, Filter()):
        entries[entry.account, entry.order.number] += entry.parts.gross
        assert sum(entry.parts) == entry.parts.gross
        assert sum(share.gross for share in entry.shares) == entry.parts.gross
        assert sum(paid.amount for paid in entry.paid) in {0, entry.parts.gross}
    for view in services.ledger.views(Filter()).items:
        cost, back = view.cost.minor if view.cost else 0, view.refunded.minor if view.refunded else 0
        assert entries[view.account, view.order.number] == cost - back
        assert back <= cost


def check_periods(services, found):
    """Books, expenses and exports agree for every purpose of a period."""
    whole = net((entry.currency, entry.gross.decimal) for entry in books(services, found))
    rows = services.ledger.expenses(found).items
    assert net((row.currency, row.net.decimal) for row in rows) == whole
    for purpose in PURPOSES:
        mine = Filter(since=found.since, until=found.until, purpose=purpose)
        shares = net((entry.currency, Decimal(entry.share_for(purpose)) / 100) for entry in books(services, mine))
        assert net((row.currency, row.net.decimal) for row in services.ledger.expenses(mine).items) == shares
        assert net(as_csv(services, mine)) == net(as_workbook(services, mine)) == shares
    assert sum(row.net.minor for row in services.one_currency.expenses(found, "EUR")[0]) == sum(
        entry.amount.minor for entry in services.one_currency.entries(found, "EUR") if entry.entry.kind is not EntryKind.TOP_UP
    )


def check_exports(services):
    """Every format has exactly the business part of the entries; those of one currency are written for that currency."""
    entries = books(services, Filter(purpose="business"))
    for name in FORMATS:
        unit = "USD" if name == "txf" else None if name in OF_ALL_CURRENCIES else "EUR"
        # A DATEV file holds one year.
        for year in (2025, 2026) if name == "datev" else (None,):
            mine = [entry for entry in entries if unit in (None, entry.currency) and year in (None, entry.on.year)]
            since, until = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
            stream = exported(services, name, Filter(purpose="business", currency=unit, since=since, until=until))
            assert (stream is None and not mine) or sums_in(name, stream.getvalue()) == business_sums(mine), name


def check_commands(home, services):
    """The command line and HTTP send the same shapes: `orders`, `books` and `expenses` as JSON tie to the entries of the ledger."""

    def shown(*arguments):
        out = io.BytesIO()
        with redirect_stdout(io.TextIOWrapper(out, encoding="utf-8", write_through=True)):
            assert cli.run(["--home", str(home), *arguments, "--json"]) in {0, 1}
            sys.stdout.flush()
            text = out.getvalue()
        return json.loads(text)["items"]

    whole = net((entry.currency, entry.gross.decimal) for entry in books(services, Filter()))
    orders = shown("orders", "--limit", "500")
    assert net((order["currency"], Decimal(order["cost"] or 0) - Decimal(order["refunded"] or 0)) for order in orders) == whole
    assert net((entry["currency"], entry["gross"]) for entry in shown("books") if entry["kind"] != "top_up") == whole
    assert net((row["currency"], row["net"]) for row in shown("expenses")) == whole
    assert owed(services.claims.all()) == owed(services.claims.months())


def owed(found):
    """Return what each pair of purses owes in all, whichever way round a claim or a month names them."""
    sums = Counter()
    for entry in found:
        first, second = sorted((entry.owes, entry.paid))
        sums[first, second, entry.amount.currency] += entry.amount.minor * (1 if entry.owes == first else -1)
    return {key: minor for key, minor in sums.items() if minor}


def check_overview_and_budgets(services):
    """The overview's year and month, and what budgets count, are sums of the entries until today."""
    with services.database.reading() as session:
        accounts = register.accounts_by_id(session)
        budgets = {(spent.account, spent.currency): spent.amount for spent in spent_this_month(session, accounts, TODAY)}
    for row in services.ledger.overview(TODAY):
        key = (row.account.key,)
        year = books(services, Filter(accounts=key, since=date(2026, 1, 1), until=TODAY))
        month = books(services, Filter(accounts=key, since=date(2026, 3, 1), until=TODAY))
        assert net((money.currency, money.decimal) for money in row.year) == net((entry.currency, entry.gross.decimal) for entry in year)
        spent = net((entry.currency, entry.gross.decimal) for entry in month)
        assert {unit: amount for (account, unit), amount in budgets.items() if account == row.account.key and amount} == spent


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ORDERS)
@pytest.mark.timeout(240)
def test_every_list_sum_and_export_agrees_to_the_cent(new_home, drawn):
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(new_home, folder / "home")
        now = datetime(2026, 3, 20, 12, tzinfo=UTC)
        services = build(Settings(home=folder / "home", port=0), clock=lambda: now)
        try:
            filled(services, folder, drawn)
            check_orders(services)
            for found in (Filter(), Filter(until=date(2025, 12, 31)), Filter(since=date(2026, 1, 1))):
                check_periods(services, found)
            check_overview_and_budgets(services)
            check_exports(services)
            with patch("assistant.bootstrap.build", partial(build, clock=lambda: now)):
                check_commands(folder / "home", services)
        finally:
            services.close()
