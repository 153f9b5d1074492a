"""A screen over a list that is read as a whole and filtered here, with the same language as orders."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from assistant.domain.errors import NotFound
from assistant.domain.filter_language import near_words, parse_filter
from assistant.domain.filters import Filter
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.rows.row_facts import KEYS
from assistant.domain.rows.row_filter import RowFacts, check_keys, matches
from assistant.domain.text import fold
from tui.messages import ShowOrders
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.row_list import RowList

NOTHING_MATCHES = to_translate("Nothing matches. Press x to clear the filter.")
IsWanted = Callable[[RowFacts], bool]


class ListedScreen(FilteredScreen):
    """A subclass reads its rows in `read` and draws those that are wanted in `draw`."""

    LISTS: ClassVar[str]
    """What the rows are, a name of `row_facts.KEYS`."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._is_read = False

    async def read(self) -> None:
        """Read all rows from the client. Raises DomainError."""
        raise NotImplementedError

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the rows that are wanted, and return what was found in a few words, "" without a filter."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Start on the list."""
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the first list."""
        self.query(RowList).first().focus()

    async def load(self) -> None:
        """Read the rows again and draw them."""
        self._is_read = False
        await super().load()

    async def find(self, text: str) -> str:
        """Draw the rows that a filter finds. Raises InvalidInput, NotFound."""
        found = parse_filter(text, self.store.settings.filters)
        check_keys(found, KEYS[self.LISTS], self.LISTS)
        wanted = self._with_keys(found)
        if not self._is_read:
            await self.read()
            self._is_read = True
        return self.draw(partial(matches, wanted))

    def _with_keys(self, found: Filter) -> Filter:
        """Return a filter with the keys of the accounts that it names, in all its parts. Raises NotFound."""
        return replace(
            found,
            accounts=tuple(self._key_of(name) for name in found.accounts),
            without=tuple(self._with_keys(part) for part in found.without),
            either=tuple(tuple(self._with_keys(part) for part in group) for group in found.either),
        )

    def _key_of(self, name: str) -> str:
        """Return the key of the account with this key or label. Raises NotFound."""
        accounts = self.store.accounts
        known = {fold(account.label): account.key for account in accounts} | {fold(account.key): account.key for account in accounts}
        if fold(name) not in known:
            keys = [account.key for account in accounts]
            advice = near_words(name, keys) or translated("Registered: {keys}.", keys=", ".join(keys))
            raise NotFound(translated("There is no account '{name}'. {advice}", name=name[:40], advice=advice))
        return known[fold(name)]

    def choose_account(self, key: str) -> None:
        """Show only this account; of rows that belong to none, show its orders."""
        if "account" in KEYS[self.LISTS]:
            super().choose_account(key)
        else:
            self.post_message(ShowOrders(f"account:{key}"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the filters that these rows know."""
        needs = {"turn_account": "account", "other_length": "date", "move_period": "date", "this_period": "date"}.get(action)
        return False if needs and needs not in KEYS[self.LISTS] else super().check_action(action, parameters)

    def empty_text(self, usual: str) -> str:
        """Return what an empty list says: its usual text, or that nothing matches the filter."""
        return translated(NOTHING_MATCHES) if self.filter_text else usual

    def found_text(self, shown: int, total: int) -> str:
        """Return "3 of 20" with a filter, "" without one."""
        return translated("{shown} of {total}", shown=number(shown), total=number(total)) if self.filter_text else ""
