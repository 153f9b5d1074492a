"""Which house a short address means: by full addresses in rules, earlier orders and the recipient."""

from tests.rules.situations import BIZ, FAR, LEE, PER, codes

HOME, NEIGHBOUR = "12 Fern Street, New York, NY 10001", "14 Fern Street, New York, NY 10001"
STUDIO = "80 Mill Lane, New York, NY 10002"
ASKED, WARNED = {"ADDRESS_MISMATCH": "block-confirm"}, {"ADDRESS_MISMATCH": "warn"}


def only(account, *places):
    return {"type": "ship", "account": account, "only": list(places), "strength": "hard"}


def sent(house, recipient=None, account="per", rules=(), accounts=(PER, BIZ, LEE, FAR), **more):
    """Return the codes and levels for an order to a house."""
    event = {"ship_to": f"new/{house}", "account": account, **more}
    return codes(event | ({"recipient": recipient} if recipient else {}), rules=list(rules), accounts=list(accounts))


def test_a_parcel_for_the_accounts_own_people_goes_to_its_place():
    assert sent(HOME, "Kim Park", rules=[only("per", "home/10001")]) == {}
    assert sent(HOME, "Lee Park", rules=[only("per", "Home / 10001")]) == {}
    assert sent(STUDIO, "Kim Park") == WARNED
    assert sent(STUDIO, "Kim Park", gift=True) == {}


def test_a_parcel_for_somebody_else_in_the_postcode_is_asked_about_by_an_only_rule():
    assert sent(NEIGHBOUR, "Ana Friend", rules=[only("per", "home/10001")]) == ASKED
    assert sent(NEIGHBOUR, "Kim Park", rules=[only("per", "home/10001")], gift=True) == ASKED
    assert sent(NEIGHBOUR, "Ana Friend") == {}
    assert sent(STUDIO, "Ana Friend") == {}


def test_without_a_known_name_any_house_in_the_accounts_postcode_is_accepted():
    nameless = [{**account, "greeting": None} for account in (PER, BIZ, LEE, FAR)]
    assert sent(HOME, "Pat Example", rules=[only("per", "home/10001")], accounts=nameless) == {}
    assert sent(HOME, rules=[only("per", "home/10001")]) == {}
    assert sent(STUDIO, "Pat Example", accounts=nameless) == {}


def test_two_labels_in_one_postcode_are_asked_about():
    office = {**BIZ, "addresses": ["office/10001"]}
    accounts = [PER, office, FAR]
    assert sent(HOME, "Kim Park", rules=[only("biz", "office/10001")], account="biz", accounts=accounts) == ASKED
    assert sent(HOME, "Kim Park", account="biz", accounts=accounts) == {}


def test_a_full_address_under_the_same_label_decides():
    rules = [only("per", "home/10001"), {"type": "ship", "account": "per", "also": [f"home/{HOME}"]}]
    assert sent(HOME, "Ana Friend", rules=rules) == {}
    assert sent(NEIGHBOUR, "Kim Park", rules=rules) == ASKED
    # Lee's home has the same name and postcode.
    assert sent(NEIGHBOUR, "Lee Park", account="lee", rules=[*rules, only("lee", "home/10001")]) == ASKED


def test_a_full_address_in_a_rule_of_another_account_with_that_place_decides():
    assert sent(HOME, "Ana Friend", account="lee", rules=[only("per", HOME), only("lee", "home / 10001")]) == {}
    assert sent(NEIGHBOUR, "Lee Park", account="lee", rules=[only("per", HOME), only("lee", "home / 10001")]) == ASKED
    # A rule that lists the place and another house names two places.
    assert sent(NEIGHBOUR, "Kim Park", rules=[only("per", "home/10001", HOME)]) == {}


def test_a_full_address_under_another_label_is_another_place():
    office = {**BIZ, "addresses": ["office/9 Elm Court, New York, NY 10001"]}
    assert sent("9 Elm Ct, New York, NY 10001", "Kim Park", accounts=[PER, office, LEE, FAR]) == WARNED
    assert sent(HOME, "Kim Park", accounts=[PER, office, LEE, FAR]) == {}


def test_the_first_order_to_the_postcode_shows_the_house():
    known = {**PER, "houses": ["3 Hill Road, Salem, OR 97301", HOME, NEIGHBOUR]}
    accounts = [known, BIZ, LEE, FAR]
    assert sent(HOME, "Ana Friend", rules=[only("per", "home/10001")], accounts=accounts) == {}
    assert sent(NEIGHBOUR, "Kim Park", rules=[only("per", "home/10001")], accounts=accounts) == ASKED
    # Lee has no orders, but a place of the same name and postcode.
    assert sent(NEIGHBOUR, "Lee Park", account="lee", rules=[only("lee", "home/10001")], accounts=accounts) == ASKED
