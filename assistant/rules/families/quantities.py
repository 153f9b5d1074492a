"""Quantity limits that a page states: on this account alone, or with the other accounts of the person or home."""

from assistant.domain.judging.situation import JudgedItem, Limit, Party, PastOrder
from assistant.domain.judging.verdict import Message, said
from assistant.rules.base import BLOCK, NOTICE, WARN, AfterPurchase, Findings, asked_of_buyer, quiet, title
from assistant.rules.case import Case
from assistant.rules.families.privacy import NEVER, hidden
from assistant.rules.muting import muted
from assistant.rules.policy_citations import policy

_LEVELS = {"customer": BLOCK, "household": WARN}
_MOST_TOLD = 3


def quantity(case: Case, active: Party) -> Findings:
    """Warn if there are more units than the page allows, on this account alone or with others. Only one of the two per item."""
    wanted: dict[str, list[JudgedItem]] = {}
    for number, item in enumerate(case.items):
        wanted.setdefault(item.asin or f"line {number}", []).append(item)
    for asin, same in wanted.items():
        limit = next((item.limit for item in same if item.limit), None)
        if limit is None:
            yield quiet("no_limit", title=title(same[0]))
            continue
        ordering = sum(item.quantity for item in same)
        alone = ordering + _units(_bought(case, same[0], [active]))
        if alone <= limit.most:
            yield from _together(case, same[0], ordering, limit)
        elif not muted(case, "QTY_LIMIT_ACCOUNT", asin):
            message = said("QTY_LIMIT_ACCOUNT", limit=limit.most, title=title(same[0]), units=alone)
            yield policy(case, "QTY_LIMIT_ACCOUNT", NOTICE, message, said("evidence.limit", limit=limit.most), quote=limit.text)


def _together(case: Case, item: JudgedItem, ordering: int, limit: Limit) -> Findings:
    """Warn if only the sum over the accounts in the limit's scope exceeds it; an unknown scope never stops the click."""
    scope = limit.scope if limit.scope in _LEVELS else None
    fits = case.same_home if scope == "household" else case.same_owner
    bought = _bought(case, item, [party for party in case.accounts.values() if fits(party)])
    units = ordering + _units(bought)
    per = said(f"parts.limit_per_{scope}", limit=limit.most) if scope else said("parts.limit", limit=limit.most)
    if limit.scope == "account" or units <= limit.most:
        yield quiet("within_limit", title=title(item), limit=limit.most)
    elif not muted(case, "QTY_LIMIT_AGGREGATE", item.asin):
        yield policy(
            case,
            "QTY_LIMIT_AGGREGATE",
            _LEVELS.get(scope or "", NOTICE),
            said("QTY_LIMIT_AGGREGATE" if scope else "QTY_LIMIT_AGGREGATE.unknown", limit=per, title=title(item), units=units),
            said("evidence.limited", limit=per),
            *_orders_shown(case, bought),
            quote=limit.text,
        )


def _bought(case: Case, item: JudgedItem, accounts: list[Party]) -> list[tuple[PastOrder, Party]]:
    """Return earlier orders, including returned ones, without cancelled ones and other people's private ones."""
    found = [(order, case.party(order.account)) for order in case.orders_of(item) if not order.cancelled]
    return [(order, party) for order, party in found if party is not None and party in accounts and hidden(case, order, party) != NEVER]


def _units(bought: list[tuple[PastOrder, Party]]) -> int:
    return sum(order.quantity for order, _ in bought)


def _orders_shown(case: Case, bought: list[tuple[PastOrder, Party]]) -> list[Message]:
    """Return the orders that are not private to somebody else."""
    plain = [(order, party) for order, party in bought if hidden(case, order, party) is None]
    return [said("evidence.units_on", units=order.quantity, account=party.label, day=order.day) for order, party in plain if order.day][
        :_MOST_TOLD
    ]


RULES = (asked_of_buyer("QTY_LIMIT_ACCOUNT", "QTY_LIMIT_AGGREGATE", look=quantity, changed_by=(), afterwards=AfterPurchase.NOTHING),)
