"""Every JSON shape fits its domain class and survives a round trip."""

import ast
import importlib
import inspect
import json
import pkgutil
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from textwrap import dedent
from typing import get_args

import msgspec
import pytest

from assistant import wire
from assistant.domain.accounts.account import Account, AccountChange, AccountOverview, Identity
from assistant.domain.accounts.linking import OwnerStatement
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.coverage import Cover, CoveredMonth
from assistant.domain.documents import Held, ImportResult
from assistant.domain.due_dates import Due, DueKind
from assistant.domain.errors import InvalidInput, Problem
from assistant.domain.events import Event, EventKind
from assistant.domain.filters import Page
from assistant.domain.journal import Action, Step
from assistant.domain.judging.user_rules.model import Example, Habit, OwnRule, Preview
from assistant.domain.judging.verdict import Level, Link
from assistant.domain.judging.warnings import Alert, AlertCounts, Misplaced
from assistant.domain.languages.sentences import Sentence
from assistant.domain.money import Money
from assistant.domain.order_view import OrderSummary
from assistant.domain.pairing import Client, Grant, PairingCode, Scope
from assistant.domain.terms import Term, TermKind
from assistant.wire.accounts import AccountChangeBody, AccountJson, AccountOverviewJson, IdentityJson, OwnerStatementBody
from assistant.wire.books import ExpenseJson
from assistant.wire.events import EventJson, StepJson, event_lines
from assistant.wire.imports import CoveredMonthJson, ImportJson
from assistant.wire.orders import OrderSummaryJson
from assistant.wire.pairing import ClientJson, GrantJson, PairingCodeJson
from assistant.wire.rules import HabitJson, PreviewJson, RuleJson
from assistant.wire.shape import InstantText, JsonShape, MoneyJson, PageJson, builtins, decode, encode, from_builtins
from assistant.wire.terms import TermJson
from assistant.wire.warnings import AlertCountsJson, AlertJson, DueJson, MisplacedJson

for module in pkgutil.iter_modules(wire.__path__):
    importlib.import_module(f"assistant.wire.{module.name}")

