"""Labels: the closed lists of categories, purposes and persons; a adds a word, e moves a category, d removes a word."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.accounts.account import Purpose
from assistant.domain.categories import LABEL_PLURALS, CategoryPlace
from assistant.domain.filter_language import quoted
from assistant.domain.languages.labels import shown_label
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.formatting import padded, plain, section
from tui.messages import AccountsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.screens.framed_screen import FramedScreen
from tui.screens.orders.item_labels import LabelKind, word_form
from tui.store import Store
from tui.widgets.row_list import RowList

_TOP = "\0top"
_KEYS = {"category": "cat", "purpose": "purpose", "person": "person"}


class LabelsScreen(FramedScreen):
    """A list of all words by kind and, beside it, the one under the cursor; Enter shows its orders."""

    PLACE = "labels"
    CSS_PATH = "../../styles/books.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("e", "move", "Move"),
        Binding("d", "remove", "Remove"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._places: dict[str, CategoryPlace] = {}
        self._words: dict[LabelKind, list[str]] = {}

    def body(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel book-list", id="label-panel"):
                yield RowList(id="label-list")
            with VerticalScroll(classes="panel book-detail", id="label-detail", can_focus=False):
                yield Static(id="label-facts", markup=False)

    async def load(self) -> None:
        """Load all words."""
        client = self.store.client
        self._places = {entry.category: entry for entry in await client.categories()}
        self._words = {"category": list(self._places), "purpose": await client.words("purpose"), "person": await client.words("person")}
        counts = ", ".join(f"{len(words)} {shown_word(LABEL_PLURALS[kind])}" for kind, words in self._words.items())
        self.query_one("#label-panel").border_title = translated("Labels: {counts}", counts=counts)
        self.query_one(RowList).show(self._lines())
        self._draw_detail()

    def _lines(self) -> Iterator[tuple[str, Content]]:
        kinds: tuple[LabelKind, ...] = ("purpose", "person", "category")
        wide = max(cell_len(shown_word(kind)) for kind in kinds)
        for kind in kinds:
            for word in self._words[kind]:
                indent = "  " * self._depth(word) if kind == "category" else ""
                own = "  " + translated("yours") if kind == "category" and self._places[word].own else ""
                yield (
                    f"{kind}:{word}",
                    Content.assemble(
                        (padded(shown_word(kind), wide) + " ", "$muted"), f"{indent}{plain(shown_label(kind, word))}", (own, "$muted")
                    ),
                )

    def _depth(self, word: str) -> int:
        above, depth = self._places[word].under, 0
        while above in self._places and depth < len(self._places):
            above, depth = self._places[above].under, depth + 1
        return depth

    @property
    def _chosen(self) -> tuple[LabelKind, str] | None:
        kind, mark, word = (self.query_one(RowList).chosen or "").partition(":")
        return (cast("LabelKind", kind), word) if mark else None

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        chosen = self._chosen
        self.query_one("#label-detail").display = chosen is not None
        self.query_one("#label-facts", Static).update(self._facts(*chosen) if chosen else Content(""))
        self.refresh_bindings()

    def _facts(self, kind: LabelKind, word: str) -> Content:
        place = self._places.get(word) if kind == "category" else None
        about = [
            translated("{kind} under {word}", kind=shown_word(kind), word=plain(shown_label("category", place.under)))
            if place and place.under
            else shown_word(kind)
        ]
        below = [plain(shown_label("category", entry.category)) for entry in self._places.values() if place and entry.under == word]
        command = f"shopper {LABEL_PLURALS[kind]}"
        remove = [f"{command} remove {quoted(plain(word))}"] if self._is_own(kind, word) else []
        lines = [
            Content.styled(plain(shown_label(kind, word)), "bold"),
            Content.styled(about[0], "$muted"),
            *section(translated("Under it"), below),
            *section(
                translated("In a filter"),
                [f"{_KEYS[kind]}:{quoted(plain(shown_label(kind, word)))}", translated("Enter shows these orders.")],
            ),
            *section(translated("Commands"), [f"{command} add WORD", *remove]),
        ]
        return Content("\n").join(lines)

    def _is_own(self, kind: LabelKind, word: str) -> bool:
        """Return whether the user added a word, so that it can be removed. Purposes and owners of accounts belong to the accounts."""
        if kind == "category":
            return word in self._places and self._places[word].own
        accounts = self.store.accounts
        given = [account.owner for account in accounts] if kind == "person" else [*Purpose, *(account.purpose for account in accounts)]
        return word.casefold() not in {name.casefold() for name in given if name}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable moving for categories only, and removing where there is a word."""
        chosen = self._chosen if self.is_mounted else None
        if action == "move":
            return chosen is not None and chosen[0] == "category"
        if action == "remove":
            return chosen is not None and self._is_own(*chosen)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def show_orders(self) -> None:
        """Show the orders with the word under the cursor."""
        chosen = self._chosen
        if chosen is not None:
            self.post_message(ShowOrders(f"{_KEYS[chosen[0]]}:{quoted(chosen[1])}"))

    def action_add(self) -> None:
        """Ask for a new word of the kind under the cursor."""

        async def add(kind: LabelKind, word: str, under: str) -> str:
            await self.store.client.add_word(kind, word, under=under or None)
            self._changed(translated("Added the {kind} '{word}'.", kind=shown_word(kind), word=plain(word)))
            return word

        kind = self._chosen[0] if self._chosen else "category"
        self.app.push_screen(word_form([*self._places.values()], kind, add))

    def action_move(self) -> None:
        """Ask under which category the one under the cursor goes."""
        chosen = self._chosen
        if chosen is None or chosen[0] != "category":
            return
        word = chosen[1]

        def moved(under: str | None) -> None:
            async def move() -> None:
                await self.store.client.move_category(word, None if under == _TOP else under)
                self._changed(translated("Moved '{word}'.", word=plain(shown_label("category", word))))

            if under is not None:
                self.act(move, group="move")

        others = [
            (entry.category, Content(plain(shown_label("category", entry.category))))
            for entry in self._places.values()
            if entry.category != word
        ]
        self.app.push_screen(
            ChoiceDialog(
                translated("Move {word} under …", word=plain(shown_label("category", word))),
                [(_TOP, Content(translated("the top"))), *others],
            ),
            moved,
        )

    def action_remove(self) -> None:
        """Remove the word under the cursor, after asking."""
        chosen = self._chosen
        if chosen is not None:
            text = translated(
                "{word}\n\nOnly a word that you added and that nothing has can be removed. This can be undone.", word=plain(chosen[1])
            )
            self.app.push_screen(
                ConfirmDialog(translated("Remove this {kind}?", kind=shown_word(chosen[0])), text, translated("Remove")),
                partial(self._remove, *chosen),
            )

    def _remove(self, kind: LabelKind, word: str, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def remove() -> None:
            await self.store.client.remove_word(kind, word)
            self._changed(translated("Removed the {kind} '{word}'.", kind=shown_word(kind), word=plain(word)))

        if sure:
            self.act(remove, group="remove")

    def _changed(self, done: str) -> None:
        self.say(translated("{done} To reverse this press u.", done=done))
        self.store.announce(OrdersChanged)
