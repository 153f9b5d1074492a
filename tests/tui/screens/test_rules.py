from assistant.domain.errors import InvalidInput
from tests.tui.looking import settle, shows, text_of, written
from tests.tui.memory_client import MemoryClient


async def answered(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause(0.3)
    await settle(pilot)


async def test_rules_are_sentences_and_show_their_origin(opened, client):
    async with opened(client, "R", "down", "down") as pilot:
        shown = text_of(pilot.app)
    assert "'toner' or 'ink' goes to Ortiz Design; hold the order" in shown
    assert "Press d to undo that." in shown
    assert "Sample Labels" in shown


async def test_a_contradiction_is_shown_with_the_rule(opened, client):
    async with opened(client, "R", "down") as pilot:
        assert "Rule 4 says otherwise" in text_of(pilot.app)


async def test_a_new_rule_is_tried_before_it_is_stored(opened, client):
    async with opened(client, "R", "a") as pilot:
        await answered(pilot, *"gift", "enter", *"per", "enter")
        assert "Would have warned 2 times in 2025" in text_of(pilot.app)
        assert ("add_rule", "gift_card") not in client.calls
        await answered(pilot, "right", "enter")
        assert ("add_rule", "gift_card") in client.calls
        assert "Gift cards go to Personal" in text_of(pilot.app)


async def test_warnings_accounts_and_loudness_are_chosen_in_words(opened, client):
    async with opened(client, "R", "a") as pilot:
        await answered(pilot, *"do not", "enter", *"an item similar")
        assert await shows(pilot, "An item similar to one just bought")
        assert "DUP_" not in text_of(pilot.app)
        await answered(pilot, "enter")
    assert ("preview_rule", "mute", "None") in client.calls
    assert client.tried["code"] == ["DUP_SIMILAR"]
    async with opened(client, "R", "a") as pilot:
        await answered(pilot, *"gift", "enter", *"Ortiz", "tab", *"hold")
        assert await shows(pilot, "Hold the order until you confirm")
        assert "Ortiz Design" in text_of(pilot.app)


async def test_a_cancelled_rule_is_not_stored(opened, client):
    async with opened(client, "R", "a") as pilot:
        await answered(pilot, *"gift", "enter", *"per", "enter", "escape")
    assert ("add_rule", "gift_card") not in client.calls


async def test_a_refused_rule_is_reported_in_the_form(opened, client):
    async with opened(client, "R", "a") as pilot:
        await answered(pilot, *"gift", "enter", *"nobody", "enter")
        assert "is missing." in written(pilot.app, "#form-says")


async def test_a_rule_is_changed_in_its_form(opened, client):
    async with opened(client, "R", "down", "e") as pilot:
        client.fail_with = InvalidInput("'strength' of a route rule is one of soft, hard, not 'x'.")
        await answered(pilot, "enter")
        assert "one of soft, hard" in written(pilot.app, "#form-says")
        await answered(pilot, "enter", "right", "enter")
    assert ("preview_rule", "route", "2") in client.calls
    assert ("edit_rule", "2") in client.calls


async def test_d_removes_a_rule_after_asking(opened, client):
    async with opened(client, "R", "d") as pilot:
        await answered(pilot, "right", "enter")
        assert ("remove_rule", "1") in client.calls
        assert "At most 1500 USD" not in text_of(pilot.app)


async def test_t_tries_a_rule_on_past_orders(opened, client):
    async with opened(client, "R", "b") as pilot:
        assert "Would have warned 2 times in 2025" in text_of(pilot.app)
    assert ("preview_rule", "budget", "1") in client.calls


async def test_a_habit_becomes_a_rule(opened, client):
    async with opened(client, "R", "tab") as pilot:
        assert "Always bought on Ortiz Design: 6 orders" in text_of(pilot.app)
        await answered(pilot, "y", "right", "enter")
    assert ("add_rule", "route") in client.calls


async def test_without_rules_the_screen_says_how_to_add_one(opened):
    async with opened(MemoryClient(empty=True), "R") as pilot:
        assert "Press a to add one" in text_of(pilot.app)
