"""Finds the house of a short address ("home/97205"): from a whole address, from orders, or from the name on the parcel."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.domain.accounts.addresses import ParsedAddress, address_of, same_place
from assistant.domain.accounts.recipients import home_names, is_of_home
from assistant.domain.judging.situation import Party
from assistant.domain.judging.user_rules.rules import ShipRule
from assistant.rules.case import Case, once


@dataclass(frozen=True, slots=True)
class _Written:
    """The addresses of one list: an account's, or a ship rule's. `listed` are those that may be the houses of short forms elsewhere."""

    holders: tuple[Party, ...]
    places: tuple[str, ...]
    listed: tuple[str, ...]


def is_one_of(case: Case, party: Party, places: Iterable[str]) -> bool | None:
    """Return whether the order goes to one of these places of an account; None if unknown.

    A short form is the house that is written somewhere under its name, else the first in its postcode that orders of the account
    went to. Where neither is known, the name on the parcel tells, unless it is a gift or two names share the postcode.
    """
    unsure = False
    for place in places:
        same = same_place(case.event.ship_to or "", place)
        if same is None and not address_of(place).whole:
            same = _is_house_of(case, party, place)
        if same:
            return True
        unsure = unsure or same is None
    return None if unsure else False


def _is_house_of(case: Case, party: Party, short: str) -> bool | None:
    ship_to = case.event.ship_to or ""
    lists = _lists(case)
    houses = _written_houses(lists, short)
    if houses:
        return any(same_place(ship_to, house) for house in houses)
    if any(same_place(ship_to, house) for house in _houses_of_other_names(lists, short)):
        return False
    learned = next((house for other in _sharing(case, party, lists, short) for house in other.houses if _is_in(house, short)), None)
    if learned is not None:
        return same_place(ship_to, learned)
    return _told_by_name(case, party, lists, short)


def _told_by_name(case: Case, party: Party, lists: tuple[_Written, ...], short: str) -> bool | None:
    if case.event.gift or _shares_postcode(lists, short):
        return None
    near = [
        other
        for other in case.accounts.values()
        if (party.owner and other.owner == party.owner) or (party.home and other.home == party.home)
    ]
    names = home_names((one.greeting for one in near), (name for one in near for name in (one.owner, one.name)))
    told = is_of_home(case.event.recipient, names)
    # Nothing speaks against the account's own place where no name is known.
    return True if told or (told is None and party == case.active) else None


@once
def _lists(case: Case) -> tuple[_Written, ...]:
    return tuple(_written(case))


def _written(case: Case) -> Iterator[_Written]:
    for party in case.accounts.values():
        yield _Written((party,), party.addresses, party.addresses)
    for rule in case.rules_of(ShipRule):
        holders = tuple(case.accounts.values()) if rule.accounts is None else tuple(filter(None, map(case.party, rule.accounts)))
        yield _Written(holders, tuple(sorted(rule.allowed)), rule.only)


def _written_houses(lists: tuple[_Written, ...], short: str) -> set[str]:
    """Return the houses of a short form that are written down: under its name, or alone in another list of an account that has it."""
    asked = address_of(short)
    named = {place for written in lists for place in written.places if _is_in(place, short) and address_of(place).label == asked.label}
    if named:
        return named
    having = {party.key for written in lists for party in written.holders if _holds(written.places, asked)}
    alone = {
        place
        for written in lists
        if any(party.key in having for party in written.holders) and not _holds(written.places, asked)
        for place in written.listed
        if _is_in(place, short) and not address_of(place).label
    }
    return alone if all(same_place(one, other) for one in alone for other in alone) else set()


def _houses_of_other_names(lists: tuple[_Written, ...], short: str) -> Iterator[str]:
    asked = address_of(short)
    for written in lists:
        for place in written.places:
            if _is_in(place, short) and address_of(place).label not in ("", asked.label):
                yield place


def _sharing(case: Case, party: Party, lists: tuple[_Written, ...], short: str) -> list[Party]:
    """Return the account, then the others that have a place of the same name and postcode: it is one place."""
    asked = address_of(short)
    keys = {one.key for written in lists if _holds(written.places, asked) for one in written.holders}
    return [party, *(other for other in case.accounts.values() if other.key in keys and other != party)]


def _shares_postcode(lists: tuple[_Written, ...], short: str) -> bool:
    asked = address_of(short)
    parsed = [address_of(place) for written in lists for place in written.places]
    return any(one.postcode == asked.postcode and one.label != asked.label for one in parsed)


def _holds(places: Iterable[str], asked: ParsedAddress) -> bool:
    return any((one.label, one.postcode) == (asked.label, asked.postcode) for one in map(address_of, places))


def _is_in(place: str, short: str) -> bool:
    """Return whether a whole address lies in the postcode of a short form."""
    return address_of(place).whole and same_place(place, short) is None
