"""Checks the peer of a connection: it must be on this machine and, if the system reports it, the same user."""

import ipaddress
import os
import socket
import struct
import sys
from collections.abc import Callable

Address = tuple[str, int]

# Linux, sock_diag(7): one question about one connection, answered in microseconds. Reading /proc/net/tcp takes milliseconds.
_SOCK_DIAG, _BY_FAMILY, _REQUEST, _ESTABLISHED = 4, 20, 1, 1
_ANY_COOKIE = 0xFFFFFFFF
_HEADER = struct.Struct("=IHHII")
_STATE_AT, _UID_AT = _HEADER.size + 1, _HEADER.size + 64
_PATIENCE = 0.2


def is_loopback(host: object) -> bool:
    """Return whether an address is this machine's own loopback."""
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def owner(peer: Address, own: Address) -> int | None:
    """Return the user id of the process at the peer's end of a connection, None if the system does not report it."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        ends = struct.pack("!HH", peer[1], own[1]) + b"".join(socket.inet_aton(host).ljust(16, b"\0") for host, _ in (peer, own))
        what = struct.pack("=BBBBI", socket.AF_INET, socket.IPPROTO_TCP, 0, 0, _ANY_COOKIE)
        question = what + ends + struct.pack("=III", 0, _ANY_COOKIE, _ANY_COOKIE)
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
            kernel.settimeout(_PATIENCE)
            kernel.send(_HEADER.pack(_HEADER.size + len(question), _BY_FAMILY, _REQUEST, 1, 0) + question)
            answer = kernel.recv(4096)
        if _HEADER.unpack_from(answer)[1] != _BY_FAMILY or answer[_STATE_AT] != _ESTABLISHED:
            return None
        return int.from_bytes(answer[_UID_AT : _UID_AT + 4], sys.byteorder)
    except (OSError, struct.error, IndexError):
        return None


def is_allowed(peer: Address, own: Address, owner_of: Callable[[Address, Address], int | None] = owner) -> bool:
    """Return whether a peer may talk to us: from loopback, and, if the system reports it, the same user."""
    if not is_loopback(peer[0]):
        return False
    uid = owner_of(peer, own)
    return uid is None or uid == os.geteuid()
