"""The command palette: it finds entries by their names and by other words for the same, in the current language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rich.align import Align
from rich.text import Text
from textual.command import CommandList, CommandPalette, Hit, Hits
from textual.system_commands import SystemCommandsProvider
from textual.widgets.option_list import Option

from assistant.domain.languages.translating import to_translate, translated
from tui.keymap import EVERYWHERE


@dataclass(frozen=True, slots=True)
class Topic:
    """What people look for that no key does: its title, what is said about it, and the command that it is about."""

    title: str
    text: str
    command: str


BACKUP = Topic(
    to_translate("Copies of the ledger"),
    to_translate(
        "Shopper makes a checked copy every day while it runs, in 'backups' in its data folder. Make one of your own with "
        "'shopper backup FILE', with --encrypt under a passphrase; 'shopper restore FILE' brings a copy back."
    ),
    "shopper backup",
)
PASSWORDS = Topic(
    to_translate("Passwords"),
    to_translate(
        "Shopper knows no password of Amazon and never asks for one. A copy of the ledger can have a passphrase: "
        "'shopper backup FILE --encrypt'. In a household with PostgreSQL every person has a password: 'shopper household'."
    ),
    "shopper household",
)
COMPUTERS = Topic(
    to_translate("Several computers and persons"),
    to_translate(
        "Nothing leaves this computer by itself. Move to another one with 'shopper backup FILE' here and 'shopper restore FILE' there. "
        "Several persons share one ledger in PostgreSQL: 'shopper household init'. 'shopper tui --web' shows the app in a browser here."
    ),
    "shopper household",
)
DOCTOR = Topic(
    to_translate("Something does not work"),
    to_translate(
        "'shopper doctor' checks the data folder, the ledger, its copies, the clock, the disk, browsers, the port and the keyring, "
        "and says how to mend what is wrong."
    ),
    "shopper doctor",
)
TOPICS = (BACKUP, PASSWORDS, COMPUTERS, DOCTOR)

_SCREENS: Mapping[str, str] = {
    "Home": to_translate("overview, start"),
    "Orders": to_translate("purchases, bought, returns"),
    "Deliveries": to_translate("parcels, packages, shipments, tracking"),
    "Calendar": to_translate("dates, deadlines, reminders, due"),
    "Expenses": to_translate("spending, costs, sums, spent"),
    "Budgets": to_translate("limits, plan, maximum"),
    "Books": to_translate("bookkeeping, accounting, ledger, entries"),
    "Questions": to_translate("unclear, missing, answers"),
    "Claims": to_translate("debts, owed, reimbursement"),
    "Statements": to_translate("bank, card, credit card"),
    "Labels": to_translate("categories, purposes, persons, tags"),
    "Taxes": to_translate("tax return, VAT, deductions"),
    "Receipts": to_translate("invoices, proof, bills"),
    "Warnings": to_translate("alerts, notices, inbox"),
    "Accounts": to_translate("new account, add account, logins, users"),
    "Imports": to_translate("files, csv, export, upload"),
    "Rules": to_translate("conditions, automatic"),
    "Terms": to_translate("coupons, promotions, subscriptions, memberships, trials"),
    "History": to_translate("journal, changes, steps"),
    "Settings": to_translate("options, preferences, language, country"),
}
"""Other words for the screens, by title, as a list with commas: a language may have more of them, or fewer."""
_ACTIONS: Mapping[str, str] = {
    "undo": to_translate("reverse, take back, restore"),
    "import": to_translate("file, csv, add, read"),
    "pair": to_translate("extension, connect, web, code"),
    "reload": to_translate("update, again"),
    "hide-amounts": to_translate("privacy, secret, prices"),
    "help": to_translate("keys, shortcuts, signs, manual"),
    "quit": to_translate("close, end, exit"),
}
"""The same for actions, by their id."""
_THEMES: Mapping[str, str] = {
    "shopper-dark": to_translate("dark, night, black"),
    "shopper-light": to_translate("light, day, white"),
    "shopper-contrast": to_translate("contrast, accessibility"),
}
"""The same for themes."""
_NAMES: Mapping[str, str] = {
    "Add": to_translate("new, create"),
    "Remove": to_translate("delete"),
    "Lock": to_translate("unlock, close the year"),
    "Export": to_translate("excel, spreadsheet, download"),
    to_translate("Write pack"): to_translate("pdf, tax adviser, hand in"),
    to_translate("Link login"): to_translate("customer id, connect"),
    "Window": to_translate("open browser, profile"),
    "Unpair": to_translate("disconnect, revoke"),
    "Country": to_translate("currency, region"),
    "Theme": to_translate("colours, appearance"),
    to_translate("Drop folder"): to_translate("watched folder, automatic import"),
    BACKUP.title: to_translate("backup, restore, safe copy"),
    PASSWORDS.title: to_translate("password, passphrase, encrypt, security"),
    COMPUTERS.title: to_translate("sync, cloud, phone, move, share"),
    DOCTOR.title: to_translate("error, problem, broken, support, version"),
}
"""The same for actions of screens, settings and topics, by their names."""
_SHORTEST = 3
"""Letters of another word that must be typed."""


class PaletteCommands(SystemCommandsProvider):
    """Searches the entries of the palette."""

    async def search(self, query: str) -> Hits:
        """Yield the entries that fit. One whose name is the query goes before those that only contain it."""
        matcher, typed, others = self.matcher(query), query.strip().casefold(), _other_words()
        for name, about, run, *_ in self.app.get_system_commands(self.screen):
            title = name.partition(" (")[0].casefold()
            found = matcher.match(name) * (2 if title == typed else 1)
            if len(typed) >= _SHORTEST or not typed.isascii():
                words = (*others.get(title, ()), *others.get(title.rpartition(": ")[2], ()))
                found = max([found, *(matcher.match(word) for word in words if word.startswith(typed))])
            if found > 0:
                yield Hit(found, matcher.highlight(name), run, help=about)


class Palette(CommandPalette):
    """Says in the user's language that nothing was found."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def show() -> None:
            if search_value:
                text = Align.center(Text(translated("No matches found")))
                self.query_one(CommandList).add_option(Option(text, disabled=True, id=self._NO_MATCHES))
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show)


def _other_words() -> dict[str, list[str]]:
    """Return the other words of each entry, by its name in small letters."""
    found = {translated("Go to {screen}", screen=translated(title)): words for title, words in _SCREENS.items()}
    found |= {translated(binding.description): words for binding in EVERYWHERE if (words := _ACTIONS.get(binding.id or ""))}
    found |= {translated("Theme {name}", name=name): words for name, words in _THEMES.items()}
    found |= {translated(name): words for name, words in _NAMES.items()}
    return {name.casefold(): re.split(r"[,、]\s*", translated(words).casefold()) for name, words in found.items()}
