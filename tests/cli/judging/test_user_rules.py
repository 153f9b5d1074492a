"""`shopper rules` shows how addresses and cards were understood."""


def test_the_addresses_of_a_ship_rule_are_shown_in_parts(shopper):
    shopper("accounts", "add", "Robin", "--key", "per")
    added = shopper("rules", "add", "ship", "account=per", "only=80 Mill Lane\nPortland, OR 97209", "only=home / 97205", "strength=hard")
    assert added.code == 0, added.err
    assert "Understood: street 80 Mill Lane, postcode 97209, city Portland" in added.out
    assert "Understood: home: postcode 97205" in added.out
    edited = shopper("rules", "edit", 1, "also=14 High Street\nLondon\nE8 1AB")
    assert "Understood: street 14 High Street, postcode E8 1AB, city London" in edited.out
    (rule,) = shopper("rules", "list", "--json").json["items"]
    assert (rule["only"], rule["also"]) == (["80 Mill Lane, Portland, OR 97209", "home / 97205"], ["14 High Street, London, E8 1AB"])


def test_words_on_several_lines_are_a_list_as_before(shopper):
    shopper("accounts", "add", "Robin", "--key", "per")
    assert shopper("rules", "add", "route", "words=toner\nink", "words=paper", "to=per").code == 0
    assert shopper("rules", "list", "--json").json["items"][0]["match"]["words"] == ["toner", "ink", "paper"]


def test_a_card_is_accepted_as_amazon_prints_it_and_a_whole_number_is_refused(shopper):
    shopper("accounts", "add", "Robin", "--key", "per")
    added = shopper("rules", "add", "pay", "account=per", "only=Visa ending in 4821, mc / 5150")
    assert "Understood: visa/4821" in added.out
    assert "Understood: mc/5150" in added.out
    refused = shopper("rules", "add", "pay", "account=per", "also=Visa 4111 1111 1111 1234")
    assert refused.code == 2
    assert "Whole numbers are never kept." in refused.err
