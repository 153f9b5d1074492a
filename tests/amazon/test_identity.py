"""The account of a page: ids decide, names never do."""

from datetime import UTC, datetime

import pytest

from assistant.amazon.labels.greeting import greeted_name, organization_name
from assistant.amazon.observed_page import read_visit
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Visit
from tests.amazon.markup import page, reading

ID = "A1EXAMPLE0001"
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
EMPTY_LIST = '<span class="num-orders">0 orders</span>'


def account(html: str):
    found = reading(html + EMPTY_LIST).account
    assert found is not None
    return found


@pytest.mark.parametrize(
    "script",
    [
        f'$Nav.declare("config.lightningDeals", {{"marketplaceID":"ATVPDKIKX0DER","customerID":"{ID}"}});',
        f'opts = {{ language: "en_US"\n , customerId: "{ID}"\n , b2b: 0 }}',
        f"window.fwcimData = {{ customerId: '{ID}' }};",
        f'data = {{"locale":"en_US","customerId":"{ID}","sessionId":"1"}}',
        f"/* it's ours */ var r = /[\"']/; window.fwcimData = {{ customerId: '{ID}' }};",
    ],
)
def test_every_spelling_of_the_customer_id_is_understood(script):
    found = account(f"<script>var a = 1;</script><script>{script}</script>")
    assert (found.signed_in, found.customer_id) == (True, ID)


def test_the_header_attribute_gives_the_customer_id():
    assert account(f'<nav data-raw-id="{ID}"></nav>').customer_id == ID


def test_an_empty_id_means_signed_out_even_if_other_data_has_an_id():
    found = account(f'<script>window.$Nav && $Nav.declare("config.x", {{"customerID":""}}); reviewer = {{"customerId":"{ID}"}}</script>')
    assert (found.signed_in, found.customer_id) == (False, None)


def test_the_header_link_shows_signed_out_in_every_language():
    header = (
        '<a id="nav-link-accountList" data-nav-ref="nav_ya_signin"><span id="nav-link-accountList-nav-line-1">नमस्ते, साइन इन करें</span></a>'
    )
    found = account(header)
    assert (found.signed_in, found.customer_id, found.greeting) == (False, None, None)


def test_two_different_ids_prove_neither_and_are_reported():
    found = reading(page(EMPTY_LIST) + "<script>window.fwcimData = { customerId: 'A2ANOTHER0002' };</script>")
    assert found.account is not None
    assert found.account.customer_id is None
    assert "contradiction" in {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    "script",
    [
        f'{{"reviews":[{{"id":"R1","text":"customerID=\'{ID}\' ha ha"}}]}}',
        f"window.qa = {{\"answers\":[\"my customerID='{ID}'; your customerId: '{ID}'\"]}};",
        f'data = "{{\\"customerId\\":\\"{ID}\\"}}"',
        f'data = "$Nav.declare(\'config.x\', {{\\"customerID\\":\\"{ID}\\"}})"',
        f"note = `customerId: '{ID}'`",
        f"// customerId: '{ID}'\nvar a = 1;",
        f"/* window.fwcimData = {{ customerId: '{ID}' }} */",
    ],
)
def test_an_id_inside_text_or_a_comment_is_ignored(script):
    found = account(f"<script>{script}</script>")
    assert (found.signed_in, found.customer_id) == (None, None)


@pytest.mark.parametrize(
    "script",
    [
        f'{{"lists":[{{"name":"For Kim","customerID":"{ID}"}}]}}',
        f'window.lists = [{{customerId: "{ID}", name: "For Kim"}}];',
        f'data = {{"gift":{{"note":"for you","customerID":"{ID}"}}}}',
    ],
)
def test_an_id_in_the_data_of_a_live_page_proves_nothing(script):
    for page_parts in ({"scripts": (script,)}, {"html": f"<div id='dp'></div><script type='application/json'>{script}</script>"}):
        visit = Visit(id="1", at=AT, url="https://www.amazon.com/dp/B0EXAMPLE1", tab=1, store="default", **page_parts)
        assert read_visit(visit).account.customer_id is None


def test_a_live_page_with_two_different_ids_is_contradictory():
    scripts = (f"window.fwcimData = {{ customerId: '{ID}' }};", "window.fwcimData = { customerId: 'A2ANOTHER0002' };")
    found = read_visit(Visit(id="1", at=AT, url="https://www.amazon.com/", tab=1, store="default", scripts=scripts)).account
    assert (found.customer_id, found.contradicted) == (None, True)


