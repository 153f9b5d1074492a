"""The only place that wires concrete parts together."""

from dataclasses import dataclass

from assistant.domain.clock import Clock, system_clock
from assistant.services.accounts import Accounts
from assistant.services.alerts import Alerts
from assistant.services.events import Events
from assistant.services.exports import Exports
from assistant.services.filing import Filing
from assistant.services.habits import Habits
from assistant.services.ingest import Ingest
from assistant.services.ledger import Ledger
from assistant.services.pairing import Pairing
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
    alerts: Alerts
    rules: UserRules
    habits: Habits
    filing: Filing
    terms: Terms
    pairing: Pairing
    events: Events
    exports: Exports

    def close(self) -> None:
        """Close the ledger."""
        self.database.close()


def build(settings: Settings, clock: Clock = system_clock) -> Services:
    """Open the ledger (made or migrated as needed) and return the services over it.

    Raises LedgerUnusable when it cannot be opened.
    """
    database = Database(settings.database_url, clock)
    database.upgrade()
    ingest = Ingest(database, clock)
    accounts = Accounts(database, clock)
    ledger = Ledger(database)
    return Services(
        database=database,
        accounts=accounts,
        ingest=ingest,
        ledger=ledger,
        visits=Visits(database, clock),
        alerts=Alerts(database, clock),
        rules=UserRules(database, clock),
        habits=Habits(database, clock),
        filing=Filing(database),
        terms=Terms(database, clock),
        pairing=Pairing(database, clock),
        events=Events(database),
        exports=Exports(ledger, accounts),
    )
