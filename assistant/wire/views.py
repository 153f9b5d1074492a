"""What screens, command line and HTTP show: pages of rows, sums and warnings as JSON and back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from assistant.domain.categories import Filed, Source
from assistant.domain.judging.verdict import Level
from assistant.domain.money import Money
from assistant.domain.views import AccountOverview, Alert, Charge, Due, ExpenseRow, Heeding, Misplaced, OrderRow, OrderView, Page, Told
from assistant.wire.accounts import account_from_json, account_json
from assistant.wire.orders import order_from_json, order_json, problem_from_json, problem_json, transaction_from_json, transaction_json
from assistant.wire.verdicts import links_from_json, links_json

T = TypeVar("T")


def page_json(page: Page[T], entry: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    """Return a part of a list: {"items", "next", "total"}."""
    return {"items": [entry(item) for item in page.items], "next": page.next, "total": page.total}


def page_from_json(data: Mapping[str, Any], entry: Callable[[Mapping[str, Any]], T]) -> Page[T]:
    """Read a part of a list back."""
    return Page(items=tuple(entry(item) for item in data["items"]), next=data["next"], total=data["total"])


def money_json(money: Money | None) -> dict[str, str] | None:
    """Return an amount: {"amount": "19.49", "currency": "USD"}."""
    return None if money is None else {"amount": money.decimal, "currency": money.currency}


def money_from_json(data: Mapping[str, str] | None) -> Money | None:
    """Read an amount back."""
    return None if data is None else Money.of(data["amount"], data["currency"])


def row_json(row: OrderRow) -> dict[str, Any]:
    """Return one line of an order list."""
    return {
        "account": row.account,
        "order_id": row.number,
        "placed_on": _iso(row.placed_on),
        "status": row.status,
        "title": row.title,
        "items": row.items,
        "total": money_json(row.total),
        "refunded": money_json(row.refunded),
        "held": row.held,
    }


def row_from_json(data: Mapping[str, Any]) -> OrderRow:
    """Read one line of an order list back."""
    return OrderRow(
        account=data["account"],
        number=data["order_id"],
        placed_on=_day(data["placed_on"]),
        status=data["status"],
        title=data["title"],
        items=data["items"],
        total=money_from_json(data["total"]),
        refunded=money_from_json(data["refunded"]),
        held=data["held"],
    )


def view_json(view: OrderView) -> dict[str, Any]:
    """Return an order as the contract writes it, with its account; a line's category and purpose stand beside the items."""
    return {
        **order_json(view.order),
        "account": view.account,
        "cost": view.cost.decimal if view.cost else None,
        "refunded": view.refunded.decimal if view.refunded else None,
        "purposes": list(view.purposes),
        "categories": list(view.categories),
        "category_sources": [{"source": entry.source.value, "confidence": entry.confidence} if entry else None for entry in view.filed],
        "sources": dict(view.sources),
        "conflicts": [problem_json(conflict) for conflict in view.conflicts],
        "quarantine": [problem_json(doubt) for doubt in view.quarantine],
        "told": [{"field": entry.field, "name": entry.name, "said": list(entry.said)} for entry in view.told],
        "charges": [{**transaction_json(charge.entry), "share": money_json(charge.share)} for charge in view.charges],
    }


def view_from_json(data: Mapping[str, Any]) -> OrderView:
    """Read an order with everything known back."""
    return OrderView(
        account=data["account"],
        order=order_from_json(data),
        purposes=tuple(data["purposes"]),
        categories=tuple(data["categories"]),
        filed=tuple(
            Filed(category=category, source=Source(said["source"]), confidence=said["confidence"]) if category and said else None
            for category, said in zip(data["categories"], data["category_sources"], strict=True)
        ),
        sources=dict(data["sources"]),
        cost=_in_currency(data["cost"], data),
        refunded=_in_currency(data["refunded"], data),
        conflicts=tuple(problem_from_json(conflict) for conflict in data["conflicts"]),
        quarantine=tuple(problem_from_json(doubt) for doubt in data["quarantine"]),
        told=tuple(Told(field=entry["field"], name=entry["name"], said=tuple(entry["said"])) for entry in data["told"]),
        charges=tuple(Charge(entry=transaction_from_json(entry), share=money_from_json(entry["share"])) for entry in data["charges"]),
    )


def _in_currency(amount: str | None, data: Mapping[str, Any]) -> Money | None:
    return None if amount is None else Money.of(amount, data["currency"] or "XXX")


