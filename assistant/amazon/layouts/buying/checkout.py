"""Reads the checkout: items, address, payment and promotions."""

import re
from dataclasses import dataclass
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, first, first_price, first_text, found_by, lines_of, price_text, text_of
from assistant.amazon.labels.fields import amount_line
from assistant.amazon.labels.offer_limits import read_limit
from assistant.amazon.layouts.buying.cart import interval_of, quantity_of, seller_in
from assistant.amazon.layouts.buying.promotions import read_promotions
from assistant.amazon.layouts.orders.item import PRODUCT
from assistant.amazon.layouts.orders.payments import split_method
from assistant.amazon.layouts.table import Boxes, Field, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.folding import after, pattern, plain
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount
from assistant.domain.pages.visit import Basket, BasketLine

SELECTORS: dict[str, tuple[str, ...]] = {
    "line": (".lineitem-container", "[data-testid=lineitem-container]", ".shipping-group .item-row"),
    "asin": ('[data-testid^="Item_asin_"]',),
    "total": (
        "[data-shimmer-target=ordertotals-amount]",
        ".grand-total-price",
        "[data-testid=order-total]",
        "#turbo-checkout-total",
        ".order-summary-grand-total",
    ),
    "summary": ("#subtotals-marketplace-table", "#subtotals"),
    "name": ("#deliver-to-customer-text", ".displayAddressFullName", "[data-testid=deliver-to-customer]"),
    "address": ("#deliver-to-address-text", "[data-testid=deliver-to-address]", "#turbo-checkout-shipping-address"),
    "panel": ("#checkout-deliveryAddressPanel", "#shipaddress", ".displayAddressDiv"),
    "payment": (
        "#selected-payment-methods-list-container",
        "[data-testid=payment-instrument]",
        "#payment-information",
        "#turbo-checkout-payment",
    ),
    "gift": (
        'input[name*="gift" i][checked]',
        'input[id*="gift" i][checked]:not([id*="card" i])',
        '[data-isgift="1"]',
        '[data-isgift="true"]',
    ),
}

ASIN = Field(anchors=SELECTORS["asin"], read=lambda text: text if re.fullmatch(r"[A-Z0-9]{10}", text) else None)
TITLE = Field(
    anchors=(".lineitem-title-text", "[data-testid^=Item_title]", ".asin-title", ".item-title", *PRODUCT.anchors),
    read=text_or_none,
    required=True,
)
STEPPER = Field(
    anchors=("fieldset[name=checkout-quantity-stepper]", "[data-steppervalue]"),
    text=partial(attribute, name="data-steppervalue"),
    read=text_or_none,
)
QUANTITY = Field(
    anchors=("select[name*=quantity] option[selected]", ".quantity-display", ".lineitem-quantity", "[data-testid^=Item_quantity]"),
    read=text_or_none,
)
PRICE = Field(
    anchors=(".lineitem-price-text", ".lineitem-price", "[data-testid^=Item_price]", ".a-price", ".a-color-price"),
    text=price_text,
    read=text_or_none,
)

GIFT = Boxes(anchors=SELECTORS["gift"])

