"""`shopper open`: what it refuses, and what it lists. The windows themselves are opened in tests/e2e."""

import pytest


@pytest.fixture
def accounts(shopper):
    shopper("accounts", "add", "Personal", "--purpose", "personal", "--key", "per")
    shopper("accounts", "add", "Ortiz Design", "--purpose", "business", "--key", "biz")


@pytest.mark.usefixtures("accounts")
def test_opening_a_window_refuses_in_one_sentence_with_the_next_step(shopper):
    for arguments, code, words in (
        ([], 2, "Name the account"),
        (["nobody"], 3, "no account"),
        (["per", "http://example.com"], 2, "https://"),
        (["per", "--browser", "netscape"], 3, "There is no browser 'netscape'"),
        (["biz", "--forget"], 3, "no window of its own"),
    ):
        ran = shopper("open", *arguments, DISPLAY="", WAYLAND_DISPLAY="")
        assert (ran.code, ran.out) == (code, ""), arguments
        assert words in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.usefixtures("accounts")
def test_a_machine_without_a_screen_is_told_so(shopper, tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    ran = shopper("open", "per", "--browser", str(program), DISPLAY="", WAYLAND_DISPLAY="")
    assert ran.code == 3
    assert "There is no screen" in ran.err


@pytest.mark.usefixtures("accounts")
def test_a_browser_that_ends_at_once_is_reported_with_its_last_words(shopper, tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho broken profile >&2\nexit 1\n")
    program.chmod(0o755)
    ran = shopper("open", "per", "--browser", str(program), DISPLAY=":0")
    assert ran.code == 3
    assert "broken profile" in ran.err


@pytest.mark.usefixtures("accounts")
def test_the_list_guides_when_there_is_no_window(shopper):
    assert "shopper open ACCOUNT" in shopper("open", "--list").out
    assert shopper("open", "--list", "--json").json == {"items": [], "next": None, "total": 0}
