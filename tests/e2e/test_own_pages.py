"""Amazon's pages that a warning links to, and pages of the extension: options and the first steps."""

import json
from typing import Any

from assistant.bootstrap import Services
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.desk import Desk
from tests.e2e.test_wrong_account_at_checkout import PLACE, TONER, checkout, placed
from tests.e2e.waiting import until


def test_the_dialog_leads_to_amazons_own_switcher_and_places_nothing(desk: Desk, ledger: Services):
    page = checkout(desk, TONER)
    desk.ribbon().wait("Why", "Switch account")
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Stay here", "Switch account")
    desk.dialog().click("Switch account")
    page.wait_for_url("https://www.amazon.com/ap/signin?**")
    assert "switch_account=picker" in page.url
    choices = until(lambda: [alert.choice for alert in ledger.alerts.alerts(open_only=False).items if alert.choice], "the decision")
    assert set(choices) == {"left"}
    assert placed(page) == 0


def test_options_switch_off_what_is_kept_and_show_accounts_and_keys(desk: Desk):
    page = desk.options()
    until(lambda: "Ortiz Design" in page.inner_text("#accounts"), "the accounts")
    keys = page.inner_text("#keys")
    assert all(words in keys for words in ("Open Shopper's popup", "account 1", "account 3", "Go to the account ribbon"))
    page.click("#keep-payments")
    page.click("#paused")
    page.reload()
    until(lambda: page.evaluate("document.querySelector('#paused').checked"), "the pause")
    assert page.evaluate("[...document.querySelectorAll('#keep input')].filter(one => !one.checked).map(one => one.id)") == [
        "keep-payments"
    ]
    assert page.evaluate("[...document.querySelectorAll('#keep input')].every(one => one.disabled)")
    page.close()


def test_settings_go_to_a_file_and_come_back(chromium: ChromiumDesk, tmp_path: Any):
    page = chromium.options()
    until(lambda: "Alt+Shift+O" in page.inner_text("#keys"), "a key that Chromium leaves free")
    page.click("#keep-family")
    page.click("#ribbon")
    with page.expect_download() as download:
        page.click("#settings-save")
    file = tmp_path / "settings.json"
    download.value.save_as(file)
    settings = json.loads(file.read_text("utf-8"))
    assert (settings["look"], settings["capture"]) == (
        {"ribbon": False, "small": False, "language": "", "theme": ""},
        {"paused": False, "off": ["family"]},
    )
    assert settings["notices"] == {"on": False, "from": "22:00", "to": "08:00"}
    assert not {"key", "clientId", "paired"} & set(settings)
    page.click("#keep-family")
    page.set_input_files("#settings-load", file)
    page.wait_for_selector("text=The settings were loaded")
    assert not page.is_checked("#keep-family")
    for wrong in ("[]", "{}", '{"shopper": 1, "look": 7}', "\x00"):
        file.write_text(wrong, "utf-8")
        page.set_input_files("#settings-load", file)
        page.wait_for_selector("text=This file has no settings of Shopper")
    assert not page.is_checked("#ribbon")


def test_a_port_that_was_typed_stays_when_the_page_is_drawn_again(desk: Desk):
    page = desk.options()
    page.wait_for_selector("text=Server ready")
    page.fill("#port", "8400")
    page.click("#paused")
    page.wait_for_selector("#keep-family:disabled")
    assert page.input_value("#port") == "8400"


def test_the_first_steps_pair_and_show_how_the_icon_changes(unpaired: Desk, ledger: Services, server: Server):
    page = unpaired.extension_page("welcome/welcome.html")
    page.fill("#port", str(server.port))
    page.fill("#code", "1234")
    page.click("#pair button")
    page.wait_for_selector("text=The code has eight digits")
    page.fill("#code", ledger.pairing.open_code().code)
    page.click("#pair button")
    page.wait_for_selector("text=This browser is paired")
    for name, letters in (("A personal account", "PER"), ("A business account", "BIZ"), ("A warning", "!"), ("without a name", "?")):
        page.click(f"text={name}")
        until(lambda letters=letters: page.inner_text("#sample").startswith(letters), letters)
    assert "Allowed" in page.inner_text("#sees-pages")
    page.close()
