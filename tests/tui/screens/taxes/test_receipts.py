from textual.events import Paste

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
        await pilot.press("d")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert "Detached." in said(pilot.app)
    assert ("detach_receipt", "112-0000002-0000007", "ab" * 32) in client.calls


async def test_without_receipts_the_screen_says_how_to_attach_one(opened):
    async with opened(MemoryClient(empty=True), "P") as pilot:
        assert "Press a to attach" in text_of(pilot.app)


async def test_orders_without_a_receipt_are_counted_listed_and_get_one(opened, client):
    async with opened(client, "P", size=(160, 40)) as pilot:
        assert await shows(pilot, "2 of 3 business orders have no receipt")
        await pilot.press("v")
        assert await shows(pilot, "Schreibtischlampe")
        assert "Toner cartridge, black" in text_of(pilot.app)
        await pilot.press("w")
        await settle(pilot)
        assert "1 printed, 0 known before" in said(pilot.app)
        await pilot.press("down", "w")  # no page of this order is kept
        await settle(pilot)
        await pilot.press("escape")
        assert await shows(pilot, "invoice.pdf")
    assert [call for call in client.calls if call[0] == "print_pages"] == [("print_pages", "112-0000001-0000007")]


async def test_all_kept_pages_are_printed_only_after_asking_and_the_list_is_read_once_after_it(opened, client):
    async with opened(client, "P", size=(160, 40)) as pilot:
        await pilot.press("w")
        assert await shows(pilot, "Print all kept pages?")
        await pilot.press("n")
        await settle(pilot)
        assert not [call for call in client.calls if call[0] == "print_pages"]
        await pilot.press("w")
        assert await shows(pilot, "Print all kept pages?")
        client.calls.clear()
        await pilot.press("y")
        await settle(pilot)
        assert "1 printed, 0 known before" in said(pilot.app)
    assert [call for call in client.calls if call[0] in ("print_pages", "receipts")] == [("print_pages",), ("receipts",)]


async def test_a_folder_that_is_dropped_here_is_collected_and_what_is_left_is_said(opened, client, tmp_path):
    (tmp_path / "invoices").mkdir()
    async with opened(client, "P", size=(160, 40)) as pilot:
        pilot.app.post_message(Paste(str(tmp_path / "invoices")))
        await settle(pilot)
        assert await shows(pilot, "Collect receipts")
        await pilot.press("enter")
        await settle(pilot)
        assert "2 attached, 1 known before" in said(pilot.app)
        assert "c.pdf names no order." in said(pilot.app)
    assert ("collect_receipts", str(tmp_path / "invoices")) in client.calls
