"""`shopper accounts add` and `edit` accept pasted addresses and cards and show how they were understood."""

PASTED = "Robin Ortiz\n12 Fern Street\nPortland, OR 97205\nUnited States\n"


def test_pasted_addresses_are_kept_in_one_line_and_their_parts_shown(shopper):
    added = shopper("accounts", "add", "Robin", "--key", "per", "--address", PASTED, "--address", "Büro / 10115")
    assert added.code == 0, added.err
    assert "Understood: street Robin Ortiz, 12 Fern Street, postcode 97205, city Portland" in added.out
    assert "Understood: Büro: postcode 10115; the first order there, or your answer, shows which house" in added.out
    edited = shopper("accounts", "edit", "per", "--address", "home/Torstr. 12\n10115 Berlin", "--card", "Visa ending in 1111", "--json")
    assert edited.json["understood"] == ["home: street Torstr. 12, postcode 10115, city Berlin"]
    assert (edited.json["addresses"], edited.json["cards"]) == (["home/Torstr. 12, 10115 Berlin"], ["visa/1111"])


def test_a_street_without_a_town_is_refused_with_an_example(shopper):
    refused = shopper("accounts", "add", "Robin", "--address", "12 Fern Street")
    assert refused.code == 2
    assert "write the whole address, or a name and the postcode like home/78704" in refused.err


def test_a_name_that_another_account_has_is_refused_unless_it_gets_a_key_of_its_own(shopper):
    assert shopper("accounts", "add", "Ortiz Design", "--purpose", "business").code == 0
    again = shopper("accounts", "add", "ortiz design")
    assert (again.code, again.err) == (3, "There already is an account 'Ortiz Design' (ortiz-design). Choose another name. (conflict)\n")
    assert shopper("accounts", "add", "Ortiz Design", "--key", "second").code == 0
    assert {account["key"] for account in shopper("accounts", "list", "--json").json["items"]} == {"ortiz-design", "second"}


def test_an_account_cannot_take_the_name_of_another_one(shopper):
    for name in ("Ortiz Design", "Home"):
        assert shopper("accounts", "add", name).code == 0
    refused = shopper("accounts", "edit", "home", "--label", "ORTIZ design")
    assert (refused.code, refused.err) == (
        3,
        "There already is an account 'Ortiz Design' (ortiz-design). Choose another name. (conflict)\n",
    )
    assert shopper("accounts", "edit", "home", "--label", "HOME").code == 0
    assert {each["label"] for each in shopper("accounts", "list", "--json").json["items"]} == {"Ortiz Design", "HOME"}
