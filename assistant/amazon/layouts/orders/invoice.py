"""The printable summary of layout I0: nested tables without classes, so only its printed lines are used. I1 looks like order details."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.dom import attribute, printed_lines, text_of
from assistant.amazon.labels.fields import Header, amount_line, header_line
from assistant.amazon.labels.phrases import has_label, labelled
from assistant.amazon.labels.states import state_of
from assistant.amazon.layouts.orders.address import recipient_from
from assistant.amazon.layouts.orders.arithmetic import prove
from assistant.amazon.layouts.orders.item import PRODUCT, asin_in, read_quantity
from assistant.amazon.layouts.orders.order_numbers import labelled_day, labelled_number, number_in_address
from assistant.amazon.layouts.orders.payments import split_method, uncharged
from assistant.amazon.layouts.orders.shipment import order_status
from assistant.amazon.layouts.orders.summary import add_lines
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import after, pattern, plain, western_digits
from assistant.amazon.values.money import is_amount, read_money
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Amount, Item, Order, OrderKind, OrderStatus, Payment, Recipient, Shipment

SHIPMENT = pattern(
    r"(?:(?:shipped|dispatched|delivered|service completed) on|not yet (?:shipped|dispatched)|preparing for (?:shipment|dispatch)|"
    r"shipping now|(?:versandt|versendet|zugestellt) am|noch nicht versandt|versand wird vorbereitet|(?:expedie|livre)e?s? le|"
    r"pas encore expedie|(?:spedit|consegnat)[oaie] il|non ancora spedit[oaie]|(?:enviad|entregad)[oa]s? el|"
    r"aun no enviado|enviad[oa] em|ainda nao enviad[oa]|verzonden op|nog niet verzonden|skickades|annu ej skickad|wyslano|"
    r"jeszcze nie wyslano|kargoya verildi|発送日|未発送)"
)
PAYMENT = pattern(
    r"(?:payment information|zahlungsinformation(?:en)?|informations? (?:de|sur le) paiement|informazioni (?:di|sul) pagamento|"
    r"informacion de(?:l)? pago|informacao de pagamento|informacoes de pagamento|betaalgegevens|betalingsgegevens|betalningsinformation|"
    r"informacje o platnosci|odeme bilgileri|お?支払い情報)"
)
CANCELLED = pattern(
    r"(?:order|bestellung|commande|ordine|pedido|encomenda|bestelling|bestallning|zamowienie|siparis|注文)\b.{0,40}"
    r"(?:cancell?ed|storniert|annule|annullato|cancelad|geannuleerd|avbruten|anulowan|iptal|キャンセル)"
)
WAS_CANCELLED = pattern(
    r"(?:order|bestellung|commande|ordine|pedido|bestelling|注文)\b.{0,12}(?:has been|was|is|wurde|ist|a ete|e stato|ha sido|is) "
    r"(?:cancell?ed|storniert|annule|annullato|cancelado|geannuleerd)"
)
"""A cancelled order that still lists its items says this. Elsewhere the words are advice: "orders can be cancelled"."""
GIFT_CARD = pattern(
    r"\b(?:e-?)?gift (?:card|certificate)\b|geschenk(?:gutschein|karte)|\bgutschein\b|cheque[- ]cadeau|carte[s]? cadeau|buono regalo"
    r"|(?:cheque|tarjeta) (?:de )?regalo|cadeaubon|presentkort|karta podarunkowa|ギフト(?:券|カード)"
)
COLUMN = pattern(
    r"(?:items? ordered|price|bestellte artikel|preis|articles? commandes?|prix|articoli ordinati|prezzo|productos pedidos|precio|"
    r"preco|prijs"
    r"|pris|cena|fiyat|価格|注文商品)"
)
"""Column headings, which stand where a missing title would be."""
UNNUMBERED = pattern(
    r"(?:bankeinzug|(?:sepa-?)?lastschrift(?:verfahren)?|(?:kauf )?auf rechnung|rechnung|(?:bank)?uberweisung|direct debit|bank account"
    r"|checking account|pay by invoice|prelevement(?: bancaire)?|addebito(?: diretto)?|bonifico|domiciliacion bancaria|incasso|ideal"
    r"|autogiro|faktura|コンビニ払い|代金引換)(?:\s*\([^()]{0,40}\))?"
)
"""Ways to pay that have no card number."""
ITEM = pattern(
    r"(?P<quantity>\d+(?:[.,]\d+)?)\s*(?P<weight>\([^()]{1,30}\)|(?:lbs?|oz|kg|g)\b)?\s*"
    r"(?:of|exemplar(?:e|\(e\))?\s+von|von|de|di|van|av|szt\. z|adet|点)\s*[:：]\s*"
)
BY = pattern(r"(?:by|von|par|di|de|por|door|av|autor|yazar|著者)\s*[:：]")
_WEIGHED = re.compile(r"\d\s*(?:lbs?|oz|kg|g)\)?\s+(?:of|von)\s*:")
"""The price of such a line is per pound or per piece; the page does not say which."""

PROFILE = re.compile(r"\s*\((?:[^()]*(?:profil|perfil|プロフィール)[^()]*)?\)\s*\Z", re.IGNORECASE)
LAST_DIGITS = re.compile(r"(?:[^:：|]{2,40}[:：]\s*)?(?P<method>[^:：|]{2,60}?)\s*\|\s*[^|]{0,60}?(?P<last4>\d{4})\Z")
_MOST_LINKS = 200
_LONGEST_METHOD = 40
_LONGEST_SENTENCE = 100
CHARGE = re.compile(r"(?P<method>[^:：]{4,100})[:：]\s*(?P<day>[^:：]{4,40})[:：]\s*(?P<money>[^:：]{0,30})\Z")


@dataclass(slots=True)
class _Part:
    """A piece of the page under one heading: the top, a shipment, the payment."""

    heading: str = ""
    lines: list[str] = field(default_factory=list)


_UNREAD = sentence_of("This kind of invoice is not read. Open the order's details and save that page instead.")


def read_invoice(tree: LexborHTMLParser, notes: Notes, url: str | None) -> tuple[Order, ...]:
    """Read the one order of a printable summary."""
    lines = printed_lines(tree.body)
    text = "\n".join(lines)
    number = labelled_number(text) or number_in_address(url)
    if number is None:
        notes.problem("orders", "unsupported", _UNREAD)
        return ()
    where = "orders[0]"
    placed = labelled_day(text)
    if placed is None:
        notes.problem(f"{where}.placed_on", "missing", sentence_of("The day of the order was not found."))
    top, shipped, paid = _split_page(lines)
    items, shipments = _contents(shipped or [top], notes, where)
    items = _identified(items, tree)
    money = [pair for part in (top, *([paid] if paid else shipped)) for pair in _amounts(part.lines, notes.currency)]
    summary = add_lines(money, notes, where)
    sentences = [plain(line[:_LONGEST_SENTENCE]) for line in (*top.lines, *(paid.lines if paid else ()))]
    cancelled = any((WAS_CANCELLED if items else CANCELLED).search(sentence) for sentence in sentences)
    if Amount.GRAND_TOTAL not in summary.amounts and not cancelled:
        notes.problem(f"{where}.amounts.grand_total", "missing", sentence_of("The total of the order was not found."))
    if not items and not cancelled:
        notes.problem(f"{where}.items", "missing", sentence_of("The order names no item."))
    prove(summary, () if _WEIGHED.search(text) else items, shipments, notes, where)
    return (
        Order(
            number=number,
            kind=_kind_by_number(number, items),
            placed_on=placed,
            status=OrderStatus.CANCELLED if cancelled else order_status([state_of(box.status or "") for box in shipments]),
            cancelled=cancelled,
            currency=summary.currency or notes.currency,
            marketplace=notes.marketplace.name if notes.marketplace else None,
            recipient=_recipient(lines),
            amounts=summary.amounts,
            items=items,
            shipments=shipments,
            payments=_payments(paid.lines if paid else lines, notes, where),
        ),
    )


def _kind_by_number(number: str, items: Sequence[Item]) -> OrderKind:
    if items and all(GIFT_CARD.search(plain(item.title or "")) for item in items):
        return OrderKind.GIFT_CARD
    return OrderKind.DIGITAL if number.startswith("D") else OrderKind.RETAIL


def _split_page(lines: Sequence[str]) -> tuple[_Part, list[_Part], _Part | None]:
    """Return the top of the page, its shipments, and the payment. A digital order has no shipments, only a top."""
    top = part = _Part()
    shipped: list[_Part] = []
    paid: _Part | None = None
    for line in lines:
        folded = plain(line[:200])
        if PAYMENT.match(folded):
            part = paid = _Part(line)
        elif SHIPMENT.match(folded):
            part = _Part(line)
            shipped.append(part)
        else:
            part.lines.append(line)
    return top, shipped, paid


def _contents(parts: Sequence[_Part], notes: Notes, where: str) -> tuple[tuple[Item, ...], tuple[Shipment, ...]]:
    items: list[Item] = []
    shipments: list[Shipment] = []
    for part in parts:
        first = len(items)
        items += [
            _invoiced_item(lines, notes, f"{where}.items[{first + place}]")
            for place, lines in enumerate(_item_lines(part.lines, notes.currency))
        ]
        if part.heading:
            heading = _once(part.heading)
            inside = tuple(range(first, len(items)))
            shipments.append(Shipment(status=heading, shipped_on=read_day(heading), items=inside))
    return tuple(items), tuple(shipments)


def _once(text: str) -> str:
    """Return a heading once if it is printed twice in a row."""
    half = text[: len(text) // 2]
    return half if half and text == half * 2 else text


def _item_lines(lines: Sequence[str], currency: str | None) -> Iterator[list[str]]:
    """Yield the lines of each item, from "1 of: ..." to its price. Digital items begin with the title alone, above "By:" or "Sold By:"."""
    starts = [place for place, line in enumerate(lines) if ITEM.match(plain(line[:400]))]
    if not starts:
        starts = [place for place, pair in enumerate(pairwise(lines)) if not _is_note(pair[0]) and _is_note(pair[1])]
    for start, end in pairwise([*starts, len(lines)]):
        price = next((place for place in range(start + 1, end) if read_money(lines[place], currency) is not None), end - 1)
        yield list(lines[start : price + 1])


def _identified(items: tuple[Item, ...], tree: LexborHTMLParser) -> tuple[Item, ...]:
    """Return the items with the ASINs of product links. Only summaries of digital orders have such links."""
    links = ((text_of(link), asin_in(attribute(link, "href"))) for link in tree.css(PRODUCT.selector)[:_MOST_LINKS])
    products = [(title, asin) for title, asin in links if title and asin]
    if not products:
        return items
    known = (next((asin for title, asin in products if (item.title or "").startswith(title)), None) for item in items)
    return tuple(replace(item, asin=asin) for item, asin in zip(items, known, strict=True))


def _is_note(line: str) -> bool:
    named = labelled(line)
    return BY.match(plain(line[:100])) is not None or (named is not None and named[0] == "seller")


def _invoiced_item(lines: Sequence[str], notes: Notes, where: str) -> Item:
    counted = ITEM.match(plain(lines[0][:400]))
    title = _once((after(ITEM, lines[0][:2000]) if counted else lines[0]) or (lines[1] if len(lines) > 1 else ""))
    named = dict(filter(None, map(labelled, lines)))
    price = lines[-1] if len(lines) > 1 else ""
    if title and (has_label(title) or COLUMN.fullmatch(plain(title))):
        notes.problem(f"{where}.title", "unreadable", sentence_of("'{title}' contains more than a title.", title=title[:60]))
        title = ""
    elif not title:
        notes.problem(f"{where}.title", "missing", sentence_of("The item has no title on the page."))
    return Item(
        title=title or None,
        quantity=read_quantity(counted["quantity"], notes, f"{where}.quantity") if counted and not _weighed(counted) else None,
        unit_price=notes.money(price, f"{where}.unit_price"),
        seller=PROFILE.sub("", named["seller"]).rstrip(" (") if "seller" in named else None,
        condition=named.get("condition"),
    )


def _weighed(counted: re.Match[str]) -> bool:
    weight = counted["weight"]
    return weight is not None and not weight.startswith("(")


def _amounts(lines: Sequence[str], currency: str | None) -> Iterator[tuple[str, str]]:
    """Yield each label with its amount, which is after the colon or in the next cell."""
    for line, following in pairwise([*lines, ""]):
        label, _, value = line.rpartition(":")
        if value.strip() and amount_line(label) is not None and read_money(value, currency) is not None:
            yield label, value
        elif amount_line(line) is not None and read_money(following, currency) is not None:
            yield line, following


def _payments(lines: Sequence[str], notes: Notes, where: str) -> tuple[Payment, ...]:
    charges: list[Payment] = []
    named: list[Payment] = []
    for line, following in pairwise([*lines, ""]):
        charge, method = CHARGE.match(line), LAST_DIGITS.match(western_digits(line))
        day = read_day(charge["day"]) if charge else None
        if charge is not None and day is not None:
            amount = notes.money(charge["money"] or following, f"{where}.payments")
            name, last4 = split_method(charge["method"])
            charges.append(Payment(method=name, last4=last4, amount=amount, charged_on=day))
        elif method is not None:
            named.append(Payment(method=method["method"], last4=method["last4"]))
        elif UNNUMBERED.fullmatch(plain(line)) or (
            len(line) <= _LONGEST_METHOD and amount_line(line) is Amount.GIFT_CARD and read_money(following, notes.currency) is None
        ):
            named.append(Payment(method=line))
    return (*charges, *uncharged(named, charges))


def _recipient(lines: Sequence[str]) -> Recipient:
    start = next((place for place, line in enumerate(lines) if header_line(line) is Header.RECIPIENT), None)
    if start is None:
        return Recipient()
    end = next((place for place in range(start + 1, len(lines)) if _ends_address(lines[place])), len(lines))
    return recipient_from(lines[start + 1 : end])


def _ends_address(line: str) -> bool:
    folded = plain(line[:200])
    return ":" in line or is_amount(line) or PAYMENT.match(folded) is not None or SHIPMENT.match(folded) is not None
