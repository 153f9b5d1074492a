"""The server's side of the sealed link: without the key nobody can read or forge a message."""

import shutil
import uuid

import pytest
from cryptography.exceptions import InvalidTag

from assistant.bootstrap import build
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.server.conftest import ROOMY, Caller
from tests.server.sealed_browser import SealedBrowser


@pytest.fixture
def browser(services, call):
    found = SealedBrowser.paired(call, services.pairing.open_code().code)
    assert found.hello()["ended"] is False
    return found


@pytest.fixture
def other(services, call):
    found = SealedBrowser.paired(call, services.pairing.open_code().code, "Firefox")
    found.hello()
    return found


def visits_in(services):
    services.visits.write_down()
    with services.database.reading() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM visits").scalar()


def test_two_browsers_send_visits_over_their_own_links(browser, other, a_visit):
    for one in (browser, other):
        status, answer = one.send("POST", "/visits", a_visit | {"id": str(uuid.uuid4())})
        assert (status, answer["kind"]) == (200, "cart")


def test_a_sealed_request_and_its_answer_reveal_no_content(browser, a_visit):
    nonce, sealed = browser.sealed("POST", "/visits", a_visit)
    answer = browser.deliver("POST", "/visits", nonce, sealed)
    for seen in (sealed, answer.body):
        assert b"amazon" not in seen
        assert b"visit" not in seen
    assert browser.opened(answer, "POST", "/visits", nonce)[0] == 200


def test_a_replayed_request_is_refused(browser, a_visit):
    nonce, sealed = browser.sealed("POST", "/visits", a_visit)
    browser.deliver("POST", "/visits", nonce, sealed)
    again = browser.opened(browser.deliver("POST", "/visits", nonce, sealed), "POST", "/visits", nonce)
    assert (again[0], again[1]["code"]) == (401, "auth/seal")


def test_a_request_fits_no_other_path_port_or_browser(browser, other, a_visit):
    nonce, sealed = browser.sealed("POST", "/visits", a_visit)
    assert browser.opened(browser.deliver("POST", "/decisions", nonce, sealed), "POST", "/decisions", nonce)[0] == 401
    assert other.deliver("POST", "/visits", nonce, sealed).body != b""
    assert other.opened(other.deliver("POST", "/visits", nonce, sealed), "POST", "/visits", nonce)[0] == 401
    relayed = SealedBrowser(browser.call, browser.client_id, browser.key, browser.port + 1, browser.epoch)
    nonce, sealed = relayed.sealed("POST", "/visits", a_visit)
    answer = relayed.deliver("POST", "/visits", nonce, sealed)
    with pytest.raises(InvalidTag):
        relayed.opened(answer, "POST", "/visits", nonce)
    assert browser.opened(answer, "POST", "/visits", nonce)[1]["code"] == "auth/seal"


def test_the_proof_of_the_server_is_bound_to_one_port_and_one_question(browser):
    relayed = SealedBrowser(browser.call, browser.client_id, browser.key, browser.port + 1)
    with pytest.raises(InvalidTag):
        relayed.hello()


def test_an_answer_fits_no_other_request(browser, a_visit):
    nonce, sealed = browser.sealed("POST", "/visits", a_visit)
    answer = browser.deliver("POST", "/visits", nonce, sealed)
    with pytest.raises(InvalidTag):
        browser.opened(answer, "POST", "/visits", browser.sealed("POST", "/visits", a_visit)[0])


def test_a_browser_without_the_key_is_refused(browser, a_visit):
    liar = SealedBrowser(browser.call, browser.client_id, "another key", browser.port, browser.epoch)
    nonce, sealed = liar.sealed("POST", "/visits", a_visit)
    answer = liar.deliver("POST", "/visits", nonce, sealed)
    assert browser.opened(answer, "POST", "/visits", nonce)[1]["code"] == "auth/seal"
    with pytest.raises(InvalidTag):
        liar.opened(answer, "POST", "/visits", nonce)


def test_only_a_sealed_answer_says_that_the_pairing_has_ended(services, browser, other, a_visit):
    services.pairing.revoke(browser.client_id)
    status, answer = browser.send("POST", "/visits", a_visit)
    assert (status, answer["code"]) == (401, "auth/revoked")
    assert browser.hello()["ended"] is True
    assert other.send("POST", "/visits", a_visit)[0] == 200
    unknown = SealedBrowser(browser.call, "0" * 32, browser.key, browser.port, browser.epoch)
    nonce, sealed = unknown.sealed("POST", "/visits", a_visit)
    assert unknown.deliver("POST", "/visits", nonce, sealed).status == 401


