"""Pairs a freshly opened window with the server, as a person would: by entering the code in the extension's popup."""

from typing import TYPE_CHECKING

from assistant.browsers.chromium import EXTENSION_ID, wait_for_extension
from assistant.domain.errors import BrowserAway
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

_POPUP = f"chrome-extension://{EXTENSION_ID}/popup/popup.html"
_PATIENCE = 10_000


def pair(context: "BrowserContext", port: int, code: str) -> None:
    """Type the code into the popup. Raises BrowserAway with the popup's message if the code is refused."""
    wait_for_extension(context)
    page = context.new_page()
    try:
        page.goto(_POPUP)
        page.wait_for_selector("main:not([hidden])", timeout=_PATIENCE)
        if page.is_visible("#paired"):
            page.click("#unpair")
            page.wait_for_selector("#unpaired:not([hidden])", timeout=_PATIENCE)
        page.click("summary")
        page.fill("#port", str(port))
        page.fill("#code", code)
        page.click("#pair button[type=submit]")
        page.wait_for_function(
            "() => !document.querySelector('#paired').hidden || document.querySelector('#fault').textContent", timeout=_PATIENCE
        )
        if not page.is_visible("#paired"):
            raise BrowserAway(translated("The browser could not be paired. {reason}", reason=page.inner_text("#fault")))
    finally:
        page.close()
