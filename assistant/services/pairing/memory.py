"""Caches the paired clients, so that requests need not read the ledger."""

import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.pairing import Client

FRESH = 2.0
"""Seconds before the cache expires, because another process may revoke a client. Changes in this process are known at once."""
UNKNOWN_FRESH = 0.05
"""The same for an unknown client, which may be new. Limits how often strangers cause a read."""


@dataclass(frozen=True, slots=True)
class Known:
    """All clients with the hash of their token or key, read at `read_at` (monotonic seconds)."""

    read_at: float
    clients: tuple[tuple[str, Client], ...]

    def by_hash(self, digest: str) -> Client | None:
        """Return the client with this hash. Every entry is compared, in constant time."""
        found = None
        for known, client in self.clients:
            if hmac.compare_digest(known, digest):
                found = client
        return found

    def by_id(self, client_id: str) -> tuple[str, Client] | None:
        """Return the hash and the client with this id."""
        return next((entry for entry in self.clients if entry[1].id == client_id), None)

    @property
    def age(self) -> float:
        """Seconds since this was read."""
        return time.monotonic() - self.read_at


class Memory:
    """The cached clients; thread-safe."""

    def __init__(self, read: Callable[[], tuple[tuple[str, Client], ...]]) -> None:
        """Read clients with this function."""
        self._read = read
        self._lock = threading.Lock()
        self._forgotten = 0
        self._known: Known | None = None

    def within(self, fresh: float) -> Known | None:
        """Return the cached clients if they are not older than this many seconds."""
        known = self._known
        return known if known is not None and known.age <= fresh else None

    def read(self, fresh: float) -> Known:
        """Return the clients, reloading them if they are older than this many seconds."""
        known = self.within(fresh)
        if known is None:
            forgotten, read_at = self._forgotten, time.monotonic()
            known = Known(read_at, self._read())
            with self._lock:
                # Data read before a client was revoked must not be cached afterwards.
                if forgotten == self._forgotten:
                    self._known = known
        return known

    @property
    def ageing(self) -> bool:
        """Whether the cache expires soon; `refresh` then saves the next request a read."""
        return self.within(FRESH / 2) is None

    def refresh(self) -> None:
        """Reload if the cache is ageing."""
        self.read(FRESH / 2)

    def replace(self, client: Client) -> None:
        """Update a cached client."""
        with self._lock:
            if self._known is not None:
                clients = tuple((digest, client if entry.id == client.id else entry) for digest, entry in self._known.clients)
                self._known = Known(self._known.read_at, clients)

    def forget(self) -> None:
        """Reload before the next use."""
        with self._lock:
            self._forgotten += 1
            self._known = None
