"""Labels that Amazon prints next to values, in each language, and their meanings."""

import re
from enum import Enum

from assistant.amazon.values.folding import plain
from assistant.domain.orders.order import Amount


class SummaryLine(Enum):
    """Summary lines that are not an amount in an order."""

    BETWEEN = "between"  # "Total" between tax and payment, or a part of another line: not added
    CHARGE = "charge"  # a fee or discount without a separate name: part of the sum
    TAX_PART = "tax_part"  # "of which VAT": tax that is inside the sum already


class Header(Enum):
    """Labelled values in the head of an order's card."""

    PLACED = "placed"
    TOTAL = "total"
    RECIPIENT = "recipient"
    NUMBER = "number"


_A = Amount

# Separated by "|"; compared folded (case and accents away) and without a colon.
_AMOUNTS: tuple[tuple[Amount | SummaryLine, str], ...] = (
    (_A.SUBTOTAL, "item(s) subtotal|items subtotal|item subtotal|subtotal|order subtotal|items|item(s) total"),
    (_A.SUBTOTAL, "zwischensumme|artikel-zwischensumme|zwischensumme (artikel)|artikel|warenwert"),
    (_A.SUBTOTAL, "sous-total|sous-total des articles|sous-total de l'article|articles|sous-total articles"),
    (_A.SUBTOTAL, "sous-total de(s) article(s)"),
    (_A.SUBTOTAL, "totale parziale articoli|totale parziale"),
    (
        _A.SUBTOTAL,
        "subtotale|subtotale articoli|totale articoli|articoli|subtotale articolo|subtotale (articoli)",
    ),
    (
        _A.SUBTOTAL,
        "subtotal de productos|subtotal del producto|productos|subtotal de los productos|subtotal (productos)",
    ),
    (_A.SUBTOTAL, "articulos|subtotal de articulos|subtotal do articulo"),
    (_A.SUBTOTAL, "subtotal do(s) produto(s)|subtotal dos itens|subtotal de itens|itens"),
    (_A.SUBTOTAL, "subtotaal|subtotaal artikelen|artikelen|subtotaal artikel(en)|delsumma|delsumma for artiklar|artiklar"),
    (_A.SUBTOTAL, "suma czesciowa|produkty|suma czesciowa (produkty)"),
    (_A.SUBTOTAL, "ara toplam|urun(ler) ara toplami|urun ara toplami|商品の小計|小計|商品小計"),
    (_A.SUBTOTAL, "varor|urunler|subtotal do(s) item(ns)|商品小计|المجموع الفرعي"),
    (_A.SHIPPING, "shipping & handling|postage & packing|shipping|delivery|postage and packing|shipping and handling"),
    (_A.SHIPPING, "delivery charges|delivery fee|delivery & handling|postage|postage & packaging"),
    (_A.SHIPPING, "verpackung & versand|verpackung und versand|versand|versandkosten|versand & verpackung|lieferung"),
    (_A.SHIPPING, "liefergebuhr"),
    (_A.SHIPPING, "livraison|frais de livraison|expedition|expedition et manutention|frais d'expedition"),
    (_A.SHIPPING, "livraison et traitement"),
    (_A.SHIPPING, "costi di spedizione|spedizione|spese di spedizione|envio|gastos de envio|envio y manipulacion"),
    (_A.SHIPPING, "costes de envio|envio e manuseio|frete|frete e manuseio|custos de envio"),
    (_A.SHIPPING, "verzendkosten|verzending|verzend- en verpakkingskosten|frakt|frakt och hantering|leverans|wysylka|dostawa"),
    (_A.SHIPPING, "koszt dostawy|wysylka i obsluga|kargo|kargo ve paketleme|gonderim|配送料・手数料|配送料"),
    (_A.SHIPPING, "postage & handling|fast delivery fee|same-day delivery fee|envio y manejo|verzend- en administratiekosten"),
    (_A.SHIPPING, "koszty wysylki|kargo ucreti|teslimat ucreti|配送费和手续费|الشحن والمناولة|الشحن"),
    (_A.FREE_SHIPPING, "free shipping|free delivery|free postage|kostenloser versand|gratisversand|gratis-versand"),
    (_A.FREE_SHIPPING, "kostenlose lieferung|gratis-lieferung|gratislieferung|livraison gratuite|spedizione gratuita|envio gratis"),
    (_A.FREE_SHIPPING, "envio gratuito|frete gratis|gratis verzending|gratis bezorging|fri frakt|darmowa dostawa|bezplatna dostawa"),
    (_A.FREE_SHIPPING, "ucretsiz kargo"),
    (_A.PROMOTION, "promotion applied|promotion(s) applied|promotions applied|promotion|promotions|promotion discount"),
    (_A.PROMOTION, "promotional discount|aktionsgutschein|aktionsrabatt|aktion angewendet|rabatt|promotion(en)|aktion"),
    (_A.PROMOTION, "promotionen|werbeaktion|promotion appliquee|promotions appliquees|bon(s) de reduction|remise"),
    (_A.PROMOTION, "promozione applicata|promozione|promozioni applicate|sconto|sconto promozionale|promocion aplicada"),
    (_A.PROMOTION, "promociones aplicadas|promocion|promociones|promocao aplicada|promocao|promocoes|promotie toegepast"),
    (_A.PROMOTION, "promotie|actie|kampanj|kampanjrabatt|promocja|zastosowano promocje|promosyon|promosyon uygulandi|プロモーション割引"),
    (_A.PROMOTION, "割引"),
    (_A.PROMOTION, "reduction|descuento|desconto|korting|toegepaste promotie|zastosowana promocja|rabat|kampanj som tillampats"),
    (_A.PROMOTION, "uygulanan promosyon|indirim"),
    (_A.COUPON, "your coupon savings|coupon savings|coupon|coupons|coupon discount|coupon applied|gutschein eingelost"),
    (_A.COUPON, "gutschein|coupon eingelost|coupon-ersparnis|deine coupon-ersparnis|coupon de reduction"),
    (_A.COUPON, "vos economies coupon|coupon applique|coupon applicato|buono sconto|risparmio coupon|cupon|cupon aplicado"),
    (_A.COUPON, "ahorro con cupon|cupom|cupao|kupong|kupon|waardebon|クーポン|クーポン割引"),
    (_A.COUPON, "economies coupon|vos economies grace au coupon|ahorro de cupon|economia com cupom"),
    (_A.SUBSCRIBE_AND_SAVE, "subscribe & save|subscribe and save|subscription saving|subscription savings|subscribe & save discount"),
    (_A.SUBSCRIBE_AND_SAVE, "subscribe & save savings|spar-abo|spar-abo-rabatt|sparabo|spar-abo rabatt|economisez en vous abonnant"),
    (_A.SUBSCRIBE_AND_SAVE, "prevoyez et economisez|iscriviti e risparmia|suscribete y ahorra|programa y ahorra|programe e poupe"),
    (
        _A.SUBSCRIBE_AND_SAVE,
        "bespaar-abonnement|prenumerera och spara|subskrybuj i oszczedzaj|abone ol ve tasarruf et|定期おトク便|定期おトク便割引",
    ),
    (_A.MULTIBUY, "multibuy discount|multi-buy discount|multibuy|multi-buy|multibuy savings|mengenrabatt|mehrfachkauf-rabatt"),
    (_A.MULTIBUY, "remise multi-achat|sconto multi-acquisto|descuento por compra multiple|meerkoopkorting"),
    (_A.AMAZON_DISCOUNT, "amazon discount|amazon rabatt|amazon-rabatt|remise amazon|sconto amazon|descuento de amazon"),
    (_A.AMAZON_DISCOUNT, "desconto da amazon|amazon-korting|amazon-rabatten|rabat amazon|amazon indirimi"),
    (_A.GIFT_WRAP, "gift wrap|gift-wrap|gift wrapping|gift options|gift wrap & message|geschenkverpackung|emballage cadeau"),
    (_A.GIFT_WRAP, "papier cadeau|confezione regalo|pacchetto regalo|envoltorio de regalo|envoltorio para regalo"),
    (_A.GIFT_WRAP, "embrulho para presente|embalagem para presente|cadeauverpakking|presentinslagning|pakowanie na prezent"),
    (_A.GIFT_WRAP, "hediye paketi|ギフト包装"),
    (_A.GIFT_WRAP, "embalagem de presente|ギフト包装料|ギフトラッピング"),
    (_A.TOTAL_BEFORE_TAX, "total before tax|total before vat|total before gst|total before gst/hst|total before tax(es)"),
    (_A.TOTAL_BEFORE_TAX, "subtotal before tax|total excl. vat|total excluding vat|total before taxes"),
    (_A.TOTAL_BEFORE_TAX, "gesamt vor ust|gesamt vor ust.|gesamtbetrag vor steuern|summe ohne mwst|summe ohne mwst."),
    (_A.TOTAL_BEFORE_TAX, "gesamtbetrag ohne mwst.|gesamt vor mwst.|gesamt vor mwst|gesamtsumme vor steuern|summe vor steuern"),
    (_A.TOTAL_BEFORE_TAX, "summe vor ust."),
    (_A.TOTAL_BEFORE_TAX, "total avant tva|total hors tva|montant total ht|total ht|total avant taxes|total avant impots"),
    (_A.TOTAL_BEFORE_TAX, "totale prima delle imposte|totale iva esclusa|totale prima dell'iva|totale (iva esclusa)|iva esclusa"),
    (_A.TOTAL_BEFORE_TAX, "total antes de impuestos|total sin iva|total (sin iva)|total antes de iva|total antes dos impostos"),
    (_A.TOTAL_BEFORE_TAX, "total antes do iva|total antes de impostos|totaal voor btw|totaal exclusief btw|totaal excl. btw"),
    (_A.TOTAL_BEFORE_TAX, "totalt fore moms|summa fore moms|razem przed vat|suma przed vat|suma przed opodatkowaniem"),
    (_A.TOTAL_BEFORE_TAX, "vergiler haric toplam|kdv haric toplam|税抜合計|消費税抜き合計"),
    (_A.TOTAL_BEFORE_TAX, "montant total avant tva|total (antes de impuestos)|totalt exkl. moms|vergiler oncesi toplam|税抜き合計"),
    (_A.TOTAL_BEFORE_TAX, "total antes dos tributos|total antes do imposto|total sem impostos"),
    (_A.TAX, "estimated tax to be collected|estimated tax|tax|sales tax|tax collected|estimated vat|vat|gst|hst|gst/hst"),
    (_A.TAX, "pst|rst|qst|pst/rst/qst|estimated gst/hst|estimated pst/rst/qst|estimated gst|tax amount|vat amount"),
    (_A.TAX, "import tax|sales tax collected"),
    (_A.TAX, "geschatzte ust|geschatzte ust.|ust|ust.|mwst|mwst.|umsatzsteuer|mehrwertsteuer|steuern|geschatzte mwst."),
    (_A.TAX, "geschatzte mwst|geschatzte steuern|voraussichtliche ust.|anzurechnende mwst.|anzurechnende mwst"),
    (_A.TAX, "tva|tva estimee|taxes|taxes estimees|iva|iva stimata|imposte|iva estimado|impuestos|iva estimada"),
    (_A.TAX, "impuesto estimado|impostos|impostos estimados|btw|geschatte btw|belasting|moms|uppskattad moms"),
    (_A.TAX, "beraknad moms|podatek|vat szacunkowy|szacowany vat|szacowany podatek vat|kdv|tahmini kdv|vergi|消費税"),
    (_A.TAX, "tps/tvh|tvp/tvq|tvp/tvd/tvq|tps/tvh estimee|tvp/tvq estimee|tvp/tvd/tvq estimee|i.v.a.|impuestos estimados"),
    (_A.TAX, "tributos estimados|tahsil edilecek tahmini kdv|ضريبة القيمة المضافة"),
    (_A.GIFT_CARD, "gift card amount|gift card|gift cards|gift certificate|gift card balance|gift certificate amount"),
    (_A.GIFT_CARD, "gift card(s)|amazon gift card|gift card applied|gift certificate/card|geschenkgutschein"),
    (_A.GIFT_CARD, "geschenkgutschein(e)|geschenkgutscheine|geschenkkarte|geschenkkarten|geschenkgutscheinbetrag|cheque-cadeau"),
    (_A.GIFT_CARD, "cheques-cadeaux|montant du cheque-cadeau|carte cadeau|cartes cadeaux|carte(s) cadeau"),
    (_A.GIFT_CARD, "montant de la carte cadeau|importo buono regalo|buono regalo|buoni regalo|cheque regalo|cheques regalo"),
    (_A.GIFT_CARD, "importe del cheque regalo|tarjeta de regalo|tarjetas de regalo|cartao-presente|vale-presente|cheque-oferta"),
    (_A.GIFT_CARD, "valor do cartao-presente|cadeaubon|cadeaukaart|cadeaubonnen|presentkort|karta podarunkowa"),
    (_A.GIFT_CARD, "karty podarunkowe|hediye karti|ギフト券|amazonギフト券|ギフトカード"),
    (_A.GIFT_CARD, "gift voucher|importe de la tarjeta de regalo|monto de la tarjeta de regalo|bedrag cadeaubon|presentkortsbelopp"),
    (_A.GIFT_CARD, "kwota karty podarunkowej|hediye ceki|amazonギフトカード"),
    (_A.POINTS, "rewards points|reward points|points|rewards point|amazon points|shop with points|points redeemed"),
    (_A.POINTS, "amazon.com rewards points|pramienpunkte|bonuspunkte|punkte|punkte eingelost|amazon-punkte"),
    (_A.POINTS, "points de fidelite|punti|punti premio|puntos|puntos de recompensa|pontos|punten|poang|punkty|puan"),
    (_A.POINTS, "amazonポイント|ポイント"),
    (_A.POINTS, "ポイント利用"),
    (_A.TIP, "tip|driver tip|tip amount|delivery tip|shopper tip|trinkgeld|pourboire|mancia|propina|gorjeta|fooi|dricks"),
    (_A.TIP, "napiwek|bahsis"),
    (_A.GRAND_TOTAL, "grand total|order total|total for this order|total for this order:|grand total for this order"),
    (_A.GRAND_TOTAL, "payment grand total|payment total"),
    (_A.GRAND_TOTAL, "gesamtsumme|gesamtbetrag|gesamtbetrag fur diese bestellung|gesamtsumme fur diese bestellung"),
    (_A.GRAND_TOTAL, "gesamtbestellwert|gesamtsumme der bestellung|bestellsumme|gesamt"),
    (_A.GRAND_TOTAL, "montant total ttc|total general du paiement|montant total|total general|total ttc"),
    (_A.GRAND_TOTAL, "montant total de la commande|total de cette commande|total de la commande|totale ordine|totale complessivo"),
    (_A.GRAND_TOTAL, "totale dell'ordine|totale per questo ordine|importo totale|totale generale|totale pagamento"),
    (_A.GRAND_TOTAL, "total del pedido|total de este pedido|importe total|total general del pago|total do pedido|total geral"),
    (_A.GRAND_TOTAL, "total deste pedido|total da encomenda|totaalbedrag|eindtotaal|totaal van de bestelling"),
    (_A.GRAND_TOTAL, "totaal voor deze bestelling|totalsumma|ordersumma|summa totalt|suma calkowita|suma zamowienia|laczna kwota"),
    (_A.GRAND_TOTAL, "kwota calkowita|suma koncowa|genel toplam|siparis toplami|ご請求額|注文合計|合計"),
    (_A.GRAND_TOTAL, "lacznie|slutsumma|totalt belopp|odenecek tutar|お支払い金額|订单总计|总计|المجموع الكلي|إجمالي الطلب"),
    (_A.REFUND_TOTAL, "refund total|total refund|summe der erstattung|erstattungssumme|gesamterstattung|erstattung gesamt"),
    (_A.REFUND_TOTAL, "montant total du remboursement|total du remboursement|remboursement total|totale rimborso"),
    (_A.REFUND_TOTAL, "totale del rimborso|total del reembolso|reembolso total|total do reembolso|totale terugbetaling"),
    (_A.REFUND_TOTAL, "totaal terugbetaald|total aterbetalning|aterbetalning totalt|suma zwrotu|calkowity zwrot|toplam iade"),
    (_A.REFUND_TOTAL, "iade toplami|返金合計"),
    (_A.REFUND_TOTAL, "totaal terugbetaling|terugbetaling totaal|laczna kwota zwrotu|返金額合計"),
    (SummaryLine.BETWEEN, "total|summe|totale|totaal|totalt|summa|suma|razem|toplam|sum|zahlungsbetrag|item(s) refund|items refund"),
    (SummaryLine.BETWEEN, "tax refund|shipping refund|erstattung fur artikel|steuererstattung|versandkostenerstattung"),
    (SummaryLine.BETWEEN, "refund for item(s)|total for this shipment|total for this delivery|gesamtsumme fur diese lieferung"),
    (
        SummaryLine.BETWEEN,
        "summe fur diese lieferung|total de cet envoi|totale per questa spedizione|total de este envio|total deste envio",
    ),
    (SummaryLine.BETWEEN, "totaal voor deze zending|totalt for denna leverans|suma za te przesylke|bu gonderinin toplami|この発送の合計"),
    (
        SummaryLine.BETWEEN,
        "remboursement des articles|remboursement de(s) article(s)|remboursement de taxes|rimborso articoli|rimborso imposte",
    ),
    (SummaryLine.BETWEEN, "reembolso de productos|reembolso de impuestos|zwrot za produkty|terugbetaling artikel(en)"),
    (SummaryLine.CHARGE, "import fees deposit|estimated import fees deposit|import charges|import fee|einfuhrgebuhren"),
    (SummaryLine.CHARGE, "einfuhrgebuhrenvorauszahlung|regulatory fee|regulatory fees|regulatory operating fee"),
    (SummaryLine.CHARGE, "colorado retail delivery fee|retail delivery fee|retail delivery fees|minnesota retail delivery fee"),
    (SummaryLine.CHARGE, "recycling fee|environmental handling fee|environmental handling fees|eco fee|bag fee|bag fees"),
    (
        SummaryLine.CHARGE,
        "marketplace fee|platform fee|cash/pay on delivery fee|pay on delivery fee|offer processing fee|promise fee|delivery tip fee",
    ),
    (
        SummaryLine.CHARGE,
        "nachnahmegebuhr|bearbeitungsgebuhr|frais de dossier|contrassegno|代金引換手数料|代引手数料|رسوم الدفع عند الاستلام",
    ),
    (SummaryLine.CHARGE, "bottle deposit|bottle deposit fee|container deposit|pfand|service fee|service fees|cash on delivery fee"),
    (SummaryLine.CHARGE, "cod fee|convenience fee|handling fee|installation|haul-away|trade-in credit|courtesy credit"),
    (SummaryLine.CHARGE, "promotional credit|digital credit|no-rush credit|lightning deal|deal discount|savings|your savings"),
    (SummaryLine.CHARGE, "discount|business discount|quantity discount|fuel surcharge"),
    (SummaryLine.BETWEEN, "exchange rate|amazon exchange rate|conversion rate|wechselkurs|umrechnungskurs|taux de change|tasso di cambio"),
    (SummaryLine.BETWEEN, "tipo de cambio|taxa de cambio|wisselkoers|vaxelkurs|kurs wymiany|doviz kuru|為替レート"),
    (SummaryLine.TAX_PART, "of which vat|including vat|vat included|davon mwst|davon mwst.|enthaltene mwst.|enthaltene mwst"),
    (SummaryLine.TAX_PART, "inkl. mwst.|inkl. mwst|dont tva|di cui iva|iva inclusa|iva incluido|btw inbegrepen|varav moms|w tym vat"),
)

