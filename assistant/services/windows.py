"""A browser window per account: opens it paired, lists the windows, and deletes one."""

import time
from datetime import UTC, datetime
from pathlib import Path

from assistant.browsers.account_window import (
    AccountWindow,
    check_forgettable,
    family_of,
    forget_profile,
    is_running,
    open_window,
    pair_window,
    pairing_fragment,
    profile_folder,
    profile_folders,
    profile_size,
)
from assistant.browsers.programs import BrowserFamily, find_program
from assistant.domain.accounts.account import Account, colour
from assistant.domain.errors import NotFound
from assistant.domain.languages.translating import translated
from assistant.domain.windows import StoredWindow, WindowResult
from assistant.services.pairing.pairing import Pairing
from assistant.storage.accounts import register
from assistant.storage.engine import Database

_PAIRED_WITHIN = 10.0


class Windows:
    """Opens browser windows that each belong to one account."""

    def __init__(self, database: Database, pairing: Pairing, home: Path) -> None:
        """Work over an open ledger; profiles go into the folder `home`."""
        self._home = home
        self._database = database
        self._pairing = pairing

    def open(self, name: str, *, port: int | None, url: str | None = None, browser: str | None = None) -> WindowResult:
        """Open the window of an account, or a tab in it; pair it if it is new and a server answers on `port`.

        Raises NotFound for an unknown account, BrowserAway, Conflict for a profile that is in use on another computer.
        """
        number, account = self._account(name)
        program = find_program(browser)
        profile = profile_folder(self._home, program, number)
        is_paired = profile.is_dir() and self._clients_of(number, program.family) != []
        page = url or f"https://www.{account.marketplaces[0] if account.marketplaces else 'amazon.com'}/"
        is_early = program.family is BrowserFamily.FIREFOX and not is_paired and port is not None and not is_running(profile)
        early = pairing_fragment(port or 0, self._new_code(number, program.family)) if is_early else ""
        opened = open_window(AccountWindow(profile=profile, url=page, frame=colour(account.colour).hex, pairing=early), program)
        if opened.with_extension and not is_paired and port is not None:
            if not is_early:
                pair_window(profile, program, port, self._new_code(number, program.family))
            is_paired = self._is_paired_soon(number, program.family)
        return WindowResult(
            key=account.key,
            label=account.label,
            browser=program.name,
            reused=opened.reused,
            paired=is_paired,
            extension_missing=not opened.with_extension,
            without_sandbox=opened.without_sandbox,
        )

    def all(self) -> list[StoredWindow]:
        """Return the windows that have a profile, in the order of the accounts."""
        with self._database.reading() as session:
            everyone = register.accounts_by_id(session)
        return [
            StoredWindow(
                key=account.key,
                label=account.label,
                folder=str(folder),
                size=profile_size(folder),
                used_at=datetime.fromtimestamp(folder.stat().st_mtime, UTC),
                running=is_running(folder),
                paired=bool(self._clients_of(number, family_of(folder))),
            )
            for number, account in everyone.items()
            for folder in profile_folders(self._home, number)
        ]

    def forget(self, name: str) -> Account:
        """End the access of an account's window and delete its profile, sign-in included. Raises NotFound, Conflict while it is open."""
        number, account = self._account(name)
        folders = profile_folders(self._home, number)
        if not folders:
            raise NotFound(
                translated("'{label}' has no window of its own. Open one: shopper open {key}", label=account.label, key=account.key)
            )
        for folder in folders:
            check_forgettable(folder)
        self._revoke(number)
        for folder in folders:
            forget_profile(folder)
        return account

    def _account(self, name: str) -> tuple[int, Account]:
        with self._database.reading() as session:
            number = register.account_row(session, name).id
            return number, register.accounts_by_id(session)[number]

    def _clients_of(self, account_id: int, family: BrowserFamily | None = None) -> list[str]:
        """Return the paired windows of an account, in any browser or in one kind: an account may have a window in both."""
        mine = [client for client in self._pairing.clients() if client.account_id == account_id]
        is_firefox = family is BrowserFamily.FIREFOX
        return [client.id for client in mine if family is None or (client.name == "Firefox") == is_firefox]

    def _new_code(self, account_id: int, family: BrowserFamily) -> str:
        """Return a pairing code for an account's window; earlier pairings of its window in this kind of browser end."""
        self._revoke(account_id, family)
        return self._pairing.open_code(account_id=account_id).code.replace("-", "")

    def _is_paired_soon(self, account_id: int, family: BrowserFamily) -> bool:
        """Wait until the window has used its code: another code would end this one."""
        until = time.monotonic() + _PAIRED_WITHIN
        while not (found := self._clients_of(account_id, family)) and time.monotonic() < until:
            time.sleep(0.1)
        return bool(found)

    def _revoke(self, account_id: int, family: BrowserFamily | None = None) -> None:
        for client in self._clients_of(account_id, family):
            self._pairing.revoke(client)
