"""The settings screen: values are picked, keys and filters changed, everything can be reset."""

from tests.tui.looking import settle, text_of, written


async def test_a_setting_is_picked_and_applies_at_once(opened, client):
    async with opened(client, "comma", "e", *"nord", "enter") as pilot:
        await settle(pilot)
        assert pilot.app.theme == "nord"
        assert pilot.app.store.settings.theme == "nord"
        await pilot.press("d")
        await settle(pilot)
        assert pilot.app.theme == "shopper-dark"


async def test_hidden_amounts_and_the_country_are_picked(opened, client):
    async with opened(client, "comma", "down", "enter", *"yes", "enter", "down", "down", "enter", *"Germ", "enter") as pilot:
        await settle(pilot)
        found = pilot.app.store.settings
        assert (found.hide_amounts, found.country, found.currency) == (True, "DE", "EUR")
        assert "$••• " in text_of(pilot.app)
        await pilot.press("H")
        await settle(pilot)
        assert "Twelve months, EUR" in text_of(pilot.app)


async def test_a_key_is_changed_and_works_at_once(opened, client):
    async with opened(client, "comma") as pilot:
        assert pilot.app.screen.query_one("#setting-list").point_at("keys.go-orders")
        await pilot.press("e", "backspace", *"ctrl+o", "enter")
        await settle(pilot)
        assert pilot.app.store.settings.keys == {"go-orders": "ctrl+o"}
        await pilot.press("ctrl+o")
        assert pilot.app.current_mode == "orders"


async def test_a_saved_filter_is_listed_and_removed(opened, client):
    async with opened(client, "O", "2", "ctrl+s", *"mine", "enter", "comma") as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one("#setting-list").point_at("filters.mine")
        await settle(pilot)
        assert "Write its name with @" in written(pilot.app, "#setting-facts")
        await pilot.press("d")
        await settle(pilot)
        assert pilot.app.store.settings.filters == {}


async def test_a_setting_without_a_value_shows_what_applies(opened, client):
    async with opened(client, "comma", size=(100, 30)) as pilot:
        lines = text_of(pilot.app).splitlines()
    for name, value in (("Theme", "shopper-dark"), ("Country", "not chosen"), ("Language", "English"), ("Week starts on", "monday")):
        assert [line for line in lines if name in line and value in line], name


async def test_the_screen_on_which_the_app_opens_is_picked(opened, client):
    async with opened(client, "comma", "down", "down", "enter", *"Book", "enter") as pilot:
        await settle(pilot)
        assert pilot.app.store.settings.opens_on == "books"
        await pilot.press("d")
        await settle(pilot)
        assert pilot.app.store.settings.opens_on == ""
        assert "the last screen" in text_of(pilot.app)
