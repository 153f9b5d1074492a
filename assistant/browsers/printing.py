"""Prints kept pages to PDF: Chromium without a window, without scripts and without network."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.browsers.chromium import chromium_driver, chromium_program, root_arguments, why_not_started
from assistant.domain.errors import BrowserAway
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from playwright.sync_api import Route

_SECONDS = 30_000
_MARGINS = {"top": "14mm", "bottom": "14mm", "left": "12mm", "right": "12mm"}


def printed_pages(pages: Iterable[str]) -> Iterator[bytes]:
    """Yield each page, given as HTML, as a PDF in A4. Raises BrowserAway if there is no Chromium or it fails."""
    from playwright.sync_api import Error  # noqa: PLC0415  # 150 ms that only printing should cost

    with chromium_driver() as playwright:
        try:
            program, without_sandbox = chromium_program(playwright), root_arguments()
            try:
                browser = playwright.chromium.launch(executable_path=program, args=without_sandbox, chromium_sandbox=not without_sandbox)
            except Error as error:
                raise BrowserAway(why_not_started(error.message, program)) from error
            try:
                context = browser.new_context(java_script_enabled=False, offline=True, service_workers="block")
                context.route("**/*", _refuse)
                page = context.new_page()
                for html in pages:
                    page.set_content(html, timeout=_SECONDS)
                    yield page.pdf(format="A4", margin=_MARGINS, print_background=True)  # type: ignore[arg-type]  # a TypedDict
            finally:
                browser.close()
        except Error as error:
            raise BrowserAway(
                translated("Chromium did not print the page: {reason}", reason=error.message.strip().splitlines()[0][:200])
            ) from error


def _refuse(route: "Route") -> None:
    route.abort()