_DEEPEST, _MOST_LINES = 12, 40
_TO = pattern(
    r"^(?:deliver(?:ing|y)? to|ship(?:ping)? to|lieferung an|liefern an|livraison a|livrer a|consegna a|"
    r"spedisci a|entregar a|enviar a|entrega a|"
    r"enviando a|bezorgen bij|bezorging bij|leverans till|levereras till|dostawa do|teslimat|お届け先)\s*:?\s*"
)
_WITH = pattern(
    r"^(?:paying with|pay with|payment method|zahlung mit|zahlen mit|bezahlung mit|zahlungsart|paiement par|payer avec|paiement avec|"
    r"pagamento con|paghi con|pagar con|pagando con|pago con|pagamento com|pagar com|betalen met|betaling met|"
    r"betala med|platnosc|odeme)\s*:?\s*"
)
_INSTALMENTS = pattern(
    r"monthly payments?|in \d+ (?:monthly )?(?:payments|instal)|monatliche (?:zahlung|rate)|monatsrate|ratenzahlung|paiement(?:s)? mensuel|"
    r"paiement en \d+ (?:fois|mensualites)|mensualites|rate mensili|pagamento a rate|pagos? mensual|plazos|parcelas|pagamentos mensais|"
    r"maandelijkse (?:betaling|termijn)|manadsbetalning|delbetalning|raty|platnosci miesieczne|taksit|分割払い|月々"
)
_MANY_DIGITS = re.compile(r"(?P<method>.*?\D)??\W*(?<!\d)(?P<last4>\d{4})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _LineFields:
    """The values of a line that a page may print in several places, or nowhere."""

    quantity: Field[str]
    stepper: Field[str]
    price: Field[str]


def read_checkout(tree: LexborHTMLParser, notes: Notes) -> Basket:
    """Read the review step of a checkout, or the small Buy Now window."""
    root = tree.root
    if root is None:
        return Basket()
    marks = found_by(root, SELECTORS["asin"])
    containers = found_by(root, SELECTORS["line"]) or [node for node in map(_container, marks) if node is not None]
    fields = _LineFields(quantity=QUANTITY.on(root), stepper=STEPPER.on(root), price=PRICE.on(root))
    lines = tuple(_checkout_line(node, fields, notes, f"checkout.lines[{index}]") for index, node in enumerate(containers))
    recipient, ship_to = _destination(root)
    payment = first_text(root, SELECTORS["payment"])
    method, last4 = _payment(payment)
    return Basket(
        lines=lines,
        total=_total(root, notes),
        recipient=recipient,
        ship_to=ship_to,
        method=method,
        last4=last4,
        instalments=_INSTALMENTS.search(plain(payment)) is not None,
        gift=GIFT.first(root) is not None,
        promotions=read_promotions(root, notes),
    )


def _container(mark: LexborNode) -> LexborNode | None:
    """Return the box around a hidden ASIN if rows have no class: the widest box with only one ASIN."""
    box = mark.parent
    for _ in range(_DEEPEST):
        wider = box.parent if box is not None else None
        if wider is None or wider.tag in ("body", "form") or len(found_by(wider, SELECTORS["asin"])) > 1:
            break
        box = wider
    return box


def _checkout_line(node: LexborNode, fields: _LineFields, notes: Notes, where: str) -> BasketLine:
    title = TITLE.first(node)
    printed = re.search(r"\d+", fields.quantity.first(node) or "")
    said = [line for line in lines_of(node)[:_MOST_LINES] if line != title]
    every = interval_of(said)
    return BasketLine(
        asin=ASIN.first(node) or PRODUCT.first(node),
        title=title,
        quantity=quantity_of(fields.stepper.first(node) or (printed[0] if printed else ""), notes, f"{where}.quantity"),
        price=notes.money(fields.price.first(node) or "", f"{where}.price"),
        limit=read_limit(said),
        subscription=every is not None,
        every=every,
        seller=seller_in(said),
    )


def _total(root: LexborNode, notes: Notes) -> Money | None:
    text = first_price(root, SELECTORS["total"])
    if text:
        return notes.money(text, "checkout.total")
    for table in found_by(root, SELECTORS["summary"]):
        for row in table.css("tr, li, .a-row"):
            texts = [text_of(cell) for cell in row.css("td, .a-column, span") if text_of(cell)]
            if len(texts) > 1 and amount_line(texts[0]) is Amount.GRAND_TOTAL:
                return notes.money(texts[-1], "checkout.total")
    return None


def _destination(root: LexborNode) -> tuple[str | None, str | None]:
    """Return the recipient, and the whole address in one text (label, street, postcode, town), as far as the page prints it."""
    name = _without(_TO, first_text(root, SELECTORS["name"]))
    address = first_text(root, SELECTORS["address"])
    panel = first(root, SELECTORS["panel"])
    if not address and panel is not None:
        lines = [line for entry in panel.css("li") for line in lines_of(entry)] or lines_of(panel)
        lines = [line for line in lines if _without(_TO, line)]
        name = name or _without(_TO, lines[0] if lines else "")
        address = ", ".join(line for line in lines if _without(_TO, line) != name)
    return name or None, address or None


def _payment(text: str) -> tuple[str | None, str | None]:
    """("Visa", "1234") of "Paying with Visa 1234"."""
    named = _without(_WITH, text[:200])
    method, last4 = split_method(named)
    if last4 is None and named:
        found = _MANY_DIGITS.match(named)
        if found:
            return ((found["method"] or "").strip(" ,:-•*·") or None, found["last4"])
    return method, last4


def _without(prefix: re.Pattern[str], text: str) -> str:
    rest = after(prefix, text)
    return text.strip() if rest is None else rest
