"""Invented golden pages: every kind and generation in every language, each with its expected values."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.amazon.marketplaces import by_id
from assistant.domain.money import Money
from assistant.domain.orders.order import OrderKind
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.languages import LANGUAGES, Language
from tests.amazon.markup import (
    card,
    component,
    delivery,
    detail_box,
    detail_item,
    details,
    head_entry,
    item,
    line,
    old_card,
    old_item,
    old_shipment,
    page,
)

PLACED, DELIVERED, CHARGED = date(2024, 12, 14), date(2024, 12, 16), date(2024, 12, 15)
MUG, PAN = 125_000, 7_250
SUBTOTAL, SHIPPING, TAX = 2 * MUG + PAN, 499, 51_549
TOTAL = SUBTOTAL + SHIPPING + TAX
SUMS = (SUBTOTAL, SHIPPING, SUBTOTAL + SHIPPING, TAX, TOTAL)
NUMBER = "305-0000001-0000001"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The expected values of one order."""

    number: str = NUMBER
    kind: OrderKind = OrderKind.RETAIL
    total: Money | None
    items: tuple[tuple[str | None, str, int | None], ...] = (("B0EXAMPLE1", "Blue mug", 2), ("B0EXAMPLE2", "Iron pan", None))
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Golden:
    """A page and its expected values; `rows` are the amounts of a payment history."""

    name: str
    kind: SourceKind
    layout: str | None = None
    html: str
    url: str | None = None
    orders: tuple[Expected, ...] = ()
    rows: tuple[Money, ...] = ()
    problems: tuple[str, ...] = ()


def _print_address(language: Language) -> str:
    shop = by_id(language.mid)
    return f"https://{shop.host if shop else ''}/gp/css/summary/print.html?orderID={NUMBER}"


def _page(language: Language, body: str) -> str:
    return page(body, lang=language.lang, mid=language.mid)


def _notes(language: Language, tag: str) -> str:
    return "".join(tag.format(text) for text in (language.sold_by.format("Sample Shop"), language.condition.format("New")))


def _list(language: Language, layout: str, *cards: str) -> Golden:
    count = f'<form class="js-time-filter-form"><span class="num-orders">{len(cards)} orders</span></form>'
    says = tuple(Expected(number=f"305-000000{place}-0000001", total=language.amount(TOTAL)) for place in range(1, len(cards) + 1))
    return Golden(
        name=f"{layout} {language.lang}",
        kind=SourceKind.ORDER_LIST,
        layout=layout,
        html=_page(language, count + "".join(cards)),
        orders=says,
    )


def old_list(language: Language) -> Golden:
    labels = (language.placed_on[0], language.total, language.number)
    body = old_shipment(language.delivered, old_item(quantity="2"), old_item("B0EXAMPLE2", "Iron pan"))
    cards = (
        old_card(f"305-000000{place}-0000001", placed=language.placed_on[1], total=language.money(TOTAL), body=body, labels=labels)
        for place in (1, 2)
    )
    return _list(language, "L0", *cards)


def _column(width: int, label: str, value: str) -> str:
    return f"""<div class="a-column a-span{width}"><div class="a-row a-size-mini"><span class="a-text-caps">{label}</span></div>
      <div class="a-row"><span class="a-size-base">{value}</span></div></div>"""


def first_grid_list(language: Language) -> Golden:
    """L1: columns in the card's header, boxes below."""
    cards = []
    for place in (1, 2):
        head = _column(3, *language.placed_on) + _column(2, language.total, language.money(TOTAL))
        number = f"""<div class="yohtmlc-order-id"><span class="a-color-secondary a-text-caps">{language.number}</span>
          <span class="a-color-secondary" dir="ltr">305-000000{place}-0000001</span></div>"""
        cards.append(f'<div class="order-card js-order-card"><div class="order-header">{head}{number}</div>{_parcel(language)}</div>')
    return _list(language, "L1", *cards)


def _parcel(language: Language) -> str:
    notes = _notes(language, '<span class="a-size-small">{}</span>')
    return delivery(language.delivered, item(quantity="2", notes=notes), item("B0EXAMPLE2", "Iron pan"))


def newer_list(language: Language, layout: str) -> Golden:
    head = (head_entry(*language.placed_on), head_entry(language.total, language.money(TOTAL), 2))
    cards = (
        card(*head, number=f"305-000000{place}-0000001", label=language.number, body=_parcel(language), slot=layout == "L3")
        for place in (1, 2)
    )
    return _list(language, layout, *cards)


def _old_row(label: str, value: str) -> str:
    return f'<div class="a-row"><div class="a-column">{label}</div><div class="a-column a-span-last">{value}</div></div>'


