"""What the stories can do with a browser, and gestures that are the same in both."""

from pathlib import Path
from typing import Any, Protocol

from tests.e2e.waiting import until


def has_reached(mark: str) -> str:
    """Return the expression for whether the popup has reached "known" (it shows what the last one knew) or "complete"."""
    return f"performance.getEntriesByName({mark!r}).length > 0"


class Hidden(Protocol):
    """The content of our closed shadow roots: ribbon or dialog. No script of the page can read it."""

    def text(self) -> str:
        """Return all its visible text, "" when it is not on the page."""

    def spoken(self) -> str:
        """Return what its live region tells a screen reader."""

    def wait(self, *words: str) -> str:
        """Wait until it contains all of these words, and return its text."""

    def wait_away(self) -> None:
        """Wait until it is gone."""

    def click(self, label: str) -> None:
        """Click a button or link by its text or name, once a person could click it."""

    def box(self, label: str) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of a button, link or text."""


class Desk(Protocol):
    """A browser with the extension and the look-alike shop. `page` is the shop's tab; pages have the methods of Playwright's."""

    page: Any

    def open(self, path: str = "/", host: str = "www.amazon.com") -> Any:
        """Open an address of the shop and return the page."""

    def switch_to(self, customer_id: str) -> None:
        """Choose an account in Amazon's own switcher."""

    def pair(self, port: int, code: str) -> None:
        """Type the code into the popup."""

    def badge(self) -> str:
        """Return the toolbar's text for the shop's tab."""

    def sees_badge(self, text: str) -> None:
        """Wait until the badge has this text."""

    def badge_colour(self) -> tuple[int, ...]:
        """Return red, green, blue and opacity of the badge."""

    def ribbon(self, page: Any = None) -> Hidden:
        """Return the ribbon of the shop's tab or of another page."""

    def dialog(self, page: Any = None) -> Hidden:
        """Return the dialog of the shop's tab or of another page."""

    def popup(self, *, until_it_is: str = "complete") -> Any:
        """Open the popup as a page of its own that shows the shop's tab, and wait until it is "known" or "complete"."""

    def extension_page(self, path: str) -> Any:
        """Open one of the extension's own pages in a new tab."""

    def options(self) -> Any:
        """Open the options page."""

    def new_page(self) -> Any:
        """Open another tab."""

    def tabs(self) -> int:
        """Return how many tabs are open."""

    def make_narrow(self, width: int) -> None:
        """Show the page with this width in pixels."""

    def as_printed(self) -> None:
        """Show the page as it is printed."""

    def press_command(self) -> None:
        """Press the key that puts the focus into the ribbon."""

    def stop_background(self) -> None:
        """End the extension's background, as browsers do when it is idle."""

    def kept_views(self) -> int:
        """Return how many pages the extension keeps a view of."""

    def picture(self, folder: Path, name: str) -> None:
        """Save a picture of the page."""


def buy_now(desk: Desk, asin: str) -> Any:
    """Go to the checkout with one product and return the page. The click waits for the ribbon, which moves the page when it comes."""
    page = desk.open(f"/dp/{asin}")
    until(desk.ribbon().text, "the ribbon")
    page.click("#buy-now-button")
    page.wait_for_url("**/spc")
    return page


def click_inside(page: Any, frame: str, selector: str) -> None:
    """Click an element inside a frame of the same origin."""
    middle = until(
        lambda: page.evaluate(
            """([frame, selector]) => {
                const outer = document.querySelector(frame);
                const inner = outer?.contentDocument?.querySelector(selector);
                if (!inner) return null;
                const [around, box] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()];
                return [around.left + outer.clientLeft + box.left + box.width / 2, around.top + outer.clientTop + box.top + box.height / 2];
            }""",
            [frame, selector],
        ),
        f"{selector} in {frame}",
    )
    page.mouse.click(middle[0], middle[1])
