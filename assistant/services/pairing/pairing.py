"""Controls who may use the server: a short code pairs a browser; a token or a sealed link then works until it is revoked."""

import hashlib
import hmac
import json
import re
import secrets
import uuid
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from assistant.domain.clock import Clock
from assistant.domain.errors import LedgerUnusable, NotAuthorised, NotFound, PairingRefused, TokenRevoked
from assistant.domain.events import EventKind
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pairing import (
    BROWSER_SCOPES,
    IDLE_LIFE,
    Client,
    Grant,
    PairingCode,
    Scope,
    SealedGrant,
    ServerIdentity,
)
from assistant.domain.text import clean_text
from assistant.services.pairing.codes import REFUSED, Codes, SpentTry, end_code, new_server
from assistant.services.pairing.memory import FRESH, UNKNOWN_FRESH, Known, Memory
from assistant.services.pairing.sealing import (
    Handshake,
    Replays,
    Seal,
    SealBroken,
    confirmation,
    link_secret,
    sealed_hello,
)
from assistant.storage.engine import Database
from assistant.storage.pairing import clients as paired

_STRANGER = to_translate("The server does not know this token. Pair again: 'shopper pair' shows a code.")
_REVOKED = to_translate("This browser's access was revoked. If that was a mistake, pair again: 'shopper pair' shows a code.")
_IDLE = to_translate("This token expired because it was not used for 90 days. Pair again: 'shopper pair' shows a code.")
_CODE = re.compile(r"\A(\d{4})[ -]?(\d{4})\Z", re.ASCII)
_LONGEST_TOKEN = 200
_NOTE_EVERY = timedelta(minutes=1)
_MINTED_LIFE = timedelta(days=1)


