"""Call errors are exceptions: one class per cause, each with a stable code that HTTP answers carry too. Data errors are values."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from assistant.domain.languages.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a document that could not be read. `where` is a path ("orders[3].amounts.grand_total")."""

    where: str
    code: str
    said: Sentence

    @property
    def text(self) -> str:
        """What is wrong, in the current language."""
        return str(self.said)


class DomainError(Exception):
    """A call that cannot be carried out. `str(error)` is one sentence for a person: what, where, what to do next."""

    code: ClassVar[str] = "failed"
    by_code: ClassVar[dict[str, type["DomainError"]]] = {}
    field: str = ""
    """The field of the input that it is about, by the name that the call gives it; "" if it is about no single one."""

    def __init_subclass__(cls) -> None:
        """Register the class under its code, so that the client can raise the same class again."""
        super().__init_subclass__()
        DomainError.by_code[cls.code] = cls


@contextmanager
def naming_field(name: str) -> Iterator[None]:
    """Let failures name a field of the input, unless they name one themselves."""
    try:
        yield
    except DomainError as error:
        error.field = error.field or name
        raise


class InvalidInput(DomainError):
    """The input cannot be used."""

    code = "input/invalid"


class AccountMissing(InvalidInput):
    """A document does not say whose orders it has, and nobody named the account."""

    code = "import/account-missing"


class UnknownFormat(DomainError):
    """The file cannot be read."""

    code = "import/unknown-format"


class NotFound(DomainError):
    """Something named does not exist."""

    code = "not-found"


class Conflict(DomainError):
    """A change contradicts what is already there."""

    code = "conflict"


class YearLocked(Conflict):
    """A change would alter a locked tax year, and nobody gave a reason."""

    code = "tax/locked"


class NotWritten(DomainError):
    """A file could not be written; no part of it is left."""

    code = "file/not-written"


class OrderChanged(Conflict):
    """An order was changed since the person who changes it now has looked at it."""

    code = "order/changed"


class KnownElsewhere(Conflict):
    """A document has orders that another account already has, and nobody said that it shall be stored all the same."""

    code = "import/known-elsewhere"


class ImportCancelled(Conflict):
    """The user cancelled an import while it ran."""

    code = "import/cancelled"


class PairingRefused(DomainError):
    """A pairing code is wrong, used, expired or burnt."""

    code = "pair/refused"


class NotAuthorised(DomainError):
    """A token is missing, wrong, revoked or lacks the scope."""

    code = "auth/refused"


class TokenRevoked(NotAuthorised):
    """The user revoked a token: delete it and queue nothing more."""

    code = "auth/revoked"


class LedgerUnusable(DomainError):
    """The database cannot be opened: newer than the program, damaged, full, locked or away."""

    code = "ledger/unusable"


class LedgerBusy(LedgerUnusable):
    """Another program is writing to the database at this moment."""

    code = "ledger/busy"


class ServerAway(DomainError):
    """No server answers, or another program holds its port."""

    code = "server/away"


class ServerBusy(DomainError):
    """The server runs, but takes no more requests for a moment, or an answer took too long."""

    code = "server/busy"


class KeyringAway(DomainError):
    """The operating system's keyring is missing or locked."""

    code = "vault/no-keyring"


class BrowserAway(DomainError):
    """No usable browser was found on this machine."""

    code = "browser/away"


class SettingsNotSaved(DomainError):
    """The settings file cannot be written: the disk is full, or the folder is not the user's."""

    code = "settings/not-saved"
