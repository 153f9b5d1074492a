"""A browser with a sealed link like that of `extension/lib/sealing.js`, written independently of the server's code."""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.server.conftest import Answer, Caller


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(given: str) -> bytes:
    return urlsafe_b64decode(given + "==")


def what(*parts: object) -> bytes:
    return "\n".join(("shopper/1", *map(str, parts))).encode()


def hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


@dataclass
class SealedBrowser:
    """One paired browser; `port` is the port that it expects the server on."""

    call: Caller
    client_id: str
    key: str
    port: int
    epoch: str = ""
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def secret(self) -> bytes:
        return hashlib.sha256(self.key.encode()).digest()

    @classmethod
    def paired(cls, call: Caller, code: str, name: str = "Chromium", port: int | None = None) -> "SealedBrowser":
        private = ec.generate_private_key(ec.SECP256R1())
        public = text(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
        port = port or call.port
        stretched = hashlib.pbkdf2_hmac("sha256", code.replace("-", "").encode(), what("pair", public, port), 600_000)
        proof = text(hmac.new(stretched, what("client", public, name, port), hashlib.sha256).digest())
        answer = call("POST", "/pair", {"code": proof, "name": name, "sealed": True, "public": public})
        assert answer.status == 200, answer.body
        grant = answer.json
        assert "token" not in grant
        assert grant["key"] is None
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(grant["public"]))
        key = text(hkdf(private.exchange(ec.ECDH(), theirs), stretched, what("key", public, grant["public"])))
        expected = text(hmac.new(key.encode(), what("server", grant["client_id"], grant["server_id"]), hashlib.sha256).digest())
        assert grant["proof"] == expected
        return cls(call, grant["client_id"], key, port)

    def hello(self) -> dict[str, Any]:
        asked = secrets.token_hex(16)
        sealed = raw(self.call("GET", f"/hello?n={asked}&client={self.client_id}").json["sealed"])
        opened = AESGCM(hkdf(self.secret, b"", b"shopper/1 hello")).decrypt(
            sealed[:12], sealed[12:], what("hello", self.client_id, asked, self.port)
        )
        answer: dict[str, Any] = json.loads(opened)
        self.epoch = answer["epoch"]
        return answer

    def sealed(self, method: str, path: str, body: Any) -> tuple[str, bytes]:
        nonce = secrets.token_bytes(12)
        bound = what("request", self.client_id, self.epoch, text(nonce), method, f"/api/v1{path}", self.port)
        return text(nonce), AESGCM(self._key("request")).encrypt(nonce, json.dumps(body).encode(), bound)

    def send(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Send a request, and return the status and JSON of the sealed answer."""
        nonce, sealed = self.sealed(method, path, body)
        return self.opened(self.deliver(method, path, nonce, sealed), method, path, nonce)

    def deliver(self, method: str, path: str, nonce: str, sealed: bytes) -> Answer:
        headers = [
            ("Host", f"127.0.0.1:{self.call.port}"),
            ("Authorization", f"Sealed {self.client_id}.{self.epoch}.{nonce}"),
            ("Content-Type", "application/vnd.shopper.sealed"),
            ("Content-Length", str(len(sealed))),
        ]
        return self.call.exactly(method, f"/api/v1{path}", headers, sealed)

    def opened(self, answer: Answer, method: str, path: str, nonce: str) -> tuple[int, Any]:
        assert answer.status == 200, answer.body
        bound = what("answer", self.client_id, self.epoch, nonce, method, f"/api/v1{path}", self.port)
        status, _, body = AESGCM(self._key("answer")).decrypt(answer.body[:12], answer.body[12:], bound).partition(b"\n")
        return int(status), json.loads(body) if body else None

    def _key(self, use: str) -> bytes:
        return hkdf(self.secret, self.epoch.encode(), f"shopper/1 {use}".encode())
