"""Facts that the store tells the screens, in the past tense; each carries nothing, screens ask for what they show."""

from textual.message import Message

from assistant.domain.events import EventKind


class Fact(Message, bubble=False):
    """Something became true at the server."""


class Connected(Fact):
    """The server answers, for the first time or again: everything may have changed."""


class OrdersChanged(Fact):
    """Orders came in, or what is known about them changed."""


class AccountsChanged(Fact):
    """An account was added, edited or linked, or a browser saw a customer id."""


class AlertsChanged(Fact):
    """A warning was raised, answered or dismissed."""


class RulesChanged(Fact):
    """A rule of the user was added, changed, learned or removed."""


class ImportsChanged(Fact):
    """A document came in, or could not be read."""


class BrowsersChanged(Fact):
    """A browser was paired or revoked."""


class FrameChanged(Fact):
    """What the strip and the status line show changed."""


FACTS: dict[EventKind, tuple[type[Fact], ...]] = {
    EventKind.ORDERS_IMPORTED: (OrdersChanged, ImportsChanged),
    EventKind.ACCOUNT_CHANGED: (AccountsChanged, OrdersChanged),
    EventKind.IDENTITY_SEEN: (AccountsChanged,),
    EventKind.VERDICT_REACHED: (AlertsChanged, AccountsChanged),
    EventKind.ALERT_CHANGED: (AlertsChanged,),
    EventKind.RULES_CHANGED: (RulesChanged,),
    EventKind.CLIENT_PAIRED: (BrowsersChanged,),
    EventKind.CLIENT_REVOKED: (BrowsersChanged,),
    EventKind.IMPORT_FAILED: (ImportsChanged,),
}
