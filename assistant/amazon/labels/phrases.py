"""Sentences around values: delivery states, return windows, sellers, subscriptions, in each language."""

import re
from enum import Enum

from assistant.amazon.values.folding import after, pattern, plain


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


# Read from the top: a returned parcel was delivered too, an "undelivered" one was not.
_STATES: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        State.CANCELLED,
        pattern(
            r"\bcancell?ed\b|\bcancelado|\bcancelada|storniert|annul(?:e|ee|iert|ato|ata|erad|lato|lata)\b|geannuleerd|avbruten|avbestalld"
            r"|annuller(?:ad|at|ats|ades)\b|avbestall(?:t|ts)\b|anulowan|iptal edil|キャンセル"
            r"|avbokad|makulerad|已取消|ملغ[ىياة]|تم الالغاء|تم إلغاء"
        ),
    ),
    (
        State.RETURNED,
        pattern(
            r"return (?:complete|received)|\breturned\b|refund(?:ed| issued| complete)|rucksendung abgeschlossen|rucksendung eingegangen"
            r"|zuruckgesendet|zuruckgegeben|erstattet|erstattung veranlasst|retour termine|retourne|rembourse(?:e|s|es)?\b"
            r"|reso completato|restituito"
            r"|rimborsato|devolucion completa|devuelto|reembolsad|devolucao concluida|devolvido|retour voltooid|geretourneerd|terugbetaald"
            r"|retur slutford|returnerad|aterbetald|zwrot zakonczony|zwrocon|iade tamamlandi|iade edildi|返品完了|返金済み|返品済み"
            r"|retour recu|reso ricevuto|devolucion recibida|devolucao recebida|retour ontvangen|retur mottagen|zwrot otrzyman"
            r"|erstattung (?:abgeschlossen|ausgestellt|erfolgt)|remboursement (?:effectue|emis|termine)|aterbetalning (?:utfardad|slutford)"
            r"|rimborso (?:emesso|completato|effettuato)|reembolso (?:emitido|completado|concluido|realizado)|aterbetalad"
            r"|terugbetaling (?:uitgevoerd|voltooid)|zwrot (?:srodkow|pieniedzy) (?:zrealizowan|zakonczon|wykonan)|iadesi yapildi"
            r"|iade alindi|返品の受領|返品を受領|返金処理済み|退货已?完成|已退款|تم الارجاع|تم رد المبلغ"
        ),
    ),
    (
        State.PLACED,
        pattern(
            r"not yet (?:shipped|dispatched|delivered)|preparing (?:for|to)|^ordered\b|order (?:placed|received)\b"
            r"|payment (?:pending|revision)"
            r"|noch nicht (?:versandt|zugestellt)|vorbereitung|wird vorbereitet|bestellt\b|bestellung eingegangen|non (?:ancora )?spedito"
            r"|pas encore expedie|en preparation|in preparazione|aun no enviado|preparando|nog niet verzonden|wordt voorbereid"
            r"|nog niet bezorgd|ej skickad|forbereds|jeszcze nie wyslano|hazirlaniyor|発送準備中|未発送"
            r"|preparation en cours|en cours de preparation|ainda nao enviad|em preparacao|nao enviado|inte skickad|przygotowywan"
            r"|henuz gonderilmedi|尚未发货|准备发货|لم يتم الشحن|قيد التجهيز"
        ),
    ),
    (
        State.DELIVERED,
        pattern(
            r"^delivered\b|\bdelivered\b|zugestellt|geliefert|ausgeliefert|\blivre(?:e|s|es)?\b|consegnat[oa]|entregad[oa]|entregue|bezorgd"
            r"|geleverd|levererad|dostarczon|teslim edildi|配達完了|配達済み|お届け済み|picked up|abgeholt"
            r"|levererat|consegna effettuata|お届けしました|配達しました|配達いたしました"
            r"|^(?:collected|retire|colis (?:retire|recupere)|ritirat[oa]|recogid[oa]|opgehaald|odebran[oaey]|hamtad|utlamnad)\b"
            r"|teslim alindi|受け?取り?済み|已(?:于.{1,12})?送达|已签收|تم (?:التسليم|التوصيل)"
        ),
    ),
    (
        State.SHIPPING,
        pattern(
            r"arriving|on the way|on its way|out for delivery|shipped|dispatched|in transit|expected|delayed|running late|"
            r"now arriving|ready for pickup"
            r"|ankunft|zustellung|versandt|unterwegs|lieferung|kommt an|wird .*zugestellt|arrive|livraison|expedie|en cours|in arrivo"
            r"|spedito|in consegna|arrivo|llega|enviado|en camino|en reparto|chega|a caminho|verzonden|onderweg|aankomst|verwacht|skickad"
            r"|pa vag|ankommer|wyslano|w drodze|kargoya verildi|yolda|発送日|発送済み|配送中|お届け予定|到着予定"
            r"|versendet|verschickt|enviada|saiu para entrega|verstuurd|bezorging|skickat|ute for leverans|wyslan[aey]\b|nadan[oaey]\b"
            r"|(?:przekazan|wydan)[oaey] do (?:do|kurier)|gonderildi|dagitim|発送(?:しました|いたしました|されました|のお知らせ)|配達中"
            r"|kommt .{1,30} an\b|\barriva\b|komt .{1,30} aan\b|\bdotrze|\bdostawa\b|doreczeniu|anlander|geliyor|varacak"
            r"|pret a etre retire|pronto per |listo para |pronto para |klaar (?:om|voor) |gotow[aey] do odbioru|redo att hamta|abholbereit"
            r"|teslim almaya hazir|bereit zur abholung|受け?取り?可能"
            r"|已发货|运输中|预计|تم الشحن|في الطريق|خارج للتوصيل|يصل"
        ),
    ),
)
_UNCLEAR = pattern(
    r"undeliverable|not delivered|delivery attempt|attempted|could not be delivered|unzustellbar|nicht zugestellt|zustellversuch|"
    r"remboursement (?:en cours|demande)|tentative de livraison|"
    r"tentativo di consegna|intento de entrega|tentativa de entrega|bezorgpoging|proba doreczenia|"
    r"leveransforsok|denendi|できませんでした|ersatz(?:lieferung)? bestellt|retour (?:en cours|demande|commence|gestart|aangevraagd)|"
    r"reso (?:richiesto|in corso|iniziato)|devolucion (?:en curso|iniciada|solicitada)|devolucao (?:em curso|iniciada|solicitada)|"
    r"zwrot (?:rozpoczet|w toku)|retur (?:paborjad|pagar|begard)|iade (?:baslatildi|talep|devam)|返品(?:リクエスト|手続き)|"
    r"replacement (?:ordered|requested|complete)|return (?:started|requested|in progress)|rucksendung (?:gestartet|beantragt|unterwegs)|"
    r"non (?:livre|consegnato)|no entregado|nao entregue|niet bezorgd|ej levererad|nie dostarczono|teslim edilemedi"
)
_DIGIT = re.compile(r"\d")
_FUTURE = pattern(
    r"\b(?:wird|wordt|zostan(?:ie|a)|sera (?:livr|entreg)|sara consegn)|will be delivered|to be delivered|"
    r"estimated delivery|voraussichtlich|expected|预计"
)

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


def state_of(status: str) -> State | None:
    """Return what a status line says, or None where it says nothing plain."""
    line = plain(status[:200])
    if _UNCLEAR.search(line):
        return None
    found = next((state for state, words in _STATES if words.search(line)), None)
    return State.SHIPPING if found is State.DELIVERED and _FUTURE.search(line) else found


def return_window(line: str) -> Window | None:
    """Return whether a line names the last day of an open or the end of a closed return window; replacing alone is neither."""
    if not _DIGIT.search(line):
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
    return (found.lastgroup or "", value) if found and value else None
