"""A tab of Firefox with the few methods of Playwright's page that the stories use, and its ribbon and dialog."""

import json
import re
import time
from fnmatch import translate
from typing import Any

from tests.e2e.marionette import Marionette, MarionetteError
from tests.e2e.waiting import until

_KEYS = {"Enter": "\ue007", "Space": " ", "Escape": "\ue00c", "Tab": "\ue004", "ArrowUp": "\ue013", "ArrowDown": "\ue015"}
_FOUND = """
    const isSeen = one => one.checkVisibility() && one.getClientRects().length > 0;
    const textOf = one => (one.matches("input[type=submit], input[type=button]") ? one.value : one.textContent).toLowerCase();
    const found = selector => {
      if (!selector.startsWith("text=")) return [...document.querySelectorAll(selector)];
      const says = one => textOf(one).includes(selector.slice(5).toLowerCase());
      return [...document.body.querySelectorAll("*")].filter(one => isSeen(one) && says(one) && ![...one.children].some(says));
    };
"""
_OURS = """
    // The documents of the page and its frames, each with its place in the window.
    const documents = (document, left, top) => [[document, left, top], ...[...document.querySelectorAll("iframe")].flatMap(frame => {
      const box = frame.getBoundingClientRect();
      const place = [left + box.left + frame.clientLeft, top + box.top + frame.clientTop];
      return frame.contentDocument ? documents(frame.contentDocument, ...place) : [];
    })];
    const shown = (name, live) => documents(document, 0, 0).flatMap(([inside, left, top]) =>
      [...inside.querySelectorAll(`[data-shopper=${name}]`)].flatMap(host => [...host.openOrClosedShadowRoot.children])
        .filter(part => (part.getAttribute("role") === "status") === live).map(part => ({part, left, top})));
    const texts = ({part}) => {
      const walker = part.ownerDocument.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode.data.trim());
      return found;
    };
    const isLabelled = (one, label) => one.getAttribute("aria-label") === label ||
      [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim() === label);
    const labelled = (name, label) => shown(name, false)
      .flatMap(({part, ...place}) => [...part.querySelectorAll("*")].map(one => ({one, ...place}))).find(({one}) => isLabelled(one, label));
"""


class FirefoxPage:
    """A tab."""

    def __init__(self, driver: Marionette, handle: str) -> None:
        self._driver = driver
        self.handle = handle
        self.keyboard = _Keyboard(self)
        self.mouse = _Mouse(self)

    def bring_to_front(self) -> None:
        self._driver.turn_to(self.handle, focus=True)

    def send(self, command: str, **parameters: Any) -> Any:
        """Run a command in this tab, wherever it is."""
        self._driver.turn_to(self.handle, focus=False)
        return self._driver.send(command, **parameters)

    def act(self, kind: str, *steps: dict[str, Any]) -> None:
        """Perform gestures in this tab."""
        self._driver.turn_to(self.handle, focus=False)
        self._driver.actions(kind, *steps)

    @property
    def url(self) -> str:
        return str(self.send("WebDriver:GetCurrentURL"))

    def title(self) -> str:
        return str(self.send("WebDriver:GetTitle"))

    def goto(self, url: str) -> None:
        self.send("WebDriver:Navigate", url=url)

    def reload(self) -> None:
        self.send("WebDriver:Refresh")

    def close(self) -> None:
        remaining = self.send("WebDriver:CloseWindow")
        self._driver.turn_to(remaining[0], focus=True)

    def evaluate(self, script: str, argument: object = None) -> Any:
        """Run an expression or a function of the page; what it returns must be JSON."""
        is_function = re.match(r"\s*(async\s*)?(\(|\w+\s*=>)", script) and "=>" in script and not script.lstrip().startswith("((")
        body = f"return ({script})(given);" if is_function else f"return ({script});"
        self._driver.turn_to(self.handle, focus=False)
        if self.url.startswith("moz-extension:"):
            return self._driver.script(f"const given = arguments[0]; {body}", argument, sandbox=None)
        source = f"(function (given) {{ {body} }})"
        return self._driver.script(f"return window.eval({json.dumps(source)})(arguments[0]);", argument, sandbox=None)

    def click(self, selector: str, *, no_wait_after: bool = False, button: str = "left") -> None:  # noqa: ARG002  # Playwright's name
        x, y = self._middle(selector)
        if button == "left":
            # Firefox finds and presses the element in one step, so that nothing can move in between.
            self.send("WebDriver:ElementClick", id=self._element(selector))
        else:
            self.mouse.click(x, y, button=button)

    def press(self, selector: str, key: str) -> None:
        self.focus(selector)
        self.keyboard.press(key)

    def focus(self, selector: str) -> None:
        self.script("document.querySelector(arguments[0]).focus();", selector)

    def fill(self, selector: str, text: str) -> None:
        self.wait_for_selector(selector)
        element = self._element(selector)
        self.send("WebDriver:ElementClear", id=element)
        self.send("WebDriver:ElementSendKeys", id=element, text=text)

    def input_value(self, selector: str) -> str:
        return str(self.script("return document.querySelector(arguments[0]).value;", selector))

    def inner_text(self, selector: str) -> str:
        return str(self.script("return document.querySelector(arguments[0])?.innerText ?? '';", selector))

    def is_visible(self, selector: str) -> bool:
        return bool(self.script(f"{_FOUND} return found(arguments[0]).some(isSeen);", selector))

    def wait_for_selector(self, selector: str) -> None:
        until(lambda: self.is_visible(selector), selector)

    def wait_for_url(self, pattern: str) -> None:
        matching = re.compile(translate(pattern.replace("**", "*").replace("?", "[?]")))
        until(lambda: matching.match(self._address()), f"the address {pattern}, it is {self._address()}", patience=15)
        until(lambda: self.script("return document.readyState === 'complete';"), "the page to load")

    def wait_for_timeout(self, milliseconds: float) -> None:
        time.sleep(milliseconds / 1000)

    def script(self, script: str, *arguments: object, privileged: bool = False) -> Any:
        """Run the body of a function in a sandbox; None while the page is changing."""
        self._driver.turn_to(self.handle, focus=False)
        try:
            return self._driver.script(script, *arguments, sandbox="system" if privileged else "default")
        except MarionetteError:
            return None

    def _element(self, selector: str) -> str:
        one = until(lambda: self.script(f"{_FOUND} return found(arguments[0]).find(isSeen) ?? null;", selector), selector)
        return str(next(iter(one.values())))

    def _address(self) -> str:
        try:
            return self.url
        except MarionetteError:
            return ""  # between two pages

    def _middle(self, selector: str) -> tuple[float, float]:
        script = f"""{_FOUND}
            const one = found(arguments[0]).find(isSeen);
            if (!one) return null;
            one.scrollIntoView({{block: "center"}});
            const box = one.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        """
        place = until(lambda: self.script(script, selector), selector)
        return place[0], place[1]


