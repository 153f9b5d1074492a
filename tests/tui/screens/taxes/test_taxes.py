import asyncio

from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient


async def test_a_year_shows_its_lines_assets_and_what_does_not_count(opened, client):
    async with opened(client, "F", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
    for part in (
        "Office expense",
        "$1,234.56",
        "27b",
        "Income: Other income",
        "depreciate",
        "toys",
        "not tax advice",
        "last number 2",
    ):
        assert part in shown
    assert "Largest open question: No receipt" in shown
    assert "1 Jan 2025 to 31 Dec 2025" in shown
    assert "amounts rounded to: cents" in shown
    assert "shopper" not in shown.lower()


async def test_enter_leads_from_a_line_to_its_entries_and_from_there_to_the_order(opened, client):
    async with opened(client, "F", "enter") as pilot:
        assert await shows(pilot, "1 entry of a line")
        assert ("tax_line_entries", "schedule-c", "2025", "18") in client.calls
        await pilot.press("escape")
        await settle(pilot)
        assert "2 lines" in text_of(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.current_mode == "orders"


async def test_another_year_does_not_show_the_entries_of_a_line_of_this_one(opened, client):
    async with opened(client, "F", "enter") as pilot:
        await settle(pilot)
        assert "1 entry of a line" in text_of(pilot.app)
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert "schedule-c 2024" in text_of(pilot.app)
        assert "1 entry of a line" not in text_of(pilot.app)


async def test_open_questions_are_listed_largest_first_and_enter_leads_to_each_answer(opened, client, tmp_path):
    (tmp_path / "invoice.pdf").write_bytes(b"%PDF")
    async with opened(client, "F", "v", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
        assert "3 questions open" in shown
        assert all(part in shown for part in ("no receipt  112-0000001-0000007", "no business purpose  office", "no line  Building blocks"))
        await pilot.press("enter")
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "invoice.pdf")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("down", "enter")
        assert pilot.app.screen.query_one("#field-value").value == "office"
        pilot.app.screen.query_one("#field-text").value = "paper for drafts"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("G", "enter")
        await settle(pilot)
        pilot.app.screen.query_one("#field-line").value = "other_expenses"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert pilot.app.current_mode == "orders"
    assert ("attach_receipts", "biz", "112-0000001-0000007", str(tmp_path / "invoice.pdf")) in client.calls
    assert ("remember_purpose", "category", "office", "paper for drafts") in client.calls
    assert ("map_category", "schedule-c", "toys", "other_expenses", "") in client.calls


async def test_the_evidence_says_what_is_missing_and_takes_a_purpose_and_a_receipt(opened, client, tmp_path):
    (tmp_path / "invoice.pdf").write_bytes(b"%PDF")
    async with opened(client, "F", "v", "v", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
        assert "evidence complete for 1 of 2 items" in shown
        assert all(part in shown for part in ("5/7", "7/7", "business purpose", "receipt", "Enter: attach the receipt"))
        await pilot.press("f")
        # The category of the item is offered, so that a purpose is said once.
        assert [pilot.app.screen.query_one(f"#field-{name}").value for name in ("scope", "value")] == ["category", "office"]
        pilot.app.screen.query_one("#field-text").value = "paper for drafts"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "invoice.pdf")
        await pilot.press("enter")
        await settle(pilot)
    assert ("remember_purpose", "category", "office", "paper for drafts") in client.calls
    assert ("attach_receipts", "biz", "112-0000001-0000007", str(tmp_path / "invoice.pdf")) in client.calls


async def test_another_form_and_year_are_chosen_and_the_first_and_last_year_are_the_limits(opened, client):
    async with opened(client, "F", "left_curly_bracket", "left_curly_bracket") as pilot:
        assert "schedule-c 2024" in text_of(pilot.app)
        await pilot.press("right_curly_bracket", "right_curly_bracket")
        await settle(pilot)
        assert "schedule-c 2025" in text_of(pilot.app)
        await pilot.press("z", "e", "u", "e", "r", "enter")
        await settle(pilot)
        assert "euer 2025" in text_of(pilot.app)


async def test_a_pack_has_its_number_in_its_name_and_can_be_cancelled(opened, client, tmp_path):
    async with opened(client, "F", "w") as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one("#field-path").value == "~/schedule-c-2025-3.zip"
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "year.pdf")
        await pilot.press("enter")
        await settle(pilot)
        assert (tmp_path / "year.pdf").read_bytes() == b"%PDF-1.4"
        client.pack_ready.clear()
        await pilot.press("w")
        await settle(pilot)
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "later.zip")
        await pilot.press("enter")
        assert await shows(pilot, "Writing later.zip")
        await pilot.press("escape")
        await settle(pilot)
        await asyncio.sleep(0)
        assert "no pack was written" in said(pilot.app)
        assert [file.name for file in tmp_path.iterdir()] == ["year.pdf"]


