"""Settings: theme, hidden amounts, country, start of the week, keys by action and saved filters; e or Enter changes one, d resets it."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from assistant.domain.filter_language import HINT
from assistant.domain.languages.language import LANGUAGES, current_language
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.settings.user_settings import COUNTRIES, FILE, WEEK_STARTS, drop_folder
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import plain
from tui.keymap import PLACES, KeyAction, actions
from tui.messages import Connected, LanguageChosen
from tui.own_keys import shown_keys
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.theme import THEMES
from tui.widgets.row_list import RowList

_ABOUT = {
    "theme": (to_translate("Theme"), to_translate("The colours of the app. shopper-contrast has the highest contrast.")),
    "hide_amounts": (to_translate("Hide amounts"), to_translate("Whether amounts are hidden from onlookers; $ does the same.")),
    "opens_on": (to_translate("Opens on"), to_translate("The screen on which the app opens.")),
    "country": (
        to_translate("Country"),
        to_translate("It decides the marketplace and the currency that come first, and how a week starts."),
    ),
    "language": (to_translate("Language"), to_translate("The language of the app, the command line and warnings; empty: the system's.")),
    "week_start": (to_translate("Week starts on"), to_translate("The first day of a week in calendars.")),
    "welcome": (to_translate("First steps"), to_translate("Whether the app shows its first steps while there is no account.")),
    "drop_folder": (
        to_translate("Drop folder"),
        to_translate("The watched folder: put a file into the folder of its account there, and it is imported."),
    ),
}

_SHOWN_LAST = to_translate("the last screen")


def shown_settings() -> list[tuple[str, str]]:
    """Return the names of the settings that are one value, with their titles."""
    return [(name, translated(title)) for name, (title, _) in _ABOUT.items()]


class SettingsScreen(FramedScreen):
    """A list of settings, keys and saved filters and, beside it, what the one under the cursor does."""

    PLACE = "settings"
    CSS_PATH = "../styles/lists.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Change"),
        Binding("d", "reset", "Back to the default"),
    ]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._actions: dict[str, KeyAction] = {}

    def body(self) -> ComposeResult:
        """Compose list and detail."""
        with Horizontal():
            with Vertical(classes="panel", id="setting-panel") as panel:
                panel.border_title = translated("Settings, keys, saved filters")
                yield RowList(id="setting-list")
            with VerticalScroll(classes="panel", id="setting-detail", can_focus=False):
                yield Static(id="setting-facts", markup=False)

    async def load(self) -> None:
        """Draw the settings as they are."""
        self._actions = {action.id: action for action in actions()}
        self._draw()

    def _draw(self) -> None:
        now = self.store.settings
        rows = [(name, _row(title, self._shown(name))) for name, title in shown_settings()]
        rows += [(f"filters.{name}", _row(f"@{name}", text)) for name, text in now.filters.items()]
        for action in self._actions.values():
            own = now.keys.get(action.id)
            marks = [shown_screen(action), translated("yours") if own else ""]
            rows.append((f"keys.{action.id}", _row(action.about, shown_keys(own or action.keys), mark=", ".join(filter(None, marks)))))
        self.query_one(RowList).show(rows)
        self._draw_facts()

    @property
    def _chosen(self) -> str:
        return self.query_one(RowList).chosen or ""

    @on(OptionList.OptionHighlighted)
    def _draw_facts(self) -> None:
        name = self._chosen
        table, _, entry = name.partition(".")
        about = translated(_ABOUT.get(name, ("", ""))[1])
        if table == "keys":
            action = self._actions[entry]
            about = translated("The keys of '{about}'. The default is {keys}.", about=action.about, keys=shown_keys(action.keys))
        if table == "filters":
            about = translated("A saved filter. Write its name with @ wherever a filter can be written.")
        home = self.store.kept_settings.home
        lines = [Content(about), Content(""), Content.styled(translated("Command: shopper settings set {name} …", name=name), "$muted")]
        lines += [
            Content.styled(
                translated("File: {path}", path=home / FILE) if home else translated("These settings last until the app is closed."),
                "$muted",
            )
        ]
        lines += [Content.styled(f"▲ {plain(problem)}", "$warning") for problem in self.store.settings.problems]
        self.query_one("#setting-facts", Static).update(Content("\n").join(lines))

    def change(self, name: str) -> None:
        """Change one setting."""
        if self.query_one(RowList).point_at(name):
            self.action_edit()

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Change the setting under the cursor."""
        name = self._chosen
        if not name:
            return

        async def save(answers: Answers) -> str:
            await self._change(name, answers["value"])
            return name

        self.app.push_screen(
            FormDialog(translated("Change {name}", name=name), [self._field(name)], save, about=translated(_ABOUT.get(name, ("", ""))[1]))
        )

    def _shown(self, name: str) -> str:
        """Return a setting as people read it; what applies if nothing is set."""
        now = self.store.settings
        text = _setting_text(getattr(now, name))
        found = {
            "theme": text or THEMES[0].name,
            "opens_on": next((place.shown_title for place in PLACES if place.name == text), translated(_SHOWN_LAST)),
            "country": translated(COUNTRIES[text][0]) if text in COUNTRIES else translated("not chosen"),
            "language": LANGUAGES.get(text or current_language(), text),
            "drop_folder": self._drop_folder(),
            "week_start": shown_word(text or WEEK_STARTS[{0: 0, 6: 1, 5: 2}[now.first_weekday]]),
        }
        return found.get(name, text)

    def _drop_folder(self) -> str:
        home = self.store.kept_settings.home
        return str(drop_folder(home, self.store.settings)) if home else self.store.settings.drop_folder

    def _field(self, name: str) -> FormField:
        table, _, entry = name.partition(".")
        if table in ("keys", "filters") and entry:
            default = self._actions[entry].keys if table == "keys" else ""
            value = getattr(self.store.settings, table).get(entry, default)
            return FormField(
                name="value", label=translated("Keys") if table == "keys" else translated("Filter"), value=value, hint=HINT, required=True
            )
        now = getattr(self.store.settings, name)
        value = ("yes" if now else "no") if isinstance(now, bool) else str(now)
        hint = translated(_SHOWN_LAST) if name == "opens_on" else ""
        return FormField(name="value", label=translated(_ABOUT[name][0]), value=value, choices=self._choices(name), hint=hint)

    def _choices(self, name: str) -> Sequence[str | tuple[str, str]]:
        themes = dict.fromkeys([*(theme.name for theme in THEMES), *self.app.available_themes])
        found: dict[str, Sequence[str | tuple[str, str]]] = {
            "theme": tuple(themes),
            "hide_amounts": (("no", shown_word("no")), ("yes", shown_word("yes"))),
            "welcome": (("yes", shown_word("yes")), ("no", shown_word("no"))),
            "opens_on": tuple((place.name, place.shown_title) for place in PLACES),
            "country": tuple((code, translated(about[0])) for code, about in COUNTRIES.items()),
            "language": tuple(LANGUAGES.items()),
            "week_start": tuple((day, shown_word(day)) for day in WEEK_STARTS),
        }
        return found.get(name, ())

    def action_reset(self) -> None:
        """Give the setting under the cursor its default again; remove a saved filter."""
        name = self._chosen
        if name:
            self.act(lambda: self._change(name, None))

    async def _change(self, name: str, value: str | None) -> None:
        """Save a setting and apply it at once. Raises InvalidInput, SettingsNotSaved."""
        await self.store.save_setting(name, value or None)
        if name == "theme":
            self.app.theme = self.store.settings.theme or THEMES[0].name
        if name == "language":
            self.post_message(LanguageChosen())
        if name.startswith("keys."):
            self.app.set_keymap(self.store.settings.keys)
        self._draw()
        self.store.announce(Connected)


def shown_screen(action: KeyAction) -> str:
    """Return the title of the screen whose key this is, "" for a key of several screens."""
    name = action.id.partition(".")[0]
    return next((place.shown_title for place in PLACES if "." in action.id and place.name == name), "")


def _row(name: str, value: str, mark: str = "") -> Content:
    return Content.assemble(set_cell_size(plain(name), 22) + " ", (plain(value), "bold"), (f"  {mark}" if mark else "", "$secondary"))


def _setting_text(value: object) -> str:
    return shown_word("yes" if value else "no") if isinstance(value, bool) else str(value)
