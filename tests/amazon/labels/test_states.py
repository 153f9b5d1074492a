"""Status lines of parcels in each language: an announced delivery is not a delivery."""

import pytest

from assistant.amazon.labels.states import State, promises_a_day, state_of

LINES = {
    State.DELIVERED: (
        "Zugestellt: 19. Juli|Wurde zugestellt|Livré hier|Colis récupéré|Consegnato oggi|Ritirato|Recogido|Entregue|Bezorgd gisteren"
        "|Opgehaald|Dostarczono|Odebrano|Levererades 5 mars|Utlämnad|Teslim alındı|受取済み|Collected|Delivered to Sara"
        "|Picked up|Picked up by Sara|Doręczono|Retirado|تم التوصيل 9 مارس"
    ),
    State.CANCELLED: "Storniert|Annulée|Annullato|Avbokad|Makulerad|İptal edildi",
    State.RETURNED: (
        "Erstattung abgeschlossen|Rückerstattung ausgestellt|Remboursé|Remboursement effectué|Rimborso emesso|Reembolso emitido"
        "|Terugbetaling uitgevoerd|Zwrot środków zrealizowany|Återbetalning utfärdad|Para iadesi yapıldı|返金処理済み"
        "|Reso completo|Reso effettuato|Retour effectué|Rückgabe abgeschlossen|تم استرداد المبلغ"
    ),
    State.SHIPPING: (
        "Wird heute zugestellt|Kommt morgen an|Sera livré demain|Arriva domani|Sarà consegnato domani|Será entregue amanhã"
        "|Wordt morgen bezorgd|Komt morgen aan|Zostanie dostarczone jutro|Dotrze jutro|Anländer imorgon|Yarın geliyor"
        "|Prêt à être retiré|Pronto per essere ritirato|Listo para ser recogido|Klaar om opgehaald te worden"
        "|Ready to be picked up|Waiting to be picked up by carrier|Carrier picked up|Picked up by courier|Available for pickup"
        "|Partially delivered|Teilweise zugestellt|Partiellement livré|Delivery estimate Tuesday, March 3|Consegna prevista martedì"
        "|Consegnato parzialmente|تم التوصيل جزئياً|Entregue parcialmente"
        "|In attesa di ritiro|Prête à être retirée|Se entregará mañana|Levereras imorgon|Yarın teslim edilecek|خرج للتوصيل"
    ),
    State.PLACED: (
        "Préparation en cours|Ainda não enviado|Em preparação|Przygotowywanie|Ännu inte skickad|Henüz gönderilmedi"
        "|Wird für den Versand vorbereitet|لم يتم الشحن"
    ),
    None: (
        "Ersatz bestellt|Tentative de livraison|Retour en cours|Remboursement en cours|Reso richiesto|Devolución iniciada|Bezorgpoging"
        "|Zwrot rozpoczęty|Retur påbörjad|İade başlatıldı|返品リクエスト済み|配達できませんでした"
        "|キャンセルリクエスト受付|キャンセルをリクエスト中|Cancellation requested|Stornierung angefragt|لم يتم التوصيل|لم يتم التسليم"
        "|Partially refunded|Teilweise erstattet|Your refund is delayed|Refund on the way|Zustellung fehlgeschlagen|Échec de la livraison"
        "|Remboursé partiellement|Teilweise storniert|Anulowanie zgłoszone|Rimborsato parzialmente|一部キャンセル"
        "|Livraison échouée|Bezorging mislukt|Versuchte Zustellung|Próba dostarczenia|Nie udało się dostarczyć"
    ),
}


@pytest.mark.parametrize(("line", "state"), [(line, state) for state, lines in LINES.items() for line in lines.split("|")])
def test_a_status_line_gives_its_state(line, state):
    assert state_of(line) is state


@pytest.mark.parametrize(
    ("line", "is_promise"),
    [
        ("Arriving March 5", True),
        ("Shipped March 5", False),
        ("Delivered March 5", False),
        ("Zustellung 5. März", True),
        ("Versandt am 5. März", False),
        ("Livraison le 5 mars", True),
        ("Expédié le 5 mars", False),
        ("In arrivo il 5 marzo", True),
        ("Spedito il 5 marzo", False),
        ("Llega el 5 de marzo", True),
        ("Enviado el 5 de marzo", False),
        ("Verwacht op 5 maart", True),
        ("Verzonden op 5 maart", False),
        ("Ankommer den 5 mars", True),
        ("Skickad den 5 mars", False),
        ("Wysłano 5 marca", False),
        ("3月5日到着予定", True),
        ("発送日 3月5日", False),
    ],
)
def test_only_the_day_of_arrival_is_a_promise(line, is_promise):
    assert promises_a_day(line) is is_promise
