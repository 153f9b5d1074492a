import asyncio
from dataclasses import replace

import pytest
from textual.widgets import Input

from assistant.domain.errors import InvalidInput, NotFound, Problem
from assistant.domain.events import EventKind
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.order_view import Charge, FieldSources
from assistant.domain.orders.order import OrderStatus, Transaction
from tests.tui.household import household
from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.widgets.order_list import OrderList
from tui.widgets.picker import Picker


async def test_all_orders_are_listed_with_date_account_title_status_and_total(opened, client):
    async with opened(client, "O") as pilot:
        shown = text_of(pilot.app)
    assert "120 orders" in shown
    line = next(line for line in shown.splitlines() if "Thermos bottle" in line)
    assert line.split()[:2] == ["Wed", "25"]
    assert "● PER" in line
    assert "shipping" in line
    assert line.rstrip().endswith("$13.49")


async def test_the_arrow_and_page_keys_reach_the_end_of_an_order_in_a_small_terminal(opened, client):
    async with opened(client, "O", "enter", size=(80, 24)) as pilot:
        assert await shows(pilot, "order 1")
        assert "Where this comes from" not in text_of(pilot.app)
        await pilot.press(*["down"] * 30)
        assert await shows(pilot, "Where this comes from")
        await pilot.press(*["up"] * 30)
        assert await shows(pilot, "order 1")
        await pilot.press(*["pagedown"] * 4)
        assert await shows(pilot, "Where this comes from")
        await pilot.press(*["pageup"] * 4)
        assert await shows(pilot, "order 1")


async def test_an_order_of_another_year_shows_the_year(opened, client):
    async with opened(client, "O", "end") as pilot:
        assert "2024" in text_of(pilot.app)


async def test_a_refund_is_shown_with_a_minus_and_the_word(opened, client):
    async with opened(client, "O") as pilot:
        assert "−$5.00 refund" in text_of(pilot.app)


async def test_typing_after_slash_searches_at_once(opened, client):
    async with opened(client, "O", "slash", *"toner") as pilot:
        await pilot.pause(0.1)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "orders found" in shown
    assert "Thermos" not in shown
    assert "Toner cartridge" in shown


async def test_an_invalid_filter_is_reported_beside_the_search_line_and_the_list_stays(opened, client):
    async with opened(client, "O", "slash", *"date:2025-13") as pilot:
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "'2025-13' is not a period. Write 2025, 2025-03, 2025-Q1 or, in a filter, a day like 2025-03-31" in shown
    assert "delivered" in shown


async def test_a_filter_refused_only_by_the_server_is_reported_there_too(opened, client):
    async with opened(client, "O") as pilot:
        client.fail_with = InvalidInput("There is no account 'nobody'.")
        pilot.app.screen.query_one("#filter", Input).value = "account:nobody"
        await pilot.pause(0.1)
        await settle(pilot)
        assert "There is no account 'nobody'." in text_of(pilot.app)


async def test_a_search_without_results_says_how_to_go_on(opened, client):
    async with opened(client, "O", "slash", *"zebra") as pilot:
        await pilot.pause(0.1)
        await settle(pilot)
        assert "No order matches. Press x to clear the filter" in text_of(pilot.app)
        await pilot.press("enter", "x")
        await pilot.pause(0.1)
        await settle(pilot)
        assert "120 orders" in text_of(pilot.app)


async def test_an_empty_ledger_names_the_next_keys(opened):
    async with opened(MemoryClient(empty=True), "O") as pilot:
        assert "No orders yet. Press i to import Amazon's export, or p to pair a browser." in text_of(pilot.app)


async def test_enter_opens_an_order_with_everything_known(opened, client):
    async with opened(client, "O", "down", "enter", size=(140, 60)) as pilot:
        shown = text_of(pilot.app)
    for words in (
        "Toner cartridge, black",
        "sold by Sample Store",
        "Robin Example, 12 Sample Street",
        "Payments",
        "Visa •1234",
        "office",
        "no category (c)",
        "Where this comes from",
        "Order History.csv",
        "The sources disagree",
    ):
        assert words in shown


