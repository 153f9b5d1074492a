from dataclasses import replace

from assistant.domain.errors import InvalidInput
from tests.tui.looking import said, settle, shows, text_of, written
from tests.tui.memory_client import MemoryClient


async def test_budgets_say_what_is_left_and_how_the_month_is_likely_to_end(opened, client):
    async with opened(client, "U", size=(140, 34)) as pilot:
        shown = text_of(pilot.app)
        assert "$237.90 left of $650.00  likely over" in shown
        assert "€8.20 too much of €280.00  over" in shown
        assert "About $40.00 more than available" in shown
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert ("budgets", "2026-10") in client.calls
        await pilot.press("enter")
        assert await shows(pilot, "account:biz cur:USD date:2026-11 kind:expense")


async def test_a_budget_is_added_and_removed_from_the_screen(opened, client):
    async with opened(client, "U", "a", size=(140, 34)) as pilot:
        for name, value in (("account", "biz"), ("month", "500"), ("currency", "USD")):
            pilot.app.screen.query_one(f"#field-{name}").value = value
        await pilot.press("enter")
        await settle(pilot)
        assert ("add_rule", "budget") in client.calls
        await pilot.press("d", "y")
        await settle(pilot)
        assert "Removed." in said(pilot.app)
    assert ("remove_rule", "1") in client.calls


async def test_without_budgets_the_screen_says_how_to_set_one(opened):
    async with opened(MemoryClient(empty=True), "U") as pilot:
        assert "Press a to set one" in text_of(pilot.app)


async def test_a_budget_that_cannot_be_counted_says_so_instead_of_looking_unspent(opened, client):
    first, second = await client.budgets("2026-11")
    broken = replace(first, problem="There is no purpose 'hobby'. Nothing is counted until the rule is changed.")

    async def budgets(_month=""):
        return [broken, second]

    client.budgets = budgets
    async with opened(client, "U") as pilot:
        shown = text_of(pilot.app)
        assert shown.count("cannot be counted") == 2
        assert "There is no purpose 'hobby'." in written(pilot.app, "#budget-facts")
        assert "How it is likely to end" not in written(pilot.app, "#budget-facts")
        await pilot.press("down")
        await settle(pilot)
        assert "How it is likely to end" in written(pilot.app, "#budget-facts")


async def test_a_new_budget_knows_its_currency_and_a_refusal_leads_to_the_line_that_it_is_about(opened, client):
    async with opened(client, "U", "a") as pilot:
        form = pilot.app.screen
        assert (form.query_one("#field-currency").value, form.focused.id) == ("USD", "field-account")
        for name in ("month", "carry"):
            client.fail_with = InvalidInput(f"'{name}' cannot be read.")
            client.fail_with.field = name
            await pilot.press("enter")
            assert await shows(pilot, f"'{name}' cannot be read.")
            assert form.focused.id == f"field-{name}"
