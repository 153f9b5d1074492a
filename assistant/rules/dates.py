"""Dates that matter soon; looked at once a day."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.domain.verdicts import Reason
from assistant.rules.base import NOTICE, cited
from assistant.rules.situation import Situation, alive

_CLAIM_DAYS = 90


def return_window(situation: Situation) -> Iterator[Reason]:
    """A return window ends soon, by the date on the order."""
    for order in situation.past("order") if situation.page == "daily_tick" else ():
        until = order.day("return_until") or order.day("return_by")
        if alive(order) and situation.soon(until, situation.thresholds.reminder_days["return_window"]):
            yield _date(
                "RETURN_WINDOW_SOON",
                "P24",
                f"'{order.text('title') or 'An order'}' can be returned until {until}.",
                "Decide whether it stays.",
            )


def trial_ends(situation: Situation) -> Iterator[Reason]:
    """A free trial turns into a paid membership soon."""
    for entry in situation.past("membership") if situation.page == "daily_tick" else ():
        ends = entry.day("to")
        runs_on = entry.text("plan") == "trial" and entry.flag("auto_renew") is not False
        if runs_on and situation.soon(ends, situation.thresholds.reminder_days["trial_end"]):
            service = entry.text("service") or "membership"
            yield _date(
                "TRIAL_ENDS_SOON",
                "P11",
                f"The free trial of {service} ends on {ends} and goes on paid.",
                "Cancel it before, if you do not want it.",
            )


def payment_due(situation: Situation) -> Iterator[Reason]:
    """An instalment is due soon."""
    for entry in situation.past("instalment") if situation.page == "daily_tick" else ():
        due = entry.day("due")
        if entry.flag("paid") is not True and situation.soon(due, situation.thresholds.reminder_days["payment_due"]):
            amount = f"{entry.text('amount') or 'An instalment'} {entry.text('currency') or ''}".strip()
            yield _date(
                "PAYMENT_DUE_SOON", "P15", f"{amount} of a Monthly Payments plan is due on {due}.", "See that the card can be charged."
            )


def claim_window(situation: Situation) -> Iterator[Reason]:
    """The time to claim for a late or wrong order of another seller ends soon."""
    for order in situation.past("order") if situation.page == "daily_tick" else ():
        promised = order.day("latest_delivery")
        if promised is None or not order.has("problem") or order.text("kind") == "digital" or not alive(order):
            continue
        last = promised + timedelta(days=_CLAIM_DAYS)
        if situation.soon(last, situation.thresholds.reminder_days["return_window"]):
            yield _date(
                "AZ_CLAIM_WINDOW",
                "P25",
                f"A claim for '{order.text('title') or 'an order'}' is possible until {last}.",
                "Contact the seller, then claim.",
            )


def prime_refund(situation: Situation) -> Iterator[Reason]:
    """Prime was charged; it is refunded in full within three business days."""
    for entry in situation.past("membership") if situation.page == "daily_tick" else ():
        charged = entry.day("charged_on")
        if entry.text("service") != "prime" or charged is None or situation.today is None or charged > situation.today:
            continue
        days = (charged + timedelta(days=step) for step in range(1, (situation.today - charged).days + 1))
        if sum(day.weekday() < 5 for day in days) <= 3:  # noqa: PLR2004  # three business days, Monday to Friday
            yield _date(
                "PRIME_REFUND_WINDOW",
                "P26",
                f"Prime was charged on {charged}.",
                "Cancelled within three business days it is refunded in full.",
            )


def _date(code: str, clause: str, text: str, advice: str) -> Reason:
    return Reason(code=code, level=NOTICE, text=text, advice=advice, group="date", source=cited(clause))


RULES = (return_window, trial_ends, payment_due, claim_window, prime_refund)
