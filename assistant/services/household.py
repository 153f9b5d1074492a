"""A household: several persons with one ledger in PostgreSQL, and what each of them sees of the others' accounts."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.clock import Clock, today_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.text import clean_text
from assistant.storage import household as storage
from assistant.storage.accounts.register import account_row
from assistant.storage.engine import Database
from assistant.storage.household import Access
from assistant.storage.orders.details import order_ref

FILE_IS_OPEN = to_translate(
    "This ledger is a file: everybody who can open it sees everything. A household with private accounts needs PostgreSQL."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How a new person reaches the ledger. The password is shown once and stored nowhere."""

    person: str
    role: str
    password: str
    url: str


class Household:
    """Sets up a household and decides who sees what. The database enforces it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    @property
    def is_possible(self) -> bool:
        """Whether the ledger can hide anything from a person who opens it."""
        return self._database.file is None

    def set_up(self) -> None:
        """Make this ledger a household's, or bring its rules up to date. Raises InvalidInput for a file, LedgerUnusable for a member."""
        self._refuse_file()
        with self._database.owning() as connection:
            storage.set_up(connection)
            connection.commit()

    def add(self, person: str) -> Login:
        """Add a person; return how to sign in. Raises InvalidInput for a file or a name that cannot be used, Conflict for a known one."""
        self._refuse_file()
        name = clean_text(person)[:40]
        with self._database.owning() as connection:
            role, password = storage.add_person(connection, name)
            connection.commit()
        return Login(person=name, role=role, password=password, url=self._database.url_for(role, password))

    def set_level(self, account: str, level: str) -> None:
        """Set how much of an account the other persons see. Raises NotFound, InvalidInput, Conflict for somebody else's account."""
        self._refuse_file()
        with self._database.writing() as work:
            storage.set_level(work.session, account_row(work.session, account).id, level)
            work.commit()

    def mark_gift(self, account: str, number: str, until: date | None = None) -> date:
        """Hide what an order holds from the others until a day; return the day. Raises NotFound, InvalidInput, Conflict."""
        self._refuse_file()
        today = today_of(self._clock)
        with self._database.writing() as work:
            day = storage.mark_gift(work.session, order_ref(work.session, account, number).id, until, today)
            work.commit()
        return day

    def clear_gift(self, account: str, number: str) -> None:
        """Show a gift to the others now. Raises NotFound, InvalidInput."""
        self._refuse_file()
        with self._database.writing() as work:
            storage.clear_gift(work.session, order_ref(work.session, account, number).id)
            work.commit()

    def access(self) -> tuple[list[Access], int]:
        """Return the accounts that this person sees with their levels, and how many are not shown. Raises InvalidInput for a file."""
        self._refuse_file()
        with self._database.reading() as session:
            if not storage.is_set_up(session):
                raise InvalidInput(translated("This ledger is not a household's yet: shopper household init."))
            return storage.access(session), storage.closed_count(session)

    def closed_count(self) -> int:
        """Return how many accounts are not shown to this person, 0 for a ledger of one person."""
        if not self.is_possible:
            return 0
        with self._database.reading() as session:
            return storage.closed_count(session) if storage.is_set_up(session) else 0

    def _refuse_file(self) -> None:
        if not self.is_possible:
            raise InvalidInput(translated(FILE_IS_OPEN))
