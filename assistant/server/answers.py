"""What answers look like, as JSON Schema: the component schemas of the OpenAPI document, checked against real answers by tests."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from assistant.domain.categories import Source
from assistant.domain.events import EventKind
from assistant.domain.orders import Amount, OrderKind, OrderStatus
from assistant.domain.pairing import Scope
from assistant.domain.terms import TermKind
from assistant.domain.verdicts import Choice, Level
from assistant.domain.visits import PageKind

Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_FLAG: Schema = {"type": "boolean"}
_MAYBE_FLAG: Schema = {"type": ["boolean", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_MAYBE_INSTANT: Schema = {"type": ["string", "null"], "format": "date-time"}
_DAY: Schema = {"type": "string", "format": "date"}
_MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_DECIMAL: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_MAYBE_DECIMAL: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}


def ref(name: str) -> Schema:
    """Return a reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _thing(**parts: Schema) -> Schema:
    return {"type": "object", "properties": parts, "required": list(parts)}


def _list(entry: Schema) -> Schema:
    return {"type": "array", "items": entry}


def _page(name: str) -> Schema:
    return _thing(items=_list(ref(name)), next=_MAYBE, total=_COUNT)


def _words(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


def _or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


_PROBLEM_ENTRY = _thing(where=_TEXT, code=_TEXT, text=_TEXT)
_ITEM = _thing(
    asin=_MAYBE,
    title=_MAYBE,
    quantity={"type": ["integer", "null"]},
    unit_price=_MAYBE_DECIMAL,
    seller=_MAYBE,
    condition=_MAYBE,
    return_by=_MAYBE_DAY,
    return_closed_on=_MAYBE_DAY,
    subscription_every=_MAYBE,
    gift=_MAYBE_FLAG,
)
_ORDER = _thing(
    order_id=_TEXT,
    account=_TEXT,
    kind=_words(*OrderKind),
    placed_on=_MAYBE_DAY,
    placed_at=_MAYBE,
    status=_words(*OrderStatus),
    cancelled=_FLAG,
    currency=_MAYBE,
    marketplace=_MAYBE,
    recipient=_thing(name=_MAYBE, address=_MAYBE),
    amounts=_thing(**{name.value: _MAYBE_DECIMAL for name in Amount}),
    items=_list(_ITEM),
    shipments=_list(
        _thing(status=_MAYBE, shipped_on=_MAYBE_DAY, delivered_on=_MAYBE_DAY, tracking=_MAYBE, items=_list({"type": "integer"}))
    ),
    payments=_list(_thing(method=_MAYBE, last4=_MAYBE, amount=_MAYBE_DECIMAL, charged_on=_MAYBE_DAY)),
    refunds=_list(_thing(amount=_MAYBE_DECIMAL, refunded_on=_MAYBE_DAY, item={"type": ["integer", "null"]})),
    purposes=_list(_TEXT),
    categories=_list(_MAYBE),
    category_sources=_list(_or_null(_thing(source=_words(*Source), confidence=_COUNT))),
    sources={"type": "object", "additionalProperties": _TEXT},
    conflicts=_list(_PROBLEM_ENTRY),
)
_ORDER_ROW = _thing(
    account=_TEXT,
    order_id=_TEXT,
    placed_on=_MAYBE_DAY,
    status=_TEXT,
    title=_TEXT,
    items=_COUNT,
    total=_or_null(ref("Money")),
    refunded=_or_null(ref("Money")),
)
_ACCOUNT = _thing(
    key=_TEXT,
    label=_TEXT,
    purpose=_TEXT,
    owner=_TEXT,
    home=_TEXT,
    colour=_TEXT,
    symbol=_TEXT,
    letters=_TEXT,
    business=_FLAG,
    organization=_MAYBE,
    status=_TEXT,
    marketplaces=_list(_TEXT),
    addresses=_list(_TEXT),
    cards=_list(_TEXT),
    customer_ids=_list(_TEXT),
    last_seen=_MAYBE_INSTANT,
    hex=_TEXT,
    ink=_TEXT,
)
_REASON = _thing(code=_TEXT, level=_words(*Level), text=_TEXT, advice=_TEXT, evidence=_list(_TEXT), source=_TEXT)
_SEEN_ACCOUNT = _thing(
    key=_MAYBE,
    label=_TEXT,
    purpose=_MAYBE,
    letters=_TEXT,
    colour=_TEXT,
    ink=_TEXT,
    symbol=_TEXT,
    certainty=_words("sure", "carried", "unknown"),
    customer_id=_MAYBE,
    registered=_FLAG,
)

SCHEMAS: Mapping[str, Schema] = MappingProxyType(
    {
        "Problem": _thing(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT, code=_TEXT),
        "Money": _thing(amount=_DECIMAL, currency=_TEXT),
        "Health": _thing(status=_words("ok"), version=_TEXT),
        "Hello": _thing(proof={"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        "Grant": _thing(token=_TEXT, client_id=_TEXT, server_id=_TEXT, proof_key=_TEXT, scopes=_list(_words(*Scope))),
        "PairingCode": _thing(code={"type": "string", "pattern": r"^\d{4}-\d{4}$"}, expires_at=_INSTANT),
        "Client": _thing(
            id=_TEXT,
            name=_TEXT,
            scopes=_list(_words(*Scope)),
            origin=_MAYBE,
            created_at=_INSTANT,
            last_used_at=_MAYBE_INSTANT,
            revoked_at=_MAYBE_INSTANT,
        ),
        "Clients": _page("Client"),
        "VisitReply": _thing(
            visit=_TEXT,
            account=_or_null(_SEEN_ACCOUNT),
            signed_in=_MAYBE_FLAG,
            kind=_words(*PageKind),
            marketplace=_MAYBE,
            verdict=_thing(verdict=_words(*Level), suggest=_MAYBE, suggest_label=_MAYBE, reasons=_list(_REASON)),
            captured=_or_null(_thing(state=_TEXT, new=_COUNT, changed=_COUNT, same=_COUNT, problems=_list(_PROBLEM_ENTRY))),
            events=_COUNT,
        ),
        "Decision": _thing(visit=_TEXT, reason=_TEXT, choice=_words(*Choice)),
        "Account": _ACCOUNT,
        "Accounts": _page("Account"),
        "Identity": _thing(
            customer_id=_TEXT,
            account=_MAYBE,
            greeting=_MAYBE,
            business=_FLAG,
            organization=_MAYBE,
            marketplace=_MAYBE,
            first_seen=_MAYBE_INSTANT,
            last_seen=_MAYBE_INSTANT,
        ),
        "Identities": _page("Identity"),
        "AccountOverview": _thing(
            account=ref("Account"),
            month=_list(ref("Money")),
            year=_list(ref("Money")),
            orders=_COUNT,
            alerts=_COUNT,
            last_order_on=_MAYBE_DAY,
        ),
        "Overview": _page("AccountOverview"),
        "Order": _ORDER,
        "OrderRow": _ORDER_ROW,
        "Orders": _thing(items={"anyOf": [_list(ref("Order")), _list(ref("OrderRow"))]}, next=_MAYBE, total=_COUNT),
        "Expense": _thing(account=_TEXT, purpose=_TEXT, month=_TEXT, currency=_TEXT, orders=_COUNT, spent=_DECIMAL, refunded=_DECIMAL),
        "Expenses": _page("Expense"),
        "Alert": _thing(
            id=_COUNT,
            at=_INSTANT,
            account=_MAYBE,
            code=_TEXT,
            level=_words(*Level),
            text=_TEXT,
            advice=_TEXT,
            evidence=_list(_TEXT),
            source=_TEXT,
            url=_MAYBE,
            choice=_MAYBE,
            dismissed_at=_MAYBE_INSTANT,
        ),
        "Alerts": _page("Alert"),
        "Reminder": _thing(due=_DAY, account=_TEXT, order_id=_TEXT, what=_TEXT, title=_TEXT),
        "Reminders": _page("Reminder"),
        "Import": _thing(
            id=_COUNT,
            name=_TEXT,
            kind=_TEXT,
            account=_MAYBE,
            at=_INSTANT,
            state=_words("read", "parked", "failed"),
            new=_COUNT,
            changed=_COUNT,
            same=_COUNT,
            problems=_list(_PROBLEM_ENTRY),
        ),
        "Imports": _page("Import"),
        "Rule": {
            **_thing(id={"type": "integer"}, type=_TEXT, text=_TEXT, since=_DAY, learned_from=_MAYBE, contradictions=_list(_TEXT)),
            "additionalProperties": True,
        },
        "RulePreview": _thing(
            text=_TEXT,
            orders=_COUNT,
            warned={"type": "object", "additionalProperties": _COUNT},
            silenced={"type": "object", "additionalProperties": _COUNT},
            examples=_list(_thing(account=_TEXT, order_id=_TEXT, on=_DAY, title=_TEXT, text=_TEXT)),
            contradictions=_list(_TEXT),
        ),
        "Habit": _thing(
            kind=_words("item", "seller", "category"), name=_TEXT, title=_TEXT, account=_TEXT, times=_COUNT, last=_DAY, warns=_FLAG
        ),
        "Habits": _page("Habit"),
        "Rules": _page("Rule"),
        "Term": _thing(
            id=_COUNT,
            kind=_words(*TermKind),
            account=_MAYBE,
            what=_TEXT,
            on=_MAYBE_DAY,
            until=_MAYBE_DAY,
            details={"type": "object"},
            by_hand=_FLAG,
            seen_at=_MAYBE_INSTANT,
        ),
        "Terms": _page("Term"),
        "Format": _thing(name=_TEXT, description=_TEXT, suffix=_TEXT),
        "Formats": _page("Format"),
        "Event": _thing(id=_COUNT, kind=_words(*EventKind), at=_INSTANT, data={"type": "object"}),
        "OpenApi": {"type": "object"},
    }
)