async def test_the_open_pane_follows_the_cursor_and_escape_closes_it(opened, client):
    async with opened(client, "O", "enter") as pilot:
        pilot.app.screen.query_one(OrderList).focus()
        await pilot.press("j", "j")
        await pilot.pause(0.1)
        await settle(pilot)
        assert "order 112-0000002-" in text_of(pilot.app)
        await pilot.press("escape")
        assert "order 112-0000002-" not in text_of(pilot.app)


async def test_a_category_becomes_a_rule_for_the_item_or_its_seller_with_one_key(opened, client):
    view = client.views[1]
    items = tuple(replace(item, asin=f"B00000000{at}", seller="Sample Labels") for at, item in enumerate(view.order.items))
    client.views[1] = replace(view, order=replace(view.order, items=items))
    for choice, match in ((("enter",), {"asin": ["B000000001"]}), (("down", "enter"), {"seller": ["Sample Labels"]})):
        async with opened(client, "O", "down", "enter", "down", "c", *"electr", "enter") as pilot:
            await settle(pilot)
            assert "Electronics now. Press y if that is always so." in said(pilot.app)
            await pilot.press("y")
            assert await shows(pilot, "What is always electronics?")
            await pilot.press(*choice)
            await settle(pilot)
            assert "To reverse this press u." in said(pilot.app)
        assert client.rule_list[-1].body == {"type": "tag", "match": match, "tag": "electronics"}


async def test_a_purpose_becomes_a_rule_for_the_item_or_its_seller_with_one_key(opened, client):
    view = client.views[1]
    items = tuple(replace(item, asin=f"B00000000{at}", seller="Sample Labels") for at, item in enumerate(view.order.items))
    client.views[1] = replace(view, order=replace(view.order, items=items))
    for choice, repeat in ((("enter",), "item"), (("down", "enter"), "seller")):
        async with opened(client, "O", "down", "enter", "down", "f", *"house", "enter") as pilot:
            await settle(pilot)
            assert "Household now. Press y if that is always so." in said(pilot.app)
            await pilot.press("y")
            assert await shows(pilot, "What is always household?")
            await pilot.press(*choice)
            await settle(pilot)
            assert "→ household. To reverse this press u." in said(pilot.app)
        split = next(call for call in reversed(client.calls) if call[0] == "split")
        assert split[3:] == ("household=100%", "2", "False", repeat)


async def test_the_offer_of_a_rule_is_for_the_order_that_is_shown_and_is_taken_once(opened, client):
    view = client.views[1]
    items = tuple(replace(item, asin=f"B00000000{at}", seller="Sample Labels") for at, item in enumerate(view.order.items))
    client.views[1] = replace(view, order=replace(view.order, items=items))
    async with opened(client, "O", "down", "enter", "down", "c", *"electr", "enter") as pilot:
        await settle(pilot)
        await pilot.press("escape", "down", "enter")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert "What is always" not in text_of(pilot.app)
    async with opened(client, "O", "down", "enter", "down", "c", *"electr", "enter") as pilot:
        await settle(pilot)
        await pilot.press("y", "enter")
        await settle(pilot)
        rules = len(client.rule_list)
        await pilot.press("y", "enter")
        await settle(pilot)
        assert len(client.rule_list) == rules


async def test_the_category_of_an_item_is_chosen_from_a_list(opened, client):
    async with opened(client, "O", "down", "enter", "down", "c", *"electr", "enter") as pilot:
        await settle(pilot)
        assert "electronics" in text_of(pilot.app)
    number = client.views[1].order.number
    assert ("set_item", "biz", number, "1", "electronics", "None", "None", "False") in client.calls


async def test_a_correction_form_sends_only_what_was_changed(opened, client):
    view = client.views[1]
    async with opened(client, "O", "down", "enter", "down", "e") as pilot:
        form = pilot.app.screen
        assert form.query_one("#field-total", Input).value == view.order.total.decimal
        await pilot.press("enter")
        await settle(pilot)
        assert "Nothing was changed." in text_of(pilot.app)
        form.query_one("#field-total", Input).value = "77.10"
        form.query_one("#field-item2-title", Input).value = ""
        await pilot.press("enter")
        await settle(pilot)
        assert "$77.10" in text_of(pilot.app)
    words = {"total": "77.10", "item2.title": None}
    assert ("correct", view.account, view.order.number, str(words)) in client.calls


