"""Sentences around values: return windows, sellers, conditions, subscriptions, in each language."""

import re
from enum import Enum

from assistant.amazon.values.folding import after, pattern, plain


class Window(Enum):
    """The state of a return window."""

    OPEN = "open"
    CLOSED = "closed"


_RETURN = pattern(r"\breturn|ruckgabe|zuruckgeb|rucksend|retour|\breso\b|resi\b|restitu|devol|retur|zwro[ct]|iade|返品|退货|ارجاع")
_REPLACEMENT_ONLY = pattern(r"\breplacement|\bumtausch|\bersatz|sostituzione|remplacement|reemplazo")
_CLOSED = pattern(
    r"closed on|closed|ended on|expired|abgelaufen|geschlossen am|endete am|beendet|expire le|termine le|scadut|chius[oa]"
    r"|terminato|finalizo|cerrado|se cerro|vencio"
    r"|termino el|a pris fin|fermee? le|cloturee?"
    r"|encerrad|expirou|terminou|fechou|verlopen|verstreken|gesloten|gick ut|avslutad|stangde"
    r"|zakonczyl|uplynal|sona erdi|doldu|kapandi|終了しました|已截止|已关闭|انتهت"
)
_OPEN = pattern(
    r"eligible through|eligible until|through|until|by\b|berechtigt bis|endet am|bis zum|bis\b|jusqu'au|"
    r"jusqu’au|avant le|fino al|entro|hasta el"
    r"|hasta|ate\b|tot en met|tot\b|till|senast|\bdo\b|kadar|まで|期限|closes on|ends on|截止|حتى"
)

_LABELLED = pattern(
    r"(?:(?P<seller>sold by|verkauf durch|verkauft von|verkaufer|verkauf und versand durch|vendu par|venduto da|vendido por|"
    r"verkocht door|saljs av|sprzedaje|sprzedawca|satici|satan|販売|卖家|销售商|تباع بواسطة|البائع|ordered from|"
    r"dispatched from and sold by)|"
    r"(?P<condition>condition|zustand|etat|condizione|condizioni|estado|condicao|staat|conditie|skick|stan|durumu?|コンディション)|"
    r"(?P<every>auto[- ]?deliver(?:ed|y)|automatisch (?:zugestellt|geliefert)|automatische (?:lieferung|zustellung)|"
    r"livraison automatique|livre automatiquement|consegna automatica|consegnato automaticamente|entrega automatica|"
    r"enviado automaticamente|automatisch bezorgd|automatisk leverans|automatyczna dostawa|otomatik teslimat|定期おトク便))"
    r"\s*[:：]\s*"
)


def return_window(line: str) -> Window | None:
    """Return whether a line is about an open or a closed return window, None for other lines. Replacement alone is neither."""
    if not any(map(str.isdigit, line)):
        return None
    text = plain(line[:300])
    if not _RETURN.search(text) or (_REPLACEMENT_ONLY.search(text) and not re.search(r"\breturn\b|\bruckgabe", text)):
        return None
    if _CLOSED.search(text):
        return Window.CLOSED
    return Window.OPEN if _OPEN.search(text) else None


def labelled(line: str) -> tuple[str, str] | None:
    """Return ("seller" | "condition" | "every", value) for a line like "Sold by: Example Ltd", None for any other."""
    if ":" not in line and "：" not in line:
        return None
    found = _LABELLED.match(plain(line[:400]))
    value = after(_LABELLED, line[:400]) if found else None
    # Two labels in one line run together, so the end of the first value is unknown.
    if found is None or not value or _LABELLED.search(plain(value)):
        return None
    return found.lastgroup or "", value


def has_label(text: str) -> bool:
    """Return whether a text holds a label like "Sold by:" anywhere."""
    return (":" in text or "：" in text) and _LABELLED.search(plain(text[:400])) is not None