_HEADERS: tuple[tuple[Header, str], ...] = (
    (Header.PLACED, "order placed|purchased|ordered|ordered on|order date|subscription charged on|bestellung aufgegeben|gekauft"),
    (Header.PLACED, "bestellt am|kauf am|bestelldatum|commande effectuee|commande effectuee le|achete le|ordine effettuato"),
    (Header.PLACED, "acquistato|pedido realizado|comprado|pedido feito|encomenda efetuada|bestelling geplaatst|bestalld"),
    (Header.PLACED, "bestallning gjord|zamowienie zlozone|zlozono zamowienie|siparis verildi|siparis tarihi|注文日|購入日"),
    (
        Header.PLACED,
        "placed on|date of order|aufgegeben am|date de commande|date de la commande|data ordine|data dell'ordine|fecha del pedido",
    ),
    (Header.PLACED, "data do pedido|data da encomenda|besteldatum|orderdatum|bestallningsdatum|data zamowienia|ご注文日"),
    (Header.PLACED, "ordine effettuato il|besteld op|bestallningen gjord|注文日時|订单日期|下单日期|تم الطلب|تاريخ الطلب"),
    (Header.TOTAL, "total|order total|summe|gesamtsumme|totale|totaal|summa|totalt|suma|razem|toplam|合計|montant total"),
    (Header.TOTAL, "importe total"),
    (Header.TOTAL, "gesamt|importe|lacznie|总计|合计|المجموع"),
    (
        Header.RECIPIENT,
        "shipping address|delivery address|your order will be sent to|the order will be sent to|lieferadresse|lieferung geht an",
    ),
    (
        Header.RECIPIENT,
        "die bestellung geht an|deine bestellung geht an|adresse de livraison|indirizzo di spedizione|indirizzo di consegna",
    ),
    (
        Header.RECIPIENT,
        "direccion de envio|direccion de entrega|endereco de entrega|endereco de envio|bezorgadres|verzendadres|leveransadress",
    ),
    (Header.RECIPIENT, "adres dostawy|adres wysylki|teslimat adresi|お届け先住所|配送先"),
    (Header.RECIPIENT, "ship to|dispatch to|deliver to|delivered to|send to|sent to|versandadresse|lieferung an|versand an"),
    (Header.RECIPIENT, "livraison a|expedier a|envoyer a|invia a|spedisci a|consegna a|enviar a|envio a|enviar para|verzenden naar"),
    (Header.RECIPIENT, "verzonden naar|skicka till|levereras till|wyslij do|dostawa do|alici|gonderilen|お届け先"),
    (Header.RECIPIENT, "shipping address|delivery address|lieferadresse|adresse de livraison|indirizzo di spedizione"),
    (Header.RECIPIENT, "direccion de envio|endereco de entrega|verzendadres|bezorgadres|leveransadress|adres dostawy"),
    (Header.RECIPIENT, "teslimat adresi|お届け先住所"),
    (Header.RECIPIENT, "livrer a|spedire a|spedito a|destinatario|bezorgen aan|wysylka do|leverera till|entregar a"),
    (Header.RECIPIENT, "ihre bestellung geht an|ihre lieferung geht an|ihre bestellung wird gesendet an|votre commande sera envoyee a"),
    (Header.RECIPIENT, "votre commande sera expediee a|il tuo ordine sara spedito a|il tuo ordine sara inviato a|tu pedido se enviara a"),
    (Header.RECIPIENT, "l'ordine e stato spedito a|il tuo ordine e stato spedito a|la tua spedizione e stata inviata a|spedito a"),
    (Header.RECIPIENT, "votre commande a ete expediee a|votre colis a ete expedie a|tu pedido se ha enviado a|el pedido se envio a"),
    (Header.RECIPIENT, "deine bestellung wurde versandt an|ihre bestellung wurde gesendet an|die lieferung geht an|versendet an"),
    (Header.RECIPIENT, "je bestelling is verzonden naar|din order har skickats till|zamowienie wyslano do|paczka zostala wyslana do"),
    (Header.RECIPIENT, "shipped to|shipping to|your package was sent to|your order was sent to"),
    (Header.RECIPIENT, "送货至|配送至|الشحن إلى|التوصيل إلى"),
    (Header.NUMBER, "order #|order number|order no.|order no|order id|bestellnr.|bestellnummer|bestellnr|n° de commande"),
    (Header.NUMBER, "numero de commande|commande n°|numero ordine|ordine n.|n. ordine|n.º de pedido|pedido n.º|pedido nº"),
    (Header.NUMBER, "pedido n.°|numero de pedido|pedido n°|encomenda n.º|bestelnummer|bestelling #|bestelnr.|ordernummer"),
    (Header.NUMBER, "bestallning nr|zamowienie nr|nr zamowienia|numer zamowienia|siparis no|siparis numarasi|siparis no.|注文番号"),
    (Header.NUMBER, "nº de commande|ordine #|nº de pedido|n.º do pedido|pedido #|bestallningsnr|bestallningsnummer|order nr|siparis #"),
    (Header.NUMBER, "订单号|订单编号|رقم الطلب"),
)

