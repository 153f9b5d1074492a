"""Delivery states, from the status lines of parcels in each language."""

import re
from enum import Enum
from functools import lru_cache

from assistant.amazon.values.folding import pattern, plain


class State(Enum):
    """The state in a shipment's status line."""

    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    SHIPPING = "shipping"
    PLACED = "placed"


# The first match counts: a returned parcel was delivered too, an "undelivered" one was not.
_STATES: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        State.CANCELLED,
        pattern(
            r"\bcancell?ed\b|\bcancelado|\bcancelada|storniert|annul(?:e|ee|iert|ato|ata|erad|lato|lata)\b|geannuleerd|avbruten|"
            r"avbestalld"
            r"|annuller(?:ad|at|ats|ades)\b|avbestall(?:t|ts)\b|anulowan|iptal edil|キャンセル"
            r"|avbokad|makulerad|已取消|ملغ[ىياة]|تم الالغاء|تم إلغاء"
        ),
    ),
    (
        State.RETURNED,
        pattern(
            r"return (?:complete|received)|\breturned\b|refund(?:ed| issued| complete)|rucksendung abgeschlossen|rucksendung eingegangen"
            r"|zuruckgesendet|zuruckgegeben|erstattet|erstattung veranlasst|retour termine|retourne|rembourse(?:e|s|es)?\b"
            r"|reso (?:completo|completato|effettuato|concluso)|restituito|retour (?:effectue|complet)|rucksendung vollstandig"
            r"|ruckgabe (?:abgeschlossen|vollstandig|eingegangen|erhalten)|devolucion (?:completada|finalizada)|devolucao completa"
            r"|rimborsato|devolucion completa|devuelto|reembolsad|devolucao concluida|devolvido|retour voltooid|geretourneerd|"
            r"terugbetaald"
            r"|retur slutford|returnerad|aterbetald|zwrot zakonczony|zwrocon|iade tamamlandi|iade edildi|返品完了|返金済み|返品済み"
            r"|retour recu|reso ricevuto|devolucion recibida|devolucao recebida|retour ontvangen|retur mottagen|zwrot otrzyman"
            r"|erstattung (?:abgeschlossen|ausgestellt|erfolgt)|remboursement (?:effectue|emis|termine)|"
            r"aterbetalning (?:utfardad|slutford)"
            r"|rimborso (?:emesso|completato|effettuato)|reembolso (?:emitido|completado|concluido|realizado)|aterbetalad"
            r"|terugbetaling (?:uitgevoerd|voltooid)|zwrot (?:srodkow|pieniedzy) (?:zrealizowan|zakonczon|wykonan)|iadesi yapildi"
            r"|iade alindi|返品の受領|返品を受領|返金処理済み|退货已?完成|已退款|تم (?:الارجاع|رد المبلغ|استرداد المبلغ|استلام المرتجع)"
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
            r"|henuz gonderilmedi|尚未发货|准备发货|لم يتم الشحن|قيد التجهيز|wird fur den versand vorbereitet|wird gepackt|being prepared"
        ),
    ),
    (
        State.DELIVERED,
        pattern(
            r"^delivered\b|\bdelivered\b|zugestellt|geliefert|ausgeliefert|\blivre(?:e|s|es)?\b|consegnat[oa]|entregad[oa]|"
            r"entregue|bezorgd"
            r"|geleverd|levererad|dostarczon|teslim edildi|配達完了|配達済み|お届け済み|\bpicked up\b|abgeholt"
            r"|levererat|consegna effettuata|お届けしました|配達しました|配達いたしました"
            r"|^(?:collected|retire|colis (?:retire|recupere)|ritirat[oa]|recogid[oa]|opgehaald|odebran[oaey]|hamtad|utlamnad)\b"
            r"|doreczon[aoey]|retirado\b|teslim alindi|受け?取り?済み|已(?:于.{1,12})?送达|已签收|تم (?:التسليم|التوصيل)"
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
            r"|pret a etre retire|pronto per |listo para |pronto para |klaar (?:om|voor) |gotow[aey] do odbioru|redo att hamta|"
            r"abholbereit"
            r"|teslim almaya hazir|bereit zur abholung|受け?取り?可能"
            r"|已发货|运输中|预计|تم الشحن|في الطريق|(?:خارج|خرج) للتوصيل|يصل|جاهز للاستلام"
            r"|delivery estimate|available for (?:pickup|collection)|ready for collection|consegna prevista|in attesa di ritiro|"
            r"prete? a etre"
            r"|entrega prevista|se entregara|entregara|levereras|teslim edilecek|leverans beraknad|disponible para recog|a recoger"
        ),
    ),
)
_UNCLEAR = pattern(
    # Requested or in progress is not done.
    r"cancell?ation (?:request|pending|in progress)|request(?:ed)? (?:to cancel|cancell?ation)|cancel request|being cancell?ed|"
    r"stornierung (?:angefragt|beantragt|angefordert|lauft|wird)|stornierungsanfrage|annulation (?:demandee|en cours)|"
    r"demande d'annulation|"
    r"annullamento (?:richiesto|in corso)|richiesta di annullamento|cancelacion (?:solicitada|en curso)|solicitud de cancelacion|"
    r"cancelamento (?:solicitado|em andamento)|annulering (?:aangevraagd|in behandeling)|avbokning begard|"
    r"(?:zadanie|prosba) anulowania|iptal (?:talebi|istegi|talep)|キャンセル(?:を|の)?(?:リクエスト|申請|受付|依頼|手続)|"
    r"取消(?:申请|请求)|طلب (?:ال)?(?:الغاء|إلغاء)|"
    r"refund (?:issuance is |is )?(?:delayed|pending|requested|in progress|initiated|on (?:the|its) way|processing|will be)|"
    r"refund (?:started|under review|expected)|partial(?:ly)? (?:refund|return)|(?:will be|to be|not(?: yet)? been|not yet) refunded|"
    r"erstattung (?:verzogert|ausstehend|angefordert|beantragt|in bearbeitung|wird|unterwegs|eingeleitet|folgt)|"
    r"teilweise (?:erstattet|zuruck)|"
    r"teilerstattung|remboursement (?:partiel|en attente|retarde|a venir|prevu)|partiellement (?:rembourse|retourne)|"
    r"rimborso (?:parziale|in corso|in sospeso|richiesto|in ritardo|previsto)|parzialmente (?:rimborsat|restituit)|"
    r"reembolso (?:parcial|pendiente|en curso|solicitado|retrasado|previsto|pendente|em andamento)|"
    r"parcialmente (?:reembolsad|devuelt|devolvid)|"
    r"gedeeltelijk(?:e)? (?:terugbetaald|terugbetaling|geretourneerd)|terugbetaling (?:in behandeling|aangevraagd|vertraagd)|"
    r"delvis (?:aterbetal|returner)|aterbetalning (?:pagar|begard|fordrojd)|czesciow[aoy] zwro[ct]|zwrot (?:czesciowy|oczekuj)|"
    r"kismi iade|kismen iade|iade (?:bekleniyor|gecik)|一部(?:返金|返品)|返金(?:リクエスト|手続き|処理中|予定|が遅)|部分退款|退款中|"
    r"(?:جزئي|جزئيا).{0,12}(?:استرداد|رد)|(?:استرداد|رد) .{0,12}جزئي|"
    r"remboursement (?:en cours|demande)|ersatz(?:lieferung)? bestellt|retour (?:en cours|demande|commence|gestart|aangevraagd)|"
    r"reso (?:richiesto|in corso|iniziato)|devolucion (?:en curso|iniciada|solicitada)|devolucao (?:em curso|iniciada|solicitada)|"
    r"zwrot (?:rozpoczet|w toku)|retur (?:paborjad|pagar|begard)|iade (?:baslatildi|talep|devam)|返品(?:リクエスト|手続き)|"
    r"replacement (?:ordered|requested|complete)|return (?:started|requested|in progress)|rucksendung (?:gestartet|beantragt|unterwegs)"
)
_NOT_DELIVERED = pattern(
    # Nobody was at home, or the parcel was lost.
    r"delivery failed|failed delivery|unable to deliver|couldn't (?:be )?deliver|we (?:couldn't|could not) deliver|"
    r"returned to sender|\blost\b|"
    r"zustellung (?:fehlgeschlagen|nicht moglich|gescheitert|erfolglos)|lieferung fehlgeschlagen|"
    r"konnte nicht .{0,20}(?:zugestellt|geliefert)|"
    r"echec de (?:la )?livraison|livraison (?:echouee|impossible|manquee)|n'a (?:pas )?pu etre livre|"
    r"consegna (?:non riuscita|fallita|mancata)|"
    r"mancata consegna|entrega (?:fallida|falhou|nao efetuada|malograda)|no se (?:ha podido|pudo) entregar|nao foi possivel entregar|"
    r"bezorging mislukt|mislukte bezorging|(?:ver)?such(?:te)? (?:der )?zustellung|leverans(?:en)? misslyck|misslyckad leverans|"
    r"kunde inte levereras|"
    r"nie udalo sie (?:dostarczyc|doreczyc)|proba dostarczenia|nieudana (?:dostawa|proba)|teslim(?:at)? (?:basarisiz|edilemedi)|"
    r"teslimat girisimi|"
    r"不在|配達(?:できず|不能|に失敗)|持ち戻り|投递失败|未(?:送达|能送达)|لم (?:يتم|نتمكن).{0,12}(?:توصيل|تسليم)|"
    r"تعذر (?:ال)?(?:توصيل|تسليم)|فشل|"
    r"undeliverable|not delivered|delivery attempt|attempted|could not be delivered|unzustellbar|nicht zugestellt|zustellversuch|"
    r"tentative de livraison|tentativo di consegna|intento de entrega|tentativa de entrega|bezorgpoging|proba doreczenia|"
    r"(?:ersatz)?leverans(?:en)? forsok|leveransforsok|denendi|できませんでした|"
    r"non (?:livre|consegnato)|no entregado|nao entregue|niet bezorgd|ej levererad|nie dostarczono|teslim edilemedi"
)
_FUTURE = pattern(
    r"\b(?:wird|wordt|zostan(?:ie|a)|sera (?:livr|entreg)|sara consegn)|will be delivered|to be delivered|"
    r"estimated delivery|voraussichtlich|expected|预计"
)

