"""Reads the terms of offers in the languages of Amazon's marketplaces: quantity, scope, last day, and who may use them.

A scope needs its own words ("per customer"). A sentence that only mentions customers is not a limit.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern, plain
from assistant.domain.pages.visit import OfferTerms

_LONGEST, _SHOWN, _SHORT = 12_000, 1000, 300
"""Numbers of characters: read of a text, kept of it, and up to which a text is kept whole."""

_NOUNS = {
    "household": (
        r"(?:shipping |delivery |street )?address|household|home|haushalt|(?:liefer)?adresse|foyer|nucleo familiare|indirizzo|hogar|"
        r"domicilio|direccion|agregado familiar|domicilio|endereco|morada|huishouden|(?:bezorg)?adres|hushall|adress|"
        r"gospodarstwo(?: domowe)?|adres"
    ),
    "customer": (
        r"customer|person|shopper|buyer|user|kunden?|person|kaufer|client|personne|acheteur|cliente|persona|acquirente|comprador|pessoa|"
        r"klant|persoon|kund|klienta|osobe|kupujacego"
    ),
    "account": (
        r"(?:customer |amazon )*account|(?:kunden|amazon-)?konto|compte(?: client| amazon)?|cuenta(?: de cliente)?|conta|"
        r"(?:amazon-)?account|klantaccount|konto"
    ),
}
_ONE = r"per|each|every|pro|je|jede[nrms]?|par|chaque|ciascun|ogni|por|cada|elke?|iedere|varje|na|kazd\w{1,3}"
_AND = r"(?:,|/|\s?&|\s(?:and|or|und|oder|et|ou|e|o|y|u|en|of|och|eller|i|lub))(?:\s(?:or|and|und|oder))?\s?(?:(?:per|pro|par|por|na)\s)?"
_NOUN = "|".join(_NOUNS.values())
_PER = pattern(
    rf"\b(?:{_ONE})\s(?:\w+\s){{0,2}}?(?P<whom>(?:{_NOUN})(?!\w)(?:{_AND}(?:{_NOUN})(?!\w))*)"
    r"|(?P<turkish>musteri|kisi|hane|ev|adres|hesap)\s(?:basina|basi)\b"
    r"|"
    r"(?P<japanese>お一人様|おひとり様|お客様(?:お)?(?:一|1)人|1人(?:様)?(?:あたり|につき)|(?:1|一)世帯|1アカウント|アカウント(?:1つ)?(?:に|あたり))"
)
_SCOPES = {name: re.compile(rf"(?<!\w)(?:{nouns})(?!\w)") for name, nouns in _NOUNS.items()}
_SHORT_SCOPES = {
    "household": pattern(r"hane|\bev\b|adres|世帯"),
    "account": pattern(r"hesap|アカウント"),
    "customer": pattern(r"musteri|kisi|お一人様|おひとり様|お客様|1人"),
}

_NUMBER_WORDS = {
    1: "one|once|single|ein|eine|einen|einmal|einmalig|un|une|une fois|una|uno|una volta|una vez|um|uma|uma vez|een|eenmaal|en|ett|"
    "jeden|jedna|jedno|jeden raz|bir|bir kez",
    2: "two|twice|zwei|zweimal|deux|due|dos|dois|duas|twee|tva|dwa|dwie|iki",
    3: "three|drei|trois|tre|tres|drie|trzy|uc",
}
_BY_WORD = {plain(word): number for number, words in _NUMBER_WORDS.items() for word in words.split("|")}
_NUM = rf"(?<![\w.,])(?P<number>\d{{1,3}}(?![\d.,]\d|\d)|(?:{'|'.join(sorted(_BY_WORD, key=len, reverse=True))})(?!\w))"
_BEFORE_PER = re.compile(rf"{_NUM}\s(?:[^\s.;]+\s){{0,4}}?\Z")
_AFTER_PER = re.compile(rf"\A\W{{0,3}}(?:[^\s.;]+\s){{0,4}}?{_NUM}")
_LIMITED = pattern(
    r"(?:\blimit(?:ed(?= to))?|\bmax(?:imum|imal|imaal|\.)?|\bbegrenzt|\bbeschrankt|\blimitee?|\blimitat[oa]|\bmassimo|\bmaximo|"
    r"\blimitad[oa]|\bbeperkt|\bhogst|\bbegransat|\bmaksymalnie|\bogranicz\w+|\ben fazla)(?: of| to| auf| zu| de| a| di| tot| till| do)?"
    r":?\s" + _NUM
)
_LIMITED_WORD = pattern(
    r"\blimit|\bonly\b|\bnur\b|begrenzt|beschrankt|seulement|limitat|\bsolo\b|limitad|apenas|beperkt|begransad|ogranicz|sinirl|限"
)
_JAPANESE = pattern(r"(?P<number>\d{1,3})\s?(?:点|個|回|枚|つ|台|本|セット)(?:まで|限り)")
# A limit for one order does not limit several orders.
_PER_ORDER = pattern(
    r"(?:per|pro|je|par|por|na|each) (?:order|purchase|transaction|checkout|bestellung|einkauf|kauf|commande|ordine|pedido|compra|"
    r"encomenda|bestelling|bestallning|zamowienie)\b|siparis basina|(?:1回の|1)(?:ご)?注文"
)
_SINGLE_USE = pattern(r"\bone[- ]time use\b|\bsingle[- ]use\b|nur einmal (?:einlosbar|verwendbar|gultig)|usage unique|uso unico|1回限り")

_SUBSCRIBING = pattern(r"subscrib|subscription|abo\b|abonn|iscri|suscri|subscr|prenumer|定期")
_NEW_CUSTOMER = pattern(
    r"\bnew (?:amazon )?customers?\b|\bfirst(?:-ever)? (?:\w+ )?(?:order|purchase)\b|\bfirst[- ]time (?:customer|buyer|shopper|order)|"
    r"\bneukund|\berst(?:e[nr]?|malige[nr]?) (?:bestellung|einkauf)|\berstbestell|nouveaux? clients?\b|premiere commande|premier achat|"
    r"nuovi clienti|primo (?:ordine|acquisto)|nuevos clientes|clientes nuevos|primer pedido|primera compra|novos clientes|"
    r"primeir[oa] (?:compra|pedido|encomenda)|nieuwe klanten|eerste (?:bestelling|aankoop)|nya kunder|forsta (?:bestallning|kop)|"
    r"now(?:i|ych) klien|pierwsz\w+ (?:zamowieni|zakup)|yeni musteri|ilk (?:siparis|alisveris)|新規のお客様|新規会員|"
    r"初回(?:注文|購入|のご注文)|初めての(?:ご)?注文"
)
_ALSO_OTHERS = pattern(r"\bnot (?:only|limited to|just)\b|\band existing\b|\bund bestandskund|order of (?:this|each|any)\b")
_BOUND = pattern(
    r"\bnon-?transferable|\bnot (?:be )?transfer(?:able|red)|(?:may not|cannot|can't) be (?:transferred|assigned|shared)|"
    r"only for the (?:account|customer|recipient)|valid only for the account|nicht ubertragbar|nur fur (?:das|dieses) (?:kunden)?konto|"
    r"incessible|non (?:cessible|transferable)|ne peut (?:pas )?etre (?:cede|transfere)|non (?:e )?(?:cedibile|trasferibile)|"
    r"intransferible|"
    r"no (?:es )?transferible|intransmissivel|intransferivel|nao (?:e )?transferivel|niet overdraagbaar|"
    r"(?:ej|inte) (?:overlatbar|overlatas)|"
    r"nieprzenoszaln|niezbywaln|nie podlega przeniesieniu|devredilemez|譲渡(?:は)?(?:不可|できません)"
)
_UNTIL = pattern(
    r"expir|valid (?:until|through|thru)|(?:offer|promotion|deal) ends|ends on|gultig bis|endet am|lauft am|bis zum|valable jusqu|"
    r"prend fin|valid[oa] fino|scade|termina il|valid[oa] hasta|caduca|vence|termina el|valid[oa] ate|termina (?:em|a)|geldig tot|"
    r"verloopt|eindigt|galler (?:till|t\.o\.m)|giltig till|wazn\w+ do|konczy sie|tarihine kadar|son kullanma|有効期限|まで有効|まで"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+|(?<=[。！？])|\n")


def read_terms(text: str, *, near: date | None = None) -> OfferTerms | None:
    """Return the terms in a text, None for empty text. The widest scope counts: household before person before account.

    `near` gives the year of a last day that is printed without one.
    """
    text = text.strip()[:_LONGEST]
    if not text:
        return None
    printed = [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]
    sentences = [plain(sentence) for sentence in printed]
    scope, limit = _limit(sentences)
    return OfferTerms(
        scope=scope,
        limit=limit,
        text=text if len(text) <= _SHORT else _telling(printed, sentences),
        new_customer=True if any(map(_for_new_customers, sentences)) else None,
        transferable=False if any(_BOUND.search(sentence) for sentence in sentences) else None,
        ends_on=next((day for sentence in sentences if _UNTIL.search(sentence) and (day := read_day(sentence, near=near))), None),
    )


def read_limit(lines: Iterable[str]) -> OfferTerms | None:
    """Return the quantity limit among printed lines, with the sentence that states it; None for a number alone ("3 left")."""
    return next((found for line in lines if len(line) <= _SHORT and (found := _limit_of(line)) is not None), None)


@lru_cache(maxsize=4096)
def _limit_of(line: str) -> OfferTerms | None:
    """Return the limit in one line; every item of a cart prints the same lines, so they are looked at once."""
    for sentence in (sentence.strip() for sentence in _SENTENCE_END.split(line)):
        scope, limit = _limit([plain(sentence)])
        if limit is not None and (scope is not None or _LIMITED.match(plain(sentence))):
            return OfferTerms(scope=scope, limit=limit, text=sentence)
    return None


def _for_new_customers(sentence: str) -> bool:
    """Return whether a sentence limits an offer to new customers. A first subscription, or naming existing customers too, does not."""
    return bool(_NEW_CUSTOMER.search(sentence)) and not _SUBSCRIBING.search(sentence) and not _ALSO_OTHERS.search(sentence)


def _telling(printed: list[str], sentences: list[str]) -> str:
    """Return the sentences of long terms that limit them, else their beginning."""
    limiting = [
        shown
        for shown, sentence in zip(printed, sentences, strict=True)
        if _limit([sentence]) != (None, None) or _for_new_customers(sentence) or _BOUND.search(sentence)
    ]
    return " ".join(limiting or printed)[:_SHOWN]


def _limit(sentences: Iterable[str]) -> tuple[str | None, int | None]:
    scopes: set[str] = set()
    limit: int | None = None
    for sentence in sentences:
        if _PER_ORDER.search(sentence):
            continue
        per = _PER.search(sentence)
        number = _number(sentence, per)
        if per is not None and (number is not None or _LIMITED_WORD.search(sentence)):
            scopes |= _named(per)
        limit = number if limit is None else limit
    return next((scope for scope in _SCOPES if scope in scopes), None), limit


def _named(per: re.Match[str]) -> set[str]:
    if per["whom"] is None:
        return {next(name for name, words in _SHORT_SCOPES.items() if words.search(per[0]))}
    # "per customer account" means one account, so words that a longer name used are not matched again.
    rest, found = per["whom"], set()
    for name in ("account", "household", "customer"):
        if _SCOPES[name].search(rest):
            found.add(name)
            rest = _SCOPES[name].sub(" ", rest)
    return found


def _number(sentence: str, per: re.Match[str] | None) -> int | None:
    found = _JAPANESE.search(sentence) or _LIMITED.search(sentence)
    if found is None and per is not None:
        found = _BEFORE_PER.search(sentence[: per.start()]) or _AFTER_PER.search(sentence[per.end() :])
    if found is None:
        return 1 if _SINGLE_USE.search(sentence) else None
    number = found["number"]
    return int(number) if number.isdigit() else _BY_WORD[number]
