"""Dates that matter soon, for all accounts; looked at once a day."""

import re
from datetime import date, timedelta

from assistant.domain.judging.verdict import Reason
from assistant.rules.base import NOTICE, Findings, Quiet, asked_on, title
from assistant.rules.facts import Fact
from assistant.rules.families.privacy import privacy
from assistant.rules.muting import muted
from assistant.rules.policy_citations import cited
from assistant.rules.situation import Situation, alive, cancelled

_DAILY = frozenset({"daily_tick"})
_CLAIM_DAYS = 90
_REFUND_DAYS, _WORKING_DAYS = 3, 5
_LONGEST_REFUND = timedelta(days=14)
_CARD_SPARE, _LAST_DAY, _MONTH = timedelta(days=20), date.max - timedelta(days=20), re.compile(r"[0-9]{4}-[01][0-9]")
_SETTLED = frozenset({"paid", "settled", "cancelled", "canceled"})


def return_window(situation: Situation) -> Findings:
    """Does a return window end soon, by the date on the order?"""
    days = situation.thresholds.reminder_days["return_window"]
    for order in situation.past("order"):
        until = order.day("return_until") or order.day("return_by")
        if until is None or muted(situation, "RETURN_WINDOW_SOON", order.text("asin")):
            continue
        if not situation.soon(until, days) or not alive(order):
            yield Quiet(f"{_thing(situation, order)}: {until} is not within {days} days, or it went back.")
            continue
        text = f"{_thing(situation, order)} can be returned until {until}."
        yield _date(situation, "RETURN_WINDOW_SOON", text, "Decide whether it stays.", _on(situation, order))


def trial_ends(situation: Situation) -> Findings:
    """Does a free trial turn into a paid membership soon?"""
    days = situation.thresholds.reminder_days["trial_end"]
    for entry in situation.past("membership"):
        ends, service = entry.day("to"), (entry.text("service") or "a membership").replace("-", " ")
        if entry.text("plan") != "trial" or entry.flag("auto_renew") is False or not situation.soon(ends, days):
            yield Quiet(f"{service}: no trial that goes on by itself within {days} days.")
            continue
        text = f"The free trial of {service} ends on {ends} and goes on paid."
        yield _date(situation, "TRIAL_ENDS_SOON", text, "Cancel it before, if you do not want it.", _on(situation, entry))


def payment_due(situation: Situation) -> Findings:
    """Is an instalment due soon, or does the card of a plan expire before its last one can be charged?"""
    days = situation.thresholds.reminder_days["payment_due"]
    for entry in situation.past("instalment"):
        due = entry.day("due")
        if entry.flag("paid") or entry.text("state") in _SETTLED:
            yield Quiet("An instalment is settled.")
            continue
        if situation.soon(due, days):
            amount = f"{entry.text('amount') or 'An instalment'} {entry.text('currency') or ''}".strip()
            text = f"{amount} of a Monthly Payments plan is due on {due}."
            yield _date(situation, "PAYMENT_DUE_SOON", text, "See that the card can be charged.", _on(situation, entry))
        elif _card_too_short(situation, entry):
            text = "The card of a Monthly Payments plan expires before its last instalment can be charged."
            yield _date(situation, "PAYMENT_DUE_SOON", text, "Choose a card that is valid longer.", _on(situation, entry))
        else:
            yield Quiet(f"An instalment is not due within {days} days.")


def claim_window(situation: Situation) -> Findings:
    """Is an order of another seller late or wrong, and a claim still possible?"""
    for order in situation.past("order"):
        promised = order.day("latest_delivery")
        if promised is None or not _of_another_seller(order) or order.text("kind") == "digital" or order.flag("chargeback"):
            continue
        waiting = order.text("state") not in ("delivered", "returned") and not cancelled(order)
        if (waiting or order.has("problem")) and _past(situation, promised):
            text = f"{_thing(situation, order)} is late or wrong, and a claim is possible for 90 days after {promised}."
            yield _date(situation, "AZ_CLAIM_WINDOW", text, "Write to the seller, wait 48 hours, then claim.", _on(situation, order))
        else:
            yield Quiet(f"{_thing(situation, order)}: it arrived, or {promised} is ahead or more than {_CLAIM_DAYS} days ago.")


def prime_refund(situation: Situation) -> Findings:
    """Was Prime charged within the three business days in which it is refunded in full?"""
    for entry in situation.past("membership"):
        charged = entry.day("charged_on") or entry.day("charged_at")
        if entry.text("service") != "prime" or charged is None or situation.today is None:
            continue
        gone = situation.today - charged
        if timedelta(0) <= gone <= _LONGEST_REFUND and _working_days(charged, gone.days) <= _REFUND_DAYS:
            text = f"Prime was charged on {charged}."
            advice = "Cancelled within three business days it is refunded in full."
            yield _date(situation, "PRIME_REFUND_WINDOW", text, advice, _on(situation, entry))
        else:
            yield Quiet(f"Prime was charged on {charged}; that is not within three business days.")


def _card_too_short(situation: Situation, entry: Fact) -> bool:
    """Whether the card, good until the end of its month, ends before the last instalment and 20 days after it."""
    month, last = (entry.text("card_expires") or "")[:7], entry.day("last_due")
    ahead = last is not None and situation.today is not None and situation.today <= last <= _LAST_DAY
    return last is not None and ahead and bool(_MONTH.fullmatch(month)) and month < (last + _CARD_SPARE).isoformat()[:7]


def _of_another_seller(order: Fact) -> bool:
    """Whether it was sold by somebody else than Amazon; where that is not said, a noted problem speaks for it."""
    said, seller = order.flag("third_party"), (order.text("seller") or "").strip().lower()
    if said is not None:
        return said
    return not seller.startswith("amazon") if seller else order.has("problem")


def _past(situation: Situation, promised: date) -> bool:
    return situation.today is not None and promised < situation.today and situation.within(promised, _CLAIM_DAYS)


def _working_days(start: date, days: int) -> int:
    return sum((start + timedelta(days=step)).weekday() < _WORKING_DAYS for step in range(1, days + 1))


def _thing(situation: Situation, order: Fact) -> str:
    """Return what an order is called; a private one keeps its name, for anybody may look at the reminders."""
    party = situation.party(order)
    private = party is not None and privacy(situation, order, party) is not None
    return f"'{title(order)}'" if order.has("title") and not private else "An order"


def _on(situation: Situation, entry: Fact) -> str:
    party = situation.party(entry)
    return f"on {party.label}" if party else "on an account that is not registered"


def _date(situation: Situation, code: str, text: str, advice: str, evidence: str) -> Reason:
    source = cited(code, situation.today)
    return Reason(code=code, level=NOTICE, text=text, advice=advice, group="date", evidence=(evidence,), source=source)


RULES = (
    asked_on(_DAILY, "RETURN_WINDOW_SOON")(return_window),
    asked_on(_DAILY, "TRIAL_ENDS_SOON")(trial_ends),
    asked_on(_DAILY, "PAYMENT_DUE_SOON")(payment_due),
    asked_on(_DAILY, "AZ_CLAIM_WINDOW")(claim_window),
    asked_on(_DAILY, "PRIME_REFUND_WINDOW")(prime_refund),
)