# The buyer does not have a parcel yet that waits for pickup by the buyer or the carrier.
_UNDER_WAY = pattern(
    r"(?:ready|waiting|available|still|yet|going)(?: to be| for)? (?:be )?(?:picked up|pick-?up|collect)|to be (?:picked up|collected)|"
    r"picked up by (?:the |our |your )?(?:carrier|courier|driver|delivery|amazon|ups|usps|fedex|dhl)|"
    r"(?:carrier|courier|driver) (?:has )?picked up|"
    r"(?:partially|partly|part of .{0,30}) (?:delivered|shipped|dispatched)|some items? (?:were |was |have been )?delivered|"
    r"teilweise (?:zugestellt|geliefert|versandt)|"
    r"(?:vom|von|durch) .{0,20}(?:zusteller|dhl|kurier|spediteur|versanddienst).{0,10} abgeholt|"
    r"(?:bereit|warte[tn]) .{0,20}abgeholt|partiellement (?:livre|expedie)|parzialmente (?:consegnat|spedit)|"
    r"parcialmente (?:entregad|entregue|enviad)|gedeeltelijk (?:bezorgd|geleverd|verzonden)|delvis (?:leverera|skicka)|"
    r"czesciowo (?:dostarcz|doreczon|wyslan)|kismen (?:teslim|gonder)|一部(?:配達|お届け|発送)|部分(?:送达|发货)|تم (?:توصيل|تسليم) جزء|"
    r"(?:par|dal|por|door|av|przez) (?:le |la |il |el |de |het |den )?(?:transporteur|livreur|corriere|transportista|mensajero|"
    r"transportadora|"
    r"vervoerder|koerier|transportor|budet|kurier)|kurye tarafindan|kuryeye teslim|配送業者に(?:引き?渡|お渡)|集荷済み"
)
# Words that make any state one of a part of the order, or only asked for, wherever they are in the line.
_PARTIAL = pattern(
    r"\bpartial|\bpartly\b|teilweise|\bteil(?:stornier|liefer|ruckgabe)|partiel|parzial|parcial|gedeeltelijk|\bdelvis|czesciow|"
    r"\bkismen\b|\bkismi\b|一部|部分|جزئي"
)
_ASKED_FOR = pattern(
    r"\brequest|\bangefragt|\bbeantragt|\bangefordert|\bdemande|\bsolicit|\brichiest|\baangevraagd|\bbegard|\bzgloszon|\bwniosek|"
    r"\btalep|リクエスト|申請|依頼|申请"
)

