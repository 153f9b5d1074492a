"""The words that show what a mail is about, in each language."""

import re
from enum import Enum

from assistant.amazon.labels.states import State, is_failed_delivery, state_of
from assistant.amazon.values.folding import pattern, plain


class Sort(Enum):
    """The subject of a mail. The value is the layout name in its extraction."""

    ORDER = "order"
    SHIPMENT = "shipment"
    DELIVERY = "delivery"
    CANCELLATION = "cancellation"
    ATTEMPT = "attempt"
    REFUND = "refund"
    RETURN = "return"
    SUBSCRIPTION = "subscription"
    OTHER = "other"


_SUBSCRIPTION = pattern(
    r"subscribe (?:&|and) save|your (?:upcoming|next|monthly) (?:subscription )?delivery|spar-?abo|economisez en vous abonnant"
    r"|prevoyez (?:et|&) economisez|iscriviti e risparmia|suscribete y ahorra|programa y ahorra|programe e poupe|bespaar-?abonnement"
    r"|prenumerera och spara|subskrybuj i oszczedzaj|abone ol|定期おトク便"
)
_REFUND = pattern(
    r"refund|erstatt|rembours|rimbors|reembols|terugbetal|terugbetaling|aterbetal|zwrot (?:pieniedzy|srodkow|kosztow|platnosci|za)"
    r"|zwrocilismy|(?:para|ucret|geri) iade|geri odeme|iade (?:tutari|edildi|ucreti)|返金"
)
_RETURN = pattern(
    r"\breturn|rucksend|ruckgabe|retour|\breso\b|\bresi\b|devolucion|devolucao|\bretur|\bzwrot|\biade|返品",
)
_ORDER = pattern(
    r"^ordered\b|order (?:confirmation|(?:is |has been )?(?:confirmed|placed|received))|received your order"
    r"|thank(?:s| you) for (?:your order|shopping)|your order (?:of"
    r"|has been received)"
    r"|^bestellt\b|bestellbestatigung|bestellung (?:von|aufgegeben|eingegangen|bestatigt|erhalten)|dank fur (?:ihre|deine|ihren"
    r"|deinen) (?:bestellung|einkauf)"
    r"|^commandee?s?\b|confirmation de (?:votre )?commande|merci (?:pour|de) votre commande|commande (?:confirmee|enregistree)"
    r"|^ordinat[oi]\b|ordine effettuato|conferma (?:dell'|d'|del tuo )?ordine|grazie per (?:il tuo|l')\s?ordine"
    r"|^pedido\b|pedido realizado|confirmacion (?:de|del|de tu) pedido|gracias por (?:tu|su) pedido"
    r"|confirmacao d[eo] (?:seu )?(?:pedido|encomenda)|confirmacao da (?:sua )?encomenda|^encomendad[oa]|obrigad[oa] pel[oa] (?:seu|sua)"
    r"|^besteld\b|bestelbevestiging|bevestiging van (?:je|uw) bestelling|bedankt voor (?:je|uw) bestelling"
    r"|^bestall[dt]\b|orderbekraftelse|bestallningsbekraftelse|tack for din (?:bestallning|order)"
    r"|^zamowion[oye]\b|potwierdzenie zamowienia|dziekujemy za (?:zamowienie|zlozenie|zakupy)|zamowienie (?:zlozone|przyjete)"
    r"|^siparis (?:verildi|edildi|alindi)|siparis onayi|siparisiniz (?:icin tesekkur|alindi)|siparisinizi aldik"
    r"|注文済み|注文の確認|注文確認|注文内容の確認|ご注文ありがとう|ご注文を承"
)
_SHIPPED = pattern(
    r"(?:shipping|dispatch|shipment) confirmation|versandbestatigung|confirmation d'expedition|conferma (?:di |della )?spedizione"
    r"|confirmacion de envio|confirmacao de envio|verzendbevestiging|leveransbekraftelse|potwierdzenie wysylki|発送|(?:配達|お届け)予定"
)
_CANCELLED = pattern(
    r"cancell?ation (?:of|confirm)|successful cancell?ation|stornierung (?:ihrer|deiner|bestatigt)|annulation de|annullamento de"
    r"|cancelacion de|cancelamento d|annulering van|avbokning av|anulowanie zamow|iptal onay"
)
_PART = pattern(
    r"\bitems?\b|\bpart of\b|artikel|teil (?:ihrer|deiner)|\barticles?\b|\barticol[oi]\b|\barticulos?\b|\bproductos?\b|\bprodutos?\b"
    r"|\bitens\b"
    r"|\bproduk[tc]|\burun|商品"
)
_WHOLE = pattern(
    r"\border\b|bestellung|commande|\bordine\b|\bpedido\b|encomenda|bestelling|bestallning|zamowieni|siparis|注文(?!商品)",
)
_ORDER_MAILBOXES = (
    "auto-confirm bestellbestaetigung confirmation-commande conferma-ordine confirmar-pedido bestelbevestiging orderbekraftelse "
    "potwierdzenie-zamowienia siparis-onay digital-no-reply digital-noreply"
)
_SHIPMENT_MAILBOXES = "ship-confirm versandbestaetigung confirmation-expedition conferma-spedizione confirmar-envio"
_SORT_OF_MAILBOX = {
    **dict.fromkeys(_ORDER_MAILBOXES.split(), Sort.ORDER),
    **dict.fromkeys(_SHIPMENT_MAILBOXES.split(), Sort.SHIPMENT),
}
_SORT_OF_STATE: dict[State | None, Sort] = {
    State.CANCELLED: Sort.CANCELLATION,
    State.RETURNED: Sort.RETURN,
    State.DELIVERED: Sort.DELIVERY,
    State.SHIPPING: Sort.SHIPMENT,
    State.PLACED: Sort.ORDER,
}

