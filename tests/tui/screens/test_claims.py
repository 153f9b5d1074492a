from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient


async def test_claims_say_who_owes_whom_and_what_is_owed_altogether(opened, client):
    async with opened(client, "C", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
    assert "Personal owes Ortiz Design $41.14" in shown
    assert "1 open" in shown
    assert "€12.00" in shown
    assert "settled" in shown
    assert "y: settle it" in shown
    assert "e: a part of it was paid" in shown
    assert "shopper" not in shown


async def test_a_claim_is_settled_only_after_confirmation(opened, client):
    async with opened(client, "C", "y", "n") as pilot:
        assert not [call for call in client.calls if call[0] == "settle"]
        await pilot.press("y")
        await settle(pilot)
        assert "Leave it" in text_of(pilot.app).splitlines()[-1]
        await pilot.press("y")
        await settle(pilot)
        assert "1 claim settled." in said(pilot.app)
        assert await shows(pilot, "No account owes another anything.")
    assert ("settle", "7.1.per") in client.calls


async def test_the_report_is_written_where_the_user_says(opened, client, tmp_path):
    async with opened(client, "C", "w") as pilot:
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "none" / "claims.pdf")
        await pilot.press("enter")
        assert await shows(pilot, "cannot be written")
        pilot.app.screen.query_one("#field-path").value = str(tmp_path / "claims.pdf")
        await pilot.press("enter")
        await settle(pilot)
    assert (tmp_path / "claims.pdf").read_bytes().startswith(b"%PDF")


async def test_without_claims_the_screen_says_how_one_arises(opened):
    async with opened(MemoryClient(empty=True), "C") as pilot:
        assert "split it there (s)" in text_of(pilot.app)


async def test_no_amount_of_the_claims_is_cut_off_in_a_small_terminal(opened, client):
    async with opened(client, "C", size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert all(amount in shown for amount in ("$41.14", "€12.00"))
    assert "When it is paid" in shown


async def test_a_month_is_settled_with_one_key_after_asking(opened, client):
    async with opened(client, "C", "m") as pilot:
        shown = text_of(pilot.app)
        assert "Settle which month?" in shown
        months = {f"{claim.opened:%Y-%m}" for claim in client.claim_list if claim.state == "open"}
        assert all(month in shown for month in months)
        await pilot.press("enter")
        assert await shows(pilot, "Settling says that this was paid.")
        await pilot.press("y")
        await settle(pilot)
    (call,) = [call for call in client.calls if call[0] == "settle"]
    newest = max(months)
    assert set(call[1:]) == {claim.id for claim in client.claim_list if f"{claim.opened:%Y-%m}" == newest and claim.state == "settled"}
