"""Upcoming dates of all accounts, checked once a day."""

import re
from datetime import date, timedelta

from assistant.domain.judging.situation import PastInstalment, PastOrder
from assistant.domain.judging.verdict import Message, Origin, Param, Reason, said
from assistant.rules.amounts import stated
from assistant.rules.base import NOTICE, Findings, asked_on, quiet, title
from assistant.rules.case import Case
from assistant.rules.families.privacy import privacy
from assistant.rules.matching.service_names import shown_service
from assistant.rules.muting import muted
from assistant.rules.policy_citations import cited

_DAILY = frozenset({"daily_tick"})
_CLAIM_DAYS = 90
_REFUND_DAYS, _WORKING_DAYS = 3, 5
_LONGEST_REFUND = timedelta(days=14)
_CARD_SPARE, _LAST_DAY, _MONTH = timedelta(days=20), date.max - timedelta(days=20), re.compile(r"[0-9]{4}-[01][0-9]")


def return_window(case: Case) -> Findings:
    """Warn if a return window ends soon, by the date on the order."""
    days = case.thresholds.reminder_days["return_window"]
    for order in case.history.orders:
        until = order.return_until
        if until is None or muted(case, "RETURN_WINDOW_SOON", order.asin):
            continue
        if not case.soon(until, days) or not order.kept:
            yield quiet("return_not_soon", thing=_thing(case, order), day=until, days=days)
            continue
        yield _date(case, "RETURN_WINDOW_SOON", said("RETURN_WINDOW_SOON", thing=_thing(case, order), day=until), order.account)


def trial_ends(case: Case) -> Findings:
    """Warn if a free trial turns into a paid membership soon."""
    days = case.thresholds.reminder_days["trial_end"]
    for entry in case.history.memberships:
        service = shown_service(entry.service) if entry.service else said("parts.a_membership")
        if entry.plan != "trial" or entry.auto_renew is False or entry.ends is None or not case.soon(entry.ends, days):
            yield quiet("no_trial_ends", service=service, days=days)
            continue
        yield _date(case, "TRIAL_ENDS_SOON", said("TRIAL_ENDS_SOON", service=service, day=entry.ends), entry.account)


def payment_due(case: Case) -> Findings:
    """Warn if an instalment is due soon, or the card of a plan expires before its last one can be charged."""
    days = case.thresholds.reminder_days["payment_due"]
    for entry in case.history.instalments:
        if entry.settled:
            yield quiet("instalment_settled")
        elif entry.due is not None and case.soon(entry.due, days):
            amount = stated(entry.amount, entry.currency) if entry.amount is not None else said("parts.an_instalment")
            yield _date(case, "PAYMENT_DUE_SOON", said("PAYMENT_DUE_SOON", amount=amount, day=entry.due), entry.account)
        elif _card_too_short(case, entry):
            yield _date(case, "PAYMENT_DUE_SOON", said("PAYMENT_DUE_SOON.card"), entry.account)
        else:
            yield quiet("instalment_not_soon", days=days)


def claim_window(case: Case) -> Findings:
    """Warn if an order of another seller is late or wrong, and a claim is still possible."""
    for order in case.history.orders:
        promised = order.latest_delivery
        if promised is None or not _of_another_seller(order) or order.digital or order.chargeback:
            continue
        waiting = order.state not in ("delivered", "returned") and not order.cancelled
        if (waiting or order.problem) and _past(case, promised):
            message = said("AZ_CLAIM_WINDOW", thing=_thing(case, order), day=promised, days=_CLAIM_DAYS)
            yield _date(case, "AZ_CLAIM_WINDOW", message, order.account)
        else:
            yield quiet("no_claim", thing=_thing(case, order), day=promised, days=_CLAIM_DAYS)


def prime_refund(case: Case) -> Findings:
    """Warn if Prime was charged within the three business days in which it is refunded in full."""
    for entry in case.history.memberships:
        charged = entry.charged_on
        if entry.service != "prime" or charged is None or case.today is None:
            continue
        gone = case.today - charged
        if timedelta(0) <= gone <= _LONGEST_REFUND and _working_days(charged, gone.days) <= _REFUND_DAYS:
            yield _date(case, "PRIME_REFUND_WINDOW", said("PRIME_REFUND_WINDOW", day=charged), entry.account)
        else:
            yield quiet("prime_charged_before", day=charged)


def _card_too_short(case: Case, entry: PastInstalment) -> bool:
    """Return whether the card, valid until the end of its month, expires less than 20 days after the last instalment."""
    month, last = entry.card_expires or "", entry.last_due
    ahead = last is not None and case.today is not None and case.today <= last <= _LAST_DAY
    return last is not None and ahead and bool(_MONTH.fullmatch(month)) and month < (last + _CARD_SPARE).isoformat()[:7]


def _of_another_seller(order: PastOrder) -> bool:
    """Return whether a third party sold it; if no source says so, a noted problem suggests it."""
    if order.third_party is not None:
        return order.third_party
    seller = (order.seller or "").lower()
    return not seller.startswith("amazon") if seller else order.problem


def _past(case: Case, promised: date) -> bool:
    return case.today is not None and promised < case.today and case.within(promised, _CLAIM_DAYS)


def _working_days(start: date, days: int) -> int:
    return sum((start + timedelta(days=step)).weekday() < _WORKING_DAYS for step in range(1, days + 1))


def _thing(case: Case, order: PastOrder) -> Param:
    """Return the name of an order; private orders stay anonymous, because anybody may look at the reminders."""
    party = case.party(order.account)
    private = party is not None and privacy(case, order, party) is not None
    return said("parts.title", title=title(order)) if order.title is not None and not private else said("parts.an_order")


def _date(case: Case, code: str, message: Message, account: str | None) -> Reason:
    party = case.party(account)
    where = said("evidence.on_account", account=party.label) if party else said("evidence.on_unregistered")
    source = cited(code, case.today)
    return Reason(code=code, level=NOTICE, group="date", said=message, evidence=(where,), origin=Origin.TERMS, source=source)


RULES = (
    asked_on(_DAILY, "RETURN_WINDOW_SOON", look=return_window),
    asked_on(_DAILY, "TRIAL_ENDS_SOON", look=trial_ends),
    asked_on(_DAILY, "PAYMENT_DUE_SOON", look=payment_due),
    asked_on(_DAILY, "AZ_CLAIM_WINDOW", look=claim_window),
    asked_on(_DAILY, "PRIME_REFUND_WINDOW", look=prime_refund),
)
