"""Who may talk to the server: a short code lets a browser in once, a token keeps it in until the user takes it back."""

import hashlib
import hmac
import re
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from assistant.domain.clock import Clock
from assistant.domain.errors import LedgerUnusable, NotAuthorised, NotFound, PairingRefused, TokenRevoked
from assistant.domain.events import EventKind
from assistant.domain.pairing import BROWSER_SCOPES, CODE_LIFE, CODE_TRIES, IDLE_LIFE, Client, Grant, PairingCode, Scope
from assistant.domain.text import clean_text
from assistant.storage.engine import Database
from assistant.storage.pairing import clients as paired
from assistant.storage.pairing.tables import ClientRow, PairingRow, ServerRow

_REFUSED = "This pairing code is wrong, used up or too old. Ask for a fresh one with 'shopper pair'."
_STRANGER = "This token is not known here. Pair again: 'shopper pair' shows a code."
_REVOKED = "This browser's access was taken back. Pair again if that was a mistake: 'shopper pair' shows a code."
_IDLE = "This token was not used for 90 days and has ended. Pair again: 'shopper pair' shows a code."
_ORIGIN = "This token belongs to another program. Pair this one: 'shopper pair' shows a code."
_CODE = re.compile(r"\A(\d{4})[ -]?(\d{4})\Z", re.ASCII)
_LONGEST_TOKEN = 200
_FRESH = 2.0
"""Seconds for which what the ledger says of clients is trusted; what happens in this process is known at once."""
_STRANGER_FRESH = 0.05
"""The same for a token nobody knows yet: it may have been made a moment ago. Bounds how often strangers cause a read."""
_NOTE_EVERY = timedelta(minutes=1)
_MINTED_LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Known:
    """The clients as they were read at `read_at` (monotonic seconds), by the hash of their token."""

    read_at: float
    clients: tuple[tuple[str, Client], ...]

    def find(self, digest: str) -> Client | None:
        """Return the client of a token's hash; every entry is compared, in constant time."""
        found = None
        for known, client in self.clients:
            if hmac.compare_digest(known, digest):
                found = client
        return found

    @property
    def age(self) -> float:
        """Seconds since this was read."""
        return time.monotonic() - self.read_at