# Lines about parcels on their way that print the day of dispatch.
_SENT = pattern(
    r"\b(?:shipped|dispatched|sent)\b|versandt|versendet|verschickt|\bexpedie|spedit[oa]\b|\benviad[oa]\b|verzonden|verstuurd|\bskickad|"
    r"\bskickat\b|\bwyslan|\bnadan[oaey]\b|kargoya verildi|gonderildi|発送(?:日|済み|しました|いたしました|されました)|已发货|تم الشحن"
)


@lru_cache(maxsize=512)  # cached, because the status lines of a page are looked up several times
def state_of(status: str) -> State | None:
    """Return the state in a status line, None if the line names no certain state."""
    line = plain(status[:200])
    if _UNCLEAR.search(line) or _NOT_DELIVERED.search(line):
        return None
    found = next((state for state, words in _STATES if words.search(line)), None)
    if found in (State.CANCELLED, State.RETURNED) and (_PARTIAL.search(line) or _ASKED_FOR.search(line)):
        return None
    is_under_way = found is State.DELIVERED and any(words.search(line) for words in (_FUTURE, _UNDER_WAY, _PARTIAL))
    return State.SHIPPING if is_under_way else found


def is_failed_delivery(status: str) -> bool:
    """Return whether a line says that a parcel could not be delivered."""
    return _NOT_DELIVERED.search(plain(status[:200])) is not None


def promises_a_day(status: str) -> bool:
    """Return whether a day in a line is one on which the parcel should arrive, not one on which it was sent or arrived."""
    return state_of(status) is State.SHIPPING and _SENT.search(plain(status[:200])) is None
