"""A screen about one tax return: which form, business and year, its setup, its pack and its lock."""

import asyncio
from functools import partial

from textual.content import Content

from assistant.domain.languages.translating import translated
from assistant.domain.taxes.returns import TaxReturn, YearStatus, next_number
from assistant.wire.taxes import PackBody
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.form import Answers
from tui.dialogs.tax_forms import lock_form, pack_form, setup_form
from tui.formatting import plain
from tui.path_completion import expanded, write_file
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.tax_returns import ChosenReturn


class TaxReturnScreen(FramedScreen):
    """Chooses a return, sets it up, writes its pack and locks it. A subclass shows it, and names in `view` what it shows."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.return_chosen = ChosenReturn()
        self.view = "lines"
        self.filled: TaxReturn | None = None

    @property
    def where(self) -> tuple[str, str]:
        """The form, with its business, and the year."""
        return self.return_chosen.form, self.return_chosen.year

    def action_turn_year(self, by: int) -> None:
        """Show another year of this form."""
        if self.return_chosen.turn(by):
            self.view = "lines" if self.view == "entries" else self.view
            self.reload()

    def action_choose_form(self) -> None:
        """Choose another form, or the return of another business."""
        choices = [(name, Content(plain(title))) for name, title in self.return_chosen.titles().items()]

        def take(name: str | None) -> None:
            if name:
                self.return_chosen.form, self.view = name, "lines"
                self.reload()

        self.app.push_screen(ChoiceDialog(translated("Which form?"), choices), take)

    def action_set_up(self) -> None:
        """Ask for business, accounts and settings of this form and year; a new name makes another return."""
        form = self.return_chosen.of_year
        if form is not None:
            keys = [account.key for account in self.store.accounts]
            self.app.push_screen(setup_form(form, keys, self.return_chosen.set_up, self._save_setup))

    async def _save_setup(self, answers: Answers) -> str:
        await self.return_chosen.save(self.store, answers)
        self.view = "lines"
        self.reload()
        return self.return_chosen.form

    def action_export(self) -> None:
        """Ask for a file and write the pack under the next number."""

        async def ask() -> None:
            number = next_number(await self.store.client.tax_exports(*self.where))
            self.app.push_screen(pack_form(*self.where, number, self._start_export))

        self.act(ask, group="ask-export")

    async def _start_export(self, answers: Answers) -> str:
        self.act(partial(self._export, answers), group="pack")
        return answers["path"]

    async def _export(self, answers: Answers) -> None:
        path = expanded(answers["path"])
        body = PackBody(kind="pdf" if path.suffix.lower() == ".pdf" else "zip", reason=answers["reason"])
        self.store.note_work(translated("Writing {path} …", path=path.name))
        try:
            content = await self.store.client.export_tax_year(*self.where, body)
            await asyncio.to_thread(write_file, path, content)
        finally:
            self.store.note_work("")
        self.say(translated("Written: {path}. Lock the year with y once it is filed.", path=path))
        self.reload()

    def action_lock(self) -> None:
        """Ask for the reason and lock the year, or unlock it."""
        locked = self.filled is not None and self.filled.status is YearStatus.LOCKED
        self.app.push_screen(lock_form(*self.where, partial(self._lock, locked), locked=locked))

    async def _lock(self, locked: bool, answers: Answers) -> str:  # noqa: FBT001  # bound by partial
        client, where = self.store.client, self.where
        await (client.unlock_tax_year if locked else client.lock_tax_year)(*where, answers["reason"])
        said = translated("{year} is open again.") if locked else translated("{year} is locked.")
        self.say(said.format(year=" ".join(where)))
        self.reload()
        return answers["reason"]