class _Memory:
    """What was last read of the clients, so that a request costs no read of the ledger; safe among threads."""

    def __init__(self, read: Callable[[], tuple[tuple[str, Client], ...]]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._forgotten = 0
        self._known: _Known | None = None

    def within(self, fresh: float) -> _Known | None:
        """Return what is known, if it was read no longer than `fresh` seconds ago."""
        known = self._known
        return known if known is not None and known.age <= fresh else None

    def read(self, fresh: float) -> _Known:
        """Return what is known, read again if that is longer ago than `fresh` seconds."""
        known = self.within(fresh)
        if known is None:
            forgotten, read_at = self._forgotten, time.monotonic()
            known = _Known(read_at, self._read())
            with self._lock:
                # What was read before somebody was let out must not be kept after it.
                if forgotten == self._forgotten:
                    self._known = known
        return known

    @property
    def ageing(self) -> bool:
        """Whether what is known will soon be too old: `refresh` then saves the next request the read."""
        return self.within(_FRESH / 2) is None

    def refresh(self) -> None:
        """Read again, if what is known is ageing."""
        self.read(_FRESH / 2)

    def replace(self, client: Client) -> None:
        """Remember a client's newer state."""
        with self._lock:
            if self._known is not None:
                clients = tuple((digest, client if entry.id == client.id else entry) for digest, entry in self._known.clients)
                self._known = _Known(self._known.read_at, clients)

    def forget(self) -> None:
        """Trust nothing that was read so far."""
        with self._lock:
            self._forgotten += 1
            self._known = None


class Pairing:
    """Lets clients in and out."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock
        self.memory = _Memory(self._read_clients)

    def open_code(self) -> PairingCode:
        """Open a fresh 8-digit code; one that was open before is burnt."""
        digits = f"{secrets.randbelow(10**8):08d}"
        expires = self._clock() + CODE_LIFE
        with self._database.writing() as work:
            server = paired.server_row(work.session, _new_server)
            paired.close_code(work.session)
            row = PairingRow(code_hash=_code_hash(digits, server.proof_key), expires_at=expires.isoformat(), tries_left=CODE_TRIES)
            work.session.add(row)
            work.commit()
        return PairingCode(code=f"{digits[:4]}-{digits[4:]}", expires_at=expires)

    def redeem(self, code: str, name: str, origin: str | None) -> Grant:
        """Give a browser its token, once. The origin, if any, is pinned. Raises PairingRefused, saying nothing of the cause."""
        token = secrets.token_urlsafe(32)
        with self._database.writing() as work:
            server = paired.server_row(work.session, _new_server)
            row = paired.open_code(work.session)
            refused = row is None or not self._matches(row, code, server.proof_key)
            if row is not None:
                row.tries_left -= 1
                work.session.add(row)
                if not refused or row.tries_left <= 0 or not self._is_open(row):
                    work.session.delete(row)
            client = _new_client(name, BROWSER_SCOPES, origin, self._clock())
            if not refused:
                paired.add_client(work.session, client, _digest(token))
                work.tell(EventKind.CLIENT_PAIRED, client=client.id)
            work.commit()
        self.forget()
        if refused:
            raise PairingRefused(_REFUSED)
        return Grant(token=token, client_id=client.id, server_id=server.server_id, proof_key=server.proof_key, scopes=client.scopes)

    def mint(self, name: str) -> str:
        """Return a full-scope token for a program on this machine; ones of that name unused for a day are deleted."""
        token = secrets.token_urlsafe(32)
        client = _new_client(name, (Scope.FULL,), None, self._clock())
        with self._database.writing() as work:
            old = [
                known.id
                for _, known in paired.clients_by_hash(work.session)
                if (known.name, known.scopes, known.origin) == (client.name, client.scopes, None)
                and self._clock() - (known.last_used_at or known.created_at) > _MINTED_LIFE
            ]
            paired.forget_clients(work.session, old)
            paired.add_client(work.session, client, _digest(token))
            work.commit()
        self.forget()
        return token

    def known(self, token: str) -> Client | None:
        """Return the client of a token from memory alone; None says nothing: ask `client_of`."""
        known = self.memory.within(_FRESH)
        client = known.find(_digest(token[:_LONGEST_TOKEN])) if known is not None else None
        return client if client is not None and not self._ended(client) and not self._is_quiet(client) else None

    def client_of(self, token: str) -> Client:
        """Return whose token this is, and remember about once a minute that it was used. Raises NotAuthorised, TokenRevoked."""
        digest = _digest(token[:_LONGEST_TOKEN])
        client = self.memory.read(_FRESH).find(digest) or self.memory.read(_STRANGER_FRESH).find(digest)
        if client is None:
            raise NotAuthorised(_STRANGER)
        ended = self._ended(client)
        if ended is not None:
            raise ended
        return self._noted(client) if self._is_quiet(client) else client

    def authenticate(self, token: str, origin: str | None) -> Client:
        """Return whose token this is; an origin, if given, must be the one that was pinned. Raises NotAuthorised, TokenRevoked."""
        client = self.known(token) or self.client_of(token)
        if origin is not None and origin != client.origin:
            raise NotAuthorised(_ORIGIN)
        return client

    def clients(self) -> list[Client]:
        """Return who is paired now, oldest first."""
        with self._database.reading() as session:
            return [client for _, client in paired.clients_by_hash(session) if self._ended(client) is None]

    def revoke(self, client_id: str) -> None:
        """Take a client's access back; a second time changes nothing. Raises NotFound."""
        with self._database.writing() as work:
            row = work.session.get(ClientRow, client_id)
            if row is None:
                raise NotFound("There is no such client. 'shopper clients list' shows who is paired.")
            if row.revoked_at is None:
                row.revoked_at = self._clock().isoformat()
                work.session.add(row)
                work.tell(EventKind.CLIENT_REVOKED, client=client_id)
                work.commit()
        self.forget()

    def proof(self, nonce: str) -> str:
        """Return HMAC-SHA256 of the nonce in hex; the key is the UTF-8 text of the proof key that clients were given."""
        return hmac.new(self.proof_key.encode(), nonce.encode(), hashlib.sha256).hexdigest()

    @cached_property
    def proof_key(self) -> str:
        """The key by which clients know this server again, whatever else may answer on its port."""
        with self._database.writing() as work:
            key = paired.server_row(work.session, _new_server).proof_key
            work.commit()
        return key

    def forget(self) -> None:
        """Trust nothing that was read before: another process may have let someone in or out."""
        self.memory.forget()

    def _read_clients(self) -> tuple[tuple[str, Client], ...]:
        with self._database.reading() as session:
            return tuple(paired.clients_by_hash(session))

    def _noted(self, client: Client) -> Client:
        used = replace(client, last_used_at=self._clock())
        # A full disk or a busy ledger must not lock anybody out for the sake of this note.
        with suppress(LedgerUnusable), self._database.writing() as work:
            paired.note_use(work.session, client.id, self._clock())
            work.commit()
        self.memory.replace(used)
        return used

    def _is_quiet(self, client: Client) -> bool:
        return client.last_used_at is None or self._clock() - client.last_used_at > _NOTE_EVERY

    def _ended(self, client: Client) -> NotAuthorised | None:
        if client.revoked_at is not None:
            return TokenRevoked(_REVOKED)
        quiet = self._clock() - (client.last_used_at or client.created_at)
        return NotAuthorised(_IDLE) if quiet > IDLE_LIFE else None

    def _is_open(self, row: PairingRow) -> bool:
        # The upper bound holds when the clock was set back meanwhile.
        return timedelta() < datetime.fromisoformat(row.expires_at) - self._clock() <= CODE_LIFE

    def _matches(self, row: PairingRow, code: str, proof_key: str) -> bool:
        written = _CODE.match(code.strip())
        digits = written[1] + written[2] if written else ""
        right = hmac.compare_digest(row.code_hash, _code_hash(digits, proof_key))
        return right and row.tries_left > 0 and self._is_open(row)


def _new_client(name: str, scopes: tuple[Scope, ...], origin: str | None, now: datetime) -> Client:
    return Client(id=uuid.uuid4().hex, name=clean_text(name)[:60] or "Browser", scopes=scopes, origin=origin, created_at=now)


def _new_server() -> ServerRow:
    return ServerRow(server_id=uuid.uuid4().hex, proof_key=secrets.token_urlsafe(32))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _code_hash(digits: str, proof_key: str) -> str:
    return hmac.new(proof_key.encode(), digits.encode(), hashlib.sha256).hexdigest()
