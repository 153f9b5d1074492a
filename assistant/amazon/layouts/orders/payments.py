"""Reads how an order was paid: the methods, and the single charges and refunds if they are printed."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import ancestors, attribute, lines_of, text_of
from assistant.amazon.layouts.table import Boxes, Field, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern, plain, western_digits
from assistant.amazon.values.money import read_money
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Payment, Refund
from assistant.domain.text import clean_text


def four_digits(text: str) -> str | None:
    """Return the last digits of a card in a text, in whatever script they are printed."""
    found = re.search(r"(?<!\d)\d{4}(?!\d)", western_digits(text))
    return found[0] if found else None


INSTRUMENTS = Boxes(anchors=("[data-testid=payment-instrument]",))
METHOD = Field(anchors=("[data-testid=payment-instrument-name]", "[data-testid=method-details-name]"), read=text_or_none)
LAST4 = Field(anchors=("[data-testid=payment-instrument-number]", "[data-testid=method-details-number]"), read=four_digits)
WIDGET = Boxes(
    anchors=("[data-component=viewPaymentPlanSummaryWidget] script#__NEXT_DATA__", "[data-component=paymentMethod] script#__NEXT_DATA__")
)
OLD_INSTRUMENTS = Boxes(anchors=("li[class*=pmts-payments-instrument-detail-box]",))
LOGOS = Boxes(anchors=("img.pmts-payment-credit-card-instrument-logo",))
METHODS = Boxes(anchors=("[data-component=viewPaymentPlanSummaryWidget]", "[data-component=paymentMethod]"))
RECEIPT_CARDS = Boxes(anchors=('[id^="wfm-"][id$="-card-brand"]',))
CHARGES = Boxes(anchors=(".a-expander-content .a-row", ".a-expander-content li"))

# "Visa ending in 1234", "Visa endet auf 1234", "Visa ****1234": the words between differ by language, the four digits do not.
_ENDING = re.compile(
    r"^(?P<method>.{2,60}?)[\s,]*(?:\b(?:ending|endet|endend|mit den|mit der|se terminant|finissant|che termina|"
    r"terminante|termina|terminada|"
    r"terminado|que termina|acabada|com final|final|eindigend|eindigt|som slutar|slutar|kończąca|konczaca|"
    r"numara|末尾)\b[^\d*•]{0,30}|[*•.xX…]{2,}\s*)"
    r"(?P<last4>\d{4})\b",
    re.IGNORECASE,
)
_BARE_ENDING = re.compile(r"^(?=[A-Z\u3040-\u9fff])(?!Ending)(?P<method>[^\d:]{2,40}?)[\s-]+(?P<last4>\d{4})\Z")
_IN_SENTENCE = pattern(
    r"(?:\b(?:your|the|deine?[mnrs]?|ihre?[mnrs]?|tu|su|votre|ta|(?:la |il )?tua|(?:la |il )?sua|o seu|a sua|je|uw|din|ditt|"
    r"twoj[aąe]?|swoj[aą])"
    r"|\d.{0,30}\b(?:to|on|auf|sur|su|en|op|till|na|para|em)|ご利用の|お客様の)\s*(?=\S)"
)
_CHARGE = re.compile(r"^(?P<head>.{0,80}?)\s[-–—]\s(?P<method>.{2,60}?)\s*(?P<last4>\d{4})?\s*[:：]\s*(?P<money>[^:：]{2,30}?)\s*\Z")
_MONEY_BACK = re.compile(r"[-–—:：]\s+(?P<money>[^:：]{2,30}?)\s*\Z")
_SAFE_ID = re.compile(r"[a-z0-9-]{1,60}")
_REFUND = pattern(r"refund|erstattung|gutschrift|rembours|rimbors|reembols|terugbetal|aterbetal|zwrot|iade|返金")


def split_method(text: str) -> tuple[str | None, str | None]:
    """Return ("Visa", "1234") for "Visa ending in 1234", or the text alone if it has no such end.

    In a sentence ("$5.00 refunded to your Visa ending in 1234") the method is what follows the last "your" or "to".
    """
    line = clean_text(western_digits(text))
    found = _ENDING.match(line) or _BARE_ENDING.match(line)
    if found is None:
        return clean_text(text) or None, None
    return _method_name(found["method"]), found["last4"]


def _method_name(text: str) -> str | None:
    name = text.strip(" ,:-(")
    before = max(_IN_SENTENCE.finditer(plain(name)), key=lambda match: match.end(), default=None)
    if before is not None and len(plain(name)) == len(name):
        name = name[before.end() :].strip(" ,:-(")
    return None if not name or any(map(str.isdigit, name)) else name


def read_payments(root: LexborNode, notes: Notes, where: str) -> tuple[tuple[Payment, ...], tuple[Refund, ...]]:
    """Read one payment per printed charge, each method without a charge, and the refunds among the charges."""
    named = _named(root)
    charges: list[Payment] = []
    refunds: list[Refund] = []
    for line in dict.fromkeys(text_of(row) for row in root.css(CHARGES.selector)):
        if _REFUND.search(plain(line[:200])):
            refund = _refund(line, notes)
            refunds += [refund] if refund else []
            continue
        charge = _charge(line, named, notes, f"{where}.payments")
        charges += [charge] if charge else []
    return (*charges, *uncharged(named, charges)), tuple(refunds)


def uncharged(named: Iterable[Payment], charges: Iterable[Payment]) -> list[Payment]:
    """Return the methods on a page that none of its charges names."""
    known = {entry.last4 or entry.method for entry in charges}
    return [entry for entry in dict.fromkeys(named) if (entry.last4 or entry.method) not in known]


def _charge(line: str, named: list[Payment], notes: Notes, where: str) -> Payment | None:
    found = _CHARGE.match(western_digits(line[:300]))
    day = read_day(found["head"]) if found else None
    if found is None or (day is None and found["last4"] is None):
        return None
    amount = read_money(found["money"], notes.currency)
    if amount is None:
        notes.problem(where, "unreadable", sentence_of("'{quote}' could not be read as an amount of money.", quote=found["money"][:40]))
        return None
    last4 = found["last4"]
    known = next((entry.method for entry in named if last4 and entry.last4 == last4), None)
    return Payment(method=known or split_method(f"{found['method']} {last4 or ''}")[0], last4=last4, amount=amount, charged_on=day)


def _refund(line: str, notes: Notes) -> Refund | None:
    found = _MONEY_BACK.search(line[:300])
    amount = read_money(found["money"], notes.currency) if found else None
    day = read_day(line)
    if amount is None or day is None:
        return None
    return Refund(amount=-amount if amount.minor < 0 else amount, refunded_on=day)


def _named(root: LexborNode) -> list[Payment]:
    instruments = root.css(INSTRUMENTS.selector)
    found = (
        [Payment(method=METHOD.first(entry), last4=LAST4.first(entry)) for entry in instruments]
        or [*_from_script(root)]
        or [*_in_details(root)]
        or [*_receipt_cards(root)]
    )
    for entry in root.css(OLD_INSTRUMENTS.selector):
        method, last4 = split_method(text_of(entry))
        logo = attribute(entry.css_first("img"), "alt")
        found.append(Payment(method=clean_text(logo) or method, last4=last4))
    return list(dict.fromkeys(entry for entry in found or _beside_labels(root) if entry.method or entry.last4))


def _in_details(root: LexborNode) -> Iterator[Payment]:
    """Return cards whose name and number share no box: a name goes with the nearest number."""
    for name in root.css(METHOD.selector):
        alone = takewhile(lambda above: len(above.css(METHOD.selector)) == 1, ancestors(name))
        last4 = next((digits for above in alone if (digits := LAST4.first(above))), None)
        yield Payment(method=text_of(name) or None, last4=last4)


def _beside_labels(root: LexborNode) -> Iterator[Payment]:
    """Return cards that only a logo or a line "Visa ending in 1234" names."""
    for logo in root.css(LOGOS.selector):
        method, last4 = split_method(text_of(logo.parent))
        yield Payment(method=clean_text(attribute(logo, "alt")) or method, last4=last4 or four_digits(text_of(logo.parent)))
    for line in (line for place in root.css(METHODS.selector) for line in lines_of(place)):
        method, last4 = split_method(line)
        if last4 is not None:
            yield Payment(method=method, last4=last4)


def _receipt_cards(root: LexborNode) -> Iterator[Payment]:
    """Cards on a Whole Foods receipt."""
    for brand in root.css(RECEIPT_CARDS.selector):
        name = attribute(brand, "id").removesuffix("brand")
        tail = root.css_first(f"#{name}tail") if _SAFE_ID.fullmatch(name) else None
        yield Payment(method=text_of(brand) or None, last4=four_digits(text_of(tail)))


def _from_script(root: LexborNode) -> Iterator[Payment]:
    """The payment widget's own data, for pages saved before it was drawn."""
    script = WIDGET.first(root)
    if script is None:
        return
    try:
        data = json.loads(script.text() or "")
    except (ValueError, RecursionError):
        return
    for core in _find_all(data, "paymentMethodDisplayDatumCore"):
        number = core.get("paymentMethodNumber")
        digits = number.get("lastDigits") if isinstance(number, dict) else None
        header = core.get("paymentMethodHeader")
        yield Payment(
            method=clean_text(header) or None if isinstance(header, str) else None,
            last4=digits if isinstance(digits, str) and re.fullmatch(r"\d{4}", digits) else None,
        )


def _find_all(data: Any, key: str) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            inner = current.get(key)
            if isinstance(inner, dict):
                yield inner
            waiting.extend(reversed(current.values()))
        elif isinstance(current, list):
            waiting.extend(reversed(current))
