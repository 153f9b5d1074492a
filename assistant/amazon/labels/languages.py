"""Finds the language of a page: from its html element, or else from the words it uses."""

import re

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.dom import attribute, text_of
from assistant.amazon.values.folding import plain

_WORDS = {
    "en": (
        "order placed|ordered on|order #|order#|item(s) subtotal|grand total|sold by|sign in|completed|delivered|"
        "quantity|your order|your package|your refund"
    ),
    "de": (
        "bestellung aufgegeben|bestellnummer|bestellnr|zwischensumme|gesamtsumme|verkauf durch|anmelden|zugestellt|"
        "gesamtbetrag|bestellung|lieferung|menge:|erstattung|versandt"
    ),
    "fr": (
        "commande effectuee|sous-total|montant total|vendu par|identifiez-vous|numero de commande|votre commande|"
        "votre colis|quantite|remboursement|livraison"
    ),
    "it": (
        "ordine effettuato|costi di spedizione|venduto da|totale ordine|accedi|numero ordine|il tuo ordine|quantita|"
        "il tuo pacco|rimborso|spedizione"
    ),
    "es": (
        "pedido realizado|total del pedido|vendido por|inicia sesion|gastos de envio|importe total|tu pedido|cantidad|tu paquete|reembolso"
    ),
    "pt": (
        "pedido feito|encomenda efetuada|total do pedido|frete|fazer login|seu pedido|sua encomenda|quantidade|entregue|"
        "total geral|enviar para"
    ),
    "nl": ("bestelling geplaatst|verzendkosten|verkocht door|bestelnummer|inloggen|je bestelling|je pakket|aantal|terugbetaling|bezorgd"),
    "sv": ("bestallning gjord|delsumma|totalsumma|saljs av|logga in|din bestallning|ditt paket|antal|aterbetalning|levererad"),
    "pl": "zamowienie zlozone|suma czesciowa|sprzedaje|zaloguj sie|dostarczono|zamowienie|twoja paczka|ilosc|zwrot|wyslano",
    "tr": "siparis verildi|ara toplam|satici|giris yap|teslim edildi|siparisiniz|kargo|adet|iade|teslimat",
    "zh": "订单|您的|总计|登录|送达|退货",
    "ar": "رقم الطلب|تم الطلب|المجموع|تسجيل الدخول|التوصيل|طلبك",
    "ja": "注文日|注文番号|ご請求額|合計|ログイン|ご注文|数量|配達|発送|返金",
}
_FOLDED = {language: [plain(word) for word in words.split("|")] for language, words in _WORDS.items()}
_LANGUAGE = re.compile(r"[a-z]{2}(?![a-z])")
_ENOUGH = 8_000


def language_of(tree: LexborHTMLParser) -> str | None:
    """Return the page's language as two letters, None if it is unknown."""
    root = tree.css_first("html")
    declared = _LANGUAGE.match(attribute(root, "lang").lower())
    if declared:
        return declared[0]
    body = tree.body
    if body is None:
        return None
    return language_in(" ".join(text_of(node)[:200] for node in body.css("h1, h4, h5, span, label, b, th")[:250]))


def language_in(text: str) -> str | None:
    """Return the language whose words a text uses most, None if several are equally likely."""
    text = plain(text[:_ENOUGH])
    hits = {language: sum(map(text.__contains__, words)) for language, words in _FOLDED.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] and list(hits.values()).count(hits[best]) == 1 else None
