from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient


async def test_receipts_say_which_need_a_look_and_why(opened, client):
    async with opened(client, "P", "down", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
        assert "3, 2 need a look" in shown
        assert "is encrypted with a password" in shown
        await pilot.press("down")
        assert await shows(pilot, "The file is gone")


async def test_a_receipt_is_attached_and_detached_after_asking(opened, client, tmp_path):
    async with opened(client, "P", "a") as pilot:
        for name, value in (("number", "112-0000009-0000007"), ("account", "biz"), ("path", str(tmp_path / "new.pdf"))):
            pilot.app.screen.query_one(f"#field-{name}").value = value
        await pilot.press("enter")
        await settle(pilot)
        assert "new.pdf" in text_of(pilot.app)
        await pilot.press("d", "n")
        assert not [call for call in client.calls if call[0] == "detach_receipt"]
        await pilot.press("d", "y")
        await settle(pilot)
        assert "Detached." in said(pilot.app)
    assert ("detach_receipt", "112-0000002-0000007", "ab" * 32) in client.calls


async def test_without_receipts_the_screen_says_how_to_attach_one(opened):
    async with opened(MemoryClient(empty=True), "P") as pilot:
        assert "Press a to attach" in text_of(pilot.app)
