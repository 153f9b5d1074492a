"""Builds every service: the only place that knows which parts each one needs."""

from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from assistant.amazon.version import reader_version
from assistant.domain.clock import Clock, system_clock, today_of
from assistant.domain.errors import LedgerUnusable
from assistant.locations import machine_id
from assistant.settings import Settings
from assistant.storage.engine import Database
from assistant.storage.imports.quarantine import readers_of_pages
from assistant.storage.outbox import Outbox
from assistant.storage.taxes.years import locked_years
from assistant.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from assistant.services.accounts.linking import AccountLinks
    from assistant.services.accounts.moving import AccountMoves
    from assistant.services.accounts.register import Accounts
    from assistant.services.backup import Backups
    from assistant.services.books.books import Books
    from assistant.services.books.claims import Claims
    from assistant.services.books.exports import Exports
    from assistant.services.books.one_currency import OneCurrency
    from assistant.services.books.splits import Splits
    from assistant.services.books.statements import Statements
    from assistant.services.books.word_lists import WordLists
    from assistant.services.budgets import Budgets
    from assistant.services.household import Household
    from assistant.services.imports.coverage import Coverage
    from assistant.services.imports.drop_folder import DropFolder
    from assistant.services.imports.import_files import Imports
    from assistant.services.imports.quarantine import Quarantine
    from assistant.services.imports.removal import Removal
    from assistant.services.imports.reread import Rereads
    from assistant.services.imports.running import RunningImports
    from assistant.services.journal import Journal
    from assistant.services.judging.situation_log import SituationLog
    from assistant.services.orders.bulk_labels import BulkLabels
    from assistant.services.orders.categories import Categories
    from assistant.services.orders.deliveries import Deliveries
    from assistant.services.orders.ledger import Ledger
    from assistant.services.pairing.pairing import Pairing
    from assistant.services.summary import Summaries
    from assistant.services.taxes.packs import TaxPacks
    from assistant.services.taxes.receipt_sources import ReceiptSources
    from assistant.services.taxes.receipts import Receipts
    from assistant.services.taxes.taxes import Taxes
    from assistant.services.terms import Terms
    from assistant.services.user_rules.habits import Habits
    from assistant.services.user_rules.rules import UserRules
    from assistant.services.visits.answer import Visits
    from assistant.services.warnings.alert_stats import AlertStats
    from assistant.services.warnings.alerts import Alerts
    from assistant.services.warnings.due_dates import DueDates
    from assistant.services.warnings.explain import Explanations
    from assistant.services.warnings.reminders import Reminders
    from assistant.services.warnings.retrospective import Retrospective
    from assistant.services.windows import Windows

T = TypeVar("T")


class _Lazy(Generic[T]):
    """A service that is imported and created on first use, because a command needs only one or two of them."""

    def __init__(self, place: str, *parts: str) -> None:
        """Take "module:Class" within `assistant.services`, and the attributes of `Services` to pass to its constructor."""
        self._place = place
        self._parts = parts

    def __set_name__(self, owner: type["Services"], name: str) -> None:
        self.name = name

    def __get__(self, services: "Services", owner: type["Services"]) -> T:
        module, _, name = self._place.partition(":")
        made: T = getattr(import_module(f"assistant.services.{module}"), name)(*(getattr(services, part) for part in self._parts))
        # The instance's own attribute hides this descriptor from now on.
        vars(services)[self.name] = made
        return made


