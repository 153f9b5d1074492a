"""Serves the look-alike shop over TLS on a free port of this machine, in its own thread."""

import asyncio
import base64
import hashlib
import ssl
import threading
from collections.abc import Callable
from datetime import date

import trustme
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from assistant.demo.shop.app import ShopPages
from assistant.demo.shop.household import Shop
from assistant.domain.clock import system_today


class ShopServer:
    """Serves a shop under its hosts' real names. Only a browser with a mapping for these names finds it."""

    def __init__(self, shop: Shop, today: Callable[[], date] = system_today) -> None:
        """Prepare a certificate for the shop's hosts; nothing listens before `start`."""
        self._pages = ShopPages(shop, today)
        self._certificate = trustme.CA().issue_cert(*shop.hosts)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="look-alike shop", daemon=True)
        self._runner: web.AppRunner | None = None

    @property
    def key_print(self) -> str:
        """The SHA-256 of the certificate's public key in base64: the only key that Chromium trusts."""
        leaf = x509.load_pem_x509_certificate(self._certificate.cert_chain_pems[0].bytes())
        key = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(key).digest()).decode()

    def start(self) -> int:
        """Listen on 127.0.0.1; return the port."""
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def stop(self) -> None:
        """Stop listening and end the thread."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    async def _listen(self) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._certificate.configure_cert(context)
        self._runner = web.AppRunner(self._pages.app(), access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        port: int = self._runner.addresses[0][1]
        return port

    async def _end(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
