"""The filter language for short lists that are not orders: imports, the history, rules, terms, questions, claims, statements.

A list names the keys that its rows know. Another key is refused with a sentence, so that it never finds nothing for no reason.
"""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.languages.labels import label_named
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.text import fold

AMOUNTS = "amounts"
"""The key that stands for >50 and <50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """What a filter can know about a row. `words` is all text in which words are searched, `categories` are in small letters."""

    words: str
    accounts: Collection[str] = ()
    categories: AbstractSet[str] = frozenset()
    person: str = ""
    day: date | None = None
    amount: Money | None = None


def check_keys(found: Filter, keys: Collection[str], what: str) -> None:
    """Raise InvalidInput if a filter uses a key that a list does not know. `what` names the list: "the history"."""
    wrong = next((key for key in _keys_of(found) if key not in keys), None)
    if wrong is not None:
        known = [">50" if key == AMOUNTS else f"{key}:" for key in keys]
        named = translated(what)
        shown = translated("amounts") if wrong == AMOUNTS else f"'{wrong}:'"
        raise InvalidInput(
            translated(
                "{what} cannot be filtered by {shown}. Use words, or {known}.",
                what=named[:1].upper() + named[1:],
                shown=shown,
                known=", ".join(known),
            )
        )


def _keys_of(found: Filter) -> Iterator[str]:
    used = {
        "account": found.accounts,
        "cat": found.category,
        "purpose": found.purpose,
        "person": found.person,
        "seller": found.seller,
        "item": found.items,
        "is": found.states,
        "status": found.status,
        "cur": found.currency,
        "date": found.since or found.until,
        "kind": found.kind,
        AMOUNTS: found.above is not None or found.below is not None,
    }
    yield from (key for key, value in used.items() if value)
    for part in (*found.without, *(part for group in found.either for part in group)):
        yield from _keys_of(part)


def matches(found: Filter, facts: RowFacts) -> bool:
    """Return whether a row matches a filter, with what it leaves out and its alternatives."""
    return (
        _matches_itself(found, facts)
        and not any(matches(part, facts) for part in found.without)
        and all(any(matches(part, facts) for part in group) for group in found.either)
    )


def _categories(word: str) -> set[str]:
    """Return what a word of a filter can mean: itself, and the built-in category that has this name in the user's language."""
    return {word.casefold(), (label_named("category", word) or word).casefold()}


def _matches_itself(found: Filter, facts: RowFacts) -> bool:
    accounts = {fold(account) for account in facts.accounts}
    said = fold(facts.words)
    size = abs(Decimal(facts.amount.decimal)) if facts.amount is not None else None
    return (
        (not found.accounts or any(fold(name) in accounts for name in found.accounts))
        and (found.category is None or not facts.categories.isdisjoint(_categories(found.category)))
        and (found.person is None or found.person.casefold() == facts.person.casefold())
        and (found.currency is None or (facts.amount is not None and facts.amount.currency == found.currency))
        and (found.since is None or (facts.day is not None and facts.day >= found.since))
        and (found.until is None or (facts.day is not None and facts.day <= found.until))
        and (found.above is None or (size is not None and size > found.above))
        and (found.below is None or (size is not None and size < found.below))
        and all(fold(word) in said for word in (*found.words, *found.items))
    )
