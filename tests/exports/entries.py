"""The entries that the tests write in every format: refunds, mixed use, two currencies, text that looks like a formula."""

import io
from datetime import date
from decimal import Decimal

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.shares import PurposeShare
from assistant.exports import BooksView

ONE_CURRENCY = {"qif", "quickbooks-csv", "iif", "xero-bank", "xero-precoded", "freeagent", "ynab", "monarch", "actual", "txf", "datev"}


def entry(number, day, parts, **more):
    values = {
        "id": f"{number}.1.0.0",
        "kind": EntryKind.REFUND if parts.gross < 0 else EntryKind.PURCHASE,
        "on": day,
        "basis": DateBasis.REFUNDED if parts.gross < 0 else DateBasis.CHARGED,
        "account": "biz",
        "order": EntryOrder(number=f"111-000000{number}-0000001", placed_on=date(2024, 12, 30), marketplace="amazon.com"),
        "item": EntryItem(asin="B0LAMP", title="Lamp, 2 m", nth=1, quantity=1, seller="Lamps Ltd", category="lighting"),
        "parts": parts,
        "currency": "USD",
        "certainty": Certainty.STATED,
        "paid": (PurseShare(instrument="card", network="visa", last4="0042", amount=parts.gross),),
        "shares": (PurposeShare(purpose="business", share=Decimal("1.00"), gross=parts.gross),),
    }
    return Entry(**values | more)


def entries():
    vat = TaxShare(code="vat", rate=Decimal("0.20"), base=5000, amount=1000, certainty=Certainty.STATED)
    half = tuple(PurposeShare(purpose=word, share=Decimal("0.50"), gross=3000) for word in ("business", "personal"))
    pens = EntryItem(asin=None, title='=HYPERLINK("x")', nth=1, quantity=None)
    london = EntryOrder(number="203-0000002-0000001", placed_on=date(2025, 4, 1), marketplace="amazon.co.uk")
    yield entry(1, date(2025, 1, 2), Parts(goods=3000, shipping=120, discount=-300, tax=210))
    yield entry(2, date(2025, 4, 5), Parts(goods=5000, tax=1000), order=london, currency="GBP", taxes=(vat,), shares=half)
    yield entry(3, date(2025, 4, 6), Parts(goods=1280), item=pens, order=london, currency="GBP", paid=())
    yield entry(1, date(2025, 5, 3), Parts(goods=-3000, tax=-210), id="1.1.1.0")


def in_one_currency(unit="USD"):
    """Return entries of one currency: two items charged together and partly by gift card, then two refunds on one day."""
    rate = {"EUR": "0.19"}.get(unit)
    tax = (TaxShare(code="vat", rate=Decimal(rate), base=3000, amount=570, certainty=Certainty.STATED),) if rate else ()
    shop = EntryOrder(number="302-0000001-0000001", placed_on=date(2024, 12, 30), marketplace="amazon.de" if rate else "amazon.com")
    paper = EntryItem(asin="B0PAPER", title='Bürobedarf "万年筆", ＝1+1', nth=1, quantity=2, category="office")
    mixed = tuple(PurposeShare(purpose=word, share=Decimal(1), gross=minor) for word, minor in (("business", 800), ("personal", 480)))
    card = PurseShare(instrument="card", network="visa", last4="0042", amount=2570)
    gift = PurseShare(instrument="gift_card", amount=1000)
    yield entry(1, date(2025, 1, 2), Parts(goods=3000, tax=570), order=shop, currency=unit, taxes=tax, item=paper, paid=(card, gift))
    yield entry(1, date(2025, 1, 2), Parts(goods=1280), order=shop, currency=unit, id="1.2.0.0", shares=mixed)
    yield entry(1, date(2025, 5, 3), Parts(goods=-1500, tax=-285), order=shop, currency=unit, taxes=tax, item=paper, id="1.1.1.0")
    yield entry(1, date(2025, 5, 3), Parts(goods=-100), order=shop, currency=unit, item=paper, id="1.1.2.0")


def for_format(name):
    """Return the entries for a format's golden file."""
    if name not in ONE_CURRENCY:
        return [*entries()]
    return [*in_one_currency("EUR" if name == "datev" else "USD")]


def written(exporter, found, stream=None, **more):
    stream = io.BytesIO() if stream is None else stream
    view = BooksView(title="Business expenses", period="2025", purpose="business", entries=found, labels={"biz": "Kim Studio"}, **more)
    exporter.write(view, stream)
    return stream.getvalue()
