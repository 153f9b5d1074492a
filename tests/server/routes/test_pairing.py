"""Pairing a browser with a code, and revoking it."""

import hashlib
import hmac
import re
from pathlib import Path

import pytest

from assistant.bootstrap import Services, build
from assistant.domain.errors import NotAuthorised, NotFound, PairingRefused, TokenRevoked
from assistant.domain.events import EventKind
from assistant.domain.pairing import BROWSER_SCOPES, Scope
from assistant.settings import Settings
from tests.server.conftest import ORIGIN, Caller, MovableClock


def other_than(code: str) -> str:
    return f"{(int(code.replace('-', '')) + 1) % 10**8:08d}"


def test_a_code_has_eight_digits_in_two_groups_and_is_valid_for_two_minutes(services: Services, clock: MovableClock) -> None:
    code = services.pairing.open_code()
    assert re.fullmatch(r"\d{4}-\d{4}", code.code)
    assert (code.expires_at - clock.now).total_seconds() == 120


@pytest.mark.parametrize("written", ["{0}-{1}", "{0}{1}", "{0} {1}", "  {0}-{1} "])
def test_a_code_is_accepted_in_any_spelling(call: Caller, services: Services, written: str) -> None:
    code = services.pairing.open_code().code.split("-")
    answer = call("POST", "/pair", {"code": written.format(*code), "name": "Firefox"}, headers=[("Origin", ORIGIN)])
    assert answer.status == 200
    assert set(answer.json) == {"token", "client_id", "server_id", "proof_key", "scopes"}
    assert answer.json["scopes"] == ["badge:read", "observe:write", "summary:read"]
    assert call("GET", "/accounts", token=answer.json["token"]).status == 200


def test_a_code_works_once(call: Caller, services: Services) -> None:
    code = services.pairing.open_code().code
    assert call("POST", "/pair", {"code": code}).status == 200
    answer = call("POST", "/pair", {"code": code})
    assert (answer.status, answer.code) == (403, "pair/refused")


def test_a_code_ends_after_two_minutes(services: Services, clock: MovableClock) -> None:
    code = services.pairing.open_code().code
    clock.forward(seconds=120)
    with pytest.raises(PairingRefused):
        services.pairing.redeem(code, "Firefox", ORIGIN)
    clock.forward(seconds=-60)
    with pytest.raises(PairingRefused):
        services.pairing.redeem(code, "Firefox", ORIGIN)


def test_a_clock_set_back_does_not_lengthen_the_life_of_a_code(services: Services, clock: MovableClock) -> None:
    code = services.pairing.open_code().code
    clock.forward(days=-1)
    with pytest.raises(PairingRefused):
        services.pairing.redeem(code, "Firefox", ORIGIN)


def test_a_code_is_invalid_after_five_wrong_tries(services: Services) -> None:
    code = services.pairing.open_code().code
    for _ in range(5):
        with pytest.raises(PairingRefused):
            services.pairing.redeem(other_than(code), "Firefox", ORIGIN)
    with pytest.raises(PairingRefused):
        services.pairing.redeem(code, "Firefox", ORIGIN)


def test_the_fifth_try_can_still_succeed(services: Services) -> None:
    code = services.pairing.open_code().code
    for _ in range(4):
        with pytest.raises(PairingRefused):
            services.pairing.redeem(other_than(code), "Firefox", ORIGIN)
    assert services.pairing.redeem(code, "Firefox", ORIGIN).token


@pytest.mark.parametrize("nonsense", ["", "12345678901", "abcdefgh", "١٢٣٤٥٦٧٨", "1234-567", "1234\n5678", "' or 1=1 --"])
def test_nonsense_counts_as_a_wrong_try(services: Services, nonsense: str) -> None:
    services.pairing.open_code()
    with pytest.raises(PairingRefused):
        services.pairing.redeem(nonsense, "Firefox", ORIGIN)


def test_a_new_code_makes_the_previous_one_invalid(services: Services) -> None:
    first, second = services.pairing.open_code().code, services.pairing.open_code().code
    with pytest.raises(PairingRefused):
        services.pairing.redeem(first, "Firefox", ORIGIN)
    assert services.pairing.redeem(second, "Firefox", ORIGIN).scopes == BROWSER_SCOPES


def test_wrong_used_expired_and_missing_codes_get_the_same_answer(services: Services, clock: MovableClock) -> None:
    def told(code: str) -> str:
        with pytest.raises(PairingRefused) as refused:
            services.pairing.redeem(code, "Firefox", ORIGIN)
        return str(refused.value)

    missing = told("12345678")
    code = services.pairing.open_code().code
    wrong = told(other_than(code))
    clock.forward(minutes=3)
    assert {missing, wrong, told(code)} == {missing}


def test_the_token_is_bound_to_the_origin_of_its_pairing(call: Caller, browser: str) -> None:
    assert call("GET", "/accounts", token=browser, headers=[("Origin", ORIGIN)]).status == 200
    other = [("Origin", "moz-extension://0b5f2b7e-8a0b-4f6e-9f1d-000000000000")]
    assert (call("GET", "/accounts", token=browser, headers=other).status, call("GET", "/accounts", token=browser).status) == (403, 200)


