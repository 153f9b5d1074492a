"""Sentences around values: delivery states, return windows, sellers, subscriptions, in each language."""

import re
from enum import Enum

from assistant.domain.text import fold


class State(Enum):
    """What a shipment's status line says."""

    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    SHIPPING = "shipping"
    PLACED = "placed"


class Window(Enum):
    """What a line about returning an item says."""

    OPEN = "open"
    CLOSED = "closed"


def _words(text: str) -> re.Pattern[str]:
    return re.compile(text)


# Read from the top: a returned parcel was delivered too, an "undelivered" one was not.
_STATES: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        State.CANCELLED,
        _words(
            r"\bcancell?ed\b|\bcancelado|\bcancelada|storniert|annul(?:e|ee|iert|ato|ata|erad|lato|lata)\b|geannuleerd|avbruten|avbestalld"
            r"|anulowan|iptal edil|キャンセル"
        ),
    ),
    (
        State.RETURNED,
        _words(
            r"return (?:complete|received)|\breturned\b|refund(?:ed| issued| complete)|rucksendung abgeschlossen|rucksendung eingegangen"
            r"|zuruckgesendet|zuruckgegeben|erstattet|erstattung veranlasst|retour termine|retourne|rembourse|reso completato|restituito"
            r"|rimborsato|devolucion completa|devuelto|reembolsad|devolucao concluida|devolvido|retour voltooid|geretourneerd|terugbetaald"
            r"|retur slutford|returnerad|aterbetald|zwrot zakonczony|zwrocon|iade tamamlandi|iade edildi|返品完了|返金済み|返品済み"
        ),
    ),
    (
        State.PLACED,
        _words(
            r"not yet (?:shipped|dispatched|delivered)|preparing (?:for|to)|order(?:ed| placed| received)\b|payment (?:pending|revision)"
            r"|noch nicht (?:versandt|zugestellt)|vorbereitung|wird vorbereitet|bestellt\b|bestellung eingegangen|non (?:ancora )?spedito"
            r"|pas encore expedie|en preparation|in preparazione|aun no enviado|preparando|nog niet verzonden|wordt voorbereid"
            r"|nog niet bezorgd|ej skickad|forbereds|jeszcze nie wyslano|hazirlaniyor|発送準備中|undeliverable|delivery attempt"
        ),
    ),
    (
        State.DELIVERED,
        _words(
            r"^delivered\b|\bdelivered\b|zugestellt|geliefert|ausgeliefert|\blivre(?:e|s|es)?\b|consegnat[oa]|entregad[oa]|entregue|bezorgd"
            r"|geleverd|levererad|dostarczon|teslim edildi|配達完了|配達済み|お届け済み|picked up|abgeholt|تم التسليم"
        ),
    ),
    (
        State.SHIPPING,
        _words(
            r"arriving|on the way|on its way|out for delivery|shipped|dispatched|in transit|expected|delayed|running late|now arriving|ready for pickup"
            r"|ankunft|zustellung|versandt|unterwegs|lieferung|kommt an|wird .*zugestellt|arrive|livraison|expedie|en cours|in arrivo"
            r"|spedito|in consegna|arrivo|llega|enviado|en camino|en reparto|chega|a caminho|verzonden|onderweg|aankomst|verwacht|skickad"
            r"|pa vag|ankommer|wyslano|w drodze|kargoya verildi|yolda|発送済み|配送中|お届け予定|到着予定"
        ),
    ),
)
_FUTURE = _words(r"^wird |will be delivered|to be delivered|estimated delivery|voraussichtlich|expected")

_RETURN = _words(r"\breturn|ruckgabe|zuruckgeb|rucksend|retour|\breso\b|resi\b|restitu|devol|retur|zwrot|iade|返品")
_REPLACEMENT_ONLY = _words(r"\breplacement|\bumtausch|\bersatz|sostituzione|remplacement|reemplazo")
_CLOSED = _words(
    r"closed on|closed|ended on|expired|abgelaufen|geschlossen am|endete am|beendet|expire le|termine le|scadut|chius[oa]|finalizo|cerrado"
    r"|vencio|encerrad|expirou|verlopen|gesloten|gick ut|stangde|zakonczyl|uplynal|sona erdi|終了しました"
)
_OPEN = _words(
    r"eligible through|eligible until|through|until|by\b|berechtigt bis|endet am|bis zum|bis\b|jusqu'au|jusqu’au|avant le|fino al|entro|hasta el"
    r"|hasta|ate\b|tot en met|tot\b|till|senast|\bdo\b|kadar|まで|ends on"
)

_SOLD_BY = re.compile(
    r"^(?:sold by|verkauf durch|verkauft von|verkaufer|verkauf und versand durch|vendu par|venduto da|vendido por|verkocht door|saljs av|"
    r"sprzedaje|sprzedawca|satici|satan|販売|ordered from|dispatched from and sold by)\s*[:：]?\s*"
)
_CONDITION = re.compile(
    r"^(?:condition|zustand|etat|condizione|condizioni|estado|condicao|staat|conditie|skick|stan|durum|コンディション)\s*[:：]\s*"
)
_SUBSCRIPTION = re.compile(
    r"^(?:auto[- ]?deliver(?:ed|y)|automatisch (?:zugestellt|geliefert)|automatische (?:lieferung|zustellung)|livraison automatique|livre automatiquement|"
    r"consegna automatica|consegnato automaticamente|entrega automatica|enviado automaticamente|automatisch bezorgd|automatisk leverans|"
    r"automatyczna dostawa|otomatik teslimat|定期おトク便)\s*[:：]\s*"
)


def state_of(status: str) -> State | None:
    """Return what a status line says, or None where it says nothing plain."""
    plain = fold(status[:200]).replace("ı", "i")
    found = next((state for state, words in _STATES if words.search(plain)), None)
    return State.SHIPPING if found is State.DELIVERED and _FUTURE.search(plain) else found


def return_window(line: str) -> Window | None:
    """Return whether a line names the last day of an open or the end of a closed return window; lines about replacing only do neither."""
    plain = fold(line[:300]).replace("ı", "i")
    if not _RETURN.search(plain) or (_REPLACEMENT_ONLY.search(plain) and not re.search(r"\breturn\b|\bruckgabe", plain)):
        return None
    if _CLOSED.search(plain):
        return Window.CLOSED
    return Window.OPEN if _OPEN.search(plain) else None


def seller_in(line: str) -> str | None:
    """Return the seller that a line like "Sold by: Example Ltd" names."""
    return _after(_SOLD_BY, line)


def condition_in(line: str) -> str | None:
    """Return the condition that a line like "Condition: New" names."""
    return _after(_CONDITION, line)


def subscription_in(line: str) -> str | None:
    """Return the interval that a line like "Auto-delivered: Every 2 months" names, as printed."""
    return _after(_SUBSCRIPTION, line)


def _after(pattern: re.Pattern[str], line: str) -> str | None:
    """What follows the pattern; folding keeps the length of every text we look at, else the line is split at its colon."""
    plain = fold(line[:400]).replace("ı", "i")
    match = pattern.match(plain)
    if match is None:
        return None
    rest = line[match.end() :] if len(plain) == len(line[:400]) else re.split(r"[:：]", line, maxsplit=1)[-1]
    return rest.strip() or None
