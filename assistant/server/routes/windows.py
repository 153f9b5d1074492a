"""Browser windows that each belong to one account."""

from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole
from assistant.server.routing import Call, Route
from assistant.wire.shape import PageJson
from assistant.wire.windows import WindowBody, WindowJson, WindowResultJson


def windows(call: Call) -> PageJson[WindowJson]:
    """List the windows that have a profile."""
    return whole(call, [WindowJson.of(window) for window in call.services.windows.all()])


def open_window(call: Call) -> WindowResultJson:
    """Open the window of an account on this machine, or a tab in it."""
    body: WindowBody = call.body
    return WindowResultJson.of(call.services.windows.open(body.account, port=call.port, url=body.url or None))


def forget(call: Call) -> None:
    """End the access of a window and delete its profile."""
    call.services.windows.forget(call.path["account"])


ROUTES = (
    Route(method="GET", path="/windows", about="Windows of accounts.", scope=Scope.FULL, run=windows, query=PART),
    Route(
        method="POST",
        path="/windows",
        about="Open the browser window of an account, or a tab in it.",
        scope=Scope.SUMMARY_READ,
        run=open_window,
        body=WindowBody,
        patience=None,
        long=True,
    ),
    Route(method="DELETE", path="/windows/{account}", about="Delete the window of an account.", scope=Scope.FULL, run=forget),
)