_PASSED_ON = pattern(r"^(?:(?:fwd?|wg|tr|rv|i|enc|enviad[oa]|doorst|vb|pd|ilt|fw|aw|re|转发|転送)\s*[:：]\s*)+")
_QUOTED = re.compile(r"[\"“„«「『‘][^\"“”„«»「」『』’]*(?:[\"“”»」』’]|\Z)|(?<!\w)'.*")
_TITLE = re.compile(r"[\"“„«「『‘]\s*([^\"“”„«»「」『』]{4,200}?)\s*[\"”“»」』’]")
_LEAD = re.compile(r"^([^:：\"“„«]{2,60}?)\s?[:：]\s")


def sort_of(subject: str, mailbox: str, headlines: list[str]) -> Sort:
    """Return what a mail is about: by its subject, then by the name of the mailbox it came from, then by its first lines."""
    told = (
        _sort_in(lead(subject)),
        _sort_in(_unquoted(subject)),
        _SORT_OF_MAILBOX.get(mailbox.lower(), Sort.OTHER),
        *map(_sort_in, headlines),
    )
    return next((sort for sort in told if sort is not Sort.OTHER), Sort.OTHER)


def lead(subject: str) -> str:
    """Return a subject without forwarding marks and without the title it quotes, because titles may contain any words."""
    text = _PASSED_ON.sub("", plain(subject))
    opening = _LEAD.match(text)
    return opening[1] if opening else _unquoted(text)


def opening(subject: str) -> str:
    """Return `lead` as it is printed, with a capital at its start."""
    folded, text = lead(subject), " ".join(subject.split())
    place = plain(text).find(folded) if len(plain(text)) == len(text) else -1
    found = text[place : place + len(folded)] if place >= 0 else folded
    return found[:1].upper() + found[1:]


def _unquoted(subject: str) -> str:
    return " ".join(_QUOTED.sub(" ", plain(subject)).split())


def quoted_title(subject: str) -> str | None:
    """Return the item title that a subject quotes, which may be cut off."""
    found = _TITLE.search(subject)
    return found[1].strip() if found else None


def concerns_a_part(texts: list[str]) -> bool:
    """Return whether a cancellation is for some items and not for the whole order."""
    return any(_PART.search(text) and not _WHOLE.search(text) for text in map(plain, texts))


def says_refund(line: str) -> bool:
    """Return whether a line is about a refund."""
    return _REFUND.search(plain(line)) is not None


def _sort_in(line: str) -> Sort:
    text = plain(line[:200])
    state = state_of(text)
    told = (
        # "Your next delivery" announces a parcel that was not sent yet.
        (Sort.SUBSCRIPTION, _SUBSCRIPTION.search(text)),
        (Sort.CANCELLATION, state is State.CANCELLED or _CANCELLED.search(text)),
        (Sort.REFUND, _REFUND.search(text)),
        (Sort.RETURN, state is not State.DELIVERED and _RETURN.search(text)),
        (_SORT_OF_STATE.get(state, Sort.OTHER), state),
        (Sort.SHIPMENT, _SHIPPED.search(text)),
        # An undelivered parcel is a parcel too: its mail lists the order and its items.
        (Sort.ATTEMPT, is_failed_delivery(text)),
        (Sort.ORDER, _ORDER.search(text)),
    )
    return next((sort for sort, said in told if said), Sort.OTHER)


def sort_of_state(line: str) -> Sort | None:
    """Return the sort of mail that has this line as its headline, None for a line without a state."""
    state = state_of(line)
    return _SORT_OF_STATE[state] if state else None
