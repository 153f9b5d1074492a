"""What is one key behind a list: exports, how complete months are, why a warning was raised, pages read again."""

from tests.tui.looking import said, settle, shows, text_of


async def test_the_entries_that_are_shown_are_exported_as_they_are_filtered(opened, client, tmp_path):
    async with opened(client, "B", "1", "w", "enter") as pilot:
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "books.csv")
        await pilot.press("enter")
        await settle(pilot)
        assert f"Written: {tmp_path / 'books.csv'}" in said(pilot.app)
    assert (tmp_path / "books.csv").read_bytes() == b"exported"
    assert ("export", "csv", "date:2026 account:per") in client.calls


async def test_how_complete_each_month_is_stands_behind_the_imports(opened, client):
    async with opened(client, "I", "v") as pilot:
        shown = text_of(pilot.app)
        assert "2026-10" in shown
        assert "2 orders known only from e-mail" in shown
        assert "complete" in shown
        await pilot.press("escape", "b")
        await settle(pilot)
        assert "1 page read again. 2 orders changed." in said(pilot.app)


async def test_a_warning_is_explained_rule_by_rule(opened, client):
    async with opened(client, "W", "v") as pilot:
        shown = text_of(pilot.app)
    assert "Is it bought twice?" in shown
    assert "It is not." in shown
    assert "Cart, Wed 25 Nov, account Personal" in shown.replace("today", "Wed 25 Nov")
    assert "▲ Check" in shown


async def test_an_account_shows_what_was_cancelled_returned_and_late(opened, client):
    async with opened(client, "A", "down", size=(140, 40)) as pilot:
        assert await shows(pilot, "Cancelled   ")
        shown = text_of(pilot.app)
    assert "1 of the last 1 parcel with a promised day, 100 %" in shown
    assert "Refunded    4 of 40, 10 %" in shown