DAY, TOKYO = date(2026, 3, 1), timezone(timedelta(hours=9))
UTC_TIME, TOKYO_TIME = datetime(2026, 3, 1, 9, 30, tzinfo=UTC), datetime(2025, 3, 1, 9, 30, 15, 250000, tzinfo=TOKYO)
DOLLARS, YEN = Money(-1949, "USD"), Money(1200, "JPY")
PROBLEMS = (Problem(where="items", code="missing", said=Sentence("No item.")), Problem(where="", code="x", said=Sentence("“Q”")))
ACCOUNTS = (
    Account(key="me", label="Me", purpose="personal", last_seen=UTC_TIME, customer_ids=("A1", "A2"), cards=("visa/1234",)),
    Account(key="biz", label="Büro", purpose="business", colour="green", closed_at=DAY, notice="Closed."),
)
EXAMPLES = (
    Example(account="me", number="112-1", on=DAY, title="Pens", text="Would have warned."),
    Example(account="biz", number="113-1", on=DAY, title="Ink", text="Would have been quiet."),
)
EVERYTHING = [
    (MoneyJson, DOLLARS),
    (MoneyJson, Money(12345, "KWD")),
    *((AccountJson, account) for account in ACCOUNTS),
    (AccountChangeBody, AccountChange(label="New", business=False, addresses=("home/78704", "office/98101"))),
    (AccountChangeBody, AccountChange(closed_at="", cards=())),
    (IdentityJson, Identity(customer_id="A1", account="me", first_seen=UTC_TIME)),
    (AccountOverviewJson, AccountOverview(account=ACCOUNTS[0], month=(DOLLARS, YEN), year=(YEN,), last_order_on=DAY, gaps=("Feb",))),
    (OwnerStatementBody, OwnerStatement(name="Robin", addresses=("home/78704",), open_alerts=0)),
    (ExpenseJson, ExpenseRow(account="me", purpose="p", month="2026-03", currency="JPY", orders=2, spent=YEN, refunded=Money(0, "JPY"))),
    (EventJson, Event(id=7, kind=EventKind.ORDERS_IMPORTED, at=UTC_TIME, data={"new": 2, "account": "me", "document": None})),
    (CoveredMonthJson, CoveredMonth(account="me", month="2026-03", cover=Cover.PARTIAL, orders=2, gaps=("one", "two"))),
    (
        ImportJson,
        ImportResult(
            id=1, name="a", kind="email", account=None, at=TOKYO_TIME, state="read", problems=PROBLEMS,
            held=(Held(account="me", number="112-1", reasons=PROBLEMS), Held(account="biz", number="112-2", reasons=())),
        ),
    ),
    (StepJson, Step(id=2, at=UTC_TIME, who="you", action=Action.UNDONE, what="Undid", undoes=1)),
    (OrderSummaryJson, OrderSummary(account="me", number="112-1", placed_on=DAY, status="delivered", title="Pens", items=2, total=DOLLARS)),
    (OrderSummaryJson, OrderSummary(account="b", number="2", placed_on=None, status="", title="", items=0, total=None, held=True)),
    (ClientJson, Client(id="c", name="Firefox", scopes=(Scope.BADGE_READ, Scope.FULL), created_at=UTC_TIME, revoked_at=TOKYO_TIME)),
    (GrantJson, Grant(token="t", client_id="c", server_id="s", proof_key="k", scopes=(Scope.FULL, Scope.BADGE_READ))),
    (PairingCodeJson, PairingCode(code="1234-5678", expires_at=UTC_TIME)),
    (HabitJson, Habit(kind="seller", name="Acme", title="Pens", account="me", times=3, last=DAY, warns=False)),
    (PreviewJson, Preview(text="t", orders=9, warned={2025: 1, 2026: 2}, silenced={2024: 3}, examples=EXAMPLES, contradictions=("x", "y"))),
    (RuleJson, OwnRule(id=1, body={"type": "route", "to": "me", "match": {"words": ["ink", "toner"]}}, text="t", since=DAY)),
    (RuleJson, OwnRule(id=2, body={"type": "mute", "code": "X"}, text="t", since=DAY, learned_from="habit", contradictions=("a",))),
    (TermJson, Term(id=1, kind=TermKind.MEMBERSHIP, account="me", what="prime", on=DAY, details={"plan": "trial", "n": 1})),
    (
        AlertJson,
        Alert(
            id=3, at=UTC_TIME, account=None, code="X", level=Level.BLOCK_CONFIRM, text="t", advice="a", evidence=("1", "2"),
            links=(Link("order", "Your orders", "https://www.amazon.de/x"), Link("switch", "Switch", "https://www.amazon.com/y")),
            dismissed_at=TOKYO_TIME, order="112-1",
        ),
    ),
    (
        AlertCountsJson,
        AlertCounts(code="X", raised=9, heeded=1, overridden=2, put_off=3, dismissed=4, ordered=5, afterwards=6, soften=True),
    ),
    (MisplacedJson, Misplaced(account="me", number="112-1", placed_on=DAY, code="X", text="t", suggest="Biz")),
    (DueJson, Due(due=DAY, account="me", kind=DueKind.RETURN, what="return window ends", title="Pens")),
]  # fmt: skip  # a table reads better in rows


FILLED_LATER = {"converted"}
"""Fields that another function fills, after `of`."""


def shapes(base=JsonShape):
    for shape in base.__subclasses__():
        yield shape
        yield from shapes(shape)


@pytest.mark.parametrize(("shape", "value"), EVERYTHING, ids=lambda entry: entry.__name__ if isinstance(entry, type) else "")
def test_an_encoded_value_survives_a_round_trip(shape, value):
    assert decode(encode(shape.of(value)), shape).to_domain() == value
    assert from_builtins(builtins(shape.of(value)), shape).to_domain() == value
    assert json.loads(encode(shape.of(value))) == json.loads(json.dumps(builtins(shape.of(value))))


