"""Reminders as a calendar file (RFC 5545): an all-day event per date, with an alarm in the morning of the day before.

An event keeps its UID, so importing a newer file moves a date that changed instead of adding another event.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import IO

from assistant.domain.due_dates import Due, DueKind
from assistant.domain.languages.translating import to_translate, translated

_NAMED = {
    DueKind.PAYMENT: "payment is due",
    DueKind.SUBSCRIPTION: "subscription is delivered",
    DueKind.TRIAL: "free trial goes on paid",
    DueKind.MEMBERSHIP: "membership renews",
    DueKind.COUPON: "coupon ends",
    DueKind.CODE: "code ends",
    DueKind.RETURN: "last day to return",
}
"""Parts of the UIDs in calendars that people have imported: they never change, whatever the language."""
_ALARM = timedelta(hours=-15)
"""From midnight at the start of the day: nine in the morning of the day before."""


class ReminderCalendar:
    """The calendar file as a format of `shopper export`; it is written from reminders, not from the books."""

    name = "reminders"
    description = to_translate("calendar file with return windows, trials, renewals, payments and deliveries")
    audience = to_translate("Google Calendar, Apple Calendar, Outlook, Thunderbird")
    keeps = to_translate("days, what is due, titles, accounts, order numbers; ids that move an event when its date moves")
    loses = to_translate("amounts; dates that no page showed")
    suffix = ".ics"


def write_calendar(due: Iterable[Due], labels: Mapping[str, str], now: datetime, stream: IO[bytes]) -> None:
    """Write dates as events. `labels` are the names of the accounts by key, `now` the time that the file is written."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415  # slow to import, and only this format needs it

    calendar = Calendar()
    for name, value in (("prodid", "-//Shopper//Reminders//EN"), ("version", "2.0"), ("x-wr-calname", "Shopper")):
        calendar.add(name, value)
    seen: dict[str, int] = {}
    for each in due:
        event, alarm = Event(), Alarm()
        label = labels.get(each.account, each.account)
        summary = f"{each.what[:1].upper()}{each.what[1:]}: {each.title}"
        event.add("uid", _uid(each, seen))
        event.add("dtstamp", now)
        event.add("dtstart", each.due)
        event.add("dtend", each.due + timedelta(days=1))
        event.add("summary", f"{summary} ({label})" if label else summary)
        event.add(
            "description",
            "\n".join(
                filter(
                    None,
                    (
                        translated("Account: {name}", name=label) if label else "",
                        translated("Order: {number}", number=each.number) if each.number else "",
                    ),
                )
            ),
        )
        event.add("categories", [label or "Shopper"])
        event.add("transp", "TRANSPARENT")
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", _ALARM)
        event.add_component(alarm)
        calendar.add_component(event)
    stream.write(calendar.to_ical())


def _uid(due: Due, seen: dict[str, int]) -> str:
    """Return the id of an event. Equal dates in one file are numbered, so that none replaces another."""
    parts = (due.account, _NAMED[due.kind], due.number, due.title, due.due.isoformat() if due.recurs else "")
    found = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    seen[found] = seen.get(found, 0) + 1
    return f"{found}-{seen[found]}@shopper" if seen[found] > 1 else f"{found}@shopper"
