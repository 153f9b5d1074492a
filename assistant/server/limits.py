"""Limits on rates, sizes and times, in one object, so that tests and benchmarks can change them."""

import time
from dataclasses import dataclass, field

SMALL_BODY = 256 * 1024
"""Bytes of most request bodies."""
PAGE_BODY = 2 * 1024 * 1024
"""Bytes of a visit or a document sent as JSON."""
UPLOAD = 1024 * 1024 * 1024
"""Bytes of a streamed upload; Amazon's own data exports are far smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Rates are requests per second with a burst, times are seconds."""

    client_rate: float = 50
    client_burst: float = 100
    stranger_rate: float = 5
    stranger_burst: float = 10
    connections: int = 64
    streams: int = 8
    headers: float = 10
    body: float = 15
    keep_alive: float = 30
    heartbeat: float = 15
    feed_poll: float = 0.25
    settle: float = 10
    drop: float = 3
    idle: float = 1
    leave: float = 3


@dataclass(slots=True)
class Bucket:
    """A token bucket: full at first, then refilled at `rate` per second up to `burst`."""

    rate: float
    burst: float
    _level: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._level = self.burst
        self._at = time.monotonic()

    def take(self) -> float:
        """Take one token; return 0.0, or the seconds to wait for one."""
        now = time.monotonic()
        self._level = min(self.burst, self._level + (now - self._at) * self.rate)
        self._at = now
        if self._level >= 1:
            self._level -= 1
            return 0.0
        return (1 - self._level) / self.rate


class Buckets:
    """One bucket per paired client; callers without a token share one per open route, and one for everything else.

    So a flood on one open route does not keep a browser from proving the server with `GET /hello`.
    """

    def __init__(self, limits: Limits) -> None:
        """Start with full buckets."""
        self._limits = limits
        self._clients: dict[str, Bucket] = {}
        self._strangers: dict[str, Bucket] = {}

    def take(self, client_id: str | None, open_route: str = "") -> float:
        """Take one token for a client, or for a caller without one; return the seconds to wait, 0.0 for none.

        `open_route` is the path of a route that needs no token, "" for all others.
        """
        limits = self._limits
        if client_id is None:
            return _bucket(self._strangers, open_route, limits.stranger_rate, limits.stranger_burst).take()
        return _bucket(self._clients, client_id, limits.client_rate, limits.client_burst).take()


def _bucket(buckets: dict[str, Bucket], key: str, rate: float, burst: float) -> Bucket:
    bucket = buckets.get(key)
    if bucket is None:
        bucket = buckets[key] = Bucket(rate, burst)
    return bucket
