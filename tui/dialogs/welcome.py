"""The first steps: where data is kept, country, accounts, and ways to get orders. Four pages, each of which can be skipped."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.domain.errors import DomainError
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import to_translate, translated
from assistant.settings.user_settings import COUNTRIES, drop_folder
from tui.dialogs.account_forms import registration
from tui.dialogs.dialog import Dialog
from tui.errors import sentence
from tui.formatting import plain
from tui.messages import AccountsChanged
from tui.store import Store
from tui.widgets.picker import Picker

_TITLES = (
    to_translate("Where your data is"),
    to_translate("Your country"),
    to_translate("Your Amazon accounts"),
    to_translate("Your orders"),
)
_LAST = len(_TITLES) - 1


class WelcomeDialog(Dialog[str]):
    """Returns what to do next: "import", "pair" or "later"."""

    AUTO_FOCUS = ""
    """No focus on the list of countries while its page is not shown: the footer would offer its keys."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next_page", "Next", priority=True),
        Binding("shift+tab", "previous_page", "Back", priority=True),
        Binding("a", "add_account", "Add an account", priority=True),
        Binding("i", "finish('import')", "Import", priority=True),
        Binding("p", "finish('pair')", "Pair a browser", priority=True),
        Binding("escape", "finish('later')", "Skip"),
        Binding("question_mark", "app.help_here", "Help", key_display="?", priority=True),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self._page = store, 0

    def compose(self) -> ComposeResult:
        """Compose one page; its text changes."""
        countries = [(code, translated(about[0])) for code, about in COUNTRIES.items()]
        with Vertical(classes="dialog welcome") as panel:
            panel.border_title = translated("Welcome to Shopper")
            yield Static(id="welcome-text", markup=False)
            yield Picker(countries, self._store.settings.country, blank=translated("not chosen"), id="welcome-country")
            yield Static(id="welcome-says", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first page."""
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of the page that is shown, and leave Enter to an open list."""
        if action == "next_page":
            return not self.query_one(Picker).expanded
        if action == "add_account":
            return self._page == _TITLES.index("Your Amazon accounts")
        if action == "finish" and parameters != ("later",):
            return self._page == _LAST
        return self._page > 0 if action == "previous_page" else super().check_action(action, parameters)

    def _draw(self) -> None:
        lines = (self._place, self._country, self._accounts, self._orders)[self._page]()
        head = Content.assemble(
            (translated("{page} of {pages}", page=self._page + 1, pages=len(_TITLES)) + "  ", "$muted"),
            (translated(translated(_TITLES[self._page])), "bold $primary"),
        )
        self.query_one("#welcome-text", Static).update(Content("\n").join([head, Content(""), *map(Content, lines)]))
        picker = self.query_one(Picker)
        picker.display = self._page == 1
        self.set_focus(picker if picker.display else None)
        self.refresh_bindings()

    def _place(self) -> list[str]:
        return [
            translated("Everything stays on this computer, in one folder:"),
            f"  {self._store.kept_settings.home}",
            "",
            translated("Shopper sends nothing anywhere, never asks for a password of Amazon, and never buys or clicks anything."),
            translated("'shopper backup' makes a copy, 'shopper doctor' says whether all is well."),
        ]

    def _country(self) -> list[str]:
        return [translated("It decides which marketplace and which currency come first. Type its first letters."), ""]

    def _accounts(self) -> list[str]:
        pen = self._store.pen
        known = [
            f"  {pen.mark(account.key)}  {plain(account.label)} ({plain(shown_purpose(account.purpose))})"
            for account in self._store.accounts
        ]
        return [
            translated("Each account gets a colour, a symbol and letters of its own, the same here and in the browser."),
            "",
            *(known or ["  " + translated("None yet.")]),
            "",
            translated("Press a to add one: its name, and what it is used for."),
        ]

    def _orders(self) -> list[str]:
        site, settings = self._store.settings.marketplace, self._store.pen.key(",", "go-settings")
        home = self._store.kept_settings.home
        return [
            translated("Ask Amazon for your data: www.{site}, Account, Request your data, Your Orders.", site=site),
            translated("The mail with the file comes within hours or days. Then press i here, or drop the file on this window."),
            "",
            translated("Or put it, as it came, into the folder of its account: it is imported by itself."),
            f"  {drop_folder(home, self._store.settings) if home else ''}",
            "",
            translated("Or press p to pair a browser: pages that you open are read from then on."),
            translated("The key {settings} (settings) changes what you chose here.", settings=settings),
        ]

    async def action_next_page(self) -> None:
        """Keep what was chosen and go to the next page; after the last one the app is ready."""
        if self._page == 1:
            try:
                await self._store.save_setting("country", self.query_one(Picker).word or None)
            except DomainError as error:
                self.query_one("#welcome-says", Static).update(Content.styled(sentence(error), "$error"))
        if self._page == _LAST:
            self.dismiss("later")
            return
        self._page += 1
        self._draw()

    def action_previous_page(self) -> None:
        """Go to the page before."""
        self._page -= 1
        self._draw()

    def action_add_account(self) -> None:
        """Register an account."""

        async def save(label: str, purpose: str) -> str:
            account = await self._store.client.add_account(label, purpose)
            await self._store.refresh()
            self._store.announce(AccountsChanged)
            return account.key

        self.app.push_screen(registration(save), lambda _: self._draw())

    def action_finish(self, then: str) -> None:
        """Close, and go on with an import or pairing."""
        self.dismiss(then)
