"""The first start: four pages that can be skipped, shown once."""

from assistant.settings.user_settings import read_user_settings
from tests.tui.household import NOON, TODAY
from tests.tui.looking import settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp
from tui.dialogs.help import HelpDialog


def app_at(home, client) -> ShopperApp:
    async def connect():
        return client

    return ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, home=home)


async def test_four_pages_lead_from_the_folder_to_the_import(tmp_path):
    client = MemoryClient(empty=True)
    app = app_at(tmp_path, client)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "1 of 4  Where your data is" in text_of(app)
        await pilot.press("enter", *"Germ", "enter")
        await settle(pilot)
        assert "3 of 4" in text_of(app)
        for name, purpose in (("Kim", "pers"), ("Studio", "bus")):
            await pilot.press("a", *name, "tab", *purpose, "enter")
            await settle(pilot)
        assert "Studio (business)" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "www.amazon.de" in text_of(app)
        assert str(tmp_path / "drop")[:40] in text_of(app)
        await pilot.press("i")
        await settle(pilot)
        assert "Import a file or folder" in text_of(app)
    assert [call[1:] for call in client.calls if call[0] == "add_account"] == [("Kim", "personal"), ("Studio", "business")]
    assert (read_user_settings(tmp_path).country, read_user_settings(tmp_path).welcome) == ("DE", False)


async def test_the_help_opens_and_closes_on_every_page(tmp_path):
    app = app_at(tmp_path, MemoryClient(empty=True))
    async with app.run_test(size=(100, 30)) as pilot:
        for page in ("1 of 4", "2 of 4"):
            await settle(pilot)
            assert page in text_of(app)
            await pilot.press("question_mark")
            await settle(pilot)
            assert isinstance(app.screen, HelpDialog)
            await pilot.press("escape", "enter")


async def test_escape_skips_everything_and_the_guide_does_not_come_back(tmp_path):
    for times in (1, 0):
        app = app_at(tmp_path, MemoryClient(empty=True))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert ("Where your data is" in text_of(app)) == bool(times)
            await pilot.press("escape")
            await settle(pilot)


async def test_the_guide_is_not_shown_to_somebody_who_has_accounts(tmp_path):
    app = app_at(tmp_path, MemoryClient())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Where your data is" not in text_of(app)


async def test_the_footer_offers_the_keys_of_the_list_only_on_the_page_that_has_it(tmp_path):
    app = app_at(tmp_path, MemoryClient(empty=True))
    async with app.run_test(size=(100, 30)) as pilot:
        assert await shows(pilot, "1 of 4")
        assert "All choices" not in text_of(app)
        await pilot.press("enter")
        assert await shows(pilot, "All choices")
        await pilot.press("enter")
        assert await shows(pilot, "3 of 4")
        assert "All choices" not in text_of(app)


async def test_a_country_of_two_words_is_typed_with_its_space(tmp_path):
    app = app_at(tmp_path, MemoryClient(empty=True))
    async with app.run_test(size=(80, 24)) as pilot:
        assert await shows(pilot, "1 of 4")
        await pilot.press("enter", *"United K", "enter")
        assert await shows(pilot, "3 of 4")
    assert read_user_settings(tmp_path).country == "GB"