class _Keyboard:
    def __init__(self, page: FirefoxPage) -> None:
        self._page = page

    def press(self, key: str) -> None:
        value = _KEYS.get(key, key)
        self._page.act("key", {"type": "keyDown", "value": value}, {"type": "keyUp", "value": value})

    def down(self, key: str) -> None:
        """Press a key, or let it repeat if it is down."""
        self._page.act("key", {"type": "keyDown", "value": _KEYS.get(key, key)})

    def up(self, key: str) -> None:
        self._page.act("key", {"type": "keyUp", "value": _KEYS.get(key, key)})


class _Mouse:
    def __init__(self, page: FirefoxPage) -> None:
        self._page = page

    def click(self, x: float, y: float, *, button: str = "left") -> None:
        self._press(x, y, times=1, button=1 if button == "middle" else 0)

    def dblclick(self, x: float, y: float) -> None:
        self._press(x, y, times=2, button=0)

    def move(self, x: float, y: float) -> None:
        self._page.act("pointer", {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0})

    def _press(self, x: float, y: float, *, times: int, button: int) -> None:
        press = [{"type": "pointerDown", "button": button}, {"type": "pointerUp", "button": button}]
        self._page.act("pointer", {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0}, *press * times)


class FirefoxHidden:
    """The content of one of our closed shadow roots: only a privileged script can read it."""

    def __init__(self, page: FirefoxPage, name: str) -> None:
        self._page = page
        self._name = name

    def text(self) -> str:
        return self._text(live=False)

    def spoken(self) -> str:
        return self._text(live=True)

    def wait(self, *words: str) -> str:
        return until(lambda: (text := self.text()) and all(word in text for word in words) and text, f"{self._name} saying {words}")

    def wait_away(self) -> None:
        until(lambda: not self.text(), f"{self._name} going away")

    def click(self, label: str) -> None:
        script = "return labelled(arguments[0], arguments[1])?.one.ariaDisabled !== 'true';"
        until(lambda: self._run(script, label), f"'{label}' to be ready")
        left, top, right, bottom = self.box(label)
        self._page.mouse.click((left + right) / 2, (top + bottom) / 2)

    def box(self, label: str) -> tuple[float, float, float, float]:
        script = """
            const found = labelled(arguments[0], arguments[1]);
            const box = found?.one.getBoundingClientRect();
            return found ? [found.left + box.left, found.top + box.top, found.left + box.right, found.top + box.bottom] : null;
        """
        before: Any = None

        def at_rest() -> Any:
            nonlocal before
            last, before = before, self._run(script, label)
            return before if before == last else None

        found = until(at_rest, f"'{label}' in the {self._name}")
        return found[0], found[1], found[2], found[3]

    def _text(self, *, live: bool) -> str:
        return str(self._run("return shown(arguments[0], arguments[1]).flatMap(texts).join(' ');", live) or "")

    def _run(self, script: str, argument: object) -> Any:
        return self._page.script(_OURS + script, self._name, argument, privileged=True)
