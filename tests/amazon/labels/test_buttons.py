"""Labels of the buttons beside an item."""

import pytest

from assistant.amazon.labels.buttons import is_button

BUTTONS = (
    "Buy it again|View your item|View order details|Track package|Return or replace items|Write a product review|Leave seller feedback"
    "|View return/refund status|Nochmals kaufen|Bestellung anzeigen|Artikel ansehen|Produktbewertung schreiben|Acheter à nouveau"
    "|Suivre votre colis|Volver a comprar|Ver pedido|Koop opnieuw|Köp igen|Kup ponownie|Tekrar satın al|再度購入|注文を表示"
)
TITLES = (
    "See-through tape|Track Pants|Edit Cosmetics Set|Return Address Labels, 500|View-Master Viewer|Review of Systems"
    "|Rate My Professor Shirt|Voir la mer|Return to Sender Novel|Track Saw Guide Rail|Open Water|Ver para creer|Get Out"
)


@pytest.mark.parametrize("text", BUTTONS.split("|"))
def test_button_labels_are_recognised(text):
    assert is_button(text)


@pytest.mark.parametrize("text", TITLES.split("|"))
def test_a_title_that_starts_like_a_button_label_is_a_title(text):
    assert not is_button(text)
