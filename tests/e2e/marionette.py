"""A small client of Marionette, Firefox's own remote control: JSON messages over a socket, each preceded by its length.

The protocol is described in Firefox's source documentation under testing/marionette. The client on PyPI brings ten further packages and
does not import without warnings.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class MarionetteError(Exception):
    """Firefox refused a command; the text says why."""


class Marionette:
    """A session with one Firefox."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._window = ""
        self._receive()
        self.send("WebDriver:NewSession", acceptInsecureCerts=True)

    def send(self, command: str, **parameters: Any) -> Any:
        """Run a command and return its value. Raises MarionetteError."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, value = self._receive()
        if error:
            raise MarionetteError(f"{error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def turn_to(self, window: str, *, focus: bool) -> None:
        """Send the next commands to this tab; with focus, also bring it to the front."""
        if focus or self._window != window:
            self.send("WebDriver:SwitchToWindow", handle=window, focus=focus)
            self._window = window

    @contextmanager
    def privileged(self) -> Iterator[None]:
        """Run scripts in the browser's own window instead of the page."""
        self.send("Marionette:SetContext", value="chrome")
        try:
            yield
        finally:
            self.send("Marionette:SetContext", value="content")

    def script(self, script: str, *arguments: object, sandbox: str | None = "default") -> Any:
        """Run the body of a function and return its value. `sandbox` "system" has the browser's rights, None is the page itself."""
        return self.send("WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox=sandbox, newSandbox=True)

    def async_script(self, script: str, *arguments: object) -> Any:
        """Run the body of a function whose last argument is called with its value."""
        return self.send("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments), newSandbox=True)

    def actions(self, kind: str, *steps: dict[str, Any]) -> None:
        """Perform gestures of a "key" or a "pointer", one after the other."""
        source: dict[str, Any] = {"type": kind, "id": kind, "actions": list(steps)}
        if kind == "pointer":
            source["parameters"] = {"pointerType": "mouse"}
        self.send("WebDriver:PerformActions", actions=[source])

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def _receive(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise MarionetteError("Firefox closed the connection")
            length += digit
        return json.loads(self._stream.read(int(length)))
