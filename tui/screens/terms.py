"""Terms: promotions, limits, memberships and reviews, and who used them; read from pages or noted by hand."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.rows import row_facts
from assistant.domain.term_sentences import KINDS
from assistant.domain.terms import SHAPES, Term, TermKind
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.term_forms import change_between, term_form, term_kinds
from tui.formatting import capital, plain
from tui.messages import AccountsChanged, AlertsChanged, ServerChange
from tui.screens.listed_screen import IsWanted, ListedScreen
from tui.store import Store
from tui.widgets.row_list import RowList
from tui.widgets.term_facts import USES, term_facts, term_line

_MOST = 500
_ALL = "all"
_EMPTY = to_translate(
    "Nothing yet. Promotions, limits, trials and reviews appear here while you shop in a paired browser. Or "
    "press a to add one, like a code that somebody in your home has used."
)


class TermsScreen(ListedScreen):
    """A list and, beside it, the term under the cursor with who used it."""

    PLACE = "terms"
    LISTS = "terms"
    CSS_PATH = "../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (AccountsChanged, AlertsChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("e", "edit", "Edit"),
        Binding("t", "note_use", "Used by"),
        Binding("z", "choose_kind", "Only one kind"),
        Binding("d", "forget", "Forget"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._terms: dict[str, Term] = {}
        self._kind: TermKind | None = None

    def content(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel", id="term-panel"):
                yield RowList(empty=translated(_EMPTY), id="term-list")
            with VerticalScroll(classes="panel", id="term-detail", can_focus=False):
                yield Static(id="term-facts", markup=False)

    def on_mount(self) -> None:
        """Name the list."""
        self._head()

    def _head(self) -> None:
        title = capital(translated(KINDS[self._kind])) if self._kind else translated("Offers, limits, memberships, reviews")
        self.query_one("#term-panel").border_title = title

    async def read(self) -> None:
        """Read the terms, newest first, page by page."""
        terms: list[Term] = []
        cursor = None
        while len(terms) < _MOST:
            page = await self.store.client.terms(cursor=cursor)
            terms += page.items
            cursor = page.next
            if cursor is None:
                break
        self._terms = {str(term.id): term for term in terms}

    def draw(self, is_wanted: IsWanted) -> str:
        """Draw the terms that are wanted, of the kind that is shown."""
        pen, listing = self.store.pen, self.query_one(RowList)
        shown = [term for term in self._terms.values() if self._kind in (None, term.kind) and is_wanted(row_facts.term_facts(term))]
        listing.empty = self.empty_text(translated(_EMPTY))
        listing.show((str(term.id), term_line(term, pen)) for term in shown)
        self._draw_detail()
        return self.found_text(len(shown), len(self._terms))

    @on(OptionList.OptionHighlighted, "#term-list")
    def highlighted(self) -> None:
        """Show the term under the cursor."""
        self._draw_detail()

    @property
    def _term(self) -> Term | None:
        return self._terms.get(self.query_one(RowList).chosen or "")

    def _draw_detail(self) -> None:
        term = self._term
        self.query_one("#term-detail").display = term is not None
        self.query_one("#term-facts", Static).update(term_facts(term, self._uses(term), self.store.pen) if term else Content(""))
        self.refresh_bindings()

    def _uses(self, term: Term) -> list[Term]:
        return [use for use in self._terms.values() if use.kind in USES and use.what == term.what and use is not term]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer changing only with a term under the cursor, and noting a use only for a promotion."""
        if action in ("edit", "forget"):
            return bool(self._terms) and self._term is not None
        if action == "note_use":
            return self._term is not None and SHAPES[self._term.kind].what == "promo"
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Ask for the kind of term, then for its parts."""
        choice = ChoiceDialog(translated("What do you want to note?"), term_kinds())
        self.app.push_screen(choice, lambda kind: self._ask(Term(kind=TermKind(kind), what="")) if kind else None)

    @on(OptionList.OptionSelected, "#term-list")
    def action_edit(self) -> None:
        """Change the term under the cursor."""
        if self._term is not None:
            self._ask(self._term)

    def action_note_use(self) -> None:
        """Note that an account used the promotion under the cursor."""
        if self._term is not None:
            self._ask(Term(kind=TermKind.PROMO_USED, what=self._term.what, on=self.store.today))

    def _ask(self, term: Term) -> None:
        self.app.push_screen(term_form(term, self.store.accounts, partial(self._save, term)))

    async def _save(self, before: Term, term: Term) -> str:
        client = self.store.client
        kept = await (client.edit_term(before.id, change_between(before, term)) if before.id else client.add_term(term))
        self.store.announce(AccountsChanged)
        return str(kept.id)

    def action_choose_kind(self) -> None:
        """Show one kind only, or all again."""
        self.app.push_screen(
            ChoiceDialog(translated("What do you want to see?"), [(_ALL, Content(translated("everything"))), *term_kinds()]),
            self._show_kind,
        )

    def _show_kind(self, kind: str | None) -> None:
        if kind is not None:
            self._kind = None if kind == _ALL else TermKind(kind)
            self._head()
            self.load_by(self._find)

    def action_forget(self) -> None:
        """Remove the term under the cursor, after asking."""
        term = self._term
        if term is not None:
            text = translated("'{what}', {kind}. It causes no more warnings.", what=plain(term.what), kind=translated(KINDS[term.kind]))
            self.app.push_screen(ConfirmDialog(translated("Forget this?"), text, translated("Forget")), partial(self._forget, term.id))

    def _forget(self, term_id: int, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def forget() -> None:
            await self.store.client.remove_term(term_id)
            self.store.announce(AccountsChanged)

        if sure:
            self.act(forget, group="forget")
