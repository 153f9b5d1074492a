"""Reads lines about memberships and subscriptions: the service, trial or paid, the interval, and the day they renew or end."""

import re
from enum import Enum
from functools import lru_cache

from assistant.amazon.values.folding import pattern, plain
from assistant.amazon.values.money import read_money
from assistant.domain.money import Money


class Happens(Enum):
    """What happens to a membership on the day that a line names."""

    RENEWS = "renews"
    ENDS = "ends"


# The first match counts: "Business Prime" and "Prime Video" are not plain Prime.
_SERVICES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("business-prime", pattern(r"business prime|prime business|ビジネスプライム")),
    ("music-unlimited", pattern(r"music unlimited")),
    ("kindle-unlimited", pattern(r"kindle unlimited")),
    ("kids-plus", pattern(r"amazon kids ?\+|kids unlimited|freetime unlimited")),
    ("audible", pattern(r"\baudible\b|オーディブル")),
    ("grocery", pattern(r"grocery (?:delivery )?subscription|fresh unlimited|lebensmittel-abo")),
    ("prime-video", pattern(r"prime video")),
    ("prime", pattern(r"\bprime\b|プライム")),
)
_TRIAL = pattern(
    r"\bfree[- ]trial|\btrial\b|\bfree for \d+ days|probemonat|probezeitraum|probemitgliedschaft|gratiszeitraum|testphase|testzeitraum|"
    r"gratismonat|(?:kostenlos|gratis) testen|\d+ tage (?:gratis|kostenlos)|essai gratuit|periode d'essai|essayer gratuitement|"
    r"periodo di (?:uso gratuito|prova)|prova gratuita|prova gratis|uso gratuito|prueba grat|periodo de prueba|"
    r"teste grat|periodo (?:de teste|experimental)|avaliacao gratuita|proefperiode|proefabonnement|gratis (?:proef|proberen|uitproberen)|"
    r"provperiod|prova gratis|gratis prov|okres(?:u)? (?:probn|testow)|wyprobuj|ucretsiz dene|deneme suresi|無料体験|無料トライアル|"
    r"お試し"
)
_NOT_RENEWED = pattern(
    r"(?:will|does|is|has been|are) ?n[o']t (?:set to )?(?:auto-?)?renew|won't renew|\bcancell?ed\b|"
    r"nicht (?:automatisch )?(?:verlanger|erneuer)|"
    r"gekundigt|beendet|ne (?:sera|se) (?:pas |renouvel)|resilie|non (?:si |verra )?rinnov|disdett|annullat|no se renovar|cancelad|"
    r"nao sera renovad|niet (?:automatisch )?verleng|opgezegd|fornyas inte|inte fornya|uppsagd|nie (?:zostanie|bedzie|odnowi)|anulowan|"
    r"yenilenmeye|iptal|更新されません|キャンセル済み"
)
_RENEWS = pattern(
    r"\brenew|\bnext (?:payment|billing|charge|bill)|will be charged|verlanger|nachste (?:zahlung|abbuchung|rechnung)|erneuer|renouvel|"
    r"prochaine? (?:paiement|prelevement|facturation)|rinnov|prossim[oa] (?:pagamento|addebito|fatturazione)|renov|"
    r"proxim[oa] (?:pago|cargo|facturacion|pagamento|cobranca)|verleng|volgende betaling|fornya|nasta (?:betalning|debitering)|"
    r"odnow|odnawia|"
    r"(?:nastepna|kolejna) platnosc|yenile|sonraki odeme|更新|次回(?:の)?(?:お支払い|請求)"
)
_ENDS = pattern(
    r"\bends?\b|\bended\b|\bexpires?\b|\bendet\b|lauft .*\b(?:ab|aus)\b|prend fin|se termine|\bexpire\b|\btermina\b|\bscade\b|"
    r"finaliza|caduca|"
    r"\bvence\b|\bexpira\b|eindigt|verloopt|upphor|avslutas|gar ut|slutar|konczy|wygasa|sona er|\bbiter\b|終了|有効期限"
)