class Services:
    """Everything the program can do, over one open ledger. With several threads, call `load` first."""

    accounts: _Lazy["Accounts"] = _Lazy("accounts.register:Accounts", "database", "clock")
    account_moves: _Lazy["AccountMoves"] = _Lazy("accounts.moving:AccountMoves", "database")
    account_links: _Lazy["AccountLinks"] = _Lazy("accounts.linking:AccountLinks", "database", "clock")
    imports: _Lazy["Imports"] = _Lazy("imports.import_files:Imports", "database", "clock")
    running_imports: _Lazy["RunningImports"] = _Lazy("imports.running:RunningImports")
    coverage: _Lazy["Coverage"] = _Lazy("imports.coverage:Coverage", "database", "clock")
    quarantine: _Lazy["Quarantine"] = _Lazy("imports.quarantine:Quarantine", "database")
    removal: _Lazy["Removal"] = _Lazy("imports.removal:Removal", "database")
    rereads: _Lazy["Rereads"] = _Lazy("imports.reread:Rereads", "database")
    ledger: _Lazy["Ledger"] = _Lazy("orders.ledger:Ledger", "database", "clock")
    deliveries: _Lazy["Deliveries"] = _Lazy("orders.deliveries:Deliveries", "database", "ledger")
    categories: _Lazy["Categories"] = _Lazy("orders.categories:Categories", "database")
    exports: _Lazy["Exports"] = _Lazy("books.exports:Exports", "books", "database")
    books: _Lazy["Books"] = _Lazy("books.books:Books", "database")
    splits: _Lazy["Splits"] = _Lazy("books.splits:Splits", "database")
    word_lists: _Lazy["WordLists"] = _Lazy("books.word_lists:WordLists", "database")
    bulk_labels: _Lazy["BulkLabels"] = _Lazy("orders.bulk_labels:BulkLabels", "database")
    one_currency: _Lazy["OneCurrency"] = _Lazy("books.one_currency:OneCurrency", "books", "statements")
    statements: _Lazy["Statements"] = _Lazy("books.statements:Statements", "database", "clock")
    claims: _Lazy["Claims"] = _Lazy("books.claims:Claims", "database", "clock")
    taxes: _Lazy["Taxes"] = _Lazy("taxes.taxes:Taxes", "database", "clock")
    receipts: _Lazy["Receipts"] = _Lazy("taxes.receipts:Receipts", "database", "clock", "home")
    receipt_sources: _Lazy["ReceiptSources"] = _Lazy("taxes.receipt_sources:ReceiptSources", "database", "clock", "home")
    tax_packs: _Lazy["TaxPacks"] = _Lazy("taxes.packs:TaxPacks", "database", "clock")
    drop_folder: _Lazy["DropFolder"] = _Lazy("imports.drop_folder:DropFolder", "database", "imports", "receipt_sources", "home")
    terms: _Lazy["Terms"] = _Lazy("terms:Terms", "database", "clock")
    backups: _Lazy["Backups"] = _Lazy("backup:Backups", "database", "clock")
    household: _Lazy["Household"] = _Lazy("household:Household", "database", "clock")
    journal: _Lazy["Journal"] = _Lazy("journal:Journal", "database")
    pairing: _Lazy["Pairing"] = _Lazy("pairing.pairing:Pairing", "database", "clock")
    rules: _Lazy["UserRules"] = _Lazy("user_rules.rules:UserRules", "database", "clock")
    budgets: _Lazy["Budgets"] = _Lazy("budgets:Budgets", "ledger", "rules")
    habits: _Lazy["Habits"] = _Lazy("user_rules.habits:Habits", "database", "clock")
    situation_log: _Lazy["SituationLog"] = _Lazy("judging.situation_log:SituationLog", "database")
    visits: _Lazy["Visits"] = _Lazy("visits.answer:Visits", "database", "clock", "situation_log", "home")
    alerts: _Lazy["Alerts"] = _Lazy("warnings.alerts:Alerts", "database", "clock")
    retrospective: _Lazy["Retrospective"] = _Lazy("warnings.retrospective:Retrospective", "database", "clock")
    due_dates: _Lazy["DueDates"] = _Lazy("warnings.due_dates:DueDates", "database", "clock")
    alert_stats: _Lazy["AlertStats"] = _Lazy("warnings.alert_stats:AlertStats", "database", "rules", "clock")
    explanations: _Lazy["Explanations"] = _Lazy("warnings.explain:Explanations", "database", "situation_log")
    reminders: _Lazy["Reminders"] = _Lazy("warnings.reminders:Reminders", "database", "ledger", "clock")
    summaries: _Lazy["Summaries"] = _Lazy("summary:Summaries", "accounts", "ledger", "alerts", "reminders", "rules")
    windows: _Lazy["Windows"] = _Lazy("windows:Windows", "database", "pairing", "home")

    def __init__(self, database: Database, clock: Clock, home: Path) -> None:
        """Use an open ledger with the newest schema, and the folder for the windows' profiles."""
        self.home = home
        self.database = database
        self.clock = clock
        self.outbox = Outbox(database)

    @property
    def today(self) -> date:
        """Today's date on this machine, from the injected clock."""
        return today_of(self.clock)

    def close(self) -> None:
        """Save what is still buffered and close the ledger."""
        if "visits" in vars(self):
            with suppress(LedgerUnusable):
                self.visits.write_down()
                self.situation_log.keep()
            self.visits.close()
        self.database.close()


def build(settings: Settings, clock: Clock = system_clock) -> Services:
    """Open the ledger, creating or migrating it if needed, and return its services. Raises LedgerUnusable."""
    home = settings.home.expanduser()
    database = Database(settings.database_url, clock, settings.zone)
    if database.file is None:
        # A ledger in PostgreSQL needs the folder too: for the token of the app, the windows and the visits that wait.
        database.machine = machine_id(home)
    database.upgrade()
    database.before_commit = lambda work: _check_locks(database, work)
    services = Services(database, clock, home)
    services.books.catch_up()
    with database.reading() as session:
        readers = readers_of_pages(session)
    if readers and readers != {reader_version()}:
        services.rereads.catch_up()
    return services


def _check_locks(database: Database, work: UnitOfWork) -> None:
    """Let a change of a locked tax year pass only with a reason. Raises YearLocked."""
    with database.reading() as before:
        if not locked_years(before):
            return
    from assistant.services.taxes.locks import check  # noqa: PLC0415  # few ledgers have a locked year

    check(database, work)


def load(services: Services) -> None:
    """Load every service."""
    for name, made in vars(Services).items():
        if isinstance(made, _Lazy):
            getattr(services, name)
