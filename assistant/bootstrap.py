"""The only place that wires concrete parts together."""

from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.amazon.version import reader_version
from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import LedgerUnusable
from assistant.settings import Settings
from assistant.storage.engine import Database
from assistant.storage.imports.quarantine import readers_of_pages

if TYPE_CHECKING:
    from assistant.services.accounts.linking import Linking
    from assistant.services.accounts.register import Accounts
    from assistant.services.books.exports import Exports
    from assistant.services.events import Events
    from assistant.services.imports.coverage import Coverage
    from assistant.services.imports.import_files import Ingest
    from assistant.services.imports.quarantine import Quarantine
    from assistant.services.imports.reread import Rereading
    from assistant.services.judging.situation_log import Judgements
    from assistant.services.orders.categories import Filing
    from assistant.services.orders.ledger import Ledger
    from assistant.services.pairing import Pairing
    from assistant.services.terms import Terms
    from assistant.services.user_rules.habits import Habits
    from assistant.services.user_rules.rules import UserRules
    from assistant.services.visits.answer import Visits
    from assistant.services.warnings.alert_stats import Heedings
    from assistant.services.warnings.alerts import Alerts
    from assistant.services.warnings.due_dates import Daily
    from assistant.services.warnings.explain import Explaining
    from assistant.services.warnings.reminders import Reminders
    from assistant.services.warnings.retrospective import Afterwards


class Services:
    """Everything the program can do, over one open ledger.

    Each service is loaded when it is first asked for, since a command needs one or two; what has several threads loads them all before.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over a ledger that is open and of today's schema."""
        self.database = database
        self._clock = clock

    @property
    def today(self) -> date:
        """The civil day of this machine, by the clock that the services were built with."""
        return self._clock().astimezone().date()

    @cached_property
    def accounts(self) -> "Accounts":
        from assistant.services.accounts.register import Accounts

        return Accounts(self.database, self._clock)

    @cached_property
    def ingest(self) -> "Ingest":
        from assistant.services.imports.import_files import Ingest

        return Ingest(self.database, self._clock)

    @cached_property
    def ledger(self) -> "Ledger":
        from assistant.services.orders.ledger import Ledger

        return Ledger(self.database, self._clock)

    @cached_property
    def visits(self) -> "Visits":
        from assistant.services.visits.answer import Visits

        return Visits(self.database, self._clock, self.judgements)

    @cached_property
    def judgements(self) -> "Judgements":
        from assistant.services.judging.situation_log import Judgements

        return Judgements(self.database)

    @cached_property
    def alerts(self) -> "Alerts":
        from assistant.services.warnings.alerts import Alerts

        return Alerts(self.database, self._clock)

    @cached_property
    def afterwards(self) -> "Afterwards":
        from assistant.services.warnings.retrospective import Afterwards

        return Afterwards(self.database, self._clock)

    @cached_property
    def daily(self) -> "Daily":
        from assistant.services.warnings.due_dates import Daily

        return Daily(self.database, self._clock)

    @cached_property
    def heeding(self) -> "Heedings":
        from assistant.services.warnings.alert_stats import Heedings

        return Heedings(self.database, self.rules, self._clock)

    @cached_property
    def explaining(self) -> "Explaining":
        from assistant.services.warnings.explain import Explaining

        return Explaining(self.database, self.judgements)

    @cached_property
    def linking(self) -> "Linking":
        from assistant.services.accounts.linking import Linking

        return Linking(self.database, self._clock)

    @cached_property
    def reminders(self) -> "Reminders":
        from assistant.services.warnings.reminders import Reminders

        return Reminders(self.database, self.ledger)

    @cached_property
    def rules(self) -> "UserRules":
        from assistant.services.user_rules.rules import UserRules

        return UserRules(self.database, self._clock)

    @cached_property
    def habits(self) -> "Habits":
        from assistant.services.user_rules.habits import Habits

        return Habits(self.database, self._clock)

    @cached_property
    def filing(self) -> "Filing":
        from assistant.services.orders.categories import Filing

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
        from assistant.services.books.exports import Exports

        return Exports(self.ledger, self.accounts)

    @cached_property
    def quarantine(self) -> "Quarantine":
        from assistant.services.imports.quarantine import Quarantine

        return Quarantine(self.database)

    @cached_property
    def rereading(self) -> "Rereading":
        from assistant.services.imports.reread import Rereading

        return Rereading(self.database)

    @cached_property
    def coverage(self) -> "Coverage":
        from assistant.services.imports.coverage import Coverage

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
