"""Labels, dates and amounts in each language. They describe the same order in all of them."""

from dataclasses import dataclass

from assistant.domain.money import Money


@dataclass(frozen=True, kw_only=True)
class Language:
    """The words of one marketplace. `printed` formats an amount; `group` and `point` separate thousands and decimals."""

    lang: str
    mid: str
    currency: str
    printed: str
    group: str
    point: str
    placed_on: tuple[str, str]
    total: str
    number: str
    ship_to: str
    delivered: str
    sold_by: str
    condition: str
    lines: tuple[str, str, str, str, str]
    """Subtotal, shipping, total before tax, tax, grand total."""
    shipped: str
    pieces: str
    payment: str
    charged: str

    def money(self, minor: int) -> str:
        """Print an amount as this marketplace does."""
        places = 0 if self.currency == "JPY" else 2
        whole, fraction = divmod(abs(minor), 10**places)
        number = f"{whole:,}".replace(",", self.group) + (f"{self.point}{fraction:02d}" if places else "")
        return ("-" if minor < 0 else "") + self.printed.format(number)

    def amount(self, minor: int) -> Money:
        """Return the amount in this marketplace's currency."""
        return Money(minor, self.currency)


NBSP = "\u00a0"
LANGUAGES = (
    Language(
        lang="en-us", mid="ATVPDKIKX0DER", currency="USD", printed="${}", group=",", point=".",
        placed_on=("Order placed", "December 14, 2024"), total="Total", number="Order #", ship_to="Ship to",
        delivered="Delivered December 16", sold_by="Sold by: {}", condition="Condition: {}",
        lines=("Item(s) Subtotal:", "Shipping &amp; Handling:", "Total before tax:", "Estimated tax to be collected:", "Grand Total:"),
        shipped="Shipped on December 15, 2024", pieces="{} of: {}", payment="Payment information",
        charged="Visa ending in 1234: December 15, 2024: {}",
    ),
    Language(
        lang="de-de", mid="A1PA6795UKMFR9", currency="EUR", printed="{} €", group=".", point=",",
        placed_on=("Bestellung aufgegeben", "14. Dezember 2024"), total="Summe", number="Bestellnr.", ship_to="Versandadresse",
        delivered="Zugestellt: 16. Dezember", sold_by="Verkauf durch: {}", condition="Zustand: {}",
        lines=("Zwischensumme:", "Verpackung &amp; Versand:", "Gesamt vor USt.:", "Geschätzte USt.:", "Gesamtsumme:"),
        shipped="versandt am 15. Dezember 2024", pieces="{} Exemplar(e) von: {}", payment="Zahlungsinformationen",
        charged="Visa endet auf 1234: 15. Dezember 2024: {}",
    ),
    Language(
        lang="fr-fr", mid="A13V1IB3VIYZZH", currency="EUR", printed=f"{{}}{NBSP}€", group="\u202f", point=",",
        placed_on=("Commande effectuée", "14 décembre 2024"), total="Total", number="N° de commande", ship_to="Livraison à",
        delivered="Livré le 16 décembre", sold_by="Vendu par : {}", condition="État : {}",
        lines=("Sous-total :", "Livraison :", "Montant total HT :", "TVA :", "Montant total TTC :"),
        shipped="Expédié le 15 décembre 2024", pieces="{} de : {}", payment="Informations de paiement",
        charged="Visa se terminant par 1234 : 15 décembre 2024 : {}",
    ),
    Language(
        lang="it-it", mid="APJ6JRA9NG5V4", currency="EUR", printed="EUR {}", group=".", point=",",
        placed_on=("Ordine effettuato", "14 dicembre 2024"), total="Totale", number="Numero ordine", ship_to="Invia a",
        delivered="Consegnato 16 dicembre", sold_by="Venduto da: {}", condition="Condizione: {}",
        lines=("Subtotale articoli:", "Costi di spedizione:", "Totale (IVA esclusa):", "IVA:", "Totale ordine:"),
        shipped="Spedito il 15 dicembre 2024", pieces="{} di: {}", payment="Informazioni di pagamento",
        charged="Visa che termina con 1234: 15 dicembre 2024: {}",
    ),
    Language(
        lang="es-es", mid="A1RKKUPIHCS9HS", currency="EUR", printed="{}€", group=".", point=",",
        placed_on=("Pedido realizado", "14 de diciembre de 2024"), total="Total", number="Pedido n.º", ship_to="Enviar a",
        delivered="Entregado el 16 de diciembre", sold_by="Vendido por: {}", condition="Estado: {}",
        lines=("Subtotal de productos:", "Gastos de envío:", "Total antes de impuestos:", "IVA:", "Total del pedido:"),
        shipped="Enviado el 15 de diciembre de 2024", pieces="{} de: {}", payment="Información de pago",
        charged="Visa que termina en 1234: 15 de diciembre de 2024: {}",
    ),
    Language(
        lang="nl-nl", mid="A1805IZSGTT6HS", currency="EUR", printed="€ {}", group=".", point=",",
        placed_on=("Bestelling geplaatst", "14 december 2024"), total="Totaal", number="Bestelnummer", ship_to="Verzenden naar",
        delivered="Bezorgd op 16 december", sold_by="Verkocht door: {}", condition="Staat: {}",
        lines=("Subtotaal artikelen:", "Verzendkosten:", "Totaal exclusief btw:", "Btw:", "Totaalbedrag:"),
        shipped="Verzonden op 15 december 2024", pieces="{} van: {}", payment="Betaalgegevens",
        charged="Visa eindigend op 1234: 15 december 2024: {}",
    ),
    Language(
        lang="pl-pl", mid="A1C3SOZRARQ6R3", currency="PLN", printed="{} zł", group=" ", point=",",
        placed_on=("Zamówienie złożone", "14 grudnia 2024"), total="Suma", number="Nr zamówienia", ship_to="Wyślij do",
        delivered="Dostarczono 16 grudnia", sold_by="Sprzedawca: {}", condition="Stan: {}",
        lines=("Suma częściowa:", "Wysyłka:", "Suma przed VAT:", "Szacowany VAT:", "Suma całkowita:"),
        shipped="Wysłano 15 grudnia 2024", pieces="{} szt. z: {}", payment="Informacje o płatności",
        charged="Visa kończąca się na 1234: 15 grudnia 2024: {}",
    ),
    Language(
        lang="sv-se", mid="A2NODRKZP88ZB9", currency="SEK", printed=f"{{}}{NBSP}kr", group=NBSP, point=",",
        placed_on=("Beställning gjord", "14 december 2024"), total="Summa", number="Ordernummer", ship_to="Skicka till",
        delivered="Levererad 16 december", sold_by="Säljs av: {}", condition="Skick: {}",
        lines=("Delsumma:", "Frakt:", "Summa före moms:", "Moms:", "Totalsumma:"),
        shipped="Skickades 15 december 2024", pieces="{} av: {}", payment="Betalningsinformation",
        charged="Visa som slutar på 1234: 15 december 2024: {}",
    ),
    Language(
        lang="pt-br", mid="A2Q3Y263D00KWC", currency="BRL", printed=f"R${NBSP}{{}}", group=".", point=",",
        placed_on=("Pedido feito", "14 de dezembro de 2024"), total="Total", number="Pedido nº", ship_to="Enviar para",
        delivered="Entregue em 16 de dezembro", sold_by="Vendido por: {}", condition="Condição: {}",
        lines=("Subtotal dos itens:", "Frete e manuseio:", "Total antes dos impostos:", "Impostos:", "Total geral:"),
        shipped="Enviado em 15 de dezembro de 2024", pieces="{} de: {}", payment="Informações de pagamento",
        charged="Visa com final 1234: 15 de dezembro de 2024: {}",
    ),
    Language(
        lang="tr-tr", mid="A33AVAJ2PDY3EV", currency="TRY", printed="₺{}", group=".", point=",",
        placed_on=("Sipariş verildi", "14 Aralık 2024"), total="Toplam", number="Sipariş numarası", ship_to="Alıcı",
        delivered="Teslim edildi: 16 Aralık", sold_by="Satıcı: {}", condition="Durum: {}",
        lines=("Ara Toplam:", "Kargo:", "Vergiler hariç toplam:", "KDV:", "Genel Toplam:"),
        shipped="Kargoya verildi: 15 Aralık 2024", pieces="{} adet: {}", payment="Ödeme bilgileri",
        charged="Visa numara 1234: 15 Aralık 2024: {}",
    ),
    Language(
        lang="ja-jp", mid="A1VC38T7YXB528", currency="JPY", printed="￥{}", group=",", point="",
        placed_on=("注文日", "2024年12月14日"), total="合計", number="注文番号", ship_to="お届け先",
        delivered="12月16日に配達完了", sold_by="販売: {}", condition="コンディション: {}",
        lines=("商品の小計：", "配送料・手数料：", "税抜合計：", "消費税：", "ご請求額："),
        shipped="発送日 2024年12月15日", pieces="{} 点: {}", payment="お支払い情報",
        charged="Visa 末尾 1234: 2024年12月15日: {}",
    ),
)  # fmt: skip  # a table reads better in rows