class Pairing:
    """Pairs, authenticates and revokes clients."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock
        self._machine = database.machine
        self.memory = Memory(self._read_clients)
        self.replays = Replays()
        self._codes = Codes(database, clock)

    def open_code(self, *, account_id: int | None = None) -> PairingCode:
        """Open a new 8-digit code; an earlier one ends. `account_id` is the account whose own window it pairs."""
        return self._codes.open(account_id)

    def redeem(self, code: str, name: str, origin: str | None) -> Grant:
        """Return a program's token, once. The origin, if any, is pinned. Raises PairingRefused without a reason."""
        typed = _CODE.match(code.strip())
        spent = self._codes.spend_try()
        if typed is None or not hmac.compare_digest(spent.digits.encode(), f"{typed[1]}{typed[2]}".encode()):
            raise PairingRefused(translated(REFUSED))
        token = secrets.token_urlsafe(32)
        client, server = self._admitted(spent, name, origin, token)
        return Grant(token=token, client_id=client.id, server_id=server.server_id, proof_key=server.proof_key, scopes=client.scopes)

    def redeem_sealed(self, handshake: Handshake, origin: str | None) -> SealedGrant:
        """Agree on the key of a sealed link with a browser that knows the code. Raises PairingRefused without a reason."""
        spent = self._codes.spend_try()
        stretched = handshake.stretched(spent.digits)
        try:
            public, key = handshake.agreed(stretched)
        except SealBroken as error:
            raise PairingRefused(translated(REFUSED)) from error
        if not handshake.proves(stretched):
            raise PairingRefused(translated(REFUSED))
        client, server = self._admitted(spent, handshake.name, origin, key)
        proof = confirmation(key, client.id, server.server_id)
        return SealedGrant(public=public, proof=proof, client_id=client.id, server_id=server.server_id, scopes=client.scopes)

    def redeem_key(self, code: str, name: str, origin: str | None) -> SealedGrant:
        """Return the key of a sealed link directly, for a program that trusts the port. Raises PairingRefused without a reason."""
        grant = self.redeem(code, name, origin)
        return SealedGrant(key=grant.token, client_id=grant.client_id, server_id=grant.server_id, scopes=grant.scopes)

    def mint(self, name: str) -> str:
        """Return a full-scope token for a program on this machine; ones of that name unused for a day are deleted."""
        token = secrets.token_urlsafe(32)
        client = _new_client(name, (Scope.FULL,), None, self._clock())
        with self._database.writing() as work:
            old = [
                known.id
                for _, known in paired.clients_by_hash(work.session, self._machine)
                if (known.name, known.scopes, known.origin) == (client.name, client.scopes, None)
                and self._clock() - (known.last_used_at or known.created_at) > _MINTED_LIFE
            ]
            paired.forget_clients(work.session, old)
            paired.add_client(work.session, self._machine, client, _digest(token))
            work.commit()
        self.forget()
        return token

    def end(self, token: str) -> None:
        """Delete the client of a token that was minted for a program of this machine, because its process ends."""
        with self._database.writing() as work:
            digest = _digest(token)
            ended = [client.id for known, client in paired.clients_by_hash(work.session, self._machine) if known == digest]
            paired.forget_clients(work.session, ended)
            work.commit()
        self.forget()

    def known(self, token: str) -> Client | None:
        """Return the client of a token from the cache only. None is inconclusive: call `client_of`."""
        known = self.memory.within(FRESH)
        client = known.by_hash(_digest(token[:_LONGEST_TOKEN])) if known is not None else None
        return client if client is not None and not self._ended(client) and not self._is_quiet(client) else None

    def client_of(self, token: str) -> Client:
        """Return the client of a token; stores its last use about once a minute. Raises NotAuthorised, TokenRevoked."""
        digest = _digest(token[:_LONGEST_TOKEN])
        return self._let_in(self.memory.read(FRESH).by_hash(digest) or self.memory.read(UNKNOWN_FRESH).by_hash(digest))

    def seal_of(self, client_id: str) -> tuple[Client, bytes] | None:
        """Return a browser and the secret of its sealed link from the cache only; also for a revoked browser."""
        return _link(self.memory.within(FRESH), client_id)

    def read_seal_of(self, client_id: str) -> tuple[Client, bytes] | None:
        """Return the same, reading the ledger if the client is not cached."""
        return _link(self.memory.read(FRESH), client_id) or _link(self.memory.read(UNKNOWN_FRESH), client_id)

    def sealed_client(self, client_id: str) -> Client:
        """Return the client of a sealed request, as `client_of` does. Raises NotAuthorised, TokenRevoked."""
        found = self.read_seal_of(client_id)
        return self._let_in(found[0] if found is not None else None)

    def is_ready(self, client: Client) -> bool:
        """Return whether a client is valid and its last use need not be stored yet."""
        return self._ended(client) is None and not self._is_quiet(client)

    def unseal(self, seal: Seal, sealed: bytes) -> bytes:
        """Return the body of a sealed request that was not sent before. Raises SealBroken."""
        body = seal.open(sealed)
        if not self.replays.note(seal):
            raise SealBroken
        return body

    def hello(self, client_id: str, asked: str, port: int) -> str | None:
        """Return the sealed proof for one client, with the current epoch; None for an unknown client."""
        found = self.read_seal_of(client_id)
        if found is None:
            return None
        client, secret = found
        answer = {"epoch": self.replays.epoch, "ended": self._ended(client) is not None}
        return sealed_hello(secret, client_id, asked, port, json.dumps(answer).encode())

    def clients(self) -> list[Client]:
        """Return the paired clients, oldest first."""
        with self._database.reading() as session:
            return [client for _, client in paired.clients_by_hash(session, self._machine) if self._ended(client) is None]

    def revoke(self, client_id: str) -> None:
        """Revoke a client's access; a second time changes nothing. Raises NotFound."""
        with self._database.writing() as work:
            client = paired.client_by_id(work.session, self._machine, client_id)
            if client is None:
                raise NotFound(translated("There is no such client. 'shopper clients list' shows who is paired."))
            if client.revoked_at is None:
                paired.revoke_client(work.session, client_id, self._clock())
                work.tell(EventKind.CLIENT_REVOKED, client=client_id)
                work.commit()
        self.forget()

    def proof(self, nonce: str) -> str:
        """Return HMAC-SHA256 of the nonce in hex; the key is the UTF-8 text of the proof key that clients were given."""
        return hmac.new(self.proof_key.encode(), nonce.encode(), hashlib.sha256).hexdigest()

    @cached_property
    def proof_key(self) -> str:
        """The key that identifies this server to clients, because another program may answer on its port."""
        with self._database.writing() as work:
            key = paired.server_identity(work.session, self._machine, new_server).proof_key
            work.commit()
        return key

    def forget(self) -> None:
        """Clear the cache: another process may have paired or revoked a client."""
        self.memory.forget()

    def _read_clients(self) -> tuple[tuple[str, Client], ...]:
        with self._database.reading() as session:
            return tuple(paired.clients_by_hash(session, self._machine))

    def _noted(self, client: Client) -> Client:
        # With a clock that was set back, a use must not look older than the pairing: at the right time the client would look unused.
        at = max(self._clock(), client.last_used_at or client.created_at)
        used = replace(client, last_used_at=at)
        # A full disk or a busy ledger must not lock clients out because the last use could not be stored.
        with suppress(LedgerUnusable), self._database.writing() as work:
            paired.note_use(work.session, client.id, at)
            work.commit()
        self.memory.replace(used)
        return used

    def _is_quiet(self, client: Client) -> bool:
        return client.last_used_at is None or self._clock() - client.last_used_at > _NOTE_EVERY

    def _ended(self, client: Client) -> NotAuthorised | None:
        if client.revoked_at is not None:
            return TokenRevoked(translated(_REVOKED))
        quiet = self._clock() - (client.last_used_at or client.created_at)
        return NotAuthorised(translated(_IDLE)) if quiet > IDLE_LIFE else None

    def _let_in(self, client: Client | None) -> Client:
        if client is None:
            raise NotAuthorised(translated(_STRANGER))
        ended = self._ended(client)
        if ended is not None:
            raise ended
        return self._noted(client) if self._is_quiet(client) else client

    def _admitted(self, spent: SpentTry, name: str, origin: str | None, key: str) -> tuple[Client, ServerIdentity]:
        """Register a client and end the code, unless another client was faster. Raises PairingRefused."""
        with self._database.writing() as work:
            server = paired.server_identity(work.session, self._machine, new_server)
            end_code(work, self._machine, spent)
            client = replace(_new_client(name, BROWSER_SCOPES, origin, self._clock()), account_id=spent.account_id)
            paired.add_client(work.session, self._machine, client, _digest(key))
            work.tell(EventKind.CLIENT_PAIRED, client=client.id)
            work.commit()
        self.forget()
        return client, server


def _link(known: Known | None, client_id: str) -> tuple[Client, bytes] | None:
    """Return a client and the secret of its link. A program with full scope has a token instead, so it has no sealed link."""
    found = known.by_id(client_id) if known is not None else None
    return (found[1], link_secret(found[0])) if found is not None and Scope.FULL not in found[1].scopes else None


def _new_client(name: str, scopes: tuple[Scope, ...], origin: str | None, now: datetime) -> Client:
    return Client(id=uuid.uuid4().hex, name=clean_text(name)[:60] or "Browser", scopes=scopes, origin=origin, created_at=now)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