def expense_json(row: ExpenseRow) -> dict[str, Any]:
    """Return what one account spent for one purpose in one month and currency."""
    return {
        "account": row.account,
        "purpose": row.purpose,
        "month": row.month,
        "currency": row.currency,
        "orders": row.orders,
        "spent": row.spent.decimal,
        "refunded": row.refunded.decimal,
        "net": row.net.decimal,
        "gaps": list(row.gaps),
    }


def expense_from_json(data: Mapping[str, Any]) -> ExpenseRow:
    """Read a sum back."""
    currency = data["currency"]
    return ExpenseRow(
        account=data["account"],
        purpose=data["purpose"],
        month=data["month"],
        currency=currency,
        orders=data["orders"],
        spent=Money.of(data["spent"], currency),
        refunded=Money.of(data["refunded"], currency),
        gaps=tuple(data["gaps"]),
    )


def overview_json(overview: AccountOverview) -> dict[str, Any]:
    """Return an account with what happened lately."""
    return {
        "account": account_json(overview.account),
        "month": [money_json(money) for money in overview.month],
        "year": [money_json(money) for money in overview.year],
        "orders": overview.orders,
        "alerts": overview.alerts,
        "last_order_on": _iso(overview.last_order_on),
        "gaps": list(overview.gaps),
    }


def overview_from_json(data: Mapping[str, Any]) -> AccountOverview:
    """Read an overview back."""
    return AccountOverview(
        account=account_from_json(data["account"]),
        month=tuple(Money.of(money["amount"], money["currency"]) for money in data["month"]),
        year=tuple(Money.of(money["amount"], money["currency"]) for money in data["year"]),
        orders=data["orders"],
        alerts=data["alerts"],
        last_order_on=_day(data["last_order_on"]),
        gaps=tuple(data["gaps"]),
    )


def alert_json(alert: Alert) -> dict[str, Any]:
    """Return a warning."""
    return {
        "id": alert.id,
        "at": alert.at.isoformat(),
        "account": alert.account,
        "code": alert.code,
        "level": alert.level.value,
        "text": alert.text,
        "advice": alert.advice,
        "evidence": list(alert.evidence),
        "source": alert.source,
        "url": alert.url,
        "choice": alert.choice,
        "dismissed_at": _iso(alert.dismissed_at),
        "links": links_json(alert.links),
        "order_id": alert.order,
        "afterwards": alert.afterwards,
    }


def alert_from_json(data: Mapping[str, Any]) -> Alert:
    """Read a warning back."""
    dismissed = data["dismissed_at"]
    return Alert(
        id=data["id"],
        at=datetime.fromisoformat(data["at"]),
        account=data["account"],
        code=data["code"],
        level=Level(data["level"]),
        text=data["text"],
        advice=data["advice"],
        evidence=tuple(data["evidence"]),
        source=data["source"],
        url=data["url"],
        choice=data["choice"],
        dismissed_at=datetime.fromisoformat(dismissed) if dismissed else None,
        links=links_from_json(data["links"]),
        order=data["order_id"],
        afterwards=data["afterwards"],
    )


def misplaced_json(entry: Misplaced) -> dict[str, Any]:
    """Return an earlier purchase that looks misplaced."""
    return {
        "account": entry.account,
        "order_id": entry.number,
        "placed_on": entry.placed_on.isoformat(),
        "code": entry.code,
        "text": entry.text,
        "suggest": entry.suggest,
    }


def misplaced_from_json(data: Mapping[str, Any]) -> Misplaced:
    """Read an earlier purchase that looks misplaced back."""
    return Misplaced(
        account=data["account"],
        number=data["order_id"],
        placed_on=date.fromisoformat(data["placed_on"]),
        code=data["code"],
        text=data["text"],
        suggest=data["suggest"],
    )


def heeding_json(entry: Heeding) -> dict[str, Any]:
    """Return what became of the warnings of one rule."""
    return asdict(entry)


def heeding_from_json(data: Mapping[str, Any]) -> Heeding:
    """Read back what became of the warnings of one rule."""
    return Heeding(**data)


def due_json(entry: Due) -> dict[str, Any]:
    """Return a date that matters soon."""
    return {"due": entry.due.isoformat(), "account": entry.account, "order_id": entry.number, "what": entry.what, "title": entry.title}


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
