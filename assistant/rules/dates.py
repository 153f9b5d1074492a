"""Dates that matter soon, for all accounts; looked at once a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.domain.verdicts import Reason
from assistant.rules.base import NOTICE, cited, title
from assistant.rules.facts import Fact
from assistant.rules.muting import muted
from assistant.rules.privacy import privacy
from assistant.rules.situation import Situation, alive, cancelled

_CLAIM_DAYS = 90
_REFUND_DAYS, _WORKING_DAYS = 3, 5
_LONGEST_REFUND = timedelta(days=14)
_SETTLED = frozenset({"paid", "settled", "cancelled", "canceled"})


def return_window(situation: Situation) -> Iterator[Reason]:
    """A return window ends soon, by the date on the order."""
    for order in _daily(situation, "order"):
        until = order.day("return_until") or order.day("return_by")
        if not situation.soon(until, situation.thresholds.reminder_days["return_window"]) or not alive(order):
            continue
        if not muted(situation, "RETURN_WINDOW_SOON", order.text("asin")):
            text = f"{_thing(situation, order)} can be returned until {until}."
            yield _date("RETURN_WINDOW_SOON", "P24", text, "Decide whether it stays.", _on(situation, order))


def trial_ends(situation: Situation) -> Iterator[Reason]:
    """A free trial turns into a paid membership soon."""
    for entry in _daily(situation, "membership"):
        ends = entry.day("to")
        runs_on = entry.text("plan") == "trial" and entry.flag("auto_renew") is not False
        if runs_on and situation.soon(ends, situation.thresholds.reminder_days["trial_end"]):
            service = (entry.text("service") or "a membership").replace("-", " ")
            text = f"The free trial of {service} ends on {ends} and goes on paid."
            yield _date("TRIAL_ENDS_SOON", "P11", text, "Cancel it before, if you do not want it.", _on(situation, entry))


def payment_due(situation: Situation) -> Iterator[Reason]:
    """An instalment is due soon."""
    for entry in _daily(situation, "instalment"):
        due = entry.day("due")
        settled = entry.flag("paid") or entry.text("state") in _SETTLED
        if not settled and situation.soon(due, situation.thresholds.reminder_days["payment_due"]):
            amount = f"{entry.text('amount') or 'An instalment'} {entry.text('currency') or ''}".strip()
            text = f"{amount} of a Monthly Payments plan is due on {due}."
            yield _date("PAYMENT_DUE_SOON", "P15", text, "See that the card can be charged.", _on(situation, entry))


def claim_window(situation: Situation) -> Iterator[Reason]:
    """An order of another seller is late or wrong, and a claim is still possible."""
    for order in _daily(situation, "order"):
        promised = order.day("latest_delivery")
        if promised is None or not _of_another_seller(order) or order.text("kind") == "digital" or order.flag("chargeback"):
            continue
        waiting = order.text("state") not in ("delivered", "returned") and not cancelled(order)
        if (waiting or order.has("problem")) and _past(situation, promised):
            text = f"{_thing(situation, order)} is late or wrong, and a claim is possible for 90 days after {promised}."
            yield _date("AZ_CLAIM_WINDOW", "P25", text, "Write to the seller, wait 48 hours, then claim.", _on(situation, order))


def prime_refund(situation: Situation) -> Iterator[Reason]:
    """Prime was charged; it is refunded in full within three business days."""
    for entry in _daily(situation, "membership"):
        charged = entry.day("charged_on") or entry.day("charged_at")
        if entry.text("service") != "prime" or charged is None or situation.today is None:
            continue
        gone = situation.today - charged
        if timedelta(0) <= gone <= _LONGEST_REFUND and _working_days(charged, gone.days) <= _REFUND_DAYS:
            text = f"Prime was charged on {charged}."
            advice = "Cancelled within three business days it is refunded in full."
            yield _date("PRIME_REFUND_WINDOW", "P26", text, advice, _on(situation, entry))


def _daily(situation: Situation, kind: str) -> Iterator[Fact]:
    return situation.past(kind) if situation.page == "daily_tick" else iter(())


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


def _date(code: str, clause: str, text: str, advice: str, evidence: str) -> Reason:
    return Reason(code=code, level=NOTICE, text=text, advice=advice, group="date", evidence=(evidence,), source=cited(clause))


RULES = (return_window, trial_ends, payment_due, claim_window, prime_refund)
