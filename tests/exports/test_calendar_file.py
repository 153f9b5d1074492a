"""Reminders as a calendar file, read back by icalendar."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from assistant.domain.due_dates import Due, DueKind
from assistant.exports.calendar_file import write_calendar

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
LAMP = Due(
    due=date(2026, 12, 31), account="biz", kind=DueKind.RETURN, what="last day to return", title='Größe XL; 万年筆, "2 m"', number="111-1"
)
PRIME = Due(due=date(2026, 12, 1), account="per", kind=DueKind.MEMBERSHIP, what="membership renews", title="Prime", recurs=True)


def events(*due):
    stream = io.BytesIO()
    write_calendar(due, {"biz": "Kim, Studio", "per": "Kim"}, NOW, stream)
    return Calendar.from_ical(stream.getvalue()).walk("VEVENT")


def uids(*due):
    return [str(event["uid"]) for event in events(*due)]


def test_each_date_is_an_all_day_event_with_its_account_and_an_alarm_the_day_before():
    lamp, prime = events(LAMP, PRIME)
    assert (lamp["dtstart"].dt, lamp["dtend"].dt, prime["dtstart"].dt) == (date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 1))
    assert str(lamp["summary"]) == 'Last day to return: Größe XL; 万年筆, "2 m" (Kim, Studio)'
    assert "Order: 111-1" in str(lamp["description"])
    assert [str(each) for each in prime["categories"].cats] == ["Kim"]
    (alarm,) = lamp.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-15)


def test_an_event_keeps_its_id_when_its_date_moves_and_a_recurring_one_has_one_per_day():
    assert uids(LAMP) == uids(replace(LAMP, due=date(2027, 1, 31)))
    assert uids(PRIME) != uids(replace(PRIME, due=date(2027, 1, 1)))
    assert uids(LAMP) != uids(replace(LAMP, account="per"))


def test_no_two_events_of_a_file_share_an_id():
    found = uids(LAMP, PRIME, LAMP, replace(PRIME, account="biz"))
    assert len(set(found)) == 4
