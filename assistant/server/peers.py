"""Who is at the other end of a connection: only this machine, and where the system tells, only this user."""

import ipaddress
import os
from pathlib import Path

_TABLE = Path("/proc/net/tcp")
_STATE, _UID = 3, 7
_ESTABLISHED = "01"


def is_loopback(host: object) -> bool:
    """Tell whether an address text is this machine's own loopback."""
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def is_allowed(peer: tuple[str, int], port: int, table: Path = _TABLE) -> bool:
    """Tell whether a peer (address, port) of our port may talk to us: loopback, and not another user as far as Linux knows."""
    if not is_loopback(peer[0]):
        return False
    uid = _uid_of(peer, port, table)
    return uid is None or uid == os.geteuid()


def _uid_of(peer: tuple[str, int], port: int, table: Path) -> int | None:
    """Return who owns the peer's end (man 5 proc, /proc/net/tcp), None where that cannot be known."""
    try:
        address = int.from_bytes(ipaddress.ip_address(peer[0]).packed, "little")
        local, remote = f"{address:08X}:{peer[1]:04X}", f":{port:04X}"
        for line in table.read_text(encoding="ascii").splitlines():
            cells = line.split()
            if len(cells) > _UID and cells[1] == local and cells[2].endswith(remote) and cells[_STATE] == _ESTABLISHED:
                return int(cells[_UID])
    except (OSError, ValueError, OverflowError):
        return None
    return None
