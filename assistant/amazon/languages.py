"""The language a page is written in: what its html element says, else the words it uses."""

import re

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.dom import attribute, text_of
from assistant.amazon.folding import plain

_WORDS = {
    "en": "order placed|ordered on|order #|order#|item(s) subtotal|grand total|sold by|sign in|completed|delivered",
    "de": "bestellung aufgegeben|bestellnummer|bestellnr|zwischensumme|gesamtsumme|verkauf durch|anmelden|zugestellt",
    "fr": "commande effectuee|sous-total|montant total|vendu par|identifiez-vous|numero de commande",
    "it": "ordine effettuato|costi di spedizione|venduto da|totale ordine|accedi|numero ordine",
    "es": "pedido realizado|total del pedido|vendido por|inicia sesion|gastos de envio|importe total",
    "pt": "pedido feito|encomenda efetuada|total do pedido|frete|fazer login",
    "nl": "bestelling geplaatst|verzendkosten|verkocht door|bestelnummer|inloggen",
    "sv": "bestallning gjord|delsumma|totalsumma|saljs av|logga in",
    "pl": "zamowienie zlozone|suma czesciowa|sprzedaje|zaloguj sie|dostarczono",
    "tr": "siparis verildi|ara toplam|satici|giris yap|teslim edildi",
    "ja": "注文日|注文番号|ご請求額|合計|ログイン",
}
_FOLDED = {language: [plain(word) for word in words.split("|")] for language, words in _WORDS.items()}
_LANGUAGE = re.compile(r"[a-z]{2}(?![a-z])")
_ENOUGH = 8_000


def language_of(tree: LexborHTMLParser) -> str | None:
    """Return the page's language as two letters, or None where nothing tells it."""
    root = tree.css_first("html")
    declared = _LANGUAGE.match(attribute(root, "lang").lower())
    if declared:
        return declared[0]
    body = tree.body
    if body is None:
        return None
    text = plain(" ".join(text_of(node)[:200] for node in body.css("h1, h4, h5, span, label, b, th")[:250])[:_ENOUGH])
    hits = {language: sum(map(text.__contains__, words)) for language, words in _FOLDED.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] and list(hits.values()).count(hits[best]) == 1 else None