def test_a_restarted_server_has_a_new_epoch(browser, a_visit, tmp_path, clock, ledger_url):
    settings = Settings(home=tmp_path / "home", port=0, database=ledger_url)
    again = build(settings, clock=clock)
    try:
        with Server(again, 0, ROOMY) as server:
            moved = SealedBrowser(Caller(server.port), browser.client_id, browser.key, server.port, browser.epoch)
            status, answer = moved.send("POST", "/visits", a_visit)
            assert (status, answer["code"]) == (409, "auth/epoch")
            moved.hello()
            assert moved.send("POST", "/visits", a_visit)[0] == 200
    finally:
        again.close()


def test_another_home_that_takes_the_port_learns_and_proves_nothing(tmp_path, clock, new_home, a_visit):
    homes = [tmp_path / "first", tmp_path / "second"]
    for home in homes:
        shutil.copytree(new_home, home)
    first, second = (build(Settings(home=home, port=0), clock=clock) for home in homes)
    try:
        with Server(first, 0, ROOMY) as server:
            port = server.port
            browser = SealedBrowser.paired(Caller(port), first.pairing.open_code().code)
            browser.hello()
        with Server(second, port, ROOMY):
            SealedBrowser.paired(Caller(port), second.pairing.open_code().code).hello()
            greeted = Caller(port)("GET", f"/hello?n={'a' * 32}&client={browser.client_id}")
            assert greeted.json["sealed"] is None
            # The second home refuses without a proof, so a browser treats it as another program and keeps pairing and page.
            nonce, sealed = browser.sealed("POST", "/visits", a_visit)
            refused = browser.deliver("POST", "/visits", nonce, sealed)
            assert (refused.status, refused.code) == (401, "auth/seal")
        with Server(first, port, ROOMY):
            assert browser.hello()["ended"] is False
            assert browser.send("POST", "/visits", a_visit)[0] == 200
        assert [visits_in(services) for services in (first, second)] == [1, 0]
    finally:
        first.close()
        second.close()


def test_a_wrong_code_gives_no_key_and_is_burnt_after_five_tries(services, call):
    right = services.pairing.open_code().code
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _ in range(5):
        with pytest.raises(AssertionError, match="pair/refused"):
            SealedBrowser.paired(call, wrong)
    with pytest.raises(AssertionError, match="pair/refused"):
        SealedBrowser.paired(call, right)


def test_a_code_typed_for_another_port_gives_no_key(services, call):
    with pytest.raises(AssertionError, match="pair/refused"):
        SealedBrowser.paired(call, services.pairing.open_code().code, port=call.port + 1)


def test_a_public_key_off_the_curve_is_refused(services, call):
    services.pairing.open_code()
    answer = call("POST", "/pair", {"code": "x" * 43, "name": "Browser", "sealed": True, "public": "AAAA"})
    assert (answer.status, answer.code) == (403, "pair/refused")


def test_a_program_can_pair_over_a_sealed_link_too(services, call, a_visit):
    grant = call("POST", "/pair", {"code": services.pairing.open_code().code, "name": "script", "sealed": True}).json
    assert "token" not in grant
    program = SealedBrowser(call, grant["client_id"], grant["key"], call.port)
    program.hello()
    assert program.send("POST", "/visits", a_visit)[0] == 200


def test_a_browser_paired_with_a_token_moves_to_a_sealed_link(services, call, a_visit):
    grant = services.pairing.redeem(services.pairing.open_code().code, "Chromium", None)
    upgraded = SealedBrowser(call, grant.client_id, grant.token, call.port)
    upgraded.hello()
    assert upgraded.send("POST", "/visits", a_visit)[0] == 200


def test_a_token_with_full_scope_cannot_be_used_on_a_sealed_link(services, call, a_visit):
    token = services.pairing.mint("terminal")
    (client,) = [one for one in services.pairing.clients() if one.name == "terminal"]
    program = SealedBrowser(call, client.id, token, call.port, services.pairing.replays.epoch)
    nonce, sealed = program.sealed("POST", "/visits", a_visit)
    assert program.deliver("POST", "/visits", nonce, sealed).status == 401


def test_codes_and_keys_are_not_stored_in_plain_text(services, call, home_bytes):
    code = services.pairing.open_code().code
    assert code.replace("-", "").encode() not in home_bytes()
    browser = SealedBrowser.paired(call, code)
    assert browser.key.encode() not in home_bytes()


@pytest.fixture
def home_bytes(tmp_path):
    return lambda: b"".join(file.read_bytes() for file in (tmp_path / "home").rglob("*") if file.is_file())
