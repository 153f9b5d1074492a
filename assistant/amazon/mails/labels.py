"""Labels that only occur in mails, and texts that must not be mistaken for an item, in each language."""

import re

from assistant.amazon.values.folding import pattern

QUANTITY = pattern(
    r"^(?:quantity(?: ordered)?|qty|menge|anzahl|quantite|qte|quantita|cantidad|cant|quantidade|qtd|qtde|aantal|hoeveelheid|antal"
    r"|kvantitet|ilosc|liczba"
    r"|adet|miktar|数量|個数|الكمية|العدد|मात्रा)\.?\s*[:：]?\s*(\d{1,6})?\s*(?:pcs|st|stk|szt|adet|点|個)?\.?\Z"
)
TIMES = re.compile(r"^(\d{1,4})\s?[x×]\s+(\S.*)")
SOLD_BY = pattern(
    r"^(?:sold by|verkauf durch|verkauft von|vendu par|venduto da|vendido por|verkocht door|saljs av|sprzedawca|sprzedaje|"
    r"satici)\s+(?=\S)"
)
PRICE = pattern(
    r"^(?:(?:item |unit )?price|(?:einzel|stuck)?preis|prix(?: unitaire)?|prezzo(?: unitario)?|precio(?: unitario)?|preco(?: unitario)?"
    r"|prijs(?: per stuk)?|pris(?: per styck)?|cena(?: jednostkowa)?|(?:birim )?fiyati?|価格|単価)\s*[:：]\s*"
)
AUTHOR = pattern(r"^(?:by\b|(?:von|par|di|de|por|door|av|autor|yazar|著者)\s*[:：])")
VARIATION = pattern(
    r"^(?:size|colou?r|style|format|edition|pattern|flavou?r|grosse|farbe|stil|muster|taille|couleur|dimensione|colore|taglia|talla"
    r"|tamano|estilo|tamanho|cor|maat|kleur|storlek|farg|rozmiar|kolor|beden|renk|サイズ|色|カラー)(?: name)?\s*[:：]"
)
REFUNDED = pattern(
    r"^(?:(?:total |your )?refund(?: total| amount)?|total refunded|amount refunded|refunded amount|refund issued"
    r"|(?:gesamt)?erstattung(?:sbetrag|ssumme|en)?(?: gesamt)?|erstatteter betrag|summe der erstattung|gesamtbetrag der erstattung"
    r"|(?:montant (?:total )?du )?remboursement(?: total)?|montant rembourse|total du remboursement"
    r"|(?:importo (?:del )?)?rimborso(?: totale)?|totale (?:del )?rimborso|importo rimborsato"
    r"|(?:importe (?:del )?|total (?:del )?)?reembolso(?: total)?|importe reembolsado|(?:valor (?:do )?|total do )reembolso"
    r"|valor reembolsado"
    r"|(?:totale? )?terugbetaling(?:sbedrag)?|terugbetaald bedrag|totaal terugbetaald"
    r"|(?:total )?aterbetalning(?:sbelopp)?|aterbetalt belopp|totalt aterbetalt"
    r"|(?:(?:calkowita |laczna )?kwota |(?:calkowity |laczny )|suma )?zwrotu?(?: pieniedzy| srodkow)?(?: lacznie)?|zwrocona kwota"
    r"|(?:toplam )?(?:para )?iade(?:si)?(?: tutari| toplami)?|geri odeme tutari|(?:合計)?返金総?額(?:合計)?|返金合計(?:額)?|返金)\Z"
)
REFUND_SUBTOTAL = pattern(
    r"^(?:refund subtotal|subtotal (?:of (?:your )?)?refund|zwischensumme (?:der )?(?:ruck)?erstattung|sous-total (?:du )?remboursement"
    r"|subtotale (?:del )?rimborso|subtotal (?:del|do) reembolso|subtotaal (?:van (?:de )?)?terugbetaling|"
    r"delsumma (?:for )?aterbetalning(?:en)?"
    r"|suma czesciowa zwrotu|iade ara toplami|返金小計)\Z"
)
REFUND_EXPECTED = pattern(
    r"refund.{0,30}\b(?:is|was|has been|been)? ?(?:delayed|pending|on hold)\b|delayed:? .{0,20}refund|refund available soon"
    r"|refund will be (?:issued|processed|sent|available soon)|(?:will|'ll) (?:issue|process|send) .{0,30}refund|"
    r"we(?:'ll| will) refund you"
    r"|erstattung.{0,30}(?:verzogert|verspatet|steht (?:noch )?aus)|verzogerung .{0,30}erstattung|"
    r"erstattung wird .{0,40}(?:veranlasst|ausgestellt|bearbeitet|erfolgen)"
    r"|werden (?:wir )?(?:dir|ihnen|deine|ihre).{0,40}erstatten|"
    r"remboursement.{0,30}(?:retarde|en attente|sera (?:emis|effectue|traite|bientot))|nous (?:vous )?rembourserons"
    r"|rimborso.{0,30}(?:ritard|in attesa|sara (?:emesso|effettuato|presto|disponibile a breve))|ti rimborseremo"
    r"|"
    r"reembolso.{0,30}(?:retras|atras|pend(?:iente|ente)|se (?:emitira|realizara|procesara)|sera (?:emitido|processado|efetuado))|"
    r"te reembolsaremos"
    r"|terugbetaling.{0,30}(?:vertraagd|in behandeling|wordt .{0,20}(?:verwerkt|uitgevoerd))|"
    r"aterbetalning.{0,30}(?:forsenad|fordrojd|kommer att)"
    r"|zwrot.{0,30}(?:opozni|oczekuj|zostanie)|iade.{0,30}(?:gecik|beklemede|yapilacak|edilecek)|"
    r"返金.{0,20}(?:遅れ|遅延|保留|処理中|予定です|いたします(?!た))"
)
"""An announced refund has not been paid yet."""
REFUNDED_ON = pattern(
    r"(?:refund(?:ed)?|erstatt\w*|rembours\w*|rimbors\w*|reembols\w*|terugbetal\w*|aterbetal\w*|zwr\w*|iade|返金)"
    r".{0,30}(?:\b(?:on|date|am|datum|le|il|el|em|op|den|data|dnia|tarihi|tarihinde)\b|日|[:：])"
)
TRACKING = pattern(
    r"(?:tracking (?:number|id|no\.?|code)|numero di tracciabilita|codice di tracciabilita|numero de localizacion|"
    r"sendungs(?:verfolgungs)?nummer|sendungsverfolgungs-id|tracking-?nummer|paketnummer"
    r"|numero de suivi"
    r"|numero (?:di )?tracking|codice (?:di )?(?:tracking|tracciamento|spedizione)|numero de (?:seguimiento|rastreamento|rastreio)"
    r"|codigo de (?:seguimiento|rastreamento|rastreio)|(?:volg|track-?and-?trace-?)nummer|sparnings(?:nummer|-id)|kollinummer"
    r"|numer (?:sledzenia|przesylki|listu)|(?:kargo )?takip (?:numarasi|no|kodu)|(?:お問い合わせ)?伝票番号|追跡番号|お問い合わせ番号)"
    r"(?:\s+(?:is|lautet|ist|est|e|es|to|ar))?\s*[:：]?\s*"
)
TRACKING_CODE = re.compile(r"(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{7,39}(?![A-Za-z0-9-])")
ADVERTISING = pattern(
    r"^(?:customers (?:who|also)|recommended|recommendations|you (?:may|might) also|related to|inspired by|buy it again|keep shopping"
    r"|continue shopping"
    r"|top picks|deals (?:for|related)|more (?:items|to|top)|frequently bought|based on your|products? (?:related|you)|save on|discover"
    r"|kunden,? (?:die|kauften)|empfehlungen|empfohlen|das konnte|das konnten|ahnliche|noch einmal kaufen|erneut kaufen"
    r"|weiter einkaufen|angebote"
    r"|kunden haben|wird oft zusammen"
    r"|les clients|recommande|recommandations|vous (?:aimerez|pourriez)|achetez (?:a nouveau|de nouveau)|continuez|inspire"
    r"|i clienti|consigliat|raccomanda|potrebbe|acquista(?:lo)? di nuovo|ispirato|los clientes|recomenda|te puede|quiza|volver a comprar"
    r"|compralo de nuevo|inspirado|os clientes|voce (?:tambem|pode)|comprar novamente|compre novamente"
    r"|klanten|aanbevolen|misschien|opnieuw kopen|koop opnieuw|kunder|rekommenda|du kanske|kop igen"
    r"|klienci|polecane|moze ci sie|kup ponownie|musteriler|onerilen|tekrar satin al|begenebilec|こちらもおすすめ|おすすめ|この商品を"
    r"|再度購入)"
)
SENT_BY = pattern(r"^[>\s*]*(?:from|von|de|da|van|fran|od|kimden|gonderen|差出人|送信者)\s*[:：]\*?\s*(?=.*@)")
SENT_ABOUT = pattern(r"^[>\s*]*(?:subject|betreff|objet|oggetto|asunto|assunto|onderwerp|amne|temat|konu|件名)\s*[:：]\*?\s*")
SENT_ON = pattern(
    r"^[>\s*]*(?:date|sent|datum|gesendet|envoye|data|inviato|fecha|enviado|verzonden|skickat|wyslano|tarih|日付|日時"
    r"|送信日時)\s*[:：]\*?\s*"
)
