"""Accounts, the Amazon logins that belong to them, and the paired browsers."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.accounts.account import AccountChange, AccountOverview, Identity
from assistant.domain.filter_language import quoted
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.orders.deliveries import DeliveryState
from assistant.domain.windows import WindowResult
from tui.dialogs.account_forms import edition, registration
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.formatting import plain
from tui.messages import AccountsChanged, BrowsersChanged, OrdersChanged, ServerChange
from tui.screens.compare_accounts import compare
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.account_facts import AccountFigures, account_facts, account_line, browser_line, identity_line
from tui.widgets.row_list import RowList

_NEW = "+"

_NEEDS = {
    "edit": to_translate("There is no account yet. Press a to name your first Amazon account."),
    "compare": to_translate("There is no account yet. Press a to name your first Amazon account."),
    "open_window": to_translate("There is no account yet. Press a to name your first Amazon account."),
    "revoke": to_translate("No browser is paired. Press p to pair one."),
}


class AccountsScreen(FramedScreen):
    """Three lists: accounts, logins without an account, paired browsers."""

    PLACE = "accounts"
    CSS_PATH = "../styles/accounts.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (AccountsChanged, OrdersChanged, BrowsersChanged)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("e", "edit", "Edit"),
        Binding("y", "link", "Link login"),
        Binding("v", "compare", "Compare"),
        Binding("o", "open_window", "Window"),
        Binding("d", "revoke", "Unpair"),
    ]

    NEEDS: ClassVar[Mapping[str, str]] = _NEEDS

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._waiting: list[Identity] = []
        self._figures: dict[str, AccountFigures] = {}

    def body(self) -> ComposeResult:
        """Compose the lists and the account under the cursor."""
        with Horizontal():
            with Vertical(classes="panel", id="account-panel"):
                yield RowList(empty=translated("No accounts yet. Press a to name your first Amazon account."), id="account-list")
            with Vertical(id="account-side"):
                with VerticalScroll(classes="panel", id="account-detail", can_focus=False):
                    yield Static(id="account-facts", markup=False)
                with Vertical(classes="panel side", id="identity-panel"):
                    yield RowList(empty=translated("None. A login appears here once a paired browser has seen it."), id="identity-list")
                with Vertical(classes="panel side", id="browser-panel"):
                    yield RowList(empty=translated("No browser is paired. Press p to pair one."), id="browser-list")

    def on_mount(self) -> None:
        """Name the panels."""
        self.query_one("#account-panel").border_title = translated("Accounts")
        self.query_one("#identity-panel").border_title = translated("Logins without an account")
        self.query_one("#browser-panel").border_title = translated("Paired browsers")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the keys for accounts and browsers only if there are some."""
        if action in ("edit", "compare", "open_window"):
            return bool(self.store.overview)
        return bool(self.store.browsers) if action == "revoke" else super().check_action(action, parameters)

    async def load(self) -> None:
        """Load the logins; accounts and browsers are in the store."""
        self._waiting = [identity for identity in await self.store.client.identities() if identity.account is None]
        pen = self.store.pen
        self.query_one("#account-list", RowList).show((row.account.key, account_line(row, pen)) for row in self.store.overview)
        self.query_one("#identity-list", RowList).show((identity.customer_id, identity_line(identity, pen)) for identity in self._waiting)
        self.query_one("#browser-list", RowList).show((browser.id, browser_line(browser, pen)) for browser in self.store.browsers)
        self._figures.clear()
        self._show_account()
        self.refresh_bindings()

    async def _load_figures(self, key: str) -> None:
        """Read the months of an account, and count what was cancelled, returned, refunded and late."""
        client, own, today = self.store.client, f"account:{quoted(key)}", self.store.today
        pages, parcels, months = await asyncio.gather(
            asyncio.gather(*(client.orders(f"{own} is:{state}", limit=1) for state in ("cancelled", "returned", "refunded"))),
            client.deliveries(own, arrived=True),
            client.expenses(f"{own} date:{today.year - 1}-{today:%m}..{today:%Y-%m}"),
        )
        promised = [parcel for parcel in parcels if parcel.promised_on is not None]
        late = sum(parcel.slipped > 0 or parcel.state is DeliveryState.LATE for parcel in promised)
        cancelled, returned, refunded = (page.total for page in pages)
        self._figures[key] = AccountFigures(cancelled, returned, refunded, late, len(promised), months.items)
        self._draw_detail()

    @on(OptionList.OptionHighlighted, "#account-list")
    def highlighted(self) -> None:
        """Show the account under the cursor."""
        self._show_account()

    def _show_account(self) -> None:
        """Draw the account under the cursor, and read its figures if they are not known."""
        self._draw_detail()
        row = self._row
        if row is not None and row.orders and row.account.key not in self._figures:
            self.act(partial(self._load_figures, row.account.key), group="figures")

    @property
    def _row(self) -> AccountOverview | None:
        key = self.query_one("#account-list", RowList).chosen
        return next((row for row in self.store.overview if row.account.key == key), None)

    def _draw_detail(self) -> None:
        row = self._row
        self.query_one("#account-detail").display = row is not None
        self.query_one("#account-facts", Static).update(
            account_facts(row, self.store.pen, self._figures.get(row.account.key)) if row else Content("")
        )

    @on(OptionList.OptionSelected, "#account-list")
    def action_edit(self) -> None:
        """Change the account under the cursor."""
        row = self._row
        if row is None:
            return

        async def save(change: AccountChange) -> str:
            account = await self.store.client.edit_account(row.account.key, change)
            self.store.announce(AccountsChanged)
            return account.key

        self.app.push_screen(edition(row.account, save))

    def action_compare(self) -> None:
        """Check whether the account under the cursor and another may be linked."""
        if self._row is not None:
            compare(self, self._row.account.key)

    def action_open_window(self) -> None:
        """Open the browser window of the account under the cursor."""
        row = self._row
        if row is not None:
            self.say(translated("Opening the window of {label}…", label=plain(row.account.label)))
            self.act(partial(self._open_window, row.account.key), group="window")

    async def _open_window(self, key: str) -> None:
        opened = await self.store.client.open_window(key)
        self.say(_window_text(opened))

    def action_add(self) -> None:
        """Register an account."""
        self.app.push_screen(registration(self._save_new), self._added)

    async def _save_new(self, label: str, purpose: str) -> str:
        account = await self.store.client.add_account(label, purpose)
        self.query_one("#account-list", RowList).wanted = account.key
        self.store.announce(AccountsChanged)
        return account.key

    def _added(self, key: str | None) -> None:
        if key is not None:
            more = " " + translated("Press y to link a login that your browser has seen.") if self._waiting else ""
            self.say(translated("The account is registered.") + more)

    @on(OptionList.OptionSelected, "#identity-list")
    def action_link(self) -> None:
        """Link a login to an account: ask for the one that the cursor is not on."""
        lists = self.query_one("#identity-list", RowList), self._row
        if not self._waiting:
            self.say(translated("There is no unlinked login. Open Amazon in a paired browser, and its login appears here."))
        elif lists[0].has_focus or lists[1] is None:
            self._ask_account(lists[0].chosen)
        else:
            pen = self.store.pen
            logins = [(identity.customer_id, identity_line(identity, pen)) for identity in self._waiting]
            self.app.push_screen(
                ChoiceDialog(translated("Which login is this account's?"), logins), partial(self._link, lists[1].account.key)
            )

    def _ask_account(self, customer_id: str | None) -> None:
        if customer_id is None:
            return
        pen = self.store.pen
        accounts = [(account.key, Content.assemble(pen.badge(account.key), f" {plain(account.label)}")) for account in self.store.accounts]
        choices = [*accounts, (_NEW, Content(translated("+ a new account")))]
        self.app.push_screen(ChoiceDialog(translated("Whose login is this?"), choices), lambda key: self._link(key, customer_id))

    def _link(self, key: str | None, customer_id: str | None) -> None:
        if key is None or customer_id is None:
            return
        if key == _NEW:
            who = next((identity for identity in self._waiting if identity.customer_id == customer_id), None)
            label = plain((who.organization or who.greeting) if who else "")
            self.app.push_screen(registration(self._save_new, label), lambda new: self._link(new, customer_id))
            return
        self.act(partial(self._send_link, key, customer_id), group="link")

    async def _send_link(self, key: str, customer_id: str) -> None:
        account = await self.store.client.link(key, customer_id)
        self.store.announce(AccountsChanged, OrdersChanged)
        self.say(translated("The login now belongs to {label}. Orders that waited for it are imported.", label=plain(account.label)))

    @on(OptionList.OptionSelected, "#browser-list")
    def action_revoke(self) -> None:
        """Unpair a browser, after asking."""
        chosen = self.query_one("#browser-list", RowList).chosen
        browser = next((browser for browser in self.store.browsers if browser.id == chosen), None)
        if browser is None:
            return
        text = translated(
            "{browser} will no longer show accounts or send pages. Pages that it already sent stay.", browser=plain(browser.name)
        )
        self.app.push_screen(
            ConfirmDialog(translated("Unpair this browser?"), text, translated("Unpair")), partial(self._revoke, browser.id)
        )

    def _revoke(self, client_id: str, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        if sure:
            self.act(partial(self._send_revoke, client_id), group="revoke")

    async def _send_revoke(self, client_id: str) -> None:
        await self.store.client.revoke(client_id)
        self.store.announce(BrowsersChanged)


def _window_text(opened: WindowResult) -> str:
    words = {"account": plain(opened.label), "browser": plain(opened.browser)}
    place = (
        translated("A new tab in the window of {account} is open in {browser}.", **words)
        if opened.reused
        else translated("The window of {account} is open in {browser}.", **words)
    )
    if opened.extension_missing:
        place += " " + translated("Add the extension there by hand: this browser does not take it from Shopper.")
    elif not opened.paired:
        place += " " + translated("It is not paired: press p and type the code there.")
    return place