def test_ids_in_the_text_of_a_page_prove_nothing():
    found = account('<p>customerId:"A9EVIL0000009"</p><script type="text/template">customerId:"A9EVIL0000009"</script>')
    assert (found.signed_in, found.customer_id) == (None, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hello, Robin", "Robin"), ("Hallo, Jörg", "Jörg"), ("Bonjour Zoé", "Zoé"), ("Ciao, Anna Maria", "Anna Maria"),
        ("Hola, José", "José"),
        ("Olá, João", "João"), ("Hej, Åsa", "Åsa"), ("Dzień dobry, Łukasz", "Łukasz"), ("Merhaba, Işıl", "Işıl"),
        ("こんにちは、太郎さん", "太郎"),
        ("Hello, sign in", None), ("Hallo, Anmelden", None), ("Bonjour, Identifiez-vous", None), ("Hola, identifícate", None),
        ("Ciao, accedi", None),
        ("こんにちは、ログイン", None), ("", None), ("Robin", "Robin"),
    ],
)  # fmt: skip
def test_the_greeting_is_only_the_name(text, name):
    assert greeted_name(text) == name


@pytest.mark.parametrize(
    "marker",
    ['<span class="abnav-accountfor">Konto für Beispiel GmbH</span>', '<a aria-label="Amazon Business"></a>',
     "<script>opts = { customerId: 'A1', b2b: 1 }</script>",
     '<input id="ab-your-orders-anticsrf-token">', '<a data-nav-ref="abn_logo"></a>'],
)  # fmt: skip
def test_business_accounts_are_recognised_by_any_of_their_marks(marker):
    assert account(marker).business is True


def test_a_personal_header_is_not_business_and_a_bare_page_is_unknown():
    assert account(page("")).business is False
    assert account("<p>nothing</p>").business is None


def test_business_is_read_from_the_header_not_from_advertising():
    entry = '<a id="nav-link-accountList" href="/x?ref_=nav_youraccount_btn"></a>'
    advertised = '<a href="/business/register?ref_=abn_promo">Amazon Business</a>'
    assert account(f'<header id="navbar-main"><div id="navbar">{entry}</div></header>{advertised}').business is False
    assert account(f'<header id="navbar-main"><div id="navbar">{entry}</div>{advertised}</header>').business is True


@pytest.mark.parametrize(
    "text", ["Account for Example Ltd", "Konto für Example Ltd", "Compte pour Example Ltd", "Cuenta de Example Ltd", "Example Ltd"]
)
def test_the_organisation_is_only_the_name(text):
    assert organization_name(text) == "Example Ltd"


@pytest.mark.parametrize(
    "html",
    ["<script>ue_mid = 'A1PA6795UKMFR9',</script>", '<script>x={"marketplaceId":"A1PA6795UKMFR9"}</script>',
     '<a href="/x?marketplaceId=A1PA6795UKMFR9&y=1">x</a>',
     '<link rel="canonical" href="https://www.amazon.de/your-orders/orders">', '<a href="https://www.amazon.de/gp/x">x</a>',
     '<img src="//fls-eu.amazon.de/1/batch/1/OP/A1PA6795UKMFR9:123">'],
)  # fmt: skip
def test_the_marketplace_is_found_without_an_address(html):
    assert reading(html + EMPTY_LIST).source.marketplace == "amazon.de"


def test_links_to_several_marketplaces_leave_the_marketplace_open():
    links = '<a href="https://www.amazon.de/">de</a><a href="https://www.amazon.fr/">fr</a>'
    assert reading(links + EMPTY_LIST).source.marketplace is None


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0042){0} --><html><head></head>",
        "<html><head><meta name='savepage-url' content='{0}'></head>",
        "<html data-scrapbook-source='{0}'><head></head>",
        "<html><head><base href='{0}'></head>",
    ],
)
def test_the_address_noted_in_a_saved_page_counts(note):
    html = note.format("https://www.amazon.co.uk/your-orders/orders") + f"<body>{EMPTY_LIST}</body></html>"
    assert reading(html).source.marketplace == "amazon.co.uk"


def test_a_sign_in_page_and_an_account_switcher_are_recognised():
    sign_in = reading(
        '<html lang="en-US"><form name="signIn"><input id="ap_password"></form></html>', url="https://www.amazon.com/your-orders/orders"
    )
    assert (sign_in.source.kind, sign_in.problems[0].code) == (SourceKind.SIGN_IN, "signed-out")
    switcher = reading('<div data-test-id="switchableAccounts"></div><form name="signIn"></form>')
    assert switcher.source.kind is SourceKind.ACCOUNT_SWITCHER