async def test_a_file_that_exists_is_replaced_only_after_a_second_enter(opened, client, tmp_path):
    (tmp_path / "filed.zip").write_bytes(b"filed")
    (tmp_path / "other.zip").write_bytes(b"other")
    async with opened(client, "F", "w", size=(120, 40)) as pilot:
        await settle(pilot)
        for name in ("filed.zip", "other.zip"):
            pilot.app.screen.query_one("#field-path").value = str(tmp_path / name)
            await pilot.press("enter")
            assert await shows(pilot, f"{name} exists. Press Enter again")
        assert (tmp_path / "other.zip").read_bytes() == b"other"
        await pilot.press("enter")
        await settle(pilot)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"filed.zip": b"filed", "other.zip": b"PK"}


async def test_locking_asks_for_a_reason_and_unlocking_too(opened, client):
    async with opened(client, "F", "y") as pilot:
        await pilot.press("enter")
        assert await shows(pilot, "Give the reason")
        pilot.app.screen.query_one("#field-reason").value = "filed in April"
        await pilot.press("enter")
        await settle(pilot)
        assert "locked" in text_of(pilot.app)
        await pilot.press("y")
        pilot.app.screen.query_one("#field-reason").value = "amended"
        await pilot.press("enter")
        await settle(pilot)
    assert client.locked_years == set()
    assert ("unlock_tax_year", "schedule-c", "2025", "amended") in client.calls


async def test_an_empty_year_says_what_to_press(opened):
    async with opened(MemoryClient(empty=True), "F") as pilot:
        assert "Press { for the year before" in text_of(pilot.app)


async def test_no_amount_of_a_tax_year_is_cut_off_in_a_small_terminal(opened, client):
    async with opened(client, "F", size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert all(amount in shown for amount in ("$1,234.56", "$89.00", "$3,499.00"))


async def test_a_year_says_whose_it_is_and_why_it_is_locked_and_another_business_has_a_return_of_its_own(opened, client):
    async with opened(client, "F", size=(160, 40)) as pilot:
        assert await shows(pilot, "locked: filed in April")
        await pilot.press("z", *"print", "enter")
        assert await shows(pilot, "schedule-c:print 2025")
        assert "all accounts · amounts rounded to: whole" in text_of(pilot.app)
        await pilot.press("e")
        for name, value in (("business", "design"), ("accounts", "biz")):
            pilot.app.screen.query_one(f"#field-{name}").value = value
        await pilot.press("enter")
        assert await shows(pilot, "schedule-c:design 2025")
    assert ("set_up_tax_year", "schedule-c:design", "2025", "biz", "rounding=whole") in client.calls


async def test_a_change_of_a_locked_year_asks_for_the_reason(opened, client):
    async with opened(client, "F") as pilot:
        asked = asyncio.create_task(client.ask_reason("schedule-c 2025 is locked (filed), and this changes line 18. Give the reason: X"))
        await settle(pilot)
        assert await shows(pilot, "this changes line 18.")
        await pilot.press("enter")
        assert await shows(pilot, "Give a reason, or press Escape")
        pilot.app.screen.query_one("#field-reason").value = "the invoice was corrected"
        await pilot.press("enter")
        assert await asked == "the invoice was corrected"
        left = asyncio.create_task(client.ask_reason("schedule-c 2025 is locked."))
        await settle(pilot)
        assert await shows(pilot, "schedule-c 2025 is locked.")
        await pilot.press("escape")
        assert await left == ""