def _details(language: Language, layout: str, body: str) -> Golden:
    says = (Expected(total=language.amount(TOTAL)),)
    return Golden(name=f"{layout} {language.lang}", kind=SourceKind.ORDER_DETAILS, layout=layout, html=_page(language, body), orders=says)


def _old_item(language: Language, asin: str, title: str, price: int, quantity: str = "") -> str:
    paid = f'<div class="a-row"><span class="a-size-small a-color-price">{language.money(price)}</span></div>'
    notes = _notes(language, '<div class="a-row"><span class="a-size-small">{}</span></div>')
    return old_item(asin, title, notes=notes + paid, quantity=quantity)


def oldest_details(language: Language) -> Golden:
    """D0, with a breakdown that opens when it is clicked."""
    hidden = f'<div class="a-popover-preload">{_old_row(language.lines[0], language.money(PAN))}</div>'
    sums = "".join(_old_row(label, language.money(minor)) for label, minor in zip(language.lines, SUMS, strict=True))
    parcel = old_shipment(
        language.delivered, _old_item(language, "B0EXAMPLE1", "Blue mug", MUG, "2"), _old_item(language, "B0EXAMPLE2", "Iron pan", PAN)
    )
    body = f"""<div id="orderDetails"><span class="order-date-invoice-item">{" ".join(language.placed_on)}</span>
      <span class="order-date-invoice-item">{language.number} <bdi dir="ltr">{NUMBER}</bdi></span>
      <div class="displayAddressDiv"><ul><li class="displayAddressLI displayAddressFullName">Robin Example</li>
        <li class="displayAddressLI displayAddressAddressLine1">1 Sample St</li></ul></div>
      <ul><li class="pmts-payments-instrument-detail-box-x">
      <img class="pmts-payment-credit-card-instrument-logo" alt="Visa">{language.charged.split("1234")[0]}1234</li></ul>
      <div class="a-expander-content"><div class="a-row">X: {language.placed_on[1]} - Visa 1234: {language.money(TOTAL)}</div></div>
      <div id="od-subtotals">{sums}{hidden}</div>{parcel}</div>"""
    return _details(language, "D0", body)


def _items(language: Language) -> tuple[str, str]:
    notes = component("orderedMerchant", f"<span>{language.sold_by.format('Sample Shop')}</span>") + component(
        "itemCondition", f"<span>{language.condition.format('New')}</span>"
    )
    return (
        detail_item("B0EXAMPLE1", "Blue mug", language.money(MUG), notes, quantity="2"),
        detail_item("B0EXAMPLE2", "Iron pan", language.money(PAN), notes),
    )


def middle_details(language: Language) -> Golden:
    """D1: the sums and the items are components, day and number are not."""
    sums = "".join(_old_row(label, language.money(minor)) for label, minor in zip(language.lines, SUMS, strict=True))
    head = f"""<span class="order-date-invoice-item">{" ".join(language.placed_on)}</span>
      <span class="order-date-invoice-item">{language.number} <bdi dir="ltr">{NUMBER}</bdi></span>"""
    parcel = f"""<div class="a-box shipment"><div class="shipment-top-row">
      <span class="a-size-medium a-text-bold">{language.delivered}</span></div>
      {component("purchasedItems", "".join(_items(language)))}</div>"""
    return _details(language, "D1", f'<div id="orderDetails">{head}{component("orderSubtotals", sums)}{parcel}</div>')


def newest_details(language: Language) -> Golden:
    """D2."""
    sums = "".join(line(label, language.money(minor)) for label, minor in zip(language.lines, SUMS, strict=True))
    body = details(
        number=NUMBER, placed=" ".join(language.placed_on), lines=sums, boxes=detail_box(language.delivered, *_items(language)), extra=PAID
    )
    return _details(language, "D2", body)


def printable_components(language: Language) -> Golden:
    """I1: the same components under the address of the printable page."""
    name = f"I1 {language.lang}"
    return replace(newest_details(language), name=name, kind=SourceKind.INVOICE, layout="I1", url=_print_address(language))


PAID = component(
    "viewPaymentPlanSummaryWidget",
    '<div data-testid="payment-instrument"><span data-testid="payment-instrument-name">Visa</span><span>••••</span>'
    '<span data-testid="payment-instrument-number">1234</span></div>',
)


