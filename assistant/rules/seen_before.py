"""What a cookie store showed before: whose pages, how long ago. Stores are independent; their tabs are not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from assistant.rules.facts import Fact, since
from assistant.rules.parties import Party

SIGNED_OUT = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An id that was on a page: `who` is an account's key, an unregistered customer id, or SIGNED_OUT."""

    who: str
    age: timedelta


def newest(entries: Iterable[Fact], event: Fact, accounts: Mapping[str, Party], *, same_tab: bool) -> Sighting | None:
    """Return the last sighting in the event's cookie store (and tab) that is not later than the event."""
    now = event.moment()
    found: Sighting | None = None
    for entry in entries:
        if _store(entry) != _store(event) or (same_tab and _other_tab(entry, event)):
            continue
        who, age = _who(entry, accounts), since(entry.moment(), now)
        if who is not None and age is not None and age >= timedelta(0) and (found is None or age <= found.age):
            found = Sighting(who, age)
    return found


def _store(fact: Fact) -> str:
    return fact.text("store") or "default"


def _other_tab(entry: Fact, event: Fact) -> bool:
    return entry.has("tab") and event.has("tab") and entry.text("tab") != event.text("tab")


def _who(entry: Fact, accounts: Mapping[str, Party]) -> str | None:
    signals = entry if "customer_id" in entry.data else entry.fact("seen")
    if "customer_id" in signals.data:
        shown = signals.text("customer_id")
        return next((party.key for party in accounts.values() if shown in party.customer_ids), shown)
    return entry.text("account")
