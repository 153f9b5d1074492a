from textual.widgets import Input

from tests.tui.looking import settle, text_of, written
from tests.tui.memory_client import MemoryClient
from tui.widgets.picker import Picker


async def answered(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause(0.3)
    await settle(pilot)


async def test_terms_are_listed_and_a_promotion_shows_who_used_it(opened, client):
    async with opened(client, "M", size=(140, 40)) as pilot:
        shown, facts = text_of(pilot.app), written(pilot.app, "#term-facts")
    assert "STUDIO10" in shown
    assert "audible" in shown
    assert "2 per household" in shown
    assert "Limited to one promotional code per customer." in facts
    assert "Personal, Tue 3 Nov, order 112-0000042-0000294" in facts
    assert "Read from a page on Amazon." in facts


async def test_a_term_is_added_with_its_kind_and_its_parts(opened, client):
    async with opened(client, "M", "a") as pilot:
        await answered(pilot, *"membership", "enter", *"prime")
        form = pilot.app.screen
        form.query_one("#field-account", Picker).choose("per")
        form.query_one("#field-plan", Picker).choose("trial")
        form.query_one("#field-auto_renew", Picker).choose("yes")
        await answered(pilot, "enter")
        assert "prime" in text_of(pilot.app)
    assert client.term_list[0].details == {"plan": "trial", "auto_renew": True}
    assert ("add_term", "membership", "prime", "per") in client.calls


async def test_a_refused_term_is_reported_in_the_form(opened, client):
    async with opened(client, "M", "t") as pilot:
        form = pilot.app.screen
        form.query_one("#field-on", Input).value = "soon"
        await answered(pilot, "enter")
        assert "'soon' is not a day." in written(pilot.app, "#form-says")


async def test_a_use_of_the_promotion_under_the_cursor_is_added(opened, client):
    async with opened(client, "M", "t") as pilot:
        assert pilot.app.screen.query_one("#field-what", Input).value == "STUDIO10"
        pilot.app.screen.query_one("#field-account", Picker).choose("biz")
        await answered(pilot, "enter")
    assert ("add_term", "promo_used", "STUDIO10", "biz") in client.calls


async def test_an_edit_sets_typed_fields_and_clears_emptied_ones(opened, client):
    async with opened(client, "M", "down", "down", "e") as pilot:
        form = pilot.app.screen
        form.query_one("#field-until", Input).value = ""
        form.query_one("#field-plan", Picker).choose("paid")
        form.query_one("#field-auto_renew", Picker).choose("")
        await answered(pilot, "enter")
    assert ("edit_term", "4", "audible", str({"auto_renew": None, "plan": "paid"}), "['until']") in client.calls


async def test_one_kind_can_be_shown_alone(opened, client):
    async with opened(client, "M", "z") as pilot:
        await answered(pilot, *"review", "enter")
        shown = text_of(pilot.app)
        assert "A review was written" in shown
        assert "STUDIO10" not in shown
        await answered(pilot, "z", *"every", "enter")
        assert "STUDIO10" in text_of(pilot.app)


async def test_a_term_is_removed_after_asking(opened, client):
    async with opened(client, "M", "d") as pilot:
        await answered(pilot, "right", "enter")
    assert ("remove_term", "6") in client.calls


async def test_without_terms_the_screen_says_how_they_appear(opened):
    async with opened(MemoryClient(empty=True), "M") as pilot:
        shown = text_of(pilot.app)
    assert "Nothing yet." in shown
    assert "Used by" not in shown


async def test_another_kind_is_shown_without_reading_the_list_again(opened, client):
    async with opened(client, "M", "z", size=(140, 40)) as pilot:
        client.calls.clear()
        await answered(pilot, *"promotion", "enter")
        assert "audible" not in text_of(pilot.app)
        await answered(pilot, "z", *"everything", "enter")
        assert "audible" in text_of(pilot.app)
    assert not [call for call in client.calls if call[0] == "terms"]
