"""Text from sellers, greetings, file names and warnings must not control the terminal or the app."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec
import pytest
from textual.widgets import Input

from assistant.domain.errors import InvalidInput, Problem
from assistant.domain.languages.sentences import Sentence
from tests.tui.household import ALERTS, BROWSER, IDENTITIES, IMPORTS, household
from tests.tui.looking import said, settle, text_of
from tests.tui.memory_client import MemoryClient
from tui.keymap import PLACES

HOSTILE = "Item [/b] [@click=app.quit]x[/] x \x1b]52;c;ZXZpbA==\x07 \x1b[2J \u202egnp.exe\u200b\x9b31m [$primary"
TEXTS = {"fix", "learned_from", "name", "path", "purpose", "reason", "said", "text", "title", "tracking", "what", "who", "why"}
"""Fields that hold what somebody wrote, in everything that the screens show."""
FORBIDDEN = "\x1b\x07\x9b\u202e\u200b\r"


def _hostile(value: Any) -> Any:
    """Return the same with hostile text in all its fields that hold text."""
    if isinstance(value, tuple) and hasattr(value, "_replace"):
        return value._replace(**_hostile_fields(value, value._fields))
    if isinstance(value, list | tuple):
        return type(value)(map(_hostile, value))
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **_hostile_fields(value, value.__struct_fields__))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **_hostile_fields(value, [field.name for field in fields(value) if field.init]))
    return value


def _hostile_fields(value: Any, names: Any) -> dict[str, Any]:
    found = {name: getattr(value, name) for name in names}
    return {name: HOSTILE if name in TEXTS and type(part) is str else _hostile(part) for name, part in found.items()}


def _client() -> MemoryClient:
    view = household(3)[1]
    items = tuple(replace(item, title=HOSTILE, seller=HOSTILE) for item in view.order.items)
    order = replace(view.order, items=items, shipments=tuple(replace(shipment, status=HOSTILE) for shipment in view.order.shipments))
    order = replace(order, recipient=replace(order.recipient, name=HOSTILE, address=HOSTILE))
    order = replace(order, payments=tuple(replace(payment, method=HOSTILE, last4=HOSTILE) for payment in order.payments))
    problem = Problem(where=HOSTILE, code="x", said=Sentence(HOSTILE))
    bad = replace(
        view, order=order, categories=(HOSTILE, None), purposes=(HOSTILE, HOSTILE), sources={HOSTILE: HOSTILE}, conflicts=(problem,)
    )
    client = MemoryClient(orders=[bad, *household(12)])
    client.registered = [replace(account, label=HOSTILE, letters="[/]", owner=HOSTILE) for account in client.registered]
    client.open_alerts = [
        replace(alert, text=HOSTILE, advice=HOSTILE, evidence=(HOSTILE,), source=HOSTILE, url=HOSTILE) for alert in ALERTS
    ]
    client.arrived = [replace(result, name=HOSTILE, kind=HOSTILE, problems=(problem,)) for result in IMPORTS]
    client.seen = [replace(identity, greeting=HOSTILE, organization=HOSTILE, marketplace=HOSTILE) for identity in IDENTITIES]
    client.browsers = [replace(BROWSER, name=HOSTILE)]
    for name in ("entries", "steps", "open_questions", "claim_list", "parcels", "dues", "months", "lines", "missing_charges"):
        setattr(client, name, _hostile(getattr(client, name)))
    for name in ("term_list", "receipt_list", "set_up_returns", "rule_list", "habit_list"):
        setattr(client, name, _hostile(getattr(client, name)))
    return client


@pytest.mark.parametrize(
    "keys",
    [
        *((place.key,) for place in PLACES), ("O", "enter"), ("A", "e"), ("A", "y"), ("A", "d"), ("p",), ("i",), ("question_mark",),
        ("ctrl+p", *"orders of"),
    ],
    ids=" ".join,
)  # fmt: skip
async def test_hostile_text_neither_breaks_nor_escapes_a_screen(opened, keys):
    async with opened(_client(), *keys, size=(140, 50)) as pilot:
        await pilot.pause(0.2)
        shown = text_of(pilot.app)
        picture = pilot.app.export_screenshot()
        assert pilot.app.is_running
    assert not [sign for sign in FORBIDDEN if sign in shown or sign in picture]


async def test_square_brackets_in_a_title_are_shown_as_they_are(opened):
    async with opened(_client(), "O", size=(200, 40)) as pilot:
        assert "Item [/b] [@click=app.quit]x[/] x" in text_of(pilot.app)


async def test_a_failure_with_hostile_text_is_shown_without_control_signs(opened):
    client = _client()
    async with opened(client, "O") as pilot:
        client.fail_with = InvalidInput(HOSTILE)
        pilot.app.screen.query_one("#filter", Input).value = "x"
        await pilot.pause(0.2)
        await settle(pilot)
        client.fail_with = ValueError(HOSTILE)
        await pilot.press("W")
        await settle(pilot)
        shown = text_of(pilot.app) + said(pilot.app)
    assert not [sign for sign in FORBIDDEN if sign in shown]