_CANADIAN_TAXES = (
    (frozenset({"gst", "tps"}), Amount.GST),
    (frozenset({"hst", "tvh"}), Amount.HST),
    (frozenset({"pst", "rst", "tvp"}), Amount.PST),
    (frozenset({"qst", "tvq"}), Amount.QST),
)
_TAIL = re.compile(r"\s*(?:\([^()]*\)|\d+(?:[.,]\d+)?\s*%|[:*†¹²³.\s])+\Z")
_CLEAN = re.compile(r"[\s:：]+\Z")


def _key(label: str) -> str:
    return _CLEAN.sub("", plain(label))


_BY_LABEL: dict[str, Amount | SummaryLine] = {_key(name): line for line, names in _AMOUNTS for name in names.split("|")}
_BY_HEADER: dict[str, Header] = {_key(name): line for line, names in _HEADERS for name in names.split("|")}
_SHORTEST_PREFIX = 8
_BACK = ("refund", "erstatt", "rembours", "rimbors", "reembols", "terugbetal", "aterbetal", "zwrot", "iade", "返金")
"""The refund of a single line ("Shipping & Handling refund") is a part of the refund."""
_PREFIXES = tuple(f"{name}{end}" for name in _BY_LABEL if len(name) >= _SHORTEST_PREFIX for end in " :")


