"""The outbox: events are stored with the change that they report."""

import pytest

from assistant.domain.events import EventKind
from assistant.storage.outbox import Outbox
from assistant.storage.tables import OutboxRow


def tell(services, *kinds, commit=True):
    with services.database.writing() as work:
        for kind in kinds:
            work.tell(kind, n=kind.value)
        if commit:
            work.commit()


def test_events_are_read_in_order_after_an_id(services):
    outbox = Outbox(services.database)
    start = outbox.latest()
    first, second = list(EventKind)[:2]
    tell(services, first, second)
    events = outbox.after(start)
    assert [event.kind for event in events] == [first, second]
    assert [event.kind for event in outbox.after(events[0].id)] == [second]
    assert [event.kind for event in outbox.after(start, limit=1)] == [first]
    assert outbox.latest() == events[1].id


def test_an_event_without_its_commit_is_never_sent(services):
    outbox = Outbox(services.database)
    start = outbox.latest()
    tell(services, next(iter(EventKind)), commit=False)
    assert (outbox.latest(), outbox.after(start)) == (start, [])


@pytest.mark.parametrize("kind", ["told-by-a-newer-version", ""])
def test_a_kind_of_a_newer_version_is_left_out(services, kind):
    outbox = Outbox(services.database)
    start = outbox.latest()
    known = next(iter(EventKind))
    with services.database.writing() as work:
        work.session.add(OutboxRow(kind=kind, at=services.clock().isoformat(), data={}))
        work.tell(known)
        work.commit()
    assert [event.kind for event in outbox.after(start)] == [known]