def test_a_revoked_browser_learns_it_at_its_next_request(call: Caller, services: Services, token: str, browser: str) -> None:
    assert call("GET", "/accounts", token=browser).status == 200
    paired = next(client for client in services.pairing.clients() if client.origin)
    assert call("DELETE", f"/clients/{paired.id}", token=token).status == 204
    answer = call("GET", "/accounts", token=browser)
    assert (answer.status, answer.code) == (401, "auth/revoked")
    assert [client.name for client in services.pairing.clients()] == ["test"]


@pytest.mark.dated
def test_another_process_can_revoke(call: Caller, services: Services, browser: str, tmp_path: Path, ledger_url: str) -> None:
    assert call("GET", "/accounts", token=browser).status == 200
    other = build(Settings(home=tmp_path / "home", database=ledger_url))
    other.pairing.revoke(services.pairing.clients()[0].id)
    other.close()
    services.pairing.forget()
    assert call("GET", "/accounts", token=browser).code == "auth/revoked"


def test_revoking_twice_is_fine_and_an_unknown_client_is_reported(services: Services, browser: str) -> None:
    client = services.pairing.clients()[0]
    services.pairing.revoke(client.id)
    services.pairing.revoke(client.id)
    with pytest.raises(TokenRevoked):
        services.pairing.client_of(browser)
    with pytest.raises(NotFound):
        services.pairing.revoke("nobody")


def test_a_token_unused_for_ninety_days_ends(services: Services, clock: MovableClock, browser: str) -> None:
    clock.forward(days=60)
    assert services.pairing.client_of(browser).scopes == BROWSER_SCOPES
    clock.forward(days=60)
    assert services.pairing.client_of(browser)
    clock.forward(days=91)
    with pytest.raises(NotAuthorised):
        services.pairing.client_of(browser)
    assert services.pairing.clients() == []


def test_the_last_use_is_stored_at_most_once_a_minute(services: Services, clock: MovableClock, browser: str) -> None:
    first = services.pairing.client_of(browser).last_used_at
    clock.forward(seconds=50)
    assert services.pairing.client_of(browser).last_used_at == first
    clock.forward(seconds=20)
    assert services.pairing.client_of(browser).last_used_at == clock.now
    assert services.pairing.clients()[0].last_used_at == clock.now


def test_pairing_and_revoking_send_events(services: Services, browser: str) -> None:
    assert browser
    client = services.pairing.clients()[0]
    services.pairing.revoke(client.id)
    told = [(event.kind, event.data) for event in services.outbox.after(0)]
    assert told == [(EventKind.CLIENT_PAIRED, {"client": client.id}), (EventKind.CLIENT_REVOKED, {"client": client.id})]


def test_neither_codes_nor_tokens_are_stored_in_the_ledger(services: Services, token: str, tmp_path: Path) -> None:
    if services.database.file is None:
        pytest.skip("the bytes of the file are looked through")
    grant = services.pairing.redeem(services.pairing.open_code().code, "Firefox", ORIGIN)
    code = services.pairing.open_code().code
    services.close()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "home").iterdir() if file.is_file())
    for secret in (grant.token, token, code, code.replace("-", "")):
        assert secret.encode() not in kept
    assert hashlib.sha256(grant.token.encode()).hexdigest().encode() in kept


def test_the_server_proves_itself_to_paired_clients(call: Caller, services: Services) -> None:
    grant = services.pairing.redeem(services.pairing.open_code().code, "Firefox", ORIGIN)
    answer = call("GET", "/hello?n=a-fresh-nonce")
    expected = hmac.new(grant.proof_key.encode(), b"a-fresh-nonce", hashlib.sha256).hexdigest()
    assert answer.json["proof"] == expected
    assert call("GET", "/hello").status == 422
    assert call("GET", f"/hello?n={'n' * 300}").status == 422


def test_the_proof_survives_a_restart(services: Services, tmp_path: Path, ledger_url: str) -> None:
    before = services.pairing.proof("n")
    services.close()
    again = build(Settings(home=tmp_path / "home", database=ledger_url))
    assert again.pairing.proof("n") == before
    again.close()


def test_a_minted_token_has_every_right_and_old_ones_are_removed(services: Services, clock: MovableClock) -> None:
    first = services.pairing.mint("terminal app")
    assert services.pairing.client_of(first).scopes == (Scope.FULL,)
    second = services.pairing.mint("terminal app")
    assert services.pairing.client_of(first) != services.pairing.client_of(second)
    clock.forward(days=2)
    services.pairing.mint("terminal app")
    assert len(services.pairing.clients()) == 1
    with pytest.raises(NotAuthorised):
        services.pairing.client_of(first)


def test_a_client_name_is_one_clean_line(services: Services, clock: MovableClock) -> None:
    services.pairing.redeem(services.pairing.open_code().code, "Fire\x1b[31mfox\n\u202e" + "x" * 100, ORIGIN)
    clock.forward(seconds=1)
    services.pairing.redeem(services.pairing.open_code().code, " ", None)
    assert [client.name[:12] for client in services.pairing.clients()] == ["Fire[31mfox ", "Browser"]
    assert all(len(client.name) <= 60 for client in services.pairing.clients())
