"""The pairing code that a person reads off one screen and types into another: 8 digits, two minutes, five tries, one use."""

import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.domain.clock import Clock
from assistant.domain.errors import PairingRefused
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pairing import CODE_LIFE, CODE_TRIES, OpenCode, PairingCode, ServerIdentity
from assistant.services.pairing.sealing import SealBroken, opened_text, sealed_text
from assistant.storage.engine import Database
from assistant.storage.pairing import clients as paired
from assistant.storage.unit_of_work import UnitOfWork

REFUSED = to_translate("This pairing code is wrong, used up or too old. Get a new one with 'shopper pair'.")
_USE = "pairing code"


@dataclass(frozen=True, slots=True)
class SpentTry:
    """One attempt at the open code: its digits, the stored code, and the account whose window it pairs."""

    digits: str
    stored: str
    account_id: int | None = None


class Codes:
    """Opens codes and counts attempts. The digits are stored encrypted, because browsers prove them without sending them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._clock = clock
        self._machine = database.machine

    def open(self, account_id: int | None = None) -> PairingCode:
        """Open a new code; an earlier one ends. `account_id` is the account whose own window it pairs."""
        digits = f"{secrets.randbelow(10**8):08d}"
        expires = self._clock() + CODE_LIFE
        with self._database.writing() as work:
            server = paired.server_identity(work.session, self._machine, new_server)
            sealed = sealed_text(server.proof_key.encode(), _USE, digits)
            code = OpenCode(sealed=sealed, expires_at=expires, tries_left=CODE_TRIES, account_id=account_id)
            paired.keep_code(work.session, self._machine, code)
            work.commit()
        return PairingCode(code=f"{digits[:4]}-{digits[4:]}", expires_at=expires)

    def spend_try(self) -> SpentTry:
        """Return the open code and use up one attempt. Raises PairingRefused without saying why."""
        with self._database.writing() as work:
            server = paired.server_identity(work.session, self._machine, new_server)
            code = paired.open_code(work.session, self._machine)
            usable = code is not None and code.tries_left > 0 and self._is_open(code)
            if code is not None and usable:
                paired.keep_code(work.session, self._machine, replace(code, tries_left=code.tries_left - 1))
            else:
                paired.close_code(work.session, self._machine)
            work.commit()
        if code is None or not usable:
            raise PairingRefused(translated(REFUSED))
        try:
            return SpentTry(opened_text(server.proof_key.encode(), _USE, code.sealed), code.sealed, code.account_id)
        except SealBroken as error:
            raise PairingRefused(translated(REFUSED)) from error

    def _is_open(self, code: OpenCode) -> bool:
        # The upper bound holds when the clock was set back meanwhile.
        return timedelta() < code.expires_at - self._clock() <= CODE_LIFE


def end_code(work: UnitOfWork, machine: str, spent: SpentTry) -> None:
    """Delete the code that was redeemed. Raises PairingRefused if it is not open any more: another client was faster."""
    code = paired.open_code(work.session, machine)
    if code is None or code.sealed != spent.stored:
        raise PairingRefused(translated(REFUSED))
    paired.close_code(work.session, machine)


def new_server() -> ServerIdentity:
    """Return the identity of a new ledger's server."""
    return ServerIdentity(server_id=uuid.uuid4().hex, proof_key=secrets.token_urlsafe(32))
