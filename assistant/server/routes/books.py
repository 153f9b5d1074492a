"""The books: entries by filter, open questions, splits, and claims between accounts."""

import io

from aiohttp import web

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Scope
from assistant.domain.rows.row_facts import claim_facts, question_facts
from assistant.server import keys
from assistant.server.listing import (
    CURSOR,
    FILTERS,
    LIMIT,
    OFFSET,
    PART,
    SEARCH,
    cursor_of,
    filter_of,
    limit_of,
    offset_of,
    searched,
    whole,
)
from assistant.server.routing import Call, Route
from assistant.server.threads import Lane
from assistant.services.books.splits import WantedSplit
from assistant.wire.books import ClaimJson, EntryJson, MonthlySettlementJson, QuestionJson, SettleBody, SplitBody
from assistant.wire.orders import OrderViewJson
from assistant.wire.shape import PageJson

_PDF = "application/pdf"


def books(call: Call) -> PageJson[EntryJson]:
    """List entries, oldest first."""
    page = call.services.books.page(filter_of(call), cursor=cursor_of(call), offset=offset_of(call), limit=limit_of(call))
    return PageJson.of(page, EntryJson)


def questions(call: Call) -> PageJson[QuestionJson]:
    """List open questions, largest amounts first."""
    found = filter_of(call)
    # The other words of the filter are about the questions, not about the entries behind them.
    asked = call.services.books.questions(Filter(accounts=found.accounts, since=found.since, until=found.until))
    return whole(call, [QuestionJson.of(entry) for entry in searched(call, asked, question_facts, "questions")])


def split(call: Call) -> OrderViewJson:
    """Share an order or an item; return the order with its entries."""
    account, number, body = call.path["account"], call.path["number"], call.body
    wanted = WantedSplit(parts=body.parts, item=body.item, new_purpose=body.new_purpose, repeat=body.repeat, seen=body.seen)
    call.services.splits.split(account, number, wanted)
    return OrderViewJson.of(call.services.ledger.order(account, number))


def claims(call: Call) -> PageJson[ClaimJson]:
    """List open and settled claims, newest first."""
    return whole(call, [ClaimJson.of(claim) for claim in searched(call, call.services.claims.all(), claim_facts, "claims")])


def settlement_months(call: Call) -> PageJson[MonthlySettlementJson]:
    """List what accounts owe each other in all, month by month, newest first."""
    return whole(call, [MonthlySettlementJson.of(month) for month in call.services.claims.months()])


def settle(call: Call) -> PageJson[ClaimJson]:
    """Settle claims; return those that were open."""
    body: SettleBody = call.body
    if (body.ids is None) == (body.month is None):
        raise InvalidInput(translated("Name the claims to settle, or a month like 2025-03."))
    if body.month is not None and body.amount is not None:
        raise InvalidInput(translated("An amount settles a part of one claim. Name the claim instead of the month."))
    claims = call.services.claims
    settled = claims.settle_month(body.month) if body.month is not None else claims.settle(body.ids or (), body.amount)
    return whole(call, [ClaimJson.of(claim) for claim in settled])


async def claim_report(request: web.Request, call: Call) -> web.StreamResponse:
    """Write the open claims as PDF."""
    stream = io.BytesIO()
    await request.app[keys.THREADS].run(lambda: call.services.claims.report(stream), Lane.READ)
    return web.Response(body=stream.getvalue(), headers={"Content-Type": _PDF, "Content-Disposition": 'attachment; filename="claims.pdf"'})


ROUTES = (
    Route(
        method="GET",
        path="/books",
        about="Purchases, refunds and gift-card top-ups on the day they were paid, oldest first.",
        scope=Scope.FULL,
        run=books,
        query=(*FILTERS, CURSOR, OFFSET, LIMIT),
    ),
    Route(
        method="GET",
        path="/questions",
        about="Open questions of the books, largest amounts first, each with the command that answers it.",
        scope=Scope.FULL,
        run=questions,
        query=(*FILTERS, *PART),
    ),
    Route(
        method="PUT",
        path="/orders/{account}/{number}/split",
        about="Share an order, or one of its items, between purposes; refunds follow. Without parts, remove the split.",
        scope=Scope.FULL,
        run=split,
        body=SplitBody,
    ),
    Route(
        method="GET",
        path="/claims",
        about="What accounts owe each other, newest first.",
        scope=Scope.FULL,
        run=claims,
        query=(SEARCH, *PART),
    ),
    Route(
        method="GET",
        path="/claims/months",
        about="What accounts owe each other in all for each month, newest first; claims both ways are set off against each other.",
        scope=Scope.FULL,
        run=settlement_months,
        query=PART,
    ),
    Route(
        method="POST",
        path="/claims/settle",
        about="Settle open claims by id, or those of a month: all of them, or none if an id is unknown.",
        scope=Scope.FULL,
        run=settle,
        body=SettleBody,
    ),
    Route(
        method="GET",
        path="/claims/report",
        about="The open claims and the payments that settle them as PDF.",
        scope=Scope.FULL,
        stream=claim_report,
        media=_PDF,
    ),
)