async def test_a_refused_correction_stays_in_the_form(opened, client):
    async with opened(client, "O", "enter", "e") as pilot:
        pilot.app.screen.query_one("#field-date", Input).value = "soon"
        await pilot.press("enter")
        await settle(pilot)
        assert "'soon' is not a day. Write it like 2026-11-25." in text_of(pilot.app)


async def test_a_new_purpose_is_made_only_after_confirmation(opened, client):
    number = client.views[0].order.number
    async with opened(client, "O", "enter", "f") as pilot:
        await pilot.press(*"sailing club", "enter")
        assert await shows(pilot, "There is no purpose 'sailing club' yet.")
        await pilot.press("n", "f")
        await settle(pilot)
        await pilot.press(*"sailing club", "enter")
        await settle(pilot)
        await pilot.press("y")
        assert await shows(pilot, "for sailing club")
    made = ("set_item", "per", number, "0", "None", "sailing club", "None", "True")
    assert [call for call in client.calls if call[0] == "set_item"] == [made]


async def test_a_category_and_a_person_that_do_not_exist_are_made_only_after_confirmation(opened, client):
    number = client.views[0].order.number
    async with opened(client, "O", "enter", "c") as pilot:
        await pilot.press(*"offcie", "enter")
        assert await shows(pilot, "There is no category 'offcie' yet. Did you mean office?")
        await pilot.press("n", "t")
        await pilot.press(*"Grandma", "enter")
        assert await shows(pilot, "There is no person 'Grandma' yet. There are: Kim, Robin.")
        await pilot.press("y")
        await settle(pilot)
    made = ("set_item", "per", number, "0", "None", "None", "Grandma", "True")
    assert [call for call in client.calls if call[0] == "set_item"] == [made]


async def test_all_items_of_a_filter_are_labelled_after_a_preview(opened, client):
    async with opened(client, "O", "/") as pilot:
        await pilot.press(*"account:biz", "enter")
        await settle(pilot)
        await pilot.press("asterisk")
        await settle(pilot)
        form = pilot.app.screen
        form.query_one("#field-category", Picker).choose("office")
        form.query_one("#field-person", Picker).choose("Robin")
        await pilot.press("enter")
        assert await shows(pilot, "- → office")
        assert not any(call[0] == "label_items" and call[3] == "False" for call in client.calls)
        await pilot.press("y")
        await settle(pilot)
        assert "40 items changed. To reverse this press u." in said(pilot.app)
    (done,) = [call for call in client.calls if call[0] == "label_items" and call[3] == "False"]
    assert done[1] == "account:biz"
    assert "office" in done[2]


async def test_a_known_purpose_is_chosen_from_the_list(opened, client):
    async with opened(client, "O", "enter", "f") as pilot:
        await settle(pilot)
        await pilot.press(*"fam", "enter")
        assert await shows(pilot, "for family")
    assert ("set_item", "per", client.views[0].order.number, "0", "None", "family", "None", "False") in client.calls


