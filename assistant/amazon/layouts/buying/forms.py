"""Reads forms with one subject: a return, a review, a gift card, an Amazon Family, the choice of an account."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, first_text, found_by, lines_of, text_of
from assistant.amazon.labels.phrases import Window, return_window
from assistant.amazon.labels.programmes import amount_in
from assistant.amazon.layouts.orders.item import ASIN
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern, plain
from assistant.amazon.values.web_address import parts_of
from assistant.domain.pages.facts import Family, GiftCard, Return, Review, SignedIn

SELECTORS: dict[str, tuple[str, ...]] = {
    "order": ("[data-order-id]", "input[name=orderId]", "input[name=orderID]", "[data-testid=return-order-id]", ".order-id"),
    "thing": ("[data-asin]", "input[name=asin]", "a[href*='/dp/']", "a[href*='/gp/product/']"),
    "done": (".a-alert-success", "[data-testid=success]", "#gc-redemption-success", "#widget-purchaseConfirmationStatus"),
    "brand": ("[data-hook=product-brand]", ".product-brand"),
    "review": ("a[href*='/gp/customer-reviews/R']", "[data-hook=review][id]", "[data-review-id]"),
    "vote": ("[data-hook=vote-helpful-button]", "[data-hook=helpful-button]", "input[name^='helpful']"),
    "member": ("[data-testid=member-name]", ".myh-member-name", ".household-member-name", "[data-testid=household-member] .a-text-bold"),
    "invitee": ("[data-testid=invitee-name]", "#invitee-name", ".invitee-name"),
    "login": ("[data-test-id=switchableAccounts]", ".cvf-account-switcher-account", ".switcher-account"),
    "login_name": ("[data-test-id=customerName]", ".cvf-account-switcher-profile-details", ".a-text-bold"),
    "login_kind": ("[data-test-id=accountType]", ".account-type"),
    "login_firm": ("[data-test-id=businessName]", ".business-name"),
}

_ORDER = re.compile(r"(?<![\w-])[A-Z0-9]{3}-\d{7}-\d{7}(?![\w-])")
_REVIEW = re.compile(r"R[A-Z0-9]{9,16}")
_ADDED = pattern(
    r"added to your|hinzugefugt|gutgeschrieben|ajoute|aggiunt|anadid|agregad|adicionad|toegevoegd|lagts till|dodan|eklen|追加され|登録され"
)
_LEFT = pattern(
    r"\b(?:you(?:'ve| have)? left|you have been removed|has been removed|verlassen|wurden entfernt|avez quitte|ete retire|hai lasciato|"
    r"sei stato rimosso|has abandonado|has salido|voce saiu|saiste|hebt .* verlaten|har lamnat|opusci\w+|ayrildin|退会|離脱)"
)
_BUSINESS = pattern(
    r"business|geschaft|firm|entreprise|professionnel|azienda|empresa|negocio|zakelijk|foretag|biznes|kurumsal|ビジネス|法人"
)


def read_return(tree: LexborHTMLParser, notes: Notes, url: str | None) -> Return:
    """Read a return form. The order is in the address or in a field, never in other links: session ids look like order numbers."""
    root = tree.root
    number = _query(url, "orderid") or (_order_number(root) if root is not None else None)
    lines = lines_of(root)
    days = (read_day(line, near=notes.today) for line in lines if return_window(line) is Window.OPEN)
    return Return(
        order_number=number if number and _ORDER.fullmatch(number) else None,
        asins=_asins(root) if root is not None else (),
        return_by=next((day for day in days if day), None),
    )


def read_review(tree: LexborHTMLParser, url: str | None, *, written: bool = False) -> Review:
    """Read a page to write a review, to vote on one, or the thanks for one. The review's text is not read."""
    root = tree.root
    asin = _query(url, "asin") or next(iter(_asins(root) if root is not None else ()), None)
    address = re.search(r"/customer-reviews/(R[A-Z0-9]{9,16})(?=[/?#]|\Z)", url or "", re.IGNORECASE)
    told = _review_id(root) if root is not None and written else None
    return Review(
        asin=asin,
        brand=(first_text(root, SELECTORS["brand"]) or None) if root is not None else None,
        review_id=address[1].upper() if address else told,
        written=written,
    )


def offers_vote(tree: LexborHTMLParser) -> bool:
    """Return whether a review can be voted on here. Accounts cannot vote on their own reviews."""
    return any(tree.css_first(selector) is not None for selector in SELECTORS["vote"])


def read_gift_card(tree: LexborHTMLParser, notes: Notes) -> GiftCard:
    """Read a page to redeem a gift card; the amount is known only when the page says that it was added."""
    root = tree.root
    said = first_text(root, SELECTORS["done"]) if root is not None else ""
    redeemed = _ADDED.search(plain(said)) is not None
    return GiftCard(amount=amount_in(said, notes.currency) if redeemed else None, redeemed=redeemed)


def read_family(tree: LexborHTMLParser) -> Family:
    """Read a page of Amazon Family: who is in it, who would be invited, and whether this account has just left."""
    root = tree.root
    if root is None:
        return Family()
    return Family(
        members=tuple(dict.fromkeys(name for name in map(text_of, found_by(root, SELECTORS["member"])) if name)),
        invitee=first_text(root, SELECTORS["invitee"]) or None,
        left=_LEFT.search(plain(first_text(root, SELECTORS["done"]))) is not None,
    )


def read_switcher(tree: LexborHTMLParser) -> tuple[SignedIn, ...]:
    """Return the accounts that this browser may switch to, for offering to link them; nothing is ever submitted."""
    root = tree.root
    entries = found_by(root, SELECTORS["login"]) if root is not None else []
    return tuple(entry for entry in map(_login, entries) if entry.name)


def _login(node: LexborNode) -> SignedIn:
    kind, firm = first_text(node, SELECTORS["login_kind"]), first_text(node, SELECTORS["login_firm"])
    business = bool(firm) or _BUSINESS.search(plain(kind)) is not None
    return SignedIn(
        name=first_text(node, SELECTORS["login_name"]),
        kind="business" if business else "personal" if kind else None,
        organization=firm or None,
    )


def _query(url: str | None, name: str) -> str | None:
    found = parse_qs(parts_of(url).query[:4000])
    return next((values[0] for key, values in found.items() if key.lower() == name), None)


def _order_number(root: LexborNode) -> str | None:
    for node in (node for selector in SELECTORS["order"] for node in root.css(selector)):
        found = _ORDER.search(attribute(node, "data-order-id") or attribute(node, "value") or text_of(node))
        if found:
            return found[0]
    return None


def _asins(root: LexborNode) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for node in _all(root, SELECTORS["thing"]):
        linked = ASIN.search(attribute(node, "href"))
        value = attribute(node, "data-asin") or attribute(node, "value") or (linked[1] if linked else "")
        if re.fullmatch(r"[A-Z0-9]{10}", value) and value != "_ASINLESS_":
            found[value] = None
    return tuple(found)


def _review_id(root: LexborNode) -> str | None:
    for node in _all(root, SELECTORS["review"]):
        found = _REVIEW.search(
            attribute(node, "data-review-id") or attribute(node, "id") or attribute(node, "href").rpartition("reviews/")[2]
        )
        if found:
            return found[0]
    return None


def _all(root: LexborNode, selectors: Sequence[str]) -> list[LexborNode]:
    return [node for selector in selectors for node in root.css(selector)]
