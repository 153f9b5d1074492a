"""`shopper export`: formats as files, and reminders as a calendar file."""

from icalendar import Calendar


def test_the_list_says_of_each_format_for_whom_it_is_what_it_keeps_and_what_it_cannot_carry(shopper):
    shown = shopper("export", "--list").out
    names = [line.split(" ")[0] for line in shown.splitlines() if not line.startswith(" ")]
    assert {"accountant-csv", "xlsx", "reminders"} <= set(names)
    assert [shown.count(said) for said in ("    for: ", "    keeps: ", "    cannot carry: ")] == [len(names)] * 3


def test_reminders_are_written_as_a_calendar_that_other_programs_read(shopper, tmp_path):
    target = tmp_path / "dates.ics"
    assert shopper("export", "reminders", "-o", target).code == 0
    assert Calendar.from_ical(target.read_bytes())["prodid"] == "-//Shopper//Reminders//EN"
    assert shopper("export", "reminders", "-o", "-").out.startswith("BEGIN:VCALENDAR")
    assert shopper("export", "reminders", "--account", "nobody", "-o", target).code == 3