async def test_an_item_is_split_in_a_form_that_stays_open_when_refused(opened, client):
    number = client.views[1].order.number
    async with opened(client, "O", "down", "enter", "s") as pilot:
        form = pilot.app.screen
        assert form.query_one("#field-shares", Input).value == "business=60% personal=40%"
        form.query_one("#field-shares", Input).value = "business=25%, household=3.00"
        client.fail_with = InvalidInput("The shares are more than the whole item.")
        await pilot.press("enter")
        await settle(pilot)
        assert "The shares are more than the whole item." in text_of(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
    assert ("split", "biz", number, "business=25%", "household=3.00", "1", "False", "None") in client.calls


async def test_an_order_shows_how_its_lines_add_up_to_its_total(opened, client):
    async with opened(client, "O", "down", "enter", size=(160, 60)) as pilot:
        shown = text_of(pilot.app)
    assert "goods $100.00 · discount −$5.00 · tax $7.84" in shown
    assert "business 60% $61.70 · personal 40% $41.14" in shown
    assert "Refunded                      −$20.00" in shown
    assert "Left                           $82.84" in shown
    assert "visa •1234                  $102.84" in shown
    assert "The printed total $44.76 is $58.08 less" in shown


async def test_brackets_change_the_account(opened, client):
    async with opened(client, "O", "right_square_bracket") as pilot:
        await pilot.pause(0.1)
        await settle(pilot)
        assert "40 orders found" in text_of(pilot.app)
        await pilot.press("left_square_bracket")
        await pilot.pause(0.1)
        await settle(pilot)
        assert "120 orders" in text_of(pilot.app)


async def test_captured_orders_appear_and_the_cursor_stays_on_its_order(opened, client):
    async with opened(client, "O", "down", "down") as pilot:
        orders = pilot.app.screen.query_one(OrderList)
        before = orders.row
        new = household(200)[150]
        client.views.insert(0, new)
        client.happen(EventKind.ORDERS_IMPORTED, account="per", new=1, changed=0)
        await pilot.pause(0.3)
        await settle(pilot)
        assert orders.row == before
        assert orders.cursor == 3
        shown = text_of(pilot.app)
    assert "121 orders" in shown
    assert "1 new order captured" in shown


async def test_an_event_that_arrives_on_another_screen_is_seen_on_return(opened, client):
    async with opened(client, "O", "W") as pilot:
        client.views.pop()
        client.happen(EventKind.ORDERS_IMPORTED, account="per", new=0, changed=1)
        await pilot.pause(0.3)
        await settle(pilot)
        await pilot.press("O")
        await settle(pilot)
        assert "119 orders" in text_of(pilot.app)


async def test_the_end_of_a_hundred_thousand_orders_is_read_in_a_few_pages(opened):
    client = MemoryClient(orders=household(100_000))
    async with opened(client, "O") as pilot:
        client.calls.clear()
        await pilot.press("end")
        await settle(pilot)
        asked = [call for call in client.calls if call[0] == "orders"]
        assert "100,000 orders" in text_of(pilot.app)
        assert pilot.app.screen.query_one(OrderList).row.number == client.views[-1].order.number
    assert 1 <= len(asked) <= 3


async def test_an_answer_to_an_older_search_is_dropped(opened, client):
    async with opened(client, "O") as pilot:
        late = asyncio.Event()
        ask = client.orders

        async def slow(text="", offset=0, limit=100, *, counted=True):
            if text == "toner":
                await late.wait()
            return await ask(text, offset, limit, counted=counted)

        client.orders = slow
        search = pilot.app.screen.query_one("#filter", Input)
        search.value = "toner"
        await pilot.pause(0.15)
        search.value = "rice"
        await pilot.pause(0.15)
        late.set()
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "Rice 10 kg" in shown
    assert "Toner cartridge" not in shown


async def test_a_second_click_on_a_line_opens_the_order(opened, client):
    async with opened(client, "O") as pilot:
        await pilot.click(OrderList, offset=(40, 3))
        await pilot.click(OrderList, offset=(40, 3))
        await settle(pilot)
        assert "order 112-0000003-" in text_of(pilot.app)


async def test_a_held_order_shows_its_reason_and_sources_and_y_confirms_it(opened, client):
    doubt = Problem(where="amounts.grand_total", code="arithmetic", said=Sentence("The lines add up to 18.00 USD."))
    told = FieldSources(field="amounts.grand_total", name="total", said=("19.49 USD from order page", "20.00 USD from export"))
    charge = Charge(
        entry=Transaction(
            on=client.views[0].order.placed_on, amount=Money(-1949, "USD"), method="Visa", last4="1234", order_numbers=("a", "b")
        ),
        share=None,
    )
    client.views[0] = replace(client.views[0], quarantine=(doubt,), told=(told,), charges=(charge,))
    async with opened(client, "O", "enter", size=(160, 60)) as pilot:
        await settle(pilot)
        shown = text_of(pilot.app)
        assert "The lines add up to 18.00 USD." in shown
        assert "total: 19.49 USD from order page" in shown
        assert "with 1 other order" in shown
        await pilot.press("y")
        await settle(pilot)
        assert "The lines add up to" not in text_of(pilot.app)
    assert ("confirm", "per", client.views[0].order.number) in client.calls


async def test_keys_reach_the_screen_while_no_order_matches(opened, client):
    async with opened(client, "O", "slash", *"nothing like it", "enter") as pilot:
        await pilot.pause(0.2)
        await settle(pilot)
        assert "No order matches." in text_of(pilot.app)
        await pilot.press("E")
        await settle(pilot)
        await pilot.press("O", "x")
        await pilot.pause(0.2)
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == ""
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#order-list")


async def test_one_changed_item_is_called_one_item(opened, client):
    client.views = client.views[:1]
    async with opened(client, "O", "asterisk") as pilot:
        pilot.app.screen.query_one("#field-category", Picker).choose("office")
        await pilot.press("enter")
        assert await shows(pilot, "- → office")
        await pilot.press("y")
        await settle(pilot)
        assert "1 item changed. To reverse this press u." in said(pilot.app)


@pytest.mark.parametrize("failure", [None, NotFound("There is no list.")])
async def test_a_list_of_words_that_is_closed_before_the_words_arrive_is_closed_for_good(opened, client, failure):
    gate, whole = asyncio.Event(), client.words

    async def words(kind):
        await gate.wait()
        if failure:
            raise failure
        return await whole(kind)

    client.words = words
    async with opened(client, "O", "enter") as pilot:
        await pilot.press("f", "escape")
        gate.set()
        await settle(pilot)
        assert not [told for told in pilot.app.heard if "unexpected" in told]
        assert ("There is no list." in said(pilot.app)) == (failure is not None)
        assert len(pilot.app.screen_stack) == 1
        await pilot.press("c", "escape")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 1


async def test_an_order_that_covers_the_list_gives_way_to_what_a_filter_finds(opened, client):
    async with opened(client, "O", "enter", size=(80, 24)) as pilot:
        for keys in (("slash", *"socks", "enter"), ("x", "enter", "right_square_bracket")):
            await pilot.press(*keys)
            await settle(pilot)
            assert pilot.app.focused.id == "order-list"
            assert "Placed " in text_of(pilot.app)
            await pilot.press("enter")
            await settle(pilot)


async def test_an_order_that_was_sent_long_ago_has_probably_arrived(opened, client):
    old, new = (replace(view.order, status=OrderStatus.SHIPPING) for view in (client.views[60], client.views[0]))
    client.views[60], client.views[0] = replace(client.views[60], order=old), replace(client.views[0], order=new)
    async with opened(client, "O", size=(120, 80)) as pilot:
        shown = [line for line in text_of(pilot.app).splitlines() if line[1:4].strip()]
    assert sum("arrived?" in line for line in shown) >= 1
    assert sum("shipping" in line for line in shown) >= 1


async def test_what_a_filter_finds_is_drawn_first_and_counted_afterwards(opened, client, monkeypatch):
    monkeypatch.setattr("tui.screens.orders.orders._COUNTS_AFTER", 0)
    counting, asked = asyncio.Event(), client.orders

    async def orders(text="", offset=0, limit=100, *, counted=True):
        if text and counted:
            await counting.wait()
        return await asked(text, offset, limit, counted=counted)

    client.views = household(450)
    client.orders = orders
    async with opened(client, "O") as pilot:
        await pilot.press("slash", *">0", "enter")
        assert await shows(pilot, "more than 100 orders found")
        await pilot.press("G")
        assert await shows(pilot, "more than 100 orders found")
        counting.set()
        assert await shows(pilot, "450 orders found")
        await pilot.press("G")
        await settle(pilot)
        assert pilot.app.focused.cursor == 449
        assert pilot.app.focused.row is not None
