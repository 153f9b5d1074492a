"""Rules over HTTP: how the addresses and cards of a rule are understood."""

from tests.server.conftest import Caller


def test_a_rule_says_how_each_of_its_addresses_and_cards_is_understood(call: Caller, token: str) -> None:
    for label in ("Alpha", "Beta"):
        call("POST", "/accounts", {"label": label}, token=token)
    places = ["12 Fern Street, Portland, OR 97205", "Gartenweg 4, 10115 Berlin"]
    ship = call("POST", "/rules", {"type": "ship", "account": "alpha", "only": places}, token=token).json
    assert ["97205" in ship["understood"][0], "10115" in ship["understood"][1]] == [True, True]
    cards = {"type": "pay", "account": "beta", "only": ["VISA ending in 1234"], "also": ["mastercard 9988"]}
    pay = call("POST", "/rules", cards, token=token).json
    route = call("POST", "/rules", {"type": "route", "match": {"words": ["toner"]}, "to": "beta"}, token=token).json
    assert route["understood"] == []
    listed = call("GET", "/rules", token=token).json["items"]
    assert [rule["understood"] for rule in listed] == [ship["understood"], pay["understood"], []]
    assert "1234" in pay["understood"][0]
