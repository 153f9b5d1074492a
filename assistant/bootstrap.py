"""The only place that wires concrete parts together."""

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.amazon.version import reader_version
from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import LedgerUnusable
from assistant.settings import Settings
from assistant.storage.engine import Database
from assistant.storage.quarantine import readers_of_pages

if TYPE_CHECKING:
    from assistant.services.accounts import Accounts
    from assistant.services.afterwards import Afterwards
    from assistant.services.alerts import Alerts
    from assistant.services.coverage import Coverage
    from assistant.services.daily import Daily
    from assistant.services.events import Events
    from assistant.services.explaining import Explaining
    from assistant.services.exports import Exports
    from assistant.services.filing import Filing
    from assistant.services.habits import Habits
    from assistant.services.heeding import Heedings
    from assistant.services.ingest import Ingest
    from assistant.services.judgements import Judgements
    from assistant.services.ledger import Ledger
    from assistant.services.linking import Linking
    from assistant.services.pairing import Pairing
    from assistant.services.quarantine import Quarantine
    from assistant.services.reminders import Reminders
    from assistant.services.rereading import Rereading
    from assistant.services.rules import UserRules
    from assistant.services.terms import Terms
    from assistant.services.visits import Visits


class Services:
    """Everything the program can do, over one open ledger.

    Each service is loaded when it is first asked for, since a command needs one or two; what has several threads loads them all before.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over a ledger that is open and of today's schema."""
        self.database = database
        self._clock = clock

    @cached_property
    def accounts(self) -> "Accounts":
        from assistant.services.accounts import Accounts

        return Accounts(self.database, self._clock)

    @cached_property
    def ingest(self) -> "Ingest":
        from assistant.services.ingest import Ingest

        return Ingest(self.database, self._clock)

    @cached_property
    def ledger(self) -> "Ledger":
        from assistant.services.ledger import Ledger

        return Ledger(self.database, self._clock)

    @cached_property
    def visits(self) -> "Visits":
        from assistant.services.visits import Visits

        return Visits(self.database, self._clock, self.judgements)

    @cached_property
    def judgements(self) -> "Judgements":
        from assistant.services.judgements import Judgements

        return Judgements(self.database)

    @cached_property
    def alerts(self) -> "Alerts":
        from assistant.services.alerts import Alerts

        return Alerts(self.database, self._clock)

    @cached_property
    def afterwards(self) -> "Afterwards":
        from assistant.services.afterwards import Afterwards

        return Afterwards(self.database, self._clock)

    @cached_property
    def daily(self) -> "Daily":
        from assistant.services.daily import Daily

        return Daily(self.database, self._clock)

    @cached_property
    def heeding(self) -> "Heedings":
        from assistant.services.heeding import Heedings

        return Heedings(self.database, self.rules, self._clock)

    @cached_property
    def explaining(self) -> "Explaining":
        from assistant.services.explaining import Explaining

        return Explaining(self.database, self.judgements)

    @cached_property
    def linking(self) -> "Linking":
        from assistant.services.linking import Linking

        return Linking(self.database, self._clock)

    @cached_property
    def reminders(self) -> "Reminders":
        from assistant.services.reminders import Reminders

        return Reminders(self.database, self.ledger)

    @cached_property
    def rules(self) -> "UserRules":
        from assistant.services.rules import UserRules

        return UserRules(self.database, self._clock)

    @cached_property
    def habits(self) -> "Habits":
        from assistant.services.habits import Habits

        return Habits(self.database, self._clock)

    @cached_property
    def filing(self) -> "Filing":
        from assistant.services.filing import Filing

        return Filing(self.database)

    @cached_property
    def terms(self) -> "Terms":
        from assistant.services.terms import Terms

        return Terms(self.database, self._clock)

    @cached_property
    def pairing(self) -> "Pairing":
        from assistant.services.pairing import Pairing

        return Pairing(self.database, self._clock)

    @cached_property
    def events(self) -> "Events":
        from assistant.services.events import Events

        return Events(self.database)

    @cached_property
    def exports(self) -> "Exports":
        from assistant.services.exports import Exports

        return Exports(self.ledger, self.accounts)

    @cached_property
    def quarantine(self) -> "Quarantine":
        from assistant.services.quarantine import Quarantine

        return Quarantine(self.database)

    @cached_property
    def rereading(self) -> "Rereading":
        from assistant.services.rereading import Rereading

        return Rereading(self.database)

    @cached_property
    def coverage(self) -> "Coverage":
        from assistant.services.coverage import Coverage

        return Coverage(self.database, self._clock)

    def close(self) -> None:
        """Write down what still waits, and close the ledger."""
        if "visits" in vars(self):
            with suppress(LedgerUnusable):
                self.visits.write_down()
                self.judgements.keep()
        self.database.close()


def build(settings: Settings, clock: Clock = system_clock) -> Services:
    """Open the ledger (made or migrated as needed) and return the services over it.

    Raises LedgerUnusable when it cannot be opened.
    """
    database = Database(settings.database_url, clock)
    database.upgrade()
    services = Services(database, clock)
    with database.reading() as session:
        readers = readers_of_pages(session)
    if readers and readers != {reader_version()}:
        services.rereading.catch_up()
    return services


def load(services: Services) -> None:
    """Load every service."""
    for name, made in vars(Services).items():
        if isinstance(made, cached_property):
            getattr(services, name)
