"""Messages within the app: changes at the server, and navigation."""

from textual.message import Message

from assistant.domain.events import EventKind


class ServerChange(Message, bubble=False):
    """Something changed at the server. A change carries no data: screens load what they show."""


class Connected(ServerChange):
    """The server answers, for the first time or again, so everything may have changed."""


class OrdersChanged(ServerChange):
    """Orders were added, or known orders changed."""


class AccountsChanged(ServerChange):
    """An account was added, edited or linked, or a browser saw a customer id."""


class AlertsChanged(ServerChange):
    """A warning was raised, answered or dismissed."""


class RulesChanged(ServerChange):
    """A user rule was added, changed, learned or removed."""


class ImportsChanged(ServerChange):
    """A document was imported, or could not be read."""


class BrowsersChanged(ServerChange):
    """A browser was paired or revoked."""


class FrameChanged(ServerChange):
    """The accounts strip or the status line needs to be drawn again."""


CHANGES: dict[EventKind, tuple[type[ServerChange], ...]] = {
    EventKind.ORDERS_IMPORTED: (OrdersChanged, ImportsChanged),
    EventKind.ACCOUNT_CHANGED: (AccountsChanged, OrdersChanged),
    EventKind.IDENTITY_SEEN: (AccountsChanged,),
    EventKind.VERDICT_REACHED: (AlertsChanged, AccountsChanged),
    EventKind.ALERT_CHANGED: (AlertsChanged,),
    EventKind.RULES_CHANGED: (RulesChanged,),
    EventKind.CLIENT_PAIRED: (BrowsersChanged,),
    EventKind.CLIENT_REVOKED: (BrowsersChanged,),
    EventKind.IMPORT_FAILED: (ImportsChanged,),
    EventKind.BOOKS_CHANGED: (OrdersChanged,),
}
"""The changes that belong to an event of the server."""


class GoTo(Message):
    """The user wants to see another screen."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place


class LanguageChosen(Message):
    """The user chose the language of the app."""


class ShowOrders(Message):
    """The user wants to see the orders that match a filter."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ShowBooks(Message):
    """The user wants to see the entries of the books that a filter finds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ShowWarning(Message):
    """The user wants to see one warning."""

    def __init__(self, alert_id: int) -> None:
        super().__init__()
        self.alert_id = alert_id