_EVERY = pattern(
    r"(?:every|alle|jeden|jede|tous les|toutes les|chaque|ogni|cada|todos os|a cada|elke|iedere|om de|varje|var|co|her)\s+"
    r"(?:\d{1,2}(?:[.:]?e|\.)?\s+)?(?:days?|weeks?|months?|tage?n?|wochen?|monate?n?|jours?|semaines?|mois|giorn[oi]|settiman[ae]|mes[ei]|"
    r"dias?|semanas?|mes(?:es)?|dag(?:en|ar)?|we(?:ek|ken)|maand(?:en)?|vecka|veckor|manad(?:er)?|dni|tygodni\w*|miesi\w+|gun\w*|"
    r"hafta\w*|ay\w*)"
    r"|\bmonthly\b|\bmonatlich\b|\bmensuel\w*|\bmensile\b|\bmensual\w*|\bmensal\w*|\bmaandelijks\b|\bmanatlig\w*|"
    r"\d{1,2}\s?(?:か月|ヶ月|カ月|週間?)ごと|毎月"
)
_NEXT = pattern(
    r"next (?:delivery|shipment|order)|\barriv(?:es|ing)\b|deliver(?:y|s|ing)? (?:on|by)\b|(?:nachste|naechste) (?:lieferung|zustellung)|"
    r"(?:lieferung|zustellung|ankunft) (?:am|bis)|prochaine livraison|livraison le|prossima consegna|consegna (?:il|prevista)|"
    r"proxim[ao] (?:entrega|envio)|volgende (?:levering|bezorging)|nasta leverans|(?:nastepna|kolejna) dostawa|sonraki teslimat|"
    r"次回(?:の)?(?:お届け|配送)|お届け予定"
)
_PERCENT = re.compile(r"(?<!\d)(\d{1,2})\s?[%％]")
_AMOUNT = re.compile(
    r"(?:(?<![A-Za-z])[A-Z]{0,3}\s?[$€£¥￥₹₺]|\b[A-Z]{3}|\bkr|\bTL)\s?\d[\d.,]*|\d[\d.,]*\s?(?:[€£₹₺]|kr\b|zł|TL\b|円|[A-Z]{3}\b)"
)


def service_of(text: str) -> str | None:
    """Return the service that a text names ("prime", "audible", …), None if it names no service."""
    folded = plain(text[:300])
    return next((service for service, words in _SERVICES if words.search(folded)), None)


def speaks_of_trial(text: str) -> bool:
    """Return whether a text mentions a free trial."""
    return _TRIAL.search(plain(text[:500])) is not None


def is_not_renewed(text: str) -> bool:
    """Return whether a text says that a membership will not renew."""
    return _NOT_RENEWED.search(plain(text[:500])) is not None


def happens(line: str) -> Happens | None:
    """Return whether the membership renews or ends on the day that a line names, None if the line says neither."""
    folded = plain(line[:300])
    if is_not_renewed(line):
        return Happens.ENDS
    if _ENDS.search(folded):
        return Happens.ENDS
    return Happens.RENEWS if _RENEWS.search(folded) else None


@lru_cache(maxsize=4096)
def interval_in(line: str) -> str | None:
    """Return the interval in a line of a subscription, as printed: "Every 2 months". Lines come back with every item of a cart."""
    return line[:80].strip() if _EVERY.search(plain(line[:200])) and len(line) <= 80 else None  # noqa: PLR2004  # longer ones are prose


def announces_delivery(line: str) -> bool:
    """Return whether a line announces the next delivery of a subscription."""
    return _NEXT.search(plain(line[:200])) is not None


def percent_in(line: str) -> str | None:
    """Return a discount in per cent, as printed: "15%"."""
    found = _PERCENT.search(line[:200])
    return f"{found[1]}%" if found else None


def amount_in(line: str, currency: str | None) -> Money | None:
    """Return the first amount of money in a sentence: "14.99 USD" of "$14.99/month after that"."""
    found = _AMOUNT.search(line[:300])
    return read_money(found[0].rstrip(".,"), currency) if found else None