def nested_tables(language: Language) -> Golden:
    """I0: nothing but tables and bold print."""
    rows = "".join(
        f"""<tr><td>{language.pieces.format(count, f"<i>{title}</i>")}<br>{language.sold_by.format("Sample Shop")} (<a>seller profile</a>)
          <br><span>{language.condition.format("New")}</span></td><td align="right">{language.money(price)}</td></tr>"""
        for count, title, price in ((2, "Blue mug", MUG), (1, "Iron pan", PAN))
    )
    sums = "".join(f"<tr><td>{label}</td><td>{language.money(minor)}</td></tr>" for label, minor in zip(language.lines, SUMS, strict=True))
    body = f"""<center><b>{language.number} {NUMBER}</b></center><table><tr><td><table><tr><td><b>{language.placed_on[0]}:</b>
      {language.placed_on[1]}</td></tr></table></td></tr><tr><td><table><tr><td><b>{language.shipped}</b></td></tr>
      <tr><td><table>{rows}</table></td></tr><tr><td><b>{language.ship_to}:</b><br>Robin Example<br>1 Sample St<br></td></tr>
      <tr><td>Speed: slow</td></tr></table></td></tr><tr><td><table><tr><td><b>{language.payment}</b></td></tr>
      <tr><td><b>Method:</b> Visa | Last digits: 1234</td></tr><tr><td><table>{sums}</table></td></tr>
      <tr><td><table><tr><td>{language.charged.format("")}</td><td>{language.money(TOTAL)}</td></tr></table></td></tr></table></td></tr></table>"""
    items = ((None, "Blue mug", 2), (None, "Iron pan", 1))
    return Golden(
        name=f"I0 {language.lang}", kind=SourceKind.INVOICE, layout="I0", html=_page(language, body), url=_print_address(language),
        orders=(Expected(total=language.amount(TOTAL), items=items),),
    )  # fmt: skip


def form_day(day: str, method: str, amount: str, order: str, heading: str = "") -> str:
    """A date group of the form page with one charge."""
    row = f"""<div class="apx-transactions-line-item-component-container"><div class="a-row"><div class="a-column a-span9">
      <span class="a-size-base a-text-bold">{method}</span></div><div class="a-column a-span3 a-text-right">
      <span class="a-size-base-plus a-text-bold">{amount}</span></div></div><div class="a-section"><div class="a-row">
      <div class="a-column a-span12"><a class="a-link-normal" href="/x?orderID={NUMBER}">{order}</a></div></div>
      <div class="a-row"><div class="a-column a-span12"><span class="a-size-base">SAMPLE</span></div></div></div></div>"""
    return f"""<form action="/cpe/yourpayments/transactions"><input name="ppw-widgetState" value="x">{heading}
      <div class="a-section apx-transaction-date-container"><span>{day}</span></div><div class="pmts-portal-component">{row}</div></form>"""


def form_history(language: Language) -> Golden:
    """T0."""
    body = form_day(language.placed_on[1], "Visa ****1234", language.money(-TOTAL), f"{language.number} {NUMBER}")
    return _history(language, "T0", _page(language, body))


def _history(language: Language, name: str, html: str) -> Golden:
    return Golden(name=f"{name} {language.lang}", kind=SourceKind.TRANSACTIONS, html=html, rows=(language.amount(-TOTAL),))


def embedded_history(language: Language) -> Golden:
    """T1 with its data."""
    row = {
        "formattedAmount": language.money(-TOTAL), "formattedDate": language.placed_on[1], "statementDescriptor": "SAMPLE",
        "orderData": [{"orderDisplayString": f"{language.number} {NUMBER}"}], "statusInfo": {"status": "Completed"},
        "paymentMethodDisplayStringData": {"paymentMethodName": "Visa", "paymentMethodNumber": {"lastDigits": "1234"}},
    }  # fmt: skip
    data = json.dumps({"props": {"pageProps": {"state": {"transactionList": [row]}}}})
    return _history(language, "T1 data", _page(language, f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'))


def rendered_history(language: Language) -> Golden:
    """T1 as rendered, without its data."""
    body = f"""<a data-testid="transaction-link">
      <span data-testid="text">{language.placed_on[1]}</span>
      <span data-testid="text">SAMPLE</span>
      <span data-testid="method-details-name">Visa</span><span data-testid="method-details-number">1234</span>
      <div data-testid="text">{language.number} {NUMBER}</div><div data-testid="text">{language.money(-TOTAL)}</div></a>"""
    return _history(language, "T1 rendered", _page(language, body))


def goldens() -> Iterator[Golden]:
    """Every page kind and generation in every language."""
    for language in LANGUAGES:
        yield old_list(language)
        yield first_grid_list(language)
        yield newer_list(language, "L2")
        yield newer_list(language, "L3")
        yield oldest_details(language)
        yield middle_details(language)
        yield newest_details(language)
        yield printable_components(language)
        yield nested_tables(language)
        yield form_history(language)
        yield embedded_history(language)
        yield rendered_history(language)
