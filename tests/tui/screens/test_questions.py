from tests.tui.looking import settle, text_of
from tests.tui.memory_client import MemoryClient


async def test_questions_show_their_amount_and_how_they_are_answered(opened, client):
    async with opened(client, "Q", size=(160, 40)) as pilot:
        first = text_of(pilot.app)
        await pilot.press("down")
        await settle(pilot)
        second = text_of(pilot.app)
    assert "$102.84" in first
    assert "€17.17" in first
    assert "The sources differ on the total: 102.84" in first
    assert "Enter: show the order, and correct it there" in first
    assert "Enter: import a file that says it" in second
    assert "shopper" not in first + second


async def test_enter_shows_the_order_to_correct_and_escape_leads_back(opened, client):
    async with opened(client, "Q", "enter") as pilot:
        assert pilot.app.screen.query_one("#filter").value == 'account:biz "112-0000001-0000007"'
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.current_mode == "questions"


async def test_enter_asks_for_a_file_if_only_a_file_can_answer_the_question(opened, client):
    async with opened(client, "Q", "down", "enter") as pilot:
        assert pilot.app.screen.query_one("#path")


async def test_a_screen_without_questions_says_that_the_books_are_complete(opened):
    async with opened(MemoryClient(empty=True), "Q") as pilot:
        assert "No questions: the books are complete." in text_of(pilot.app)


async def test_no_amount_of_the_questions_is_cut_off_in_a_small_terminal(opened, client):
    async with opened(client, "Q", size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert all(amount in shown for amount in ("$102.84", "€17.17"))
    assert "Answer it" in shown
