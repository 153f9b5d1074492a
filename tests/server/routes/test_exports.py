"""Exports over HTTP: in the language of the request, and refusals with a code."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from assistant.bootstrap import Services
from assistant.storage.tables import ItemRow
from tests.server.conftest import Caller

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"


@pytest.fixture
def household(services: Services) -> Services:
    """Two accounts with an item each that can be returned for three more days."""
    for number, key in enumerate(("biz", "per"), 1):
        services.accounts.add(key, "business" if key == "biz" else "personal", key=key)
        row = f"113-000000{number}-0000001,{services.today},USD,9.00,9.00,B00000000{number},1,Toner {key},Closed\n"
        services.imports.take_bytes(f"Retail.OrderHistory.{number}.csv", (HEAD + row).encode(), account=key)
    with services.database.writing() as work:
        until = str(services.today + timedelta(days=3))
        work.session.execute(update(ItemRow).where(col(ItemRow.title).startswith("Toner")).values(return_by=until))
        work.commit()
    return services


@pytest.mark.usefixtures("household")
@pytest.mark.parametrize(("language", "said"), [("en-GB", "Last day to return"), ("de, en;q=0.5", "Rückgabe")])
def test_a_calendar_is_in_the_language_of_the_request(call: Caller, token: str, language: str, said: str) -> None:
    answer = call("GET", "/exports/reminders", token=token, headers=[("Accept-Language", language)])
    assert answer.status == 200
    text = answer.body.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert text.count(said) >= 2, text
