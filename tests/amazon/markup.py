"""Invented pages in each generation of the markup."""

from assistant.amazon.reading import read_page
from assistant.domain.documents import Document, Extraction

HEADER = (
    '<div id="nav-link-accountList"><a data-nav-ref="nav_youraccount_btn" href="/gp/css/homepage.html?ref_=nav_youraccount_btn">'
    '<span id="nav-link-accountList-nav-line-1">{hello}</span></a></div>'
)
SCRIPTS = '<script>ue_mid = "{mid}"; $Nav.declare("config", {{"marketplaceID":"{mid}","customerID":"{customer}"}});</script>'


def page(
    body: str, *, lang: str = "en-us", mid: str = "ATVPDKIKX0DER", customer: str = "A1EXAMPLE0001", hello: str = "Hello, Robin"
) -> str:
    header = HEADER.format(hello=hello)
    return f'<html lang="{lang}"><head>{SCRIPTS.format(mid=mid, customer=customer)}</head><body>{header}{body}</body></html>'


def reading(html: str | bytes, *, url: str | None = None, name: str = "page.html") -> Extraction:
    return read_page(Document(name=name, content=html.encode() if isinstance(html, str) else html, url=url))


def codes(extraction: Extraction) -> dict[str, str]:
    return {problem.where: problem.code for problem in extraction.problems}


OLD_LABELS = ("Order placed", "Total", "Order #")


def old_card(
    number: str = "111-0000001-0000001",
    *,
    placed: str = "December 30, 2018",
    total: str = "$71.90",
    body: str = "",
    labels: tuple[str, str, str] = OLD_LABELS,
) -> str:
    """L0: the class pair nests, labels and values carry classes."""
    return f"""<div class="order-card js-order-card"><div class="a-box-group order js-order-card">
      <div class="a-box order-info">
        <div class="a-column a-span3"><div class="a-row"><span class="label">{labels[0]}</span></div>
          <div class="a-row"><span class="value">{placed}</span></div></div>
        <div class="a-column yohtmlc-order-total"><div class="a-row"><span class="label">{labels[1]}</span></div>
          <div class="a-row"><span class="value">{total}</span></div></div>
        <div class="yohtmlc-order-id"><span class="label">{labels[2]}</span> <span class="value"><bdi dir="ltr">{number}</bdi></span></div>
        <a href="/gp/buyagain?session=143-7654321-7654321">Buy it again</a>
      </div>{body}</div></div>"""


def old_shipment(status: str = "", *items: str) -> str:
    top = f'<div class="shipment-top-row"><span class="a-size-medium a-text-bold">{status}</span></div>' if status else ""
    return f'<div class="a-box shipment">{top}{"".join(items)}</div>'


def old_item(asin: str = "B0EXAMPLE1", title: str = "Blue mug", notes: str = "", quantity: str = "") -> str:
    badge = f'<span class="item-view-qty">{quantity}</span>' if quantity else ""
    return f"""<div class="a-fixed-left-grid"><div><div class="item-view-left-col-inner"><a href="/gp/product/{asin}/ref=x">
      <img src="/x.jpg" alt="" title="{title}"></a>{badge}</div><div class="yohtmlc-item"><div class="a-row">
      <a href="/gp/product/{asin}/ref=x">{title}</a></div>
      {notes}</div></div></div>"""


def head_entry(label: str, value: str, span: int = 3) -> str:
    column = f"""<div class="a-row"><span class="a-text-caps">{label}</span></div>
      <div class="a-row"><span class="aok-break-word">{value}</span></div>"""
    return f'<li class="order-header__header-list-item"><div class="a-column a-span{span}">{column}</div></li>'


def card(*entries: str, number: str = "305-0000001-0000001", label: str = "Order #", body: str = "", slot: bool = False) -> str:
    """L2, with a slot L3."""
    attribute = f' data-csa-c-slot-id="amzn1.yourorders.order-card.{number}"' if slot else ""
    return f"""<div class="order-card js-order-card"{attribute}><div class="order-header"><ul>{"".join(entries)}
      <li class="order-header__header-list-item"><div class="yohtmlc-order-id"><span class="a-text-caps">{label}</span>
      <span dir="ltr">{number}</span></div></li></ul></div>{body}</div>"""


def delivery(status: str, *items: str) -> str:
    return f"""<div class="delivery-box"><div class="yohtmlc-shipment-status-primaryText"><h3>
      <span class="delivery-box__primary-text">{status}</span></h3></div>
      <div class="yohtmlc-shipment-status-secondaryText"><span>Left on the porch.</span></div>{"".join(items)}</div>"""


def item(asin: str = "B0EXAMPLE1", title: str = "Blue mug", notes: str = "", quantity: str = "") -> str:
    badge = f'<span class="product-image__qty"> {quantity} </span>' if quantity else ""
    return f"""<div class="item-box"><div class="product-image"><a href="/dp/{asin}?ref=x"><img src="/x.jpg" alt="{title}"></a>{badge}</div>
      <div class="yohtmlc-product-title"><a href="/dp/{asin}?ref=y">{title}</a></div>{notes}</div>"""


def component(name: str, inner: str = "") -> str:
    return f'<div data-component="{name}">{inner}</div>'


def line(label: str, value: str) -> str:
    return f"""<div class="a-row od-line-item-row"><div class="a-column od-line-item-row-label"><span>{label}</span></div>
      <div class="a-column od-line-item-row-content a-span-last"><span>{value}</span></div></div>"""


def detail_item(asin: str, title: str, price: str, *notes: str, quantity: str = "") -> str:
    badge = f'<div class="od-item-view-qty"><span>{quantity}</span></div>' if quantity else ""
    heading = component("itemTitle", f'<a href="/dp/{asin}?y">{title}</a>')
    printed = component(
        "unitPrice", f'<span class="a-price a-text-price"><span class="a-offscreen">{price}</span><span>{price}</span></span>'
    )
    return f"""<div class="a-fixed-left-grid"><div>
      <div data-component="purchasedItemsLeftGrid"><a href="/dp/{asin}?x"><img src="/x.jpg" alt="other"></a>{badge}</div>
      <div data-component="purchasedItemsRightGrid">{heading}{"".join(notes)}{printed}{component("giftMessage")}</div></div></div>"""


def details(*, number: str, placed: str, lines: str, boxes: str, extra: str = "") -> str:
    """D2: everything is a component, empty ones are present too."""
    head = component("orderDate", f"<span>{placed}<i></i></span>") + component("orderId", f"<span>{number}</span>") + component("poNumber")
    parcels = component("orderCard", component("shipments", boxes)) + component("cancelled")
    return f'<div id="orderDetails">{head}{extra}<div id="od-subtotals">{component("chargeSummary", lines)}</div>{parcels}</div>'


def detail_box(status: str, *items: str) -> str:
    heading = f'<h4 class="od-status-message"><span>{status}</span></h4><div class="od-status-message"><span>Left at the door.</span></div>'
    return f'<div class="a-box">{component("shipmentStatus", heading)}{component("purchasedItems", "".join(items))}</div>'