def test_every_field_of_a_shape_is_a_field_or_property_of_its_domain_class():
    """A field that the domain does not have would make every conversion fail."""
    apart = {
        "AccountBody",
        "ChargeJson",
        "ClaimJson",
        "EntryJson",
        "MonthlySettlementJson",
        "OrderViewJson",
        "QuestionJson",
        "StatementLineJson",
        "VisitReasonJson",
    }
    checked = 0
    for shape in shapes():
        domain = next((entry for base in shape.__orig_bases__ for entry in get_args(base)), None)
        if domain is None or shape.__name__ in apart:
            continue
        known = getattr(domain, "_fields", None) or [entry.name for entry in fields(domain)]
        names = set(known) | {name for name in dir(domain) if isinstance(getattr(domain, name), property)}
        assert set(shape.__struct_fields__) <= names, shape
        checked += 1
    assert checked > 40


def test_a_field_that_the_domain_does_not_have_is_filled_by_its_shape():
    """A key that nothing fills would be promised in the OpenAPI document and never sent."""
    checked = 0
    for shape in shapes():
        domain = next((entry for base in shape.__orig_bases__ for entry in get_args(base)), None)
        if domain is None or "of" not in vars(shape) or shape.__name__.endswith("Body"):
            continue
        calls = [node for node in ast.walk(ast.parse(dedent(inspect.getsource(shape.of)))) if isinstance(node, ast.Call)]
        filled = {keyword.arg for call in calls for keyword in call.keywords}
        inherited = set(shape.__base__.__struct_fields__) if None in filled else set()
        positional = set(shape.__struct_fields__[: max((len(call.args) for call in calls if ast.unparse(call.func) == "cls"), default=0)])
        assert set(shape.__struct_fields__) - FILLED_LATER <= filled | inherited | positional, shape
        checked += 1
    assert checked > 8


def test_a_page_keeps_its_cursor_and_its_total():
    page = PageJson.of(Page(items=ACCOUNTS, next="2", total=9), AccountJson)
    back = decode(encode(page), PageJson[AccountJson])
    assert ([entry.to_domain() for entry in back.items], back.next, back.total) == (list(ACCOUNTS), "2", 9)


def test_moments_are_written_with_their_offset():
    assert [InstantText.read(moment) for moment in (UTC_TIME, TOKYO_TIME)] == [
        "2026-03-01T09:30:00+00:00",
        "2025-03-01T09:30:15.250000+09:00",
    ]


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01T00:00:00", 7, None])
def test_text_that_is_not_a_moment_is_refused(text):
    raw = json.dumps({"code": "1234-5678", "expires_at": text}).encode()
    with pytest.raises(msgspec.ValidationError, match="expires_at"):
        decode(raw, PairingCodeJson)


@pytest.mark.parametrize("amount", ["ten", "1e99", "NaN"])
def test_an_impossible_amount_is_refused(amount):
    with pytest.raises(InvalidInput):
        decode(encode({"amount": amount, "currency": "USD"}), MoneyJson).to_domain()


def test_unpaired_surrogates_do_not_stop_an_answer():
    half = Due(due=DAY, account="me", kind=DueKind.COUPON, what="\ud83d", title="ü")
    assert json.loads(encode(DueJson.of(half)))["what"] == "?"
    assert json.loads(encode([DueJson.of(half), DueJson.of(half)]))[1]["title"] == "ü"


def test_unknown_keys_are_ignored():
    raw = encode({"amount": "1.00", "currency": "USD", "invented_later": [1]})
    assert decode(raw, MoneyJson).to_domain() == Money(100, "USD")


def test_an_event_is_one_line_of_data_even_if_its_text_has_line_ends():
    event = Event(id=7, kind=EventKind.ACCOUNT_CHANGED, at=UTC_TIME, data={"account": "a\nb", "other": "c\r\nd"})
    first, second, data, *rest = event_lines(event).split(b"\n")
    assert (first, second, rest) == (b"id: 7", b"event: account-changed", [b"", b""])
    assert decode(data.removeprefix(b"data: "), EventJson).to_domain() == event
