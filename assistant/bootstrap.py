"""The only place that wires concrete parts together."""

from contextlib import suppress
from dataclasses import dataclass

from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import LedgerUnusable
from assistant.services.accounts import Accounts
from assistant.services.afterwards import Afterwards
from assistant.services.alerts import Alerts
from assistant.services.coverage import Coverage
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
from assistant.settings import Settings
from assistant.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the program can do, over one open ledger."""

    database: Database
    accounts: Accounts
    ingest: Ingest
    ledger: Ledger
    visits: Visits
    judgements: Judgements
    alerts: Alerts
    afterwards: Afterwards
    heeding: Heedings
    explaining: Explaining
    linking: Linking
    reminders: Reminders
    rules: UserRules
    habits: Habits
    filing: Filing
    terms: Terms
    pairing: Pairing
    events: Events
    exports: Exports
    quarantine: Quarantine
    rereading: Rereading
    coverage: Coverage

    def close(self) -> None:
        """Write down what still waits, and close the ledger."""
        with suppress(LedgerUnusable):
            self.judgements.keep()
        self.database.close()


def build(settings: Settings, clock: Clock = system_clock) -> Services:
    """Open the ledger (made or migrated as needed) and return the services over it.

    Raises LedgerUnusable when it cannot be opened.
    """
    database = Database(settings.database_url, clock)
    database.upgrade()
    ingest = Ingest(database, clock)
    accounts = Accounts(database, clock)
    rules = UserRules(database, clock)
    judgements = Judgements(database)
    ledger = Ledger(database, clock)
    rereading = Rereading(database)
    rereading.catch_up()
    return Services(
        database=database,
        accounts=accounts,
        ingest=ingest,
        ledger=ledger,
        visits=Visits(database, clock, judgements),
        judgements=judgements,
        alerts=Alerts(database, clock),
        afterwards=Afterwards(database, clock),
        heeding=Heedings(database, rules, clock),
        explaining=Explaining(database, judgements),
        linking=Linking(database, clock),
        rules=rules,
        habits=Habits(database, clock),
        filing=Filing(database),
        reminders=Reminders(database, ledger),
        terms=Terms(database, clock),
        pairing=Pairing(database, clock),
        events=Events(database),
        exports=Exports(ledger, accounts),
        quarantine=Quarantine(database),
        rereading=rereading,
        coverage=Coverage(database, clock),
    )