def amount_line(label: str, *, whole: bool = False) -> Amount | SummaryLine | None:
    """Return what a line of an order's summary means, or None for a label that is not known.

    `whole`: nothing may follow the label, for places where titles stand among the amounts ("Shipping labels, 500 pieces").
    """
    key = _key(label[:200])
    found = _BY_LABEL.get(key)
    if found is not None:
        return found
    bare = _TAIL.sub("", key)
    found = _BY_LABEL.get(bare) or _BY_LABEL.get(f"{bare}.")
    if found is not None:
        return found
    if whole or not key.startswith(_PREFIXES):
        return None
    if any(word in key for word in _BACK):
        return SummaryLine.BETWEEN
    starts = (name for name in _BY_LABEL if len(name) >= _SHORTEST_PREFIX and key.startswith((f"{name} ", f"{name}:")))
    longest = max(starts, key=len, default=None)
    # The words after "total amount" may name another amount, like the total tax or the total refund.
    return _BY_LABEL[longest] if longest and _BY_LABEL[longest] is not Amount.GRAND_TOTAL else None


def tax_part(label: str) -> Amount | None:
    """Return the Canadian tax that a tax line names, None for other lines.

    "GST/HST" is given as GST, "PST/RST/QST" as PST: only the rate tells which of them it is.
    """
    words = set(re.split(r"[^a-z]+", _key(label[:200])))
    for names, part in _CANADIAN_TAXES:
        if words & names:
            return part
    return None


def header_names(line: Header) -> list[str]:
    """Return every label with this meaning, folded, the longest first."""
    return sorted((name for name, known in _BY_HEADER.items() if known is line), key=len, reverse=True)


def header_line(label: str) -> Header | None:
    """Return what a label in the head of an order's card means, or None."""
    return _BY_HEADER.get(_key(label[:200]))
