"""The sealed link between the server and a paired browser: standard constructions only, from the `cryptography` library.

Keys come from HKDF-SHA256, messages are sealed with AES-256-GCM, the pairing agrees on a key by ECDH over P-256 and proves the
code that a person typed by HMAC-SHA256 under PBKDF2. `extension/README.md` describes the protocol; `lib/sealing.js` is the other side.
"""

import hashlib
import hmac
import secrets
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = "shopper/1"
ROUNDS = 600_000
"""PBKDF2 rounds over the 8 digits: the cost of each of 10^8 guesses for a program on the port, within the two minutes of a code."""
_NONCE = 12
_REMEMBERED = 50_000


class SealBroken(Exception):
    """The message was sealed with another key or for another request, or it was replayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The seal of one request and its answer.

    `secret` is the secret of the pairing, `epoch` names this run of the server, `nonce` is the client's own for this request.
    Method, target (path and query) and port are bound into both messages, so that neither fits any other request or server.
    """

    secret: bytes
    client_id: str
    epoch: str
    nonce: str
    method: str
    target: str
    port: int

    def open(self, sealed: bytes) -> bytes:
        """Return the body of the request. Raises SealBroken."""
        return _opened(self._key("request"), from_text(self.nonce), sealed, self._bound("request"))

    def close(self, status: int, body: bytes) -> bytes:
        """Return the sealed answer: a fresh nonce, then the status and the body under the key of the answers."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._key("answer")).encrypt(nonce, b"%d\n%s" % (status, body), self._bound("answer"))

    def _key(self, use: str) -> bytes:
        return derived_key(self.secret, self.epoch, use)

    def _bound(self, direction: str) -> bytes:
        return bound(direction, self.client_id, self.epoch, self.nonce, self.method, self.target, str(self.port))


class Replays:
    """The requests seen since the server started, to reject replays; thread-safe.

    After 50,000 requests a new epoch begins: sealed messages of the old one are refused, and clients ask for the new one.
    """

    def __init__(self) -> None:
        """Start an epoch."""
        self._lock = threading.Lock()
        self._seen: set[tuple[str, str]] = set()
        self.epoch = secrets.token_urlsafe(16)

    def note(self, seal: Seal) -> bool:
        """Return whether this request is new, and remember it."""
        with self._lock:
            if seal.epoch != self.epoch or (seal.client_id, seal.nonce) in self._seen:
                return False
            self._seen.add((seal.client_id, seal.nonce))
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
                self.epoch = secrets.token_urlsafe(16)
            return True


def link_secret(key_digest: str) -> bytes:
    """Return the secret of a pairing from the SHA-256 (hex) of its key; the server stores nothing else of it."""
    return bytes.fromhex(key_digest)


def sealed_hello(secret: bytes, client_id: str, asked: str, port: int, answer: bytes) -> str:
    """Return the proof of the server for one client, bound to the client's nonce and the port."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(derived_key(secret, "", "hello")).encrypt(nonce, answer, bound("hello", client_id, asked, str(port)))
    return to_text(nonce + sealed)


def sealed_text(secret: bytes, use: str, text: str) -> str:
    """Return a short text sealed for storage."""
    nonce = secrets.token_bytes(_NONCE)
    return to_text(nonce + AESGCM(derived_key(secret, "", use)).encrypt(nonce, text.encode(), bound(use)))


def opened_text(secret: bytes, use: str, sealed: str) -> str:
    """Return a text that `sealed_text` sealed. Raises SealBroken."""
    raw = from_text(sealed)
    return _opened(derived_key(secret, "", use), raw[:_NONCE], raw[_NONCE:], bound(use)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """A browser's side of a pairing: its public key and its proof of the code, for a server on this port."""

    public: str
    proof: str
    name: str
    port: int

    def stretched(self, digits: str) -> bytes:
        """Return the stretched code. It takes a fifth of a second, on purpose; the salt holds the client's fresh public key."""
        return hashlib.pbkdf2_hmac("sha256", digits.encode(), bound("pair", self.public, str(self.port)), ROUNDS)

    def proves(self, stretched: bytes) -> bool:
        """Return whether the browser knows the code."""
        right = hmac.new(stretched, bound("client", self.public, self.name, str(self.port)), hashlib.sha256).digest()
        return hmac.compare_digest(to_text(right), self.proof)

    def agreed(self, stretched: bytes) -> tuple[str, str]:
        """Return the server's public key and the key of the pairing. Raises SealBroken for a public key that is not on the curve."""
        private = ec.generate_private_key(ec.SECP256R1())
        public = to_text(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_text(self.public))
        except ValueError as error:
            raise SealBroken from error
        shared = private.exchange(ec.ECDH(), theirs)
        return public, to_text(HKDF(SHA256(), 32, stretched, bound("key", self.public, public)).derive(shared))


def confirmation(key: str, client_id: str, server_id: str) -> str:
    """Return the server's proof that it agreed on this key, which it could not without the code."""
    return to_text(hmac.new(key.encode(), bound("server", client_id, server_id), hashlib.sha256).digest())


@lru_cache(maxsize=64)
def derived_key(secret: bytes, salt: str, use: str) -> bytes:
    """Return the 32-byte key for one use."""
    return HKDF(SHA256(), 32, salt.encode(), f"{VERSION} {use}".encode()).derive(secret)


def bound(*parts: str) -> bytes:
    """Return the associated data of a message; no part may contain a line break."""
    return "\n".join((VERSION, *(part.replace("\n", " ") for part in parts))).encode()


def to_text(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Return the bytes of base64url text. Raises SealBroken."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise SealBroken from error


def _opened(key: bytes, nonce: bytes, sealed: bytes, what: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, sealed, what)
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error
