"""Lists over HTTP: the same filters as on the command line, paged by cursor or offset."""

from datetime import date, timedelta
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.domain.terms import Term, TermKind
from assistant.server.routes import ROUTES
from tests.server.conftest import Caller, MovableClock

ASKED = {"/reminders": "?days=400", "/deliveries": "?year=2026"}
LISTS = [
    route.path + ASKED.get(route.path, "")
    for route in ROUTES
    if route.method == "GET" and "{" not in route.path and {"cursor", "offset"} <= {parameter.name for parameter in route.query}
]
EMPTY = {
    "/alerts/past", "/claims", "/claims/months", "/habits", "/receipts", "/statements", "/statements/charges", "/statements/lines",
    "/tax/returns", "/windows",
}  # fmt: skip
"""Lists that this household leaves empty; the tests of their routes fill them."""
_HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"


@pytest.fixture
def full(services: Services) -> Services:
    for name in ("Alpha", "Beta", "Gamma"):
        account = services.accounts.add(name)
        services.accounts.link(account.key, f"A1CUSTOMER{name.upper()}")
        rows = [
            f"113-{number:07}-000000{len(name)},2026-0{number}-02,USD,9.00,9.00,B00000000{number},1,Toner,Closed\n" for number in (1, 2, 3)
        ]
        services.imports.take_bytes(f"Retail.OrderHistory.{len(name)}.csv", (_HEAD + "".join(rows)).encode(), account=account.key)
        # A payment that is due soon is a term, a reminder and later a warning.
        services.terms.add(
            Term(kind=TermKind.INSTALMENT, account=account.key, what=f"113-0000001-000000{len(name)}", until=date(2026, 11, 27), details={})
        )
    services.due_dates.look()
    for account in ("alpha", "beta"):
        services.rules.add({"type": "budget", "account": account, "month": "100", "currency": "USD"})
    return services


@pytest.mark.usefixtures("full")
def test_every_list_is_paged_by_cursor_and_by_offset(call: Caller, token: str) -> None:
    for path in LISTS:
        _is_paged(call, token, path)


def _is_paged(call: Caller, token: str, path: str) -> None:
    join = "&" if "?" in path else "?"

    def get(**query: Any) -> Any:
        return call("GET", path + join + "&".join(f"{name}={value}" for name, value in query.items()), token=token).json

    every = get(limit=500)
    assert bool(every["items"]) == (path not in EMPTY), path
    assert every["next"] is None, path
    by_cursor, by_offset, cursor, size = [], [], "", max(1, len(every["items"]) // 3)
    for start in range(0, len(every["items"]), size):
        part = get(limit=size, cursor=cursor)
        by_cursor += part["items"]
        by_offset += get(limit=size, offset=start)["items"]
        cursor = part["next"]
        assert part["total"] == every["total"] == len(every["items"]), path
    assert cursor in (None, ""), path
    assert by_cursor == by_offset == every["items"], path


@pytest.mark.parametrize("path", ["/orders", "/expenses", "/alerts", "/reminders", "/coverage", "/exports/xlsx"])
@pytest.mark.usefixtures("full")
def test_every_list_takes_a_filter_and_refuses_an_invalid_one(call: Caller, token: str, path: str) -> None:
    for query, status in (
        ("account=beta&purpose=personal", 200),
        ("q=account:beta+purpose:personal+%3E5", 200),
        ("account=nobody", 404),
        ("q=%3ENaN", 422),
        ("year=2026-13", 422),
    ):
        assert call("GET", f"{path}?{query}", token=token).status == status, query


@pytest.mark.parametrize("path", ["/orders?cursor=2026-01-02~", "/alerts?cursor=", "/imports?cursor=", "/terms?cursor="])
def test_a_huge_number_is_not_a_server_error(call: Caller, token: str, path: str) -> None:
    for digits in (40, 5000):
        answer = call("GET", path + "9" * digits, token=token)
        assert (answer.status, answer.code) == (422, "input/invalid")


@pytest.mark.parametrize("moved", [timedelta(0), timedelta(days=400), timedelta(days=461)])
def test_today_is_the_day_of_the_injected_clock(call: Caller, services: Services, clock: MovableClock, moved: timedelta) -> None:
    clock.now += moved
    token = services.pairing.mint("test")
    days = [clock.now.date() + timedelta(days=ahead) for ahead in (2, 3)]
    for name, day in zip(("Alpha", "Beta"), days, strict=True):
        key = services.accounts.add(name).key
        services.terms.add(Term(kind=TermKind.INSTALMENT, account=key, what=f"plan of {name}", until=day, details={}))
    due = [[entry["due"] for entry in call("GET", f"/reminders?days={ahead}", token=token).json["items"]] for ahead in (1, 2, 3)]
    assert due == [[], [days[0].isoformat()], [day.isoformat() for day in days]]
