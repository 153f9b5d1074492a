from dataclasses import replace

from textual.widgets import Input

from tests.tui.looking import said, settle, shows, text_of
from tui.widgets.picker import Picker
from tui.widgets.row_list import RowList


async def test_every_list_is_shown_with_what_belongs_to_what(opened, client):
    async with opened(client, "K", size=(120, 60)) as pilot:
        shown = text_of(pilot.app)
        assert "26 categories, 4 purposes, 2 persons" in shown
        assert shown.index("supplies") < shown.index("  office")
        assert "purpose:business" in shown
        assert "shopper purposes add WORD" in shown


async def test_removing_is_offered_only_for_words_that_the_user_added(opened, client):
    client.known_purposes += ["charity"]
    client.known_persons = ["Kim", "Zoe"]
    client.registered = [replace(account, owner="Kim") for account in client.registered]
    async with opened(client, "K", size=(120, 60)) as pilot:
        seen = {}
        for word in ("business", "personal", "charity", "Kim", "Zoe"):
            kind = "person" if word in client.known_persons else "purpose"
            pilot.app.screen.query_one(RowList).point_at(f"{kind}:{word}")
            await settle(pilot)
            shown = text_of(pilot.app)
            assert f"shopper {kind}s add WORD" in shown
            seen[word] = (f"shopper {kind}s remove {word}" in shown, "d Remove" in shown)
    assert seen == {
        "business": (False, False),
        "personal": (False, False),
        "charity": (True, True),
        "Kim": (False, False),
        "Zoe": (True, True),
    }


async def test_a_category_is_added_moved_and_removed_after_asking(opened, client):
    async with opened(client, "K", "a") as pilot:
        form = pilot.app.screen
        form.query_one("#field-kind", Picker).choose("category")
        form.query_one("#field-word", Input).value = "ink"
        form.query_one("#field-under", Picker).choose("office")
        await pilot.press("enter")
        await settle(pilot)
        assert "Added the category 'ink'. To reverse this press u." in said(pilot.app)
        await pilot.press("G")
        assert await shows(pilot, "category under office")
        await pilot.press("e", *"the top", "enter")
        await settle(pilot)
        await pilot.press("G", "d")
        assert await shows(pilot, "Only a word that you added")
        await pilot.press("y")
        await settle(pilot)
    assert [call for call in client.calls if call[0] in ("add_word", "move_category", "remove_word")] == [
        ("add_word", "category", "ink", "office"),
        ("move_category", "ink", "None"),
        ("remove_word", "category", "ink"),
    ]


async def test_only_a_category_is_under_another_one_and_a_word_exists_once(opened, client):
    async with opened(client, "K", "a") as pilot:
        form = pilot.app.screen
        form.query_one("#field-kind", Picker).choose("person")
        form.query_one("#field-word", Input).value = "Robin"
        form.query_one("#field-under", Picker).choose("office")
        await pilot.press("enter")
        assert await shows(pilot, "Only a category can be under another one.")
        form.query_one("#field-under", Picker).choose("")
        await pilot.press("enter")
        assert await shows(pilot, "There is a person 'Robin' already.")


async def test_enter_leads_to_the_orders_of_a_word(opened, client):
    async with opened(client, "K", "down", "enter") as pilot:
        await settle(pilot)
        assert "purpose:personal" in text_of(pilot.app)
