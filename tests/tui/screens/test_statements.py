from dataclasses import replace

from assistant.domain.books.statements.months import MonthState, StatementMonth
from tests.tui.looking import said, settle, shows, text_of, written
from tests.tui.memory_client import MemoryClient

TIED = "visa/1234:2026-11-10:-11.00USD:1"


async def test_a_month_shows_its_lines_and_the_charges_that_no_statement_has(opened, client):
    async with opened(client, "S", size=(160, 50)) as pilot:
        shown = text_of(pilot.app)
    for text in ("Nov 2026", "visa/1234", "1 of 3 lines done", "1 charge on no statement", "−$121.61", "AMZN Mktp US*TONER001"):
        assert text in shown
    assert "OCTOBER1" not in shown
    assert "on no statement" in shown


async def test_a_line_that_fits_two_charges_shows_both_with_reasons_and_the_command(opened, client):
    async with opened(client, "S", size=(160, 50)) as pilot:
        shown = " ".join(written(pilot.app, "#statement-facts").split())
    assert "nothing is guessed" in shown
    assert "Possible, 1 of 2" in shown
    assert "112-0000003-0000009" in shown
    assert "exact amount, the whole order, on the day of the charge (88 of 100)" in shown
    assert f"shopper statements match '{TIED}' 3.1.0.0" in shown


async def test_enter_decides_between_the_candidates_and_u_takes_it_back(opened, client):
    async with opened(client, "S", "enter") as pilot:
        await pilot.press("down", "enter")
        await settle(pilot)
        assert ("match_line", TIED, "4.1.0.0") in client.calls
        assert "Decided." in said(pilot.app)
        assert await shows(pilot, "It pays for")
        await pilot.press("u")
        await settle(pilot)
    assert ("match_line", TIED, "take back") in client.calls


async def test_a_line_can_be_no_purchase_and_an_unmatched_one_is_offered_the_charges_without_a_line(opened, client):
    async with opened(client, "S", "down", "down") as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert "$30.25" in text_of(pilot.app)
        await pilot.press("escape", "d")
        await settle(pilot)
        assert await shows(pilot, "You said that it is not a purchase")
    assert ("match_line", "visa/1234:2026-11-22:-7.77USD:1") in client.calls


async def test_a_matched_line_and_a_missing_charge_lead_to_their_orders_and_escape_leads_back(opened, client):
    for downs, found in ((1, 'account:biz "112-0000001-0000007"'), (3, 'account:per "112-0000005-0000009"')):
        async with opened(client, "S", *["down"] * downs, "enter") as pilot:
            assert pilot.app.screen.query_one("#filter").value == found
            await pilot.press("escape")
            await settle(pilot)
            assert pilot.app.current_mode == "statements"


async def test_braces_change_the_month_and_a_changed_month_is_closed_again(opened, client):
    async with opened(client, "S", "left_curly_bracket") as pilot:
        shown = text_of(pilot.app)
        assert "Oct 2026" in shown
        assert "changed since it was closed" in shown
        assert "now pays for something else" in shown
        await pilot.press("y")
        await settle(pilot)
        assert "Closed: 2026-10 of visa/1234" in said(pilot.app)
        await pilot.press("right_curly_bracket")
        await settle(pilot)
        assert "Nov 2026" in text_of(pilot.app)
    assert ("close_months", "visa/1234", "2026-10") in client.calls


async def test_complete_months_are_closed_together(opened, client):
    client.months[0] = replace(client.months[0], state=MonthState.COMPLETE, missing=0)
    async with opened(client, "S", "y") as pilot:
        assert "Closed: 2026-11 of visa/1234" in said(pilot.app)
    assert ("close_months", "None", "None") in client.calls


async def test_a_month_that_cannot_be_closed_says_why(opened, client):
    client.months[0] = replace(client.months[0], matched=3, missing=0)
    async with opened(client, "S", size=(160, 50)) as pilot:
        assert await shows(pilot, "3 of 3 lines done")
        assert "ends on 2026-11-22. Import one that covers 2026-11-30." in text_of(pilot.app)
        client.close_months = lambda *_: _nothing()
        await pilot.press("y")
        await settle(pilot)
        assert "Not closed: The newest statement of this card ends on 2026-11-22." in said(pilot.app)


async def _nothing() -> list[StatementMonth]:
    return []


async def test_the_path_of_a_statement_that_is_pasted_replaces_the_home_folder(opened, client, tmp_path):
    file = tmp_path / "bank.csv"
    file.write_text("Datum;Wert\n")
    async with opened(client, "S", "a") as pilot:
        field = pilot.app.screen.query_one("#field-path")
        field.insert_text_at_cursor(str(file))
        await settle(pilot)
        assert field.value == str(file)


async def test_a_statement_is_imported_from_the_form_and_a_refusal_is_explained_in_it(opened, client, tmp_path):
    (tmp_path / "bank.csv").write_text("Datum;Wert\n")
    async with opened(client, "S", "a") as pilot:
        assert "shopper statements import FILE --card visa/1234" in " ".join(written(pilot.app, "#form-says").split())
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "nothing.csv")
        await pilot.press("enter")
        assert await shows(pilot, "cannot be read")
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "bank.csv")
        await pilot.press("enter")
        assert await shows(pilot, "no known column for the amount")
        pilot.app.screen.query_one("#field-columns").value = "date=Datum, amount=Wert"
        pilot.app.screen.query_one("#field-currency").value = "eur"
        await pilot.press("enter")
        assert await shows(pilot, "Nothing is stored yet.")
        previewed = " ".join(written(pilot.app, "#form-says").split())
        assert "For the card visa/1234: bank.csv: 3 lines about Amazon, 2 new." in previewed
        assert not [call for call in client.calls if call[0] == "import_statement"]
        pilot.app.screen.query_one("#field-currency").value = "gbp"
        await pilot.press("enter")
        await settle(pilot)
        assert not [call for call in client.calls if call[0] == "import_statement"]
        await pilot.press("enter")
        await settle(pilot)
        assert "3 lines about Amazon, 2 new. Not kept, because about something else: 4. 1 matched, 1 undecided" in said(pilot.app)
    assert ("import_statement", "bank.csv", "11", "None", "date=Datum", "amount=Wert", "GBP") in client.calls


async def test_without_statements_the_screen_says_how_to_import_one(opened):
    async with opened(MemoryClient(empty=True), "S") as pilot:
        assert "Press a to import one" in text_of(pilot.app)


async def test_no_amount_of_the_statements_is_cut_off_in_a_small_terminal(opened, client):
    async with opened(client, "S", size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert all(amount in shown for amount in ("−$11.00", "−$102.84", "−$7.77", "−$30.25"))


async def test_the_help_names_the_command_that_prints_the_same(opened, client):
    async with opened(client, "S", "question_mark", size=(120, 60)) as pilot:
        assert "shopper statements" in text_of(pilot.app)
